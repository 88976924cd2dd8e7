//! `revoke-api-key`: an admin ends a key; programs that show it are strangers from then on.

use shared::{domain::ApiKeyId, store::RevokeKeyOutcome};

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// DELETE /v1/api-keys/{id}
pub const OPERATION: Operation = http_operation!("revoke-api-key", revoke_api_key);

async fn revoke_api_key(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    let id = ApiKeyId::parse(request.path_param("id")).map_err(|_| ApiError::NotFound)?;
    match app.store.revoke_api_key(&admin, id).await? {
        RevokeKeyOutcome::Revoked => {
            tracing::info!(key = %id, admin = %admin.id, "API key revoked");
            Ok(Reply::no_content())
        }
        RevokeKeyOutcome::AlreadyRevoked => Ok(Reply::no_content()),
        RevokeKeyOutcome::NotFound => Err(ApiError::NotFound),
    }
}
