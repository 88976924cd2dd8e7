//! `list-jobs`: an organization's jobs, newest first.

use serde_json::json;

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Binding, Page, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/jobs
pub const OPERATION: Operation = http_operation!("list-jobs", list_jobs);

async fn list_jobs(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let page = request.page()?;
    let binding = Binding::new("list-jobs").and(actor.organization);
    let jobs = app.store.list_jobs(actor.organization, page.limit, page.after(&binding)?).await?;
    let shown: Vec<_> = jobs.items.iter().map(views::job).collect();
    Ok(Reply::ok(&json!({"jobs": shown, "next": Page::next(jobs.next.as_ref(), &binding)?})))
}
