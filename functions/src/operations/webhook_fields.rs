//! What the operations on webhooks have in common: the id in the path, and the fields of a body.

use std::collections::BTreeSet;

use shared::domain::{EventType, Webhook, WebhookId, WebhookState};

use crate::{
    App,
    http::{ApiError, ApiRequest},
};

/// The webhook's id in the path. A text that can be no id is answered as an unknown one.
pub(super) fn id(request: &ApiRequest) -> Result<WebhookId, ApiError> {
    WebhookId::parse(request.path_param("id")).map_err(|_| ApiError::NotFound)
}

/// The webhook that the path names.
pub(super) async fn find(app: &App, admin: &shared::domain::Member, request: &ApiRequest) -> Result<Webhook, ApiError> {
    app.store.webhook(admin.organization, id(request)?).await?.ok_or(ApiError::NotFound)
}

/// The URL, if webhooks may go there.
pub(super) fn url(app: &App, text: String) -> Result<String, crate::webhook::NoTarget> {
    crate::webhook::check_url(&text, app.config.webhook_targets)?;
    Ok(text)
}

/// The types of events that are wanted.
pub(super) fn events(names: Vec<String>) -> Result<BTreeSet<EventType>, &'static str> {
    // A ping is sent by hand, and not wanted or left out.
    let known = |name: String| EventType::parse(&name).ok().filter(|kind| *kind != EventType::WebhookPing);
    let kinds: Option<BTreeSet<_>> = names.into_iter().map(known).collect();
    kinds.filter(|kinds| !kinds.is_empty()).ok_or("must be a list of event types, or left out for all events")
}

/// Whether it is told.
pub(super) fn state(name: String) -> Result<WebhookState, &'static str> {
    match name.as_str() {
        "active" => Ok(WebhookState::Active),
        "inactive" => Ok(WebhookState::Inactive),
        _ => Err("must be \"active\" or \"inactive\""),
    }
}
