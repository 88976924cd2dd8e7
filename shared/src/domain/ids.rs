//! The ids of things. Each is its own type, parsed at the edge: a text that is not a hyphenated lower-case UUID is no id.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{EmailAddress, Timestamp};
use crate::random::{Random, random_bytes};

/// A text that is no id of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct InvalidId;

fn parse_uuid(text: &str) -> Result<Uuid, InvalidId> {
    let id = Uuid::try_parse(text).map_err(|_| InvalidId)?;
    // One spelling only: an id is part of a key, and `{..}`, `urn:` or upper case would be other keys.
    if id.hyphenated().to_string() == text { Ok(id) } else { Err(InvalidId) }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// Reads an id from its one spelling, the hyphenated lower-case UUID.
            ///
            /// # Errors
            /// [`InvalidId`] for every other text.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                parse_uuid(text).map(Self)
            }

            /// The UUID's 16 bytes.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// The id with these 16 bytes.
            #[must_use]
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    };
}

id! {
    /// An organization: random (UUID v4).
    OrganizationId
}
id! {
    /// An access link: ordered by the time it was made (UUID v7), so that links list by age.
    LinkId
}
id! {
    /// A member: derived from organization, kind of identity and its canonical value (UUID v5).
    MemberId
}
id! {
    /// A group, site or region: chosen by whoever puts it, usually random.
    UnitId
}
id! {
    /// A training module: chosen by whoever puts it, usually random.
    ModuleId
}
id! {
    /// One mail: random (UUID v4), or derived from the request that led to it (UUID v5).
    MailId
}
id! {
    /// A request for mail: random (UUID v4).
    MailRequestId
}
id! {
    /// A job: ordered by the time it was made (UUID v7), so that jobs list by age.
    JobId
}
id! {
    /// An API key: random (UUID v4).
    ApiKeyId
}
id! {
    /// One audit record: ordered by the time of the act (UUID v7).
    AuditId
}
id! {
    /// An event: derived from the change it tells of (UUID v5), so that the same change always gives the same id.
    EventId
}
id! {
    /// A webhook: ordered by the time it was made (UUID v7), so that webhooks list by age.
    WebhookId
}

/// The name space of event ids. Fixed for ever: receivers know an event that comes twice by its id.
const EVENT_NAMESPACE: Uuid = Uuid::from_u128(0x8d1f_4a02_93c7_4be5_a6d8_17e0_52bb_3f94);

impl EventId {
    /// The id of the event of this type in this change: what the table's stream calls its record.
    #[must_use]
    pub fn of_change(record: &str, kind: super::EventType) -> Self {
        Self(Uuid::new_v5(&EVENT_NAMESPACE, format!("{record}/{}", kind.name()).as_bytes()))
    }
}

fn random_v4(random: &dyn Random) -> Uuid {
    uuid::Builder::from_random_bytes(random_bytes(random)).into_uuid()
}

impl OrganizationId {
    /// A new random id.
    pub fn generate(random: &dyn Random) -> Self {
        Self(random_v4(random))
    }
}

impl ApiKeyId {
    /// A new random id.
    pub fn generate(random: &dyn Random) -> Self {
        Self(random_v4(random))
    }
}

/// The name space of the ids of mails that a request led to.
const REQUEST_NAMESPACE: Uuid = Uuid::from_u128(0x27e6_0d55_61b8_4f0a_8e3c_b1d4_9a70_c68d);

impl MailId {
    /// A new random id.
    pub fn generate(random: &dyn Random) -> Self {
        Self(random_v4(random))
    }

    /// The id of the mail to this member that a request leads to: the same however often that is looked up.
    #[must_use]
    pub fn of_request(request: MailRequestId, member: MemberId) -> Self {
        let name = [*request.as_bytes(), *member.as_bytes()].concat();
        Self(Uuid::new_v5(&REQUEST_NAMESPACE, &name))
    }
}

impl MailRequestId {
    /// A new random id.
    pub fn generate(random: &dyn Random) -> Self {
        Self(random_v4(random))
    }
}

fn ordered_v7(now: Timestamp, random: &dyn Random) -> Uuid {
    let millis = u64::try_from(now.millis()).expect("a timestamp is never negative");
    uuid::Builder::from_unix_timestamp_millis(millis, &random_bytes(random)).into_uuid()
}

impl EventId {
    /// A new random id: of an event that no change led to.
    pub fn generate(random: &dyn Random) -> Self {
        Self(random_v4(random))
    }
}

impl WebhookId {
    /// A new id that sorts after those made before `now`.
    pub fn generate(now: Timestamp, random: &dyn Random) -> Self {
        Self(ordered_v7(now, random))
    }
}

impl LinkId {
    /// A new id that sorts after those made before `now`.
    pub fn generate(now: Timestamp, random: &dyn Random) -> Self {
        Self(ordered_v7(now, random))
    }
}

impl JobId {
    /// A new id that sorts after those made before `now`.
    pub fn generate(now: Timestamp, random: &dyn Random) -> Self {
        Self(ordered_v7(now, random))
    }
}

impl AuditId {
    /// The time it was made at, to the millisecond.
    #[must_use]
    pub fn at(self) -> Timestamp {
        let [a, b, c, d, e, f, ..] = *self.0.as_bytes();
        Timestamp::from_millis(i64::from_be_bytes([0, 0, a, b, c, d, e, f]))
    }

    /// The id that sorts before every id made at `at` or later, and after every earlier one. None is ever made that equals it, since
    /// it has no version. Times beyond the 48 bits of a UUID are its last one.
    #[must_use]
    pub fn before(at: Timestamp) -> Self {
        let millis = u128::try_from(at.millis()).unwrap_or_default().min((1 << 48) - 1);
        Self(Uuid::from_u128(millis << 80))
    }

    /// A new id that sorts after those made before `now`.
    pub fn generate(now: Timestamp, random: &dyn Random) -> Self {
        Self(ordered_v7(now, random))
    }
}

/// The name space of member ids. Fixed for ever: changing it would give every member a new id.
const MEMBER_NAMESPACE: Uuid = Uuid::from_u128(0x5a0c_8b1e_2f64_4d3b_9c57_0e6a_7d91_c4f2);

impl MemberId {
    /// The id of the person with this address in this organization. "If absent" on the member is thereby the
    /// uniqueness of the address, and no address stands in a key.
    #[must_use]
    pub fn of_address(organization: OrganizationId, address: &EmailAddress) -> Self {
        let name = format!("{organization}/email/{}", address.canonical());
        Self(Uuid::new_v5(&MEMBER_NAMESPACE, name.as_bytes()))
    }

    /// A random id, which nothing can be derived from: that of somebody erased.
    pub fn generate(random: &dyn Random) -> Self {
        Self(random_v4(random))
    }
}
