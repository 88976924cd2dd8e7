//! `count-opened`: the page of a link was opened by somebody. The page says so itself, with a call that scanners, previews and
//! prefetching do not make; a GET counts nothing.

use super::view_link::code;
use crate::{
    App, Operation,
    http::{ApiError, ApiRequest, Reply},
    limits,
    operation::http_operation,
};

/// POST /v1/join/{code}/opened
pub const OPERATION: Operation = http_operation!("count-opened", count_opened);

async fn count_opened(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let code = code(&request)?.hash();
    let ip = request.source_ip();
    let (door, ()) = tokio::try_join!(async { Ok(app.store.door(&code).await?) }, limits::opening(&app, &ip))?;
    // Open, full, expired or inactive: whoever opened it came to it.
    let door = door.ok_or(ApiError::LinkNotFound)?;
    app.store.count_opened(&door).await?;
    Ok(Reply::no_content())
}
