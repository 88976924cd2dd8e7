//! A mail that is about to be sent, with all that its text tells.

use crate::domain::{Link, LoginCodeHash, Mail, Member, Organization, Timestamp, TokenHash, Webhook};

/// A mail that is this caller's to send.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The mail, this attempt counted.
    pub mail: Mail,
    /// To whom, as they were before this attempt.
    pub member: Member,
    /// The login tokens the member has for this attempt; the last one is its own.
    pub tokens: Vec<TokenHash>,
    /// For whom.
    pub organization: Organization,
    /// What it tells of, if it is an alert. Such a mail has no token of its own.
    pub alert: Option<AlertOf>,
}

/// What is minted for one attempt to send a login mail, as the table may hold it.
#[derive(Debug, Clone, Copy)]
pub struct Minted {
    /// The token's hash.
    pub token: TokenHash,
    /// The code's, where the mail was asked for by a browser that can prove that it was the one.
    pub code: Option<LoginCodeHash>,
    /// Until when both are good.
    pub expires_at: Timestamp,
}

/// What an alert tells of, as it is when the mail is sent.
#[derive(Debug, Clone)]
pub enum AlertOf {
    /// A link.
    Link(Box<Link>),
    /// A webhook.
    Webhook(Box<Webhook>),
}
