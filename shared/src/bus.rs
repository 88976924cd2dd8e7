//! The event bus: where others are told what changed, and where work is handed to functions that the table's stream does not
//! call itself.

use aws_config::SdkConfig;
use aws_sdk_eventbridge::{
    Client,
    error::ProvideErrorMetadata,
    primitives::DateTime,
    types::{PutEventsRequestEntry, PutEventsResultEntry},
};
use futures::{StreamExt, stream};

use crate::domain::Timestamp;

/// The source of what others are told.
pub const PUBLIC: &str = "access-links";
/// The source of what functions of this system hand to each other.
pub const INTERNAL: &str = "access-links.internal";

/// How many entries one call takes:
/// <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html>.
const PER_CALL: usize = 10;

/// How many calls are made side by side.
const SIDE_BY_SIDE: usize = 4;

/// Something to put on the bus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// [`PUBLIC`] or [`INTERNAL`].
    pub source: &'static str,
    /// What rules choose by: the type of an event.
    pub kind: &'static str,
    /// A JSON object.
    pub detail: String,
    /// When it happened.
    pub at: Timestamp,
}

/// Something the bus did not take. Whether it will is worth another try.
#[derive(Debug, thiserror::Error)]
#[error("the bus did not take it: {0}")]
pub struct NotTaken(String);

/// The bus.
#[derive(Debug, Clone)]
pub struct Bus {
    client: Client,
    name: String,
}

impl Bus {
    /// The bus of this name, reached as `sdk` says.
    #[must_use]
    pub fn new(sdk: &SdkConfig, name: &str) -> Self {
        Self { client: Client::new(sdk), name: name.to_owned() }
    }

    /// Puts all of these on the bus, and gives what came of each, in their order.
    pub async fn put(&self, postings: &[Posting]) -> Vec<Result<(), NotTaken>> {
        let calls: Vec<_> = postings.chunks(PER_CALL).map(|some| self.put_some(some)).collect();
        stream::iter(calls).buffered(SIDE_BY_SIDE).concat().await
    }

    async fn put_some(&self, postings: &[Posting]) -> Vec<Result<(), NotTaken>> {
        let entries = postings.iter().map(|posting| self.entry(posting)).collect();
        match self.client.put_events().set_entries(Some(entries)).send().await {
            Ok(answer) => {
                let results = answer.entries.unwrap_or_default();
                (0..postings.len()).map(|index| outcome(results.get(index))).collect()
            }
            Err(error) => {
                let code = error.code().unwrap_or("no answer");
                postings.iter().map(|_| Err(NotTaken(code.to_owned()))).collect()
            }
        }
    }

    fn entry(&self, posting: &Posting) -> PutEventsRequestEntry {
        PutEventsRequestEntry::builder()
            .event_bus_name(&self.name)
            .source(posting.source)
            .detail_type(posting.kind)
            .detail(&posting.detail)
            .time(DateTime::from_millis(posting.at.millis()))
            .build()
    }
}

fn outcome(result: Option<&PutEventsResultEntry>) -> Result<(), NotTaken> {
    match result {
        None => Err(NotTaken("it is not in the answer".to_owned())),
        Some(PutEventsResultEntry { error_code: Some(code), .. }) => Err(NotTaken(code.clone())),
        Some(_) => Ok(()),
    }
}
