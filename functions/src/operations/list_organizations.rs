//! `list-organizations`: the operator sees all organizations, the oldest first.

use lambda_runtime::Error;
use serde::Deserialize;
use serde_json::{Value, json};
use shared::store::{PageKey, StoreError};

use super::operator_fields::{InvalidField, field};
use crate::{App, Operation, operation::event_operation, views};

/// Invoked by the operator.
pub const OPERATION: Operation = event_operation!("list-organizations", list_organizations);

/// How many organizations an answer has: well within what Lambda answers.
const PAGE: u32 = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    #[serde(default)]
    limit: Option<u32>,
    /// `next` of the answer before.
    #[serde(default)]
    after: Option<PageKey>,
}

async fn list_organizations(app: App, event: Event) -> Result<Value, Error> {
    let limit = event.limit.unwrap_or(PAGE);
    let limit = field("limit", (1..=PAGE).contains(&limit).then_some(limit).ok_or("must be from 1 to 1000"))?;
    let page = match app.store.list_organizations(limit, event.after).await {
        Err(StoreError::PageKey) => {
            return Err(InvalidField::new("after", "must be the next value of the page before").into());
        }
        page => page?,
    };
    let organizations: Vec<_> = page.items.iter().map(views::operated_organization).collect();
    Ok(json!({"organizations": organizations, "next": page.next}))
}
