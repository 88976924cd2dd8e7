//! What is done with the table: each access and each change of the system, as one function over the real SDK client.
//!
//! A change is refused by the conditions of its own write, never by what was read before it. Outcomes that callers tell
//! apart are enums; everything else that can go wrong is a [`StoreError`].

mod about_member;
mod access;
mod admins;
mod alerts;
mod api_keys;
mod audit;
mod catalog;
mod claimed_mail;
mod closing;
mod correct_member;
mod correct_registration;
mod counted_out;
mod deadline;
mod deliveries;
mod due;
mod erase;
mod error;
mod feedback;
mod first_sign_in;
mod grant_preview;
mod idempotency;
mod imports;
mod job_lists;
mod jobs;
mod leave;
mod limits;
mod line;
mod links;
mod listing;
mod login_codes;
mod logos;
mod mail_requests;
mod mails;
mod member_access;
mod member_units;
mod members;
mod moved;
mod openings;
mod organizations;
mod overview;
mod own_name;
mod quota;
mod read;
mod redeem;
mod refuse;
mod release;
mod restore;
mod search;
mod search_index;
mod seat;
mod sessions;
mod settle;
mod transaction;
mod unit_usage;
mod version;
mod waiting;
mod webhooks;
mod withdraw;

use std::sync::Arc;

use aws_sdk_dynamodb::Client;

pub use access::{GrantOutcome, RevokeOutcome};
pub use admins::{AddAdminOutcome, RemoveAdminOutcome};
pub use api_keys::RevokeKeyOutcome;
pub use audit::AuditEntry;
pub use catalog::PutUnit;
pub use claimed_mail::{AlertOf, Claimed, Minted};
pub use closing::{CloseOutcome, KEPT_CLOSED};
pub use correct_member::CorrectMemberOutcome;
pub use correct_registration::{Correction, CorrectionOutcome};
pub use deadline::within;
pub use deliveries::RedeliverOutcome;
pub use due::{DuePage, DueWork};
pub use erase::EraseOutcome;
pub use error::StoreError;
pub use feedback::FeedbackOutcome;
pub use grant_preview::GrantTally;
pub use imports::ROWS_KEEP;
pub use job_lists::NextPeople;
pub use jobs::JOB_KEEP;
pub use limits::{Counted, Limit};
pub use links::EditOutcome;
pub use listing::{Page, PageKey};
pub use mails::MailOutcome;
pub use member_units::{MemberChange, RemoveOutcome};
pub use members::MemberFile;
pub use openings::Openings;
pub use organizations::{FoundOutcome, SettingsOutcome};
pub use overview::{BoundedCount, COUNTED_MEMBERS};
pub use own_name::{NameOutcome, OwnWord};
pub use redeem::{Identity, Redeemed, Registration};
pub use refuse::{RefusalMail, RefuseOutcome};
pub use restore::{ResendOutcome, RestoreOutcome};
pub use search::{FoundMember, Searching};
pub use sessions::{SignIn, SignInOutcome};
pub use unit_usage::UnitUsage;
pub use webhooks::WebhookOutcome;

use crate::{clock::Clock, random::Random};

/// The table, and how it is worked on. Cloning is cheap.
#[derive(Clone)]
pub struct Store {
    client: Client,
    table: Arc<str>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    settings: Settings,
}

/// The times the store works by.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How long one change may go on trying against conflicts before it is given up.
    pub budget: std::time::Duration,
    /// How long a reserved seat waits to be claimed.
    pub reservation: chrono::TimeDelta,
    /// How long after a registration its repetition is answered alike on a link that has filled up meanwhile.
    pub repeat_window: chrono::TimeDelta,
    /// How long the browser that registered can take the registration back.
    pub withdrawal_window: chrono::TimeDelta,
    /// How long the stream has to hand a mail over before the sweep looks at it.
    pub mail_grace: chrono::TimeDelta,
    /// How long the record of a mail is kept.
    pub mail_keep: chrono::TimeDelta,
    /// How long after a login mail that an admin had sent anew the next one can be.
    pub resend_pause: chrono::TimeDelta,
    /// How many login tokens of one member may be live at a time.
    pub live_tokens: u32,
}

impl Store {
    /// The store over `table`.
    #[must_use]
    pub fn new(
        client: Client,
        table: &str,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        settings: Settings,
    ) -> Self {
        Self { client, table: table.into(), clock, random, settings }
    }
}
