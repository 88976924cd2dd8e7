//! Mail: what it says and how it is sent. When, and to whom, is the store's and the operations' business.

mod letter;
mod mailer;
mod named_address;

pub use letter::{About, Letter, LetterError, LetterParts, login_url, token_life};
pub use mailer::{Mailer, SEND_TIMEOUT, SendError, SesMessageId};
