//! `link-stats`: how many opened a link, joined through it and signed in, by day; who, when, by whom granted, what they answered
//! and where they landed. As JSON, or the list of people as CSV.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::{
    domain::{EnrollmentState, Lot},
    store::Openings,
};

use super::{link_stats_rows as rows, update_link::id};
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Binding, Fields, Page, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/links/{id}/stats
pub const OPERATION: Operation = http_operation!("link-stats", link_stats);

async fn link_stats(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let id = id(&request)?;
    let csv = request.wants_csv();
    let separator = request.csv_separator()?;
    let page = if csv { request.csv_page()? } else { request.page()? };
    let state = request.query("state")?;
    let mut fields = Fields::default();
    let named = |name: &str| EnrollmentState::ALL.into_iter().find(|state| state.name() == name);
    let wanted = fields.optional("state", state.as_deref(), |name| named(name).ok_or("must be an enrollment state"));
    let (wanted,) = fields.finish((wanted,))?;
    let binding = Binding::new("link-stats").and(actor.organization).and(id).and(state.unwrap_or_default());
    let after = page.after(&binding)?;
    let first = after.is_none();
    let (organization, link, catalog) = tokio::try_join!(
        app.store.organization(actor.organization),
        app.store.link(actor.organization, id),
        app.store.catalog(actor.organization),
    )?;
    let organization = organization.ok_or(ApiError::Unauthenticated)?;
    let link = link.ok_or(ApiError::LinkNotFound)?;
    let enrollments = async {
        match wanted {
            None => app.store.list_enrollments(actor.organization, id, page.limit, after).await,
            Some(state) => app.store.list_enrollments_in(actor.organization, id, state, page.limit, after).await,
        }
    };
    if csv {
        let enrollments = enrollments.await?;
        let granted_by = enrollments.items.iter().filter_map(|(enrollment, _)| enrollment.granted_by);
        let granted_by = app.store.actor_names(actor.organization, granted_by).await?;
        let next = Page::next(enrollments.next.as_ref(), &binding)?;
        let shown = rows::Shown { catalog: &catalog, names: &granted_by, zone: organization.time_zone };
        let table = rows::table(&link, &enrollments.items, &shown, separator, first);
        return Ok(Reply::csv("enrollments.csv", table, next.as_deref()));
    }
    let (lots, openings, enrollments) =
        tokio::try_join!(app.store.link_lots(&link), app.store.openings(id), enrollments)?;
    let base_url = app.config.base_url.as_str();
    let shown: Vec<_> =
        enrollments.items.iter().map(|(enrollment, member)| rows::row(enrollment, member.as_ref(), &catalog)).collect();
    Ok(Reply::ok(&json!({
        "link": views::link(&link, &lots, organization.time_zone, base_url, app.clock.now()),
        "by_state": by_state(&lots),
        "funnel": {
            "opened": openings.total,
            "registered": lots.iter().map(Lot::registered).sum::<u64>(),
            "signed_in": lots.iter().map(|lot| lot.signed_in).sum::<u64>(),
        },
        "time_zone": link.time_zone,
        "per_day": per_day(&lots, &openings),
        "enrollments": shown,
        "next": Page::next(enrollments.next.as_ref(), &binding)?,
    })))
}

/// The counts that the lots keep, added up: exact, and the same cost for ten members and for a million.
pub(super) fn by_state(lots: &[Lot]) -> BTreeMap<&'static str, u64> {
    let count = |state| lots.iter().map(|lot| lot.count(state)).sum();
    EnrollmentState::ALL.into_iter().map(|state| (state.name(), count(state))).collect()
}

/// The days on which anything was counted, the oldest first.
fn per_day(lots: &[Lot], openings: &Openings) -> Vec<Value> {
    let mut days: BTreeMap<_, (u64, u64)> = BTreeMap::new();
    for (day, opened) in &openings.by_day {
        days.entry(*day).or_default().0 += opened;
    }
    for (day, registered) in lots.iter().flat_map(|lot| &lot.days) {
        days.entry(*day).or_default().1 += registered;
    }
    let shown = |(day, (opened, registered)): (chrono::NaiveDate, _)| json!({"day": day.to_string(), "opened": opened, "registered": registered});
    days.into_iter().map(shown).collect()
}
