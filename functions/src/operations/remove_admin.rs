//! `remove-admin`: an admin becomes an ordinary member, and signs in anew as one. The last admin stays.

use shared::store::RemoveAdminOutcome;

use super::get_member::id;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// DELETE /v1/admins/{id}
pub const OPERATION: Operation = http_operation!("remove-admin", remove_admin);

async fn remove_admin(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    match app.store.remove_admin(&admin, id(&request)?).await? {
        RemoveAdminOutcome::Removed => Ok(Reply::no_content()),
        RemoveAdminOutcome::Last => Err(ApiError::LastAdmin),
        RemoveAdminOutcome::NotFound => Err(ApiError::NotFound),
    }
}
