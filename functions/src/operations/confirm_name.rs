//! `confirm-name`: a member says what their name is, which a registration gave. It is asked once, at the first sign-in: anybody can
//! register any address, under any name.

use serde::Deserialize;
use shared::{domain::PersonName, store::NameOutcome};

use super::my_training::me;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    operation::http_operation,
};

/// PATCH /v1/me
pub const OPERATION: Operation = http_operation!("confirm-name", confirm_name);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    name: Option<String>,
}

async fn confirm_name(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let caller = auth::member(&app, &request).await?;
    let body: Body = request.json()?;
    let mut fields = Fields::default();
    let name = fields.required("name", body.name.as_deref(), PersonName::parse);
    let (name,) = fields.finish((name,))?;
    match app.store.confirm_name(caller.member.id, &name).await? {
        NameOutcome::Confirmed(member) => Ok(Reply::ok(&me(&member))),
        NameOutcome::ConfirmedBefore => Err(ApiError::NameConfirmed),
    }
}
