//! `create-api-key`: an admin makes a key with which a program acts for the organization. Its text is told here and never again.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use shared::domain::{ApiKey, ApiKeyId, ApiKeyToken, Member, Scope, Title};

use super::link_fields;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    idempotency::Once,
    operation::creating_operation,
    views,
};

/// POST /v1/api-keys
pub const OPERATION: Operation = creating_operation!("create-api-key", auth::admin, create_api_key);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    name: Option<String>,
    scope: Option<String>,
    expires: Option<String>,
}

async fn create_api_key(app: App, request: ApiRequest, admin: Member, once: Once) -> Result<Reply, ApiError> {
    let body: Body = request.json()?;
    let organization = app.store.organization(admin.organization).await?.ok_or(ApiError::Unauthenticated)?;
    let mut fields = Fields::default();
    let name = fields.required("name", body.name.as_deref(), Title::parse);
    let scope = fields.required("scope", body.scope.as_deref(), Scope::parse);
    let expires_at = fields
        .optional("expires", body.expires.as_deref(), |text| link_fields::expiry(&app, text, organization.time_zone));
    let (name, scope, expires_at) = fields.finish((name, scope, expires_at))?;

    let id = ApiKeyId::generate(&*app.random);
    let token = ApiKeyToken::generate(organization.id, id, &*app.random);
    let key = ApiKey {
        id,
        organization: organization.id,
        name,
        scope,
        hash: token.hash(),
        created_at: app.clock.now(),
        created_by: admin.id,
        expires_at,
        last_used_at: None,
        revoked: None,
        delete_after: None,
    };
    // Whoever asks again is not told the text: it is nowhere.
    let mut view = views::api_key(&key);
    if !app.store.create_api_key(&key, once.answer(StatusCode::CREATED, &view)).await? {
        return Err(ApiError::TooManyKeys);
    }
    tracing::info!(key = %id, admin = %admin.id, ?scope, "API key made");
    view["key"] = Value::String(token.reveal());
    Ok(Reply::json(StatusCode::CREATED, &view))
}
