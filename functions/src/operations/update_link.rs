//! `update-link`: an admin edits a link, deactivates or reactivates it.

use serde::Deserialize;
use shared::{
    domain::{Actor, Catalog, LinkChange, LinkId, LinkName, LinkState, LongText, MAX_PAST_FIELDS, Organization},
    store::EditOutcome,
};

use super::{
    intake_fields::{Asked, Domains, End, IntakeFields},
    link_fields::{self, STARTS_TOO_LATE, admission},
    translation_fields::Sent,
};
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Object, Patch, Reply, Whole},
    operation::http_operation,
    views::{self, AllocationIds},
};

/// PATCH /v1/links/{id}
pub const OPERATION: Operation = http_operation!("update-link", update_link);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    version: Whole,
    #[serde(default)]
    name: Patch<String>,
    #[serde(default)]
    description: Patch<String>,
    #[serde(default)]
    welcome: Patch<String>,
    #[serde(default)]
    expires: Patch<String>,
    #[serde(default)]
    cap: Patch<serde_json::Number>,
    #[serde(default)]
    admission: Patch<String>,
    #[serde(default)]
    allocation: Patch<Object<AllocationIds>>,
    #[serde(default)]
    starts: Patch<String>,
    #[serde(default)]
    domains: Patch<Object<Domains>>,
    #[serde(default)]
    overflow: Patch<String>,
    #[serde(default)]
    admit_waiting: Patch<bool>,
    #[serde(default)]
    notify_waiting: Patch<bool>,
    #[serde(default)]
    fields: Patch<Vec<Object<Asked>>>,
    #[serde(default)]
    text_language: Patch<String>,
    #[serde(default)]
    translations: Patch<Sent>,
    #[serde(default)]
    allocation_ends: Patch<Object<End>>,
    #[serde(default)]
    state: Patch<String>,
}

async fn update_link(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let id = id(&request)?;
    let body: Body = request.json()?;
    let names_units = !body.allocation.is_absent();
    let (organization, catalog) = tokio::try_join!(app.store.organization(actor.organization), async {
        if names_units { app.store.catalog(actor.organization).await } else { Ok(Catalog::default()) }
    })?;
    let organization = organization.ok_or(ApiError::Unauthenticated)?;

    let mut fields = Fields::default();
    let name = fields.change("name", body.name, |text| LinkName::parse(&text));
    let description = fields.change("description", body.description, |text| LongText::parse(&text));
    let welcome = fields.patch("welcome", body.welcome, |text| LongText::parse(&text));
    let expires_at =
        fields.patch("expires", body.expires, |text| link_fields::expiry(&app, &text, organization.time_zone));
    let cap = fields.patch("cap", body.cap, |number| link_fields::cap(&app, &number));
    let admission = fields.change("admission", body.admission, |name| admission(&name));
    let allocation =
        fields.change("allocation", body.allocation, |Object(ids)| link_fields::allocation(&ids, &catalog));
    let state = fields.change("state", body.state, |name| state(&name));
    let notify_waiting = fields.change("notify_waiting", body.notify_waiting, Ok::<_, &str>);
    let intake = IntakeFields {
        starts: body.starts,
        domains: body.domains,
        overflow: body.overflow,
        admit_waiting: body.admit_waiting,
        fields: body.fields,
        text_language: body.text_language,
        translations: body.translations,
        allocation_ends: body.allocation_ends,
    };
    let intake = intake.read(&app, organization.time_zone, &mut fields);
    let (name, description, welcome, expires_at, cap, admission, allocation, state, intake, notify_waiting) = fields
        .finish((name, description, welcome, expires_at, cap, admission, allocation, state, intake, notify_waiting))?;

    let welcome = welcome.into_change().map(|welcome| welcome.filter(|text| !text.is_empty()));
    let (expires_at, cap) = (expires_at.into_change(), cap.into_change());
    let change = LinkChange {
        name,
        description,
        welcome,
        expires_at,
        cap,
        admission,
        allocation,
        intake,
        notify_waiting,
        state,
        code: None,
    };
    edit(&app, &actor, &organization, id, body.version.0, &change).await
}

/// The link's id in the path. A text that can be no id is answered as an unknown one.
pub(super) fn id(request: &ApiRequest) -> Result<LinkId, ApiError> {
    LinkId::parse(request.path_param("id")).map_err(|_| ApiError::LinkNotFound)
}

/// Edits a link and answers with it as it then stands.
pub(super) async fn edit(
    app: &App,
    actor: &Actor,
    organization: &Organization,
    id: LinkId,
    version: u64,
    change: &LinkChange,
) -> Result<Reply, ApiError> {
    match app.store.edit_link(organization.id, actor.id, id, version, change).await? {
        EditOutcome::NotFound => Err(ApiError::LinkNotFound),
        EditOutcome::VersionConflict(_) => Err(ApiError::VersionConflict),
        EditOutcome::StartsTooLate => Err(ApiError::invalid_field("starts", STARTS_TOO_LATE)),
        EditOutcome::TooManyAsked => Err(ApiError::invalid_field("fields", &too_many_asked())),
        EditOutcome::Untranslatable(refused) => {
            let refused = refused.into_iter().map(|(field, refusal)| (field, refusal.to_string()));
            Err(ApiError::InvalidFields(refused.collect()))
        }
        EditOutcome::Done(link) => {
            tracing::info!(link = %id, by = %actor.id, version = link.version, "link edited");
            // Seats that the edit made free go to those who wait for one; the sweep goes on with the rest.
            if link.gate.waiting && link.intake.admit_waiting {
                app.store.seats_released(organization.id, id).await?;
            }
            let lots = app.store.link_lots(&link).await?;
            let base_url = app.config.base_url.as_str();
            Ok(Reply::ok(&views::link(&link, &lots, organization.time_zone, base_url, app.clock.now())))
        }
    }
}

fn too_many_asked() -> String {
    format!("must not have more than {MAX_PAST_FIELDS} removed questions; create a new link instead")
}

/// Whether a link takes registrations, by its name.
pub(super) fn state(name: &str) -> Result<LinkState, &'static str> {
    match name {
        "active" => Ok(LinkState::Active),
        "inactive" => Ok(LinkState::Inactive),
        _ => Err("must be \"active\" or \"inactive\""),
    }
}
