//! Whoever comes in the six weeks, and what becomes of them.

use shared::domain::Timestamp;

use super::{links::Link, people::Person};

/// Somebody of the story.
pub(super) struct Guest {
    pub person: Person,
    /// The link they come through; none for people of a file.
    pub link: Option<Link>,
    /// When they register.
    pub registers: Timestamp,
    pub fate: Fate,
}

/// What becomes of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Signs in from the mail at once.
    Prompt,
    /// Lets the first mail grow old, and asks for another.
    Late,
    /// Lets the seat lapse.
    Never,
    /// Signs in once an admin has let them in.
    Granted,
    /// Was let in and has not come.
    GrantedOnly,
    /// Is refused by an admin.
    Refused,
    /// Waits for a seat.
    Waits,
}
