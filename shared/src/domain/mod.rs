//! What the system is about, without AWS and without HTTP.

mod email_address;
mod ids;
mod name;
mod secret;
mod time_zone;
mod timestamp;

pub use email_address::{EmailAddress, EmailAddressError};
pub use ids::{InvalidId, LinkId, MailId, MemberId, ModuleId, OrganizationId, UnitId};
pub use name::{LONG_TEXT_MAX, LinkName, LongText, NAME_MAX, PersonName, TextError, Title};
pub use secret::{CodeHash, InvalidSecret, LinkCode, LoginToken, SessionHash, SessionToken, TokenHash};
pub use time_zone::{ExpiryError, TimeZone, UnknownTimeZone, parse_expiry};
pub use timestamp::Timestamp;
