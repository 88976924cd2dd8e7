//! A request for mail: somebody typed an address into a page. The call writes the request and looks nothing up, so that it does the
//! same work for every address; which mails the request leads to is decided when the table's stream hands it over.

use serde::{Deserialize, Serialize};

use super::{CodeChallenge, EmailAddress, LinkId, MailRequestId, OrganizationId, Timestamp};

/// How long after it was made a request is given up, and how long its record is kept.
pub const REQUEST_KEEP: chrono::TimeDelta = chrono::TimeDelta::days(1);

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailRequestState {
    /// Nobody has looked up yet what it leads to.
    Queued,
    /// Its mails are queued, or it leads to none. The address is forgotten; the record stays, so that the write of the request,
    /// sent again after its answer was lost, makes no second one.
    Done,
}

/// The link that somebody registered through, where a registration wrote the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredThrough {
    /// The link's organization.
    pub organization: OrganizationId,
    /// The link.
    pub link: LinkId,
    /// Whether the answer tells a newcomer to check their email, so that everybody with a record is sent something.
    pub promised: bool,
}

/// A request for mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRequest {
    /// Its id.
    pub id: MailRequestId,
    /// The address that was typed, until the request is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// The link, where it was written by a registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<RegisteredThrough>,
    /// What the browser that asked can prove later, until the request is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<CodeChallenge>,
    /// Where it stands.
    pub state: MailRequestState,
    /// When the sweep should look at it, until it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When DynamoDB may collect it, in seconds since 1970.
    pub delete_after: i64,
}

impl MailRequest {
    /// A request for login links, due for a look by the sweep `grace` after `now` should the stream not have handed it over.
    #[must_use]
    pub fn for_login(id: MailRequestId, email: EmailAddress, now: Timestamp, grace: chrono::TimeDelta) -> Self {
        Self {
            id,
            email: Some(email),
            through: None,
            challenge: None,
            state: MailRequestState::Queued,
            next_attempt_at: Some(now.plus(grace)),
            created_at: now,
            delete_after: now.plus(REQUEST_KEEP).epoch_seconds(),
        }
    }

    /// Whether its mails are still to be looked up.
    #[must_use]
    pub fn is_queued(&self) -> bool {
        self.state == MailRequestState::Queued
    }

    /// Whether nobody waits for its mail any more.
    #[must_use]
    pub fn is_too_old(&self, now: Timestamp) -> bool {
        now >= self.created_at.plus(REQUEST_KEEP)
    }
}
