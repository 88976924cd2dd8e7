//! `grant-access`: an admin lets in those who wait; each is mailed a login link.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::{
    domain::{LinkId, MemberId, Outcome, Skipped},
    store::GrantOutcome,
};

use super::bulk::{SIDE_BY_SIDE, each};
use crate::{
    App, Operation, auth,
    causes::causes,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// POST /v1/members/grants
pub const OPERATION: Operation = http_operation!("grant-access", grant_access);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    members: Vec<String>,
    #[serde(default)]
    include_rejected: bool,
}

#[derive(Serialize)]
struct Granted {
    id: String,
    outcome: &'static str,
    /// The link that has no seat.
    link: Option<views::NamedLink>,
}

async fn grant_access(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let Body { members, include_rejected } = request.json()?;
    let (store, actor) = (&app.store, &actor);
    let ended = each(&app, "members", members, SIDE_BY_SIDE, |id| async move {
        let Ok(member) = MemberId::parse(&id) else { return (id, Outcome::NotFound, None) };
        match store.grant(actor, member, include_rejected, None).await {
            Ok(outcome) => {
                let (outcome, link) = told(outcome);
                (id, outcome, link)
            }
            Err(error) => {
                tracing::error!(%member, error = causes(&error), "a member could not be served");
                (id, Outcome::Unavailable, None)
            }
        }
    })
    .await?;
    let full: Vec<LinkId> = ended.iter().filter_map(|(_, _, link)| *link).collect();
    let names = if full.is_empty() { HashMap::new() } else { store.link_names(actor.organization, &full).await? };
    let results: Vec<_> = ended
        .into_iter()
        .map(|(id, outcome, link)| Granted {
            id,
            outcome: outcome.name(),
            link: link.map(|id| views::NamedLink { id, name: names.get(&id).cloned() }),
        })
        .collect();
    Ok(Reply::ok(&json!({"results": results})))
}

/// How it is told, and the link that has no seat, where one has none.
pub(super) fn told(outcome: GrantOutcome) -> (Outcome, Option<LinkId>) {
    match outcome {
        GrantOutcome::Granted => (Outcome::Granted, None),
        GrantOutcome::Skipped(why @ Skipped::LinkFull(link)) => (why.into(), Some(link)),
        GrantOutcome::Skipped(why) => (why.into(), None),
        GrantOutcome::NotFound => (Outcome::NotFound, None),
    }
}
