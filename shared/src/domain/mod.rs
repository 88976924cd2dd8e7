//! What the system is about, without AWS and without HTTP.

mod email_address;
mod ids;
mod timestamp;

pub use email_address::{EmailAddress, EmailAddressError};
pub use ids::{InvalidId, LinkId, MailId, MemberId, ModuleId, OrganizationId, UnitId};
pub use timestamp::Timestamp;
