//! HTTP as the operations see it: the request parsed once, the answer made in one place.
//!
//! A handler is `async fn(App, ApiRequest) -> Result<Reply, ApiError>`. [`serve`] stands between it and Lambda: it
//! checks what holds for every request, and logs one line for each. Only [`ApiError`] knows status codes of refusals.

mod body;
mod credentials;
mod csv;
mod cursor;
mod error;
mod fields;
mod gateway;
mod reply;
mod request;
mod serve;
mod session_cookie;
mod whole;

pub use body::{Object, object, present};
pub use csv::{Cell, Csv, Separator, joined, unharmed};
pub use cursor::{Binding, Page};
pub use error::{ApiError, WhomToAsk};
pub use fields::{AllPresent, Fields, Patch};
pub use reply::{ALWAYS, Reply};
pub use request::{ApiRequest, ExpectedMember};
pub use serve::serve;
pub use session_cookie::SessionCookie;
pub use whole::{Whole, whole};
