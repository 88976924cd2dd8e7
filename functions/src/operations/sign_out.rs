//! `sign-out`: the session that is shown ends.

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply, SessionCookie},
    operation::http_operation,
};

/// DELETE /v1/sessions/current
pub const OPERATION: Operation = http_operation!("sign-out", sign_out);

async fn sign_out(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let caller = auth::member(&app, &request).await?;
    app.store.end_session(&caller.session).await?;
    Ok(Reply::no_content().with_cookie(&SessionCookie::of(&app.config.base_url).end()))
}
