//! `preview-grants`: how granting access to people would end, counted by the rule by which it is granted. Nothing is changed.
//!
//! What a filter admits may be many: each call looks at some of them and adds them to what its cursor carries, so that a call has a
//! bounded cost, and the last answer has the whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use shared::{
    domain::{MemberId, Outcome, Position, Timestamp},
    store::GrantTally,
};

use super::grant_filter::{self, Filter};
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Binding, Fields, Page, Reply},
    operation::http_operation,
};

/// POST /v1/members/grants/previews
pub const OPERATION: Operation = http_operation!("preview-grants", preview_grants);

/// How many pages of people one call looks at; a page is at most 50 of 100 that were looked through.
const PAGES: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    members: Option<Vec<String>>,
    #[serde(default, deserialize_with = "some_object")]
    filter: Option<Filter>,
    #[serde(default)]
    include_rejected: bool,
    cursor: Option<String>,
}

fn some_object<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Filter>, D::Error> {
    crate::http::object(deserializer).map(Some)
}

/// What the calls before have counted, and where this one goes on in the list of a filter.
#[derive(Default, Serialize, Deserialize)]
struct Progress {
    tally: GrantTally,
    place: Option<(Position, Timestamp)>,
}

async fn preview_grants(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let Body { members, filter, include_rejected, cursor } = request.json()?;
    let binding = Binding::new("preview-grants").and(actor.organization);
    match (members, filter) {
        (Some(members), None) => {
            let binding = binding.and("members").and(include_rejected);
            let mut progress: Progress = Page::key_of(cursor.as_deref(), &binding)?.unwrap_or_default();
            let ids = ids(&app, &members, &mut progress.tally)?;
            app.store.preview_grants(actor.organization, &ids, include_rejected, &mut progress.tally).await?;
            // Whoever has more people to ask about goes on with them from here.
            let next = Page::next(Some(&progress), &binding)?;
            Ok(answer(&progress.tally, next))
        }
        (None, Some(filter)) if !include_rejected => {
            let (filter, _) = grant_filter::read(&app, &actor, &filter).await?;
            let binding = binding.and(json!(filter));
            let mut progress: Progress = Page::key_of(cursor.as_deref(), &binding)?.unwrap_or_default();
            let (mut position, until) = progress.place.take().unwrap_or_else(|| (Position::default(), app.clock.now()));
            for _ in 0..PAGES {
                let (people, next) = app.store.admitted_after(actor.organization, &filter, position, until).await?;
                let include_rejected = filter.include_rejected;
                app.store.preview_grants(actor.organization, &people, include_rejected, &mut progress.tally).await?;
                let Some(next) = next else { return Ok(answer(&progress.tally, None)) };
                position = next;
            }
            progress.place = Some((position, until));
            let next = Page::next(Some(&progress), &binding)?;
            Ok(answer(&progress.tally, next))
        }
        _ => Err(ApiError::Malformed),
    }
}

/// The ids that the body names, each once; what can be no id is counted as nobody.
fn ids(app: &App, members: &[String], tally: &mut GrantTally) -> Result<Vec<MemberId>, ApiError> {
    let mut fields = Fields::default();
    let max = app.config.bulk_max;
    if members.is_empty() || members.len() > max {
        fields.refuse("members", format!("must have 1 to {max} members"));
    }
    fields.finish(())?;
    let unique: std::collections::BTreeSet<_> = members.iter().collect();
    let ids: Vec<_> = unique.iter().filter_map(|id| MemberId::parse(id).ok()).collect();
    let none = unique.len() - ids.len();
    if none > 0 {
        *tally.outcomes.entry(Outcome::NotFound).or_default() += none as u64;
    }
    Ok(ids)
}

fn answer(tally: &GrantTally, next: Option<String>) -> Reply {
    let outcomes: BTreeMap<_, _> = tally.outcomes.iter().map(|(outcome, count)| (outcome.name(), count)).collect();
    Reply::ok(&json!({"outcomes": outcomes, "people": tally.outcomes.values().sum::<u64>(), "next": next}))
}
