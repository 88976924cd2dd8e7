//! Where people turn who need help: named in every mail of an organization.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::EmailAddress;

/// The longest address of a page, in bytes.
const URL_MAX: usize = 200;

/// An e-mail address, or the `https` address of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SupportContact(String);

/// A text that is no contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an email address, or an https address of at most {URL_MAX} bytes")]
pub struct InvalidContact;

impl SupportContact {
    /// Takes a typed contact, without the white space around it.
    ///
    /// # Errors
    /// [`InvalidContact`] for a text that is neither an address nor a page.
    pub fn parse(text: &str) -> Result<Self, InvalidContact> {
        let text = text.trim();
        let good = if text.contains("://") { is_page(text) } else { EmailAddress::parse(text).is_ok() };
        if good { Ok(Self(text.to_owned())) } else { Err(InvalidContact) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An absolute `https` address as browsers copy it, that reads as no other than it is.
fn is_page(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let named = name.split('.').all(|label| !label.is_empty()) && name.contains('.');
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&byte);
    let of_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:".contains(&byte);
    text.len() <= URL_MAX && named && host.bytes().all(of_host) && text.bytes().all(plain)
}

impl fmt::Display for SupportContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for SupportContact {
    type Error = InvalidContact;
    fn try_from(text: String) -> Result<Self, InvalidContact> {
        Self::parse(&text)
    }
}

impl From<SupportContact> for String {
    fn from(contact: SupportContact) -> Self {
        contact.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_or_a_page_is_a_contact() {
        for good in ["help@acme.example", " help@acme.example ", "https://acme.example/help?a=b#c", "https://a.b:8443"]
        {
            assert_eq!(SupportContact::parse(good).unwrap().as_str(), good.trim());
        }
    }

    #[test]
    fn nothing_else_is() {
        for bad in [
            "",
            "+49 30 901820",
            "http://acme.example",
            "javascript://acme.example/%0aalert(1)",
            "https://",
            "https://acme",
            "https://bank.example@evil.example/",
            "https://acme.example/ö",
            "https://acme.example/a b",
            "https://acme.example/\"><script>",
            "https://acme..example/",
            "help@acme.example, other@acme.example",
        ] {
            assert_eq!(SupportContact::parse(bad), Err(InvalidContact), "{bad}");
        }
        assert!(SupportContact::parse(&format!("https://acme.example/{}", "a".repeat(200))).is_err());
    }
}
