//! `my-training`: the member's units, the training that is theirs, and the links through which they came.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use shared::{
    domain::{AccentColor, Catalog, Enrollment, EnrollmentState, Member, Module, ModuleId, Unit, UnitId, UnitKind},
    store::MemberFile,
};

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/me
pub const OPERATION: Operation = http_operation!("my-training", my_training);

async fn my_training(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let member = auth::member(&app, &request).await?.member;
    let (organization, catalog, file) = tokio::try_join!(
        app.store.organization(member.organization),
        app.store.catalog(member.organization),
        app.store.member_file(member.id),
    )?;
    let organization = organization.ok_or(ApiError::Unauthenticated)?;
    // Both as of one moment: what somebody has, and through which links.
    let MemberFile { member, enrollments } = file.ok_or(ApiError::Unauthenticated)?;
    let mine = Mine::new(&member, &catalog);
    Ok(Reply::ok(&json!({
        "member": me(&member),
        "organization": {
            "id": organization.id, "name": organization.name, "time_zone": organization.time_zone,
            "language": organization.language, "support_contact": organization.support_contact,
            "accent": organization.accent_color.map(AccentColor::shades),
            "logo": views::logo(&organization, &app.config.base_url),
        },
        "groups": mine.units(UnitKind::Group),
        "sites": mine.units(UnitKind::Site),
        "regions": mine.units(UnitKind::Region),
        "modules": mine.modules(),
        "enrollments": enrollments.iter().filter(|one| is_there(one)).map(|one| shown(one, &catalog)).collect::<Vec<_>>(),
    })))
}

/// A member, as they see themselves.
pub(super) fn me(member: &Member) -> Value {
    json!({
        "id": member.id, "name": member.name, "name_confirmed": !member.name_unconfirmed, "email": member.email.typed(),
        "role": member.role, "access": member.access, "language": member.language,
    })
}

/// Whether there is anything to leave: what is over is not told, and a reservation may have been made by anybody.
fn is_there(enrollment: &Enrollment) -> bool {
    matches!(enrollment.state, EnrollmentState::Waiting | EnrollmentState::Pending | EnrollmentState::Enrolled)
}

/// An enrollment, as its member sees it: a link's name is for admins, so the units tell which one it is.
fn shown(enrollment: &Enrollment, catalog: &Catalog) -> Value {
    let ids: BTreeSet<UnitId> = if enrollment.allocation_ended_at.is_some() {
        BTreeSet::new()
    } else {
        enrollment.allocation.units().collect()
    };
    let names: Vec<_> = catalog.units.iter().filter(|unit| ids.contains(&unit.id)).map(|unit| &unit.name).collect();
    json!({
        "link": enrollment.link, "state": enrollment.state, "units": names, "registered_at": enrollment.registered_at.to_string(),
    })
}

/// What of the catalog is the member's. A unit that was deleted is shown no more, and gives no module.
struct Mine<'a> {
    units: Vec<&'a Unit>,
    modules: BTreeMap<ModuleId, &'a Module>,
}

impl<'a> Mine<'a> {
    fn new(member: &Member, catalog: &'a Catalog) -> Self {
        let ids: BTreeSet<UnitId> = member.allocation.units().collect();
        let units = catalog.units.iter().filter(|unit| ids.contains(&unit.id)).collect();
        Self { units, modules: catalog.modules.iter().map(|module| (module.id, module)).collect() }
    }

    fn units(&self, kind: UnitKind) -> Vec<Value> {
        let of_kind = self.units.iter().filter(|unit| unit.kind == kind);
        of_kind
            .map(|unit| {
                let modules: Vec<_> = unit.modules.iter().filter_map(|id| self.modules.get(id)).collect();
                json!({"id": unit.id, "name": unit.name, "modules": modules})
            })
            .collect()
    }

    /// Each module once, with the units through which it is the member's.
    fn modules(&self) -> Vec<Value> {
        let mut through: BTreeMap<ModuleId, Vec<UnitId>> = BTreeMap::new();
        for unit in &self.units {
            for id in &unit.modules {
                through.entry(*id).or_default().push(unit.id);
            }
        }
        let there = through.into_iter().filter_map(|(id, units)| Some((self.modules.get(&id)?, units)));
        there
            .map(|(module, units)| json!({"id": module.id, "title": module.title, "url": module.url, "units": units}))
            .collect()
    }
}
