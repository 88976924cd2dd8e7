//! `link-stats`: how many joined through a link, who, when, by whom granted, and where they landed.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::domain::{Catalog, Enrollment, EnrollmentState, Lot, Member};

use super::update_link::id;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Binding, Page, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/links/{id}/stats
pub const OPERATION: Operation = http_operation!("link-stats", link_stats);

async fn link_stats(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    let id = id(&request)?;
    let page = request.page()?;
    let binding = Binding::new("link-stats").and(admin.organization).and(id);
    let after = page.after(&binding)?;
    let (organization, link, catalog) = tokio::try_join!(
        app.store.organization(admin.organization),
        app.store.link(admin.organization, id),
        app.store.catalog(admin.organization),
    )?;
    let organization = organization.ok_or(ApiError::Unauthenticated)?;
    let link = link.ok_or(ApiError::LinkNotFound)?;
    let (lots, enrollments) = tokio::try_join!(
        app.store.link_lots(&link),
        app.store.list_enrollments(admin.organization, id, page.limit, after),
    )?;
    let base_url = app.config.base_url.as_str();
    let shown: Vec<_> =
        enrollments.items.iter().map(|(enrollment, member)| row(enrollment, member.as_ref(), &catalog)).collect();
    Ok(Reply::ok(&json!({
        "link": views::link(&link, &lots, organization.time_zone, base_url, app.clock.now()),
        "by_state": by_state(&lots),
        "enrollments": shown,
        "next": Page::next(enrollments.next.as_ref(), &binding)?,
    })))
}

/// The counts that the lots keep, added up: exact, and the same cost for ten members and for a million.
fn by_state(lots: &[Lot]) -> BTreeMap<&'static str, u64> {
    let count = |state| {
        let of_lot = |lot: &Lot| match state {
            EnrollmentState::Reserved => lot.reserved,
            EnrollmentState::Pending => lot.pending,
            EnrollmentState::Enrolled => lot.enrolled,
            EnrollmentState::Lapsed => lot.lapsed,
            EnrollmentState::Removed => lot.removed,
            EnrollmentState::Waiting => lot.waiting,
        };
        lots.iter().map(of_lot).sum()
    };
    EnrollmentState::ALL.into_iter().map(|state| (state.name(), count(state))).collect()
}

fn row(enrollment: &Enrollment, member: Option<&Member>, catalog: &Catalog) -> Value {
    let member = member.map_or_else(
        || json!({"id": enrollment.member}),
        |member| {
            json!({
                "id": member.id, "name": member.name, "email": member.email.typed(), "access": member.access,
            })
        },
    );
    json!({
        "member": member,
        "state": enrollment.state,
        "registered_at": enrollment.registered_at.to_string(),
        "lapses_at": enrollment.lapses_at.map(|at| at.to_string()),
        "enrolled_at": enrollment.enrolled_at.map(|at| at.to_string()),
        "granted_by": enrollment.granted_by,
        "allocation": views::named_allocation(&enrollment.allocation, catalog),
    })
}
