//! `start-import`: an admin brings people in from a file. It is a job: the file is read and checked at once, and worked off in pages.

use lambda_http::http::StatusCode;
use serde_json::json;
use shared::{
    domain::{Act, Actor, ImportAccess, ImportOrder, ImportPage, JOB_PAGE, Order},
    store::ROWS_KEEP,
};

use super::{
    import_file::{self, FileRead, FileRefused, HowToRead},
    start_grants::new_job,
};
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    idempotency::Once,
    operation::creating_operation,
    views,
};

/// POST /v1/jobs/imports
pub const OPERATION: Operation = creating_operation!("start-import", auth::actor, start_import);

async fn start_import(app: App, request: ApiRequest, actor: Actor, once: Once) -> Result<Reply, ApiError> {
    let file = file(&request, app.config.import_limit)?;
    let (access, dry_run) = (request.query("access")?, request.query("dry_run")?);
    let columns = request.query("columns")?;
    let (catalog, organization) =
        tokio::try_join!(app.store.catalog(actor.organization), app.store.organization(actor.organization))?;
    let language = organization.ok_or(ApiError::Unauthenticated)?.language;
    let mut fields = Fields::default();
    let access = fields.required("access", access.as_deref(), import_access);
    let dry_run = fields.optional("dry_run", dry_run.as_deref(), |text| match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err("must be \"true\" or \"false\""),
    });
    let columns = fields.optional("columns", columns.as_deref(), import_file::said);
    let (access, dry_run, columns) = fields.finish((access, dry_run, columns))?;
    let how = HowToRead {
        columns: columns.as_deref(),
        language,
        rows_max: app.config.import_rows_max,
        text_max: app.config.import_limit,
    };
    let FileRead { rows, told: reading } = import_file::read(file, &catalog, &how).map_err(refused)?;

    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let pages = u32::try_from(rows.len().div_ceil(JOB_PAGE)).unwrap_or(u32::MAX);
    let order = ImportOrder { access, dry_run: dry_run.unwrap_or_default(), rows: count, pages };
    let job = new_job(&app, &actor, Order::Imports(order), Some(count.into()));
    let delete_after = job.created_at.plus(ROWS_KEEP).epoch_seconds();
    let parts = rows.chunks(JOB_PAGE).zip(0..);
    let parts: Vec<_> =
        parts.map(|(rows, page)| ImportPage { job: job.id, page, rows: rows.to_vec(), delete_after }).collect();
    // The rows first: a job without all of them would end before its time. Rows without a job are collected.
    app.store.put_import_pages(&parts).await?;
    let told = json!({"access": order.access, "dry_run": order.dry_run, "rows": order.rows});
    let mut view = views::job(&job);
    let act = if order.dry_run { Act::ImportChecked } else { Act::ImportOrdered };
    app.store.create_job(&job, act, &told, once.answer(StatusCode::ACCEPTED, &view)).await?;
    tracing::info!(job = %job.id, by = %actor.id, rows = count, "job accepted");
    // What stands in the file is told to the one who sent it, and kept nowhere: whoever asks again is not told.
    view["file"] = json!(reading);
    Ok(Reply::json(StatusCode::ACCEPTED, &view))
}

/// The file, at most `limit` bytes, or twice as many where each letter takes two.
fn file(request: &ApiRequest, limit: usize) -> Result<&[u8], ApiError> {
    let bytes = request.csv(limit.saturating_mul(2))?;
    if bytes.len() > limit && !import_file::is_wide(bytes) { Err(ApiError::BodyTooLarge) } else { Ok(bytes) }
}

fn refused(refusal: FileRefused) -> ApiError {
    let (words, why) = (refusal.to_string(), refusal.why());
    match refusal {
        FileRefused::Unclear(_, columns) => ApiError::UnclearColumns { words, why, columns: json!(columns) },
        FileRefused::TooLong => ApiError::BodyTooLarge,
        _ => ApiError::InvalidFile { words, why },
    }
}

fn import_access(name: &str) -> Result<ImportAccess, &'static str> {
    match name {
        "granted" => Ok(ImportAccess::Granted),
        "pending" => Ok(ImportAccess::Pending),
        _ => Err("must be \"granted\" or \"pending\""),
    }
}
