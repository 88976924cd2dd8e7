//! `withdraw-registration`: the browser that registered takes the registration back, for instance because the address was wrong.
//! The answer is the same for every address: it tells what was asked, not what was there.

use serde::Deserialize;
use shared::domain::EmailAddress;

use super::{challenge::verifier, view_link::code};
use crate::{
    App, Operation,
    http::{ApiError, ApiRequest, Fields, Reply},
    limits,
    operation::http_operation,
};

/// POST /v1/join/{code}/withdraw
pub const OPERATION: Operation = http_operation!("withdraw-registration", withdraw_registration);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    email: Option<String>,
    /// What the browser kept when it sent its `code_challenge`.
    code_verifier: Option<String>,
}

async fn withdraw_registration(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let code = code(&request)?.hash();
    let body: Body = request.json()?;
    let ip = request.source_ip();
    let (door, ()) = tokio::try_join!(async { Ok(app.store.door(&code).await?) }, limits::public_call(&app, &ip))?;
    // Full, expired or inactive: a seat is given back all the same.
    let door = door.ok_or(ApiError::LinkNotFound)?;
    let mut fields = Fields::default();
    let email = fields.required("email", body.email.as_deref(), EmailAddress::parse);
    let verifier = fields.required("code_verifier", body.code_verifier.as_deref(), verifier);
    let (email, verifier) = fields.finish((email, verifier))?;
    app.store.withdraw(&door, &email, &verifier).await?;
    Ok(Reply::no_content())
}
