//! One call on many members: a result for each, whatever becomes of the others.

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
const SIDE_BY_SIDE: usize = 8;

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
    let mut fields = Fields::default();
    let max = app.config.bulk_max;
    if members.is_empty() || members.len() > max {
        fields.refuse("members", format!("must name 1 to {max} members"));
    }
    fields.finish(())?;
    let mut seen = HashSet::new();
    let once = members.into_iter().filter(|id| seen.insert(id.clone()));
    let results = stream::iter(once.map(|id| async {
        let outcome = match MemberId::parse(&id) {
            Err(_) => "not_found",
            Ok(member) => work(member).await.unwrap_or_else(|error| {
                tracing::error!(member = %member, error = crate::causes::causes(&error), "a member could not be served");
                "unavailable"
            }),
        };
        ResultOf { id, outcome }
    }));
    let results: Vec<_> = results.buffered(SIDE_BY_SIDE).collect().await;
    Ok(Reply::ok(&json!({"results": results})))
}
