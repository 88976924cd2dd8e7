//! `cancel-job`: an admin stops a job. What it has done stays; its worker ends it after the page it is at.

use lambda_http::http::StatusCode;

use super::get_job::id;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// POST /v1/jobs/{id}/cancellation
pub const OPERATION: Operation = http_operation!("cancel-job", cancel_job);

async fn cancel_job(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let job = app.store.cancel_job(&actor, id(&request)?).await?.ok_or(ApiError::NotFound)?;
    Ok(Reply::json(StatusCode::ACCEPTED, &views::job(&job)))
}
