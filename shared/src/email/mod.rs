//! Mail: what it says and how it is sent. When, and to whom, is the store's and the operations' business.

mod mailer;

pub use mailer::{Letter, Mailer, SendError, SesMessageId};
