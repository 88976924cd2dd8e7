//! What the index of members by name and address is made of.

use serde::{Deserialize, Serialize};

use super::{MemberId, OrganizationId, SearchText};

/// A member's place in the index, for one term of theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchEntry {
    /// The organization.
    pub organization: OrganizationId,
    /// The member.
    pub member: MemberId,
    /// Where the term stands in the index.
    pub path: String,
    /// All that the member was found by when it was written.
    pub text: SearchText,
}

/// What the index holds of a member: it and the entries are written together, so that it names all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchRecord {
    /// The organization.
    pub organization: OrganizationId,
    /// The member.
    pub member: MemberId,
    /// What the member is found by.
    pub text: SearchText,
    /// The paths of the entries.
    pub paths: Vec<String>,
    /// Grows by one with every change.
    pub revision: u64,
}
