//! `index-members`: the operator has the members of an organization indexed who came before there was the index by name and address.

use lambda_runtime::Error;
use serde::Deserialize;
use serde_json::{Value, json};
use shared::{
    domain::OrganizationId,
    store::{PageKey, StoreError},
};
use tokio::time::Instant;

use super::operator_fields::{InvalidField, field};
use crate::{App, Operation, operation::event_operation};

/// Invoked by the operator, until the answer's `next` is null.
pub const OPERATION: Operation = event_operation!("index-members", index_members);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    organization_id: String,
    /// `next` of the answer before.
    #[serde(default)]
    after: Option<PageKey>,
}

async fn index_members(app: App, event: Event) -> Result<Value, Error> {
    let deadline = Instant::now() + app.config.work_budget;
    let id = field("organization_id", OrganizationId::parse(&event.organization_id))?;
    let unknown = || InvalidField::new("organization_id", "does not exist");
    app.store.organization(id).await?.ok_or_else(unknown)?;
    let (mut indexed, mut after) = (0, event.after);
    loop {
        let (some, next) = match app.store.index_members(id, after).await {
            Err(StoreError::PageKey) => {
                return Err(InvalidField::new("after", "must be the next value of the page before").into());
            }
            done => done?,
        };
        indexed += some;
        after = next;
        if after.is_none() {
            app.store.note_indexed(id).await?;
            tracing::info!(organization = %id, "members indexed");
        }
        if after.is_none() || Instant::now() >= deadline {
            return Ok(json!({"indexed": indexed, "next": after}));
        }
    }
}
