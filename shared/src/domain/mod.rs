//! What the system is about, without AWS and without HTTP.

mod allocation;
mod audit;
mod catalog;
mod email_address;
mod enrollment;
mod ids;
mod link;
mod link_change;
mod lots;
mod mail;
mod member;
mod name;
mod organization;
pub mod redemption;
mod secret;
mod session;
mod time_zone;
mod timestamp;

pub use allocation::{Allocation, MAX_ALLOCATED_UNITS};
pub use audit::{Act, AuditRecord, Subject, differences};
pub use catalog::{Catalog, MAX_MODULES_PER_UNIT, Module, Unit, UnitKind};
pub use email_address::{EmailAddress, EmailAddressError};
pub use enrollment::{Enrollment, EnrollmentState};
pub use ids::{AuditId, InvalidId, LinkId, MailId, MemberId, ModuleId, OrganizationId, UnitId};
pub use link::{Admission, Cap, Door, Gate, InvalidCap, Link, LinkState, Lot};
pub use link_change::LinkChange;
pub use lots::{Deal, MAX_LOTS, SEATS_PER_LOT, UNLIMITED_SEATS, deal, lots_for};
pub use mail::{Mail, MailKind, MailState};
pub use member::{Access, LastMail, Member, Role};
pub use name::{LONG_TEXT_MAX, LinkName, LongText, NAME_MAX, PersonName, TextError, Title};
pub use organization::Organization;
pub use secret::{CodeHash, InvalidSecret, LinkCode, LoginToken, SessionHash, SessionToken, TokenHash};
pub use session::{LoginTokenRecord, Session};
pub use time_zone::{ExpiryError, TimeZone, UnknownTimeZone, parse_expiry};
pub use timestamp::Timestamp;
