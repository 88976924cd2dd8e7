//! `add-admin`: an admin makes somebody an admin too: a member, or somebody new. They are mailed a login link.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use shared::{
    domain::{EmailAddress, PersonName},
    store::AddAdminOutcome,
};

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    operation::http_operation,
    views,
};

/// POST /v1/admins
pub const OPERATION: Operation = http_operation!("add-admin", add_admin);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    email: Option<String>,
    name: Option<String>,
}

async fn add_admin(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    let body: Body = request.json()?;
    let mut fields = Fields::default();
    let email = fields.required("email", body.email.as_deref(), EmailAddress::parse);
    let name = fields.required("name", body.name.as_deref(), PersonName::parse);
    let (email, name) = fields.finish((email, name))?;
    match app.store.add_admin(&admin, &email, &name).await? {
        AddAdminOutcome::Added(member) => Ok(Reply::json(StatusCode::CREATED, &views::member(&member))),
        AddAdminOutcome::IsAdmin(member) => Ok(Reply::ok(&views::member(&member))),
        AddAdminOutcome::Revoked => Err(ApiError::IsRevoked),
        AddAdminOutcome::Forbidden => Err(ApiError::Forbidden),
    }
}
