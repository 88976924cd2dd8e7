//! A mail to be sent: the intent, and what became of it. It never holds a token; that is minted when it is sent.

use serde::{Deserialize, Serialize};

use super::{CodeChallenge, LinkId, LongText, MailId, MemberId, OrganizationId, Timestamp, WebhookId};

/// Why the mail is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    /// Somebody registered with this address through an instant link.
    Registration,
    /// Somebody asked for a login link to this address.
    Login,
    /// An admin granted access.
    Grant,
    /// A seat came free for somebody on a waiting list.
    Admitted,
    /// The operator made the organization, and this is its first admin.
    FirstAdmin,
    /// To an admin: most seats of a link are taken.
    LinkFilling,
    /// To an admin: all seats of a link are taken.
    LinkFull,
    /// To an admin: a link expires in a week.
    LinkExpiringWeek,
    /// To an admin: a link expires in a day.
    LinkExpiringDay,
    /// To an admin: people wait for a decision about them.
    LinkWaiting,
    /// To an admin: a webhook was deactivated, because its receiver failed for too long.
    WebhookFailing,
    /// To an admin: a webhook was deactivated, because its receiver is gone.
    WebhookGone,
    /// An admin made this member an admin too.
    Admin,
    /// Somebody registered with this address, which cannot join: its member was revoked, or taken out of the link.
    TurnedAway,
    /// Somebody registered with this address again, and an admin has not decided yet.
    NotYet,
    /// An admin refused a registration, and chose to mail its member.
    Refused,
}

impl MailKind {
    /// The name it has in the table, in SES's tags, and in front of its texts in the catalogs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Login => "login",
            Self::Grant => "grant",
            Self::Admitted => "admitted",
            Self::FirstAdmin => "first_admin",
            Self::LinkFilling => "link_filling",
            Self::LinkFull => "link_full",
            Self::LinkExpiringWeek => "link_expiring_week",
            Self::LinkExpiringDay => "link_expiring_day",
            Self::LinkWaiting => "link_waiting",
            Self::WebhookFailing => "webhook_failing",
            Self::WebhookGone => "webhook_gone",
            Self::Admin => "admin",
            Self::TurnedAway => "turned_away",
            Self::NotYet => "not_yet",
            Self::Refused => "refused",
        }
    }

    /// Whether it tells an admin of a link or a webhook. Nobody waits for such a mail, so it carries no way to sign in: its link leads to a page
    /// that asks for that.
    #[must_use]
    pub fn is_alert(self) -> bool {
        match self {
            Self::LinkFilling | Self::LinkFull | Self::LinkExpiringWeek | Self::LinkExpiringDay => true,
            Self::LinkWaiting | Self::WebhookFailing | Self::WebhookGone => true,
            Self::Registration | Self::Login | Self::Grant | Self::Admitted | Self::FirstAdmin | Self::Admin => false,
            Self::TurnedAway | Self::NotYet | Self::Refused => false,
        }
    }

    /// Whether it carries a login link.
    #[must_use]
    pub fn signs_in(self) -> bool {
        !self.is_alert() && !self.tells_of_refusal() && self != Self::Refused
    }

    /// Whether it tells somebody who registered just now that they cannot come in, or not yet.
    #[must_use]
    pub fn tells_of_refusal(self) -> bool {
        matches!(self, Self::TurnedAway | Self::NotYet)
    }

    /// Whether anybody can have it sent by typing the address into a page.
    #[must_use]
    pub fn was_asked_for(self) -> bool {
        matches!(self, Self::Registration | Self::Login) || self.tells_of_refusal()
    }

    /// Whether it is counted against the mailbox: what anybody can have sent by typing the address into a page, and what carries an
    /// admin's own words to an address that nobody has proven.
    #[must_use]
    pub fn is_counted(self) -> bool {
        self.was_asked_for() || self == Self::Refused
    }
}

/// Where a mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// Waits for the next attempt.
    Queued,
    /// An attempt is under way.
    Sending,
    /// SES took it.
    Sent,
    /// Given up.
    Failed,
    /// Not sent: what it was for is gone, or its address is not to be mailed.
    Dropped,
    /// SES took it, and then it came back.
    Bounced,
    /// SES delivered it, and who got it called it unwanted.
    Complained,
}

impl MailState {
    /// The name it has in the table and in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
            Self::Bounced => "bounced",
            Self::Complained => "complained",
        }
    }
}

/// One mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Its id.
    pub id: MailId,
    /// The organization it speaks for.
    pub organization: OrganizationId,
    /// The member it goes to, at the address the member has.
    pub member: MemberId,
    /// Why.
    pub kind: MailKind,
    /// The link it is about, if it is an alert of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkId>,
    /// The webhook it is about, if it is an alert of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook: Option<WebhookId>,
    /// What the browser that asked for it can prove: then it carries a code that can be typed there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<CodeChallenge>,
    /// What the admin who refused the registration wrote, until the mail has come to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<LongText>,
    /// Where it stands.
    pub state: MailState,
    /// How many attempts were begun.
    pub attempts: u32,
    /// When the sweep should look at it, while it is not ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<Timestamp>,
    /// When the intent was written.
    pub created_at: Timestamp,
    /// When it came to its end, once it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// Why it failed, in a stable word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The id SES gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// When DynamoDB may collect it, in seconds since 1970.
    pub delete_after: i64,
}

impl Mail {
    /// A fresh intent, due for a look by the sweep `grace` after `now` should the stream not have handed it over.
    #[must_use]
    pub fn queued(
        id: MailId,
        organization: OrganizationId,
        member: MemberId,
        kind: MailKind,
        now: Timestamp,
        grace: chrono::TimeDelta,
        keep: chrono::TimeDelta,
    ) -> Self {
        Self {
            id,
            organization,
            member,
            kind,
            link: None,
            webhook: None,
            challenge: None,
            message: None,
            state: MailState::Queued,
            attempts: 0,
            next_attempt_at: Some(now.plus(grace)),
            created_at: now,
            ended_at: None,
            reason: None,
            message_id: None,
            delete_after: now.plus(keep).epoch_seconds(),
        }
    }
}
