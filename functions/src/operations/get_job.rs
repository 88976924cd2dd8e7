//! `get-job`: how far a job is.

use shared::domain::{Actor, Job, JobId};

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/jobs/{id}
pub const OPERATION: Operation = http_operation!("get-job", get_job);

async fn get_job(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    Ok(Reply::ok(&views::job(&find(&app, &actor, &request).await?)))
}

/// The job's id in the path. A text that can be no id is answered as an unknown one.
pub(super) fn id(request: &ApiRequest) -> Result<JobId, ApiError> {
    JobId::parse(request.path_param("id")).map_err(|_| ApiError::NotFound)
}

/// The job that the path names.
pub(super) async fn find(app: &App, actor: &Actor, request: &ApiRequest) -> Result<Job, ApiError> {
    app.store.job(actor.organization, id(request)?).await?.ok_or(ApiError::NotFound)
}
