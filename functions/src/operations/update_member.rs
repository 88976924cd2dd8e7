//! `update-member`: an admin puts a member in other units by hand, or corrects their name.

use serde::Deserialize;
use shared::{domain::PersonName, store::MemberChange};

use super::{get_member::id, link_fields::allocation};
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Object, Patch, Reply},
    operation::http_operation,
    views::{self, AllocationIds},
};

/// PATCH /v1/members/{id}
pub const OPERATION: Operation = http_operation!("update-member", update_member);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    #[serde(default)]
    allocation: Patch<Object<AllocationIds>>,
    #[serde(default)]
    name: Patch<String>,
}

async fn update_member(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let id = id(&request)?;
    let body: Body = request.json()?;
    let catalog = app.store.catalog(actor.organization).await?;
    let mut fields = Fields::default();
    let units = fields.change("allocation", body.allocation, |Object(ids)| allocation(&ids, &catalog));
    let name = fields.change("name", body.name, |text| PersonName::parse(&text));
    let (allocation, name) = fields.finish((units, name))?;
    let change = MemberChange { allocation, name };
    let member = app.store.update_member(&actor, id, &change).await?.ok_or(ApiError::NotFound)?;
    Ok(Reply::ok(&views::member(&member)))
}
