//! What a record of the table's stream is about: an item as it was and as it is, read back.

use serde::de::DeserializeOwned;
use serde_dynamo::Item as Image;

use super::keys::{self, Key, Named};
use crate::domain::{Change, EventId, JobId, OrganizationId, WebhookId};

/// What there is to do about a change of the table.
#[derive(Debug, Clone, PartialEq)]
pub enum Noticed {
    /// Others may be told of it.
    Change(Change),
    /// A job waits for a worker.
    Job(OrganizationId, JobId),
    /// A delivery waits for a sender.
    Delivery(WebhookId, EventId),
    /// Nothing.
    Nothing,
}

/// Reads the images of a record: the item before the change, if it was there, and after it, if it still is.
///
/// # Errors
/// When an image is not what its `entity` promises.
pub fn notice(before: Image, after: Image) -> Result<Noticed, serde_dynamo::Error> {
    Ok(match text(&after, "entity") {
        Some("link") => Noticed::Change(Change::Link(read(before)?, Box::new(serde_dynamo::from_item(after)?))),
        Some("enrollment") => {
            Noticed::Change(Change::Enrollment(read(before)?, Box::new(serde_dynamo::from_item(after)?)))
        }
        Some("member") => Noticed::Change(Change::Member(read(before)?, Box::new(serde_dynamo::from_item(after)?))),
        Some("job") if text(&after, "state") == Some("queued") => match named(&after) {
            Some(Named::Job(organization, job)) => Noticed::Job(organization, job),
            _ => Noticed::Nothing,
        },
        Some("delivery") if text(&after, "state") == Some("queued") => match named(&after) {
            Some(Named::Delivery(webhook, event)) => Noticed::Delivery(webhook, event),
            _ => Noticed::Nothing,
        },
        // What is gone was told of when that was ordered.
        _ => Noticed::Nothing,
    })
}

fn read<T: DeserializeOwned>(image: Image) -> Result<Option<Box<T>>, serde_dynamo::Error> {
    if image.is_empty() { Ok(None) } else { Ok(Some(Box::new(serde_dynamo::from_item(image)?))) }
}

fn text<'i>(image: &'i Image, name: &str) -> Option<&'i str> {
    match image.get(name) {
        Some(serde_dynamo::AttributeValue::S(text)) => Some(text),
        _ => None,
    }
}

fn named(image: &Image) -> Option<Named> {
    keys::parse(&Key { partition: text(image, keys::PK)?.to_owned(), sort: text(image, keys::SK)?.to_owned() })
}
