//! A job, as admins see it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::domain::{GrantFilter, Job, JobState, Order, Outcome};

/// A job, as admins see it.
#[must_use]
pub fn job(job: &Job) -> Value {
    // Between two of its workers a job is queued, and yet under way.
    let state = if job.state == JobState::Queued && job.started_at.is_some() { JobState::Running } else { job.state };
    let outcomes: BTreeMap<_, _> = job.outcomes.iter().map(|(outcome, count)| (outcome.name(), count)).collect();
    let mut view = json!({
        "id": job.id,
        "kind": job.order.kind(),
        "state": state,
        "cancelling": job.cancelling && !job.state.has_ended(),
        "reason": job.reason,
        "total": job.total,
        "done": job.done(),
        "outcomes": outcomes,
        "created_at": job.created_at.to_string(),
        "created_by": job.created_by,
        "started_at": job.started_at.map(|at| at.to_string()),
        "ended_at": job.ended_at.map(|at| at.to_string()),
    });
    match &job.order {
        Order::Grants(filter) => view["filter"] = grant_filter(filter),
        Order::Imports(order) => view["import"] = json!({"access": order.access, "dry_run": order.dry_run}),
    }
    view
}

/// Whom a job grants access.
#[must_use]
pub fn grant_filter(filter: &GrantFilter) -> Value {
    json!({
        "access": filter.access, "link": filter.link, "state": filter.state, "unit": filter.unit,
        "include_rejected": filter.include_rejected,
    })
}

/// Why somebody was skipped, and what to do next, for people who read a report; `link` is the name of the link without a seat.
#[must_use]
pub fn skip_reason(outcome: Outcome, link: Option<&str>) -> Option<String> {
    let words = match outcome {
        Outcome::AlreadyGranted => "has access already",
        Outcome::Revoked => "access is revoked; restore it first",
        Outcome::Rejected => "rejected or removed earlier; grant access again and include rejected people",
        Outcome::LinkFull => {
            let link = link.map_or_else(|| "the link".to_owned(), |name| format!("\"{name}\""));
            return Some(format!("no free seat on {link}; raise its enrollment cap, then grant access again"));
        }
        Outcome::NotFound => "no longer a member",
        Outcome::Unavailable => "could not be done now; grant access again",
        _ => return None,
    };
    Some(words.to_owned())
}
