//! One call on many members or links: a result for each, whatever becomes of the others.

use std::{collections::HashSet, future::Future};

use futures::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::{domain::MemberId, store::StoreError};

use crate::{
    App,
    http::{ApiError, ApiRequest, Fields, Reply},
};

/// How many members are worked on side by side: enough to hide the round trips, few enough to leave the table to others.
pub(super) const SIDE_BY_SIDE: usize = 8;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    members: Vec<String>,
}

#[derive(Serialize)]
struct ResultOf {
    id: String,
    outcome: &'static str,
}

/// Runs `work` for each member that the body names, each once, and answers with a result per id, in the order of the body. An
/// id that can be none is `not_found`; one that the table could not serve is `unavailable`, and can be sent again.
pub(super) async fn for_each_member<W, F>(app: &App, request: &ApiRequest, work: W) -> Result<Reply, ApiError>
where
    W: Fn(MemberId) -> F,
    F: Future<Output = Result<&'static str, StoreError>>,
{
    let Body { members } = request.json()?;
    serve_members(app, members, work).await
}

/// The same for members whom a body of another shape names.
pub(super) async fn serve_members<W, F>(app: &App, members: Vec<String>, work: W) -> Result<Reply, ApiError>
where
    W: Fn(MemberId) -> F,
    F: Future<Output = Result<&'static str, StoreError>>,
{
    let work = &work;
    results(app, "members", members, SIDE_BY_SIDE, |id| async move {
        let Ok(member) = MemberId::parse(&id) else { return "not_found" };
        work(member).await.unwrap_or_else(|error| {
            tracing::error!(member = %member, error = crate::causes::causes(&error), "a member could not be served");
            "unavailable"
        })
    })
    .await
}

/// Answers with what `work` makes of each id that the body names under `field`; see [`each`].
pub(super) async fn results<W, F>(
    app: &App,
    field: &str,
    ids: Vec<String>,
    side_by_side: usize,
    work: W,
) -> Result<Reply, ApiError>
where
    W: Fn(String) -> F,
    F: Future<Output = &'static str>,
{
    let work = &work;
    let result = |id: String| async move { ResultOf { outcome: work(id.clone()).await, id } };
    let results = each(app, field, ids, side_by_side, result).await?;
    Ok(Reply::ok(&json!({"results": results})))
}

/// What `work` makes of each id that the body names under `field`, each once, in the order of the body and so many side by side.
pub(super) async fn each<W, F, T>(
    app: &App,
    field: &str,
    ids: Vec<String>,
    side_by_side: usize,
    work: W,
) -> Result<Vec<T>, ApiError>
where
    W: Fn(String) -> F,
    F: Future<Output = T>,
{
    let mut fields = Fields::default();
    let max = app.config.bulk_max;
    if ids.is_empty() || ids.len() > max {
        fields.refuse(field, format!("must have 1 to {max} {field}"));
    }
    fields.finish(())?;
    let mut seen = HashSet::new();
    let once = ids.into_iter().filter(|id| seen.insert(id.clone()));
    Ok(stream::iter(once.map(work)).buffered(side_by_side).collect().await)
}
