//! `add-admin`: an admin makes somebody an admin too: a member, or somebody new. They are mailed a login link.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use shared::{
    domain::{EmailAddress, Member, PersonName},
    store::AddAdminOutcome,
};

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    idempotency::Once,
    operation::creating_operation,
    views,
};

/// POST /v1/admins
pub const OPERATION: Operation = creating_operation!("add-admin", auth::admin, add_admin);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    email: Option<String>,
    name: Option<String>,
}

async fn add_admin(app: App, request: ApiRequest, admin: Member, once: Once) -> Result<Reply, ApiError> {
    let body: Body = request.json()?;
    let mut fields = Fields::default();
    let email = fields.required("email", body.email.as_deref(), EmailAddress::parse);
    let name = fields.required("name", body.name.as_deref(), PersonName::parse);
    let (email, name) = fields.finish((email, name))?;
    let answer = |outcome: &AddAdminOutcome| match outcome {
        AddAdminOutcome::Added(member) => once.answer_about(member, StatusCode::CREATED, &views::member(member)),
        AddAdminOutcome::IsAdmin(member) => once.answer_about(member, StatusCode::OK, &views::member(member)),
        AddAdminOutcome::Revoked | AddAdminOutcome::Forbidden => None,
    };
    match app.store.add_admin(&admin, &email, &name, answer).await? {
        AddAdminOutcome::Added(member) => Ok(Reply::json(StatusCode::CREATED, &views::member(&member))),
        AddAdminOutcome::IsAdmin(member) => Ok(Reply::ok(&views::member(&member))),
        AddAdminOutcome::Revoked => Err(ApiError::IsRevoked),
        AddAdminOutcome::Forbidden => Err(ApiError::Forbidden),
    }
}
