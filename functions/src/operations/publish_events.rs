//! `publish-events`: tells the event bus what changed in the table, hands over the work that the stream does not hand to a
//! function itself, keeps the index of members by name and address, and takes enrollments that were replaced out of their
//! links' counts.
//!
//! What webhooks are to be told is written down before the bus is told, as a delivery each. The same record leads to the same
//! events, with the same ids, however often it comes: at least once each.

use aws_lambda_events::{
    dynamodb::{Event as StreamEvent, EventRecord},
    streams::DynamoDbEventResponse,
};
use futures::{StreamExt, stream};
use lambda_runtime::Error;
use shared::{
    bus::{self, NotTaken, Posting},
    domain::{Change, Event, Member, SearchText},
    store::StoreError,
    table::changes::{Noticed, notice},
};

use super::{deliver_webhook::DeliveryQueued, stream::failure, work_jobs::JobQueued};
use crate::{App, Operation, causes::causes, operation::event_operation};

/// The table's stream: links, enrollments, members, queued jobs and deliveries.
pub const OPERATION: Operation = event_operation!("publish-events", publish_events);

/// How many records are read up on side by side.
const SIDE_BY_SIDE: usize = 8;

/// What rules of the bus know a queued job by.
const JOB_QUEUED: &str = "job.queued";

/// What rules of the bus know a queued delivery by.
const DELIVERY_QUEUED: &str = "delivery.queued";

/// A record about which nothing could be told.
#[derive(Debug, thiserror::Error)]
enum Untold {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a record of the stream cannot be read")]
    Unreadable(#[from] serde_dynamo::Error),
    #[error("an event cannot be written")]
    Unwritable(#[from] serde_json::Error),
    #[error(transparent)]
    NotTaken(#[from] NotTaken),
}

async fn publish_events(app: App, event: StreamEvent) -> Result<DynamoDbEventResponse, Error> {
    let read: Vec<_> = event.records.iter().map(|record| postings(&app, record)).collect();
    let read: Vec<_> = stream::iter(read).buffered(SIDE_BY_SIDE).collect().await;

    let mut failed: Vec<(&EventRecord, Untold)> = Vec::new();
    let (mut records, mut all) = (Vec::new(), Vec::new());
    for (record, outcome) in event.records.iter().zip(read) {
        match outcome {
            // It will be no better the next time, and must not hold up what comes after it.
            Err(error @ (Untold::Unreadable(_) | Untold::Unwritable(_))) => {
                tracing::error!(record = record.event_id, error = causes(&error), "a change is never told of");
            }
            Ok(postings) => {
                records.extend(postings.iter().map(|_| record));
                all.extend(postings);
            }
            Err(error) => failed.push((record, error)),
        }
    }
    let put = app.bus.put(&all).await;
    failed.extend(records.into_iter().zip(put).filter_map(|(record, put)| Some((record, put.err()?.into()))));

    let mut response = DynamoDbEventResponse::default();
    for (record, error) in failed {
        tracing::error!(record = record.event_id, error = causes(&error), "a change could not be told of");
        let failure = failure(record);
        if !response.batch_item_failures.contains(&failure) {
            response.batch_item_failures.push(failure);
        }
    }
    tracing::info!(records = event.records.len(), events = all.len(), "changes told of");
    Ok(response)
}

/// What a record puts on the bus.
async fn postings(app: &App, record: &EventRecord) -> Result<Vec<Posting>, Untold> {
    let at = record.change.approximate_creation_date_time.into();
    match notice(record.change.old_image.clone(), record.change.new_image.clone())? {
        Noticed::Nothing => Ok(Vec::new()),
        Noticed::Job(organization, job) => {
            let detail = serde_json::to_string(&JobQueued { organization, job })?;
            Ok(vec![Posting { source: bus::INTERNAL, kind: JOB_QUEUED, detail, at }])
        }
        Noticed::Delivery(webhook, delivery) => {
            let detail = serde_json::to_string(&DeliveryQueued { webhook, delivery })?;
            Ok(vec![Posting { source: bus::INTERNAL, kind: DELIVERY_QUEUED, detail, at }])
        }
        Noticed::Change(change) => {
            if let Change::Member(before, after) = &change
                && is_found_anew(before.as_deref(), after)
            {
                app.store.index_member(after.id).await?;
            }
            if let Change::Enrollment(Some(before), after) = &change
                && before.registered_at != after.registered_at
            {
                app.store.count_out(before).await?;
            }
            // Their item is gone, and with it every change that would tell of it.
            if let Some(previous) = change.corrected() {
                app.store.index_member(previous).await?;
            }
            let events = events(app, record, &change).await?;
            let webhooks = match events.first() {
                Some(event) => app.store.webhooks(event.organization).await?,
                None => Vec::new(),
            };
            let mut postings = Vec::new();
            for event in events {
                let detail = serde_json::to_string(&event)?;
                for webhook in webhooks.iter().filter(|webhook| webhook.wants(event.kind)) {
                    let delivery = app.store.new_delivery(webhook, &event, detail.clone(), false);
                    app.store.add_delivery(&delivery).await?;
                }
                postings.push(Posting { source: bus::PUBLIC, kind: event.kind.name(), detail, at });
            }
            Ok(postings)
        }
    }
}

/// Whether a change of a member is one of what they are found by.
fn is_found_anew(before: Option<&Member>, after: &Member) -> bool {
    before.map(SearchText::of).unwrap_or_default() != SearchText::of(after)
}

/// The events that tell of a change.
async fn events(app: &App, record: &EventRecord, change: &Change) -> Result<Vec<Event>, StoreError> {
    let at = record.change.approximate_creation_date_time.into();
    let mut events = Vec::new();
    for told in change.told() {
        let enrollments = match told.links_of {
            Some(member) => app.store.member_file(member).await?.map_or_else(Vec::new, |file| file.enrollments),
            None => Vec::new(),
        };
        events.push(told.event(&record.event_id, at, &enrollments));
    }
    Ok(events)
}
