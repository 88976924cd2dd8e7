//! `request-login`: somebody asks for a login link. Answer and work are the same for every address: the request is written down,
//! and `send-mail` looks up whom to mail.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use shared::domain::EmailAddress;

use super::challenge::challenge;
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
    /// What the browser can prove later, as PKCE's `S256` has it.
    code_challenge: Option<String>,
}

async fn request_login(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let body: Body = request.json()?;
    let mut fields = Fields::default();
    let email = fields.required("email", body.email.as_deref(), EmailAddress::parse);
    let challenge = challenge(&mut fields, body.code_challenge.as_deref());
    let (email, challenge) = fields.finish((email, challenge))?;
    let ip = request.source_ip();
    limits::public_call(&app, &ip).await?;
    app.store.request_mail(&app.store.login_request(email, challenge)).await?;
    Ok(Reply::json(StatusCode::ACCEPTED, &json!({"status": "check_your_mail"})))
}
