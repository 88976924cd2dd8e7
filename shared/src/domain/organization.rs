//! An organization: the company whose training it is.

use serde::{Deserialize, Serialize};

use super::{OrganizationId, TimeZone, Timestamp, Title};

/// An organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// The display name: on join pages and in mails.
    pub name: Title,
    /// The zone in which its dates are meant and shown.
    pub time_zone: TimeZone,
    /// When it was created.
    pub created_at: Timestamp,
}
