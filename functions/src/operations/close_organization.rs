//! `close-organization`: the operator shuts an organization: its links are dead, its people out, and after a while they are erased.

use lambda_runtime::Error;
use serde::Deserialize;
use shared::{
    domain::{OrganizationId, Title},
    store::CloseOutcome,
};
use tokio::time::Instant;

use super::operator_fields::{InvalidField, field};
use crate::{App, Operation, operation::event_operation, views};

/// Invoked by the operator.
pub const OPERATION: Operation = event_operation!("close-organization", close_organization);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    organization_id: String,
    /// Its name as it is now: nobody closes another one by a slip.
    name: String,
}

async fn close_organization(app: App, event: Event) -> Result<serde_json::Value, Error> {
    let deadline = Instant::now() + app.config.work_budget;
    let id = field("organization_id", OrganizationId::parse(&event.organization_id))?;
    let name = field("name", Title::parse(&event.name))?;
    let begun = match app.store.begin_closing(id, &name).await? {
        CloseOutcome::Begun(organization) => organization,
        CloseOutcome::OtherName => {
            return Err(InvalidField::new("name", "does not match the organization's name").into());
        }
        CloseOutcome::NotFound => {
            return Err(InvalidField::new("organization_id", "does not exist").into());
        }
    };
    tracing::info!(organization = %id, "organization closed");
    let closed = app.store.go_on_closing(id, || Instant::now() < deadline).await?;
    Ok(views::operated_organization(&closed.unwrap_or(*begun)))
}
