//! An e-mail address as the system accepts it.
//!
//! The rules are those of `docs/SECURITY.md`: one address, an unquoted ASCII local part, a domain that IDNA accepts.
//! Refusing what a mail server might read as something else is what keeps two people from being taken for one.

use std::fmt;

use email_address::{EmailAddress as Rfc5321, Options};
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{name::Hidden, secret::hex};

/// The longest local part and the longest address, in bytes (RFC 5321, 4.5.3.1, and the errata to RFC 3696).
const LOCAL_MAX: usize = 64;
const ADDRESS_MAX: usize = 254;

/// One e-mail address: the typed form is shown, the canonical form identifies.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress {
    typed: String,
    /// Where the `@` is in `typed`.
    at: usize,
    /// The domain in lower-case ASCII.
    domain: String,
}

/// Why a text is no acceptable address. The messages are meant for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmailAddressError {
    /// Nothing was typed.
    #[error("must not be empty")]
    Empty,
    /// Longer than mail servers accept.
    #[error("is too long for an email address")]
    TooLong,
    /// The part before the `@` has characters we cannot write to.
    #[error("must be a single email address, such as name@example.com")]
    Form,
    /// A character that does not show, or changes how others show.
    #[error(transparent)]
    Hidden(#[from] Hidden),
    /// The part after the `@` is no domain.
    #[error("has no valid domain after the @")]
    Domain,
}

impl EmailAddress {
    /// Takes a typed address, without the spaces around it.
    ///
    /// # Errors
    /// [`EmailAddressError`] says which rule it breaks.
    pub fn parse(text: &str) -> Result<Self, EmailAddressError> {
        use EmailAddressError as E;

        let typed = text.trim_matches(' ');
        if typed.is_empty() {
            return Err(E::Empty);
        }
        if typed.len() > ADDRESS_MAX {
            return Err(E::TooLong);
        }
        if let Some(hidden) = typed.chars().find_map(Hidden::of) {
            return Err(hidden.into());
        }
        if typed.chars().any(|c| c.is_whitespace() || ",;:<>()[]\\\"".contains(c)) {
            return Err(E::Form);
        }
        let (local, domain) = typed.split_once('@').ok_or(E::Form)?;
        // Before any folding: the Kelvin sign, for one, is a letter that Unicode folds into an ASCII `k`.
        if !local.is_ascii() || domain.contains('@') {
            return Err(E::Form);
        }
        if local.len() > LOCAL_MAX {
            return Err(E::TooLong);
        }
        let domain = ascii_domain(domain).ok_or(E::Domain)?;
        let deliverable = format!("{local}@{domain}");
        if deliverable.len() > ADDRESS_MAX {
            return Err(E::TooLong);
        }
        let options = Options::default().without_display_text().without_domain_literal().with_required_tld();
        Rfc5321::parse_with_options(&deliverable, options).map_err(|_| E::Form)?;
        Ok(Self { at: local.len(), typed: typed.to_owned(), domain })
    }

    /// The form that identifies the person: lower-case ASCII local part, domain as IDNA spells it in ASCII.
    /// `+tag` stays: to us it is another person.
    #[must_use]
    pub fn canonical(&self) -> String {
        format!("{}@{}", self.local().to_ascii_lowercase(), self.domain)
    }

    /// The form mail is sent to: the local part as typed (its case is the receiver's business), the domain in ASCII.
    #[must_use]
    pub fn deliverable(&self) -> String {
        format!("{}@{}", self.local(), self.domain)
    }

    /// The form the person typed, to show.
    #[must_use]
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// The SHA-256 of the canonical form in hex, which stands for the address in keys.
    #[must_use]
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.canonical()).into())
    }

    /// The SHA-256, in hex, of the canonical form without its `+tag`: the same for addresses that most servers deliver to one
    /// mailbox. To us they are different people; an admin is told that they may be one.
    #[must_use]
    pub fn untagged_hash(&self) -> String {
        hex(&Sha256::digest(self.untagged()).into())
    }

    /// The SHA-256, in hex, of what names the mailbox: the canonical form without its `+tag` and without the dots of its local part.
    /// Limits are counted by it, because anybody can write a mailbox with as many tags as they like, and one of a large provider
    /// with as many dots. Two people whose addresses differ by dots alone share a limit, which neither is likely to notice.
    #[must_use]
    pub fn mailbox_hash(&self) -> String {
        let untagged = self.untagged();
        let mailbox = match untagged.split_once('@') {
            Some((local, domain)) => format!("{}@{domain}", local.replace('.', "")),
            None => untagged,
        };
        hex(&Sha256::digest(mailbox).into())
    }

    /// The canonical form without its `+tag`.
    fn untagged(&self) -> String {
        let canonical = self.canonical();
        match canonical.split_once('@').and_then(|(local, domain)| Some((local.split_once('+')?.0, domain))) {
            Some((local, domain)) if !local.is_empty() => format!("{local}@{domain}"),
            _ => canonical,
        }
    }

    /// The domain in lower-case ASCII.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The domain as people write it: in Unicode.
    #[must_use]
    pub fn shown_domain(&self) -> String {
        shown(&self.domain)
    }

    fn local(&self) -> &str {
        &self.typed[..self.at]
    }
}

/// A mail domain, in lower-case ASCII.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MailDomain(String);

/// A text that is no mail domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an email domain, such as example.com")]
pub struct InvalidMailDomain;

impl MailDomain {
    /// Reads a domain, in any case or script, with or without an `@` before it.
    ///
    /// # Errors
    /// [`InvalidMailDomain`] for a text after whose `@` no address could end.
    pub fn parse(text: &str) -> Result<Self, InvalidMailDomain> {
        let domain = text.trim_matches(' ');
        let domain = domain.strip_prefix('@').unwrap_or(domain);
        // The rules are those of an address's domain, length and all.
        let address = EmailAddress::parse(&format!("a@{domain}")).map_err(|_| InvalidMailDomain)?;
        Ok(Self(address.domain))
    }

    /// The domain as it is compared: in ASCII.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The domain as people write it: in Unicode.
    #[must_use]
    pub fn shown(&self) -> String {
        shown(&self.0)
    }
}

fn shown(domain: &str) -> String {
    let (shown, faulty) = Uts46::new().to_unicode(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast);
    if faulty.is_ok() { shown.into_owned() } else { domain.to_owned() }
}

impl TryFrom<String> for MailDomain {
    type Error = InvalidMailDomain;
    fn try_from(text: String) -> Result<Self, InvalidMailDomain> {
        Self::parse(&text)
    }
}

impl From<MailDomain> for String {
    fn from(domain: MailDomain) -> Self {
        domain.0
    }
}

/// The domain in lower-case ASCII, if IDNA accepts it and it is a name rather than an IP address.
fn ascii_domain(domain: &str) -> Option<String> {
    // `DnsLength::Verify` refuses the trailing dot too: with it, one mailbox would have two spellings.
    let ascii = Uts46::new()
        .to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify)
        .ok()?;
    let (_, top) = ascii.rsplit_once('.')?;
    if top.bytes().all(|b| b.is_ascii_digit()) { None } else { Some(ascii.to_ascii_lowercase()) }
}

/// Addresses do not belong into logs.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(..)")
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = EmailAddressError;
    fn try_from(text: String) -> Result<Self, EmailAddressError> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.typed
    }
}

#[cfg(test)]
mod tests;
