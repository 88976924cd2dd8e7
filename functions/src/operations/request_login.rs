//! `request-login`: somebody asks for a login link. The answer is the same for every address.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use shared::domain::EmailAddress;

use crate::{
    App, Operation,
    http::{ApiError, ApiRequest, Fields, Reply},
    limits,
    operation::http_operation,
};

/// POST /v1/login-links
pub const OPERATION: Operation = http_operation!("request-login", request_login);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    email: Option<String>,
}

async fn request_login(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let body: Body = request.json()?;
    let mut fields = Fields::default();
    let email = fields.required("email", body.email.as_deref(), EmailAddress::parse);
    let (email,) = fields.finish((email,))?;
    let ip = request.source_ip();
    limits::public_call(&app, &ip).await?;
    app.store.queue_login_mails(&email).await?;
    Ok(Reply::json(StatusCode::ACCEPTED, &json!({"status": "check_your_mail"})))
}
