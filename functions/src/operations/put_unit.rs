//! `put-unit`: an admin puts a group, site or region into the catalog, or changes its name and modules.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::json;
use shared::{
    domain::{Catalog, MAX_MODULES_PER_UNIT, MAX_UNITS, ModuleId, Title, Unit, UnitId, UnitKind},
    store::PutUnit,
};

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    operation::http_operation,
};

/// PUT /v1/units/{id}
pub const OPERATION: Operation = http_operation!("put-unit", put_unit);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    kind: Option<String>,
    name: Option<String>,
    #[serde(default)]
    modules: Vec<String>,
}

async fn put_unit(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let id = UnitId::parse(request.path_param("id")).map_err(|_| ApiError::NotFound)?;
    let body: Body = request.json()?;
    let catalog = app.store.catalog(actor.organization).await?;
    let mut fields = Fields::default();
    let kind = fields.required("kind", body.kind.as_deref(), kind);
    let name = fields.required("name", body.name.as_deref(), Title::parse);
    let modules = fields.take("modules", modules(&body.modules, &catalog));
    if catalog.units.len() >= MAX_UNITS && catalog.unit(id).is_none() {
        fields.refuse("id", format!("cannot be created: the limit is {MAX_UNITS} units; delete one first"));
    }
    let (kind, name, modules) = fields.finish((kind, name, modules))?;
    let unit = Unit { id, kind, name, modules };
    match app.store.put_unit(actor.organization, actor.id, &unit).await? {
        PutUnit::Done => Ok(Reply::ok(&json!({"id": id, "kind": kind, "name": unit.name, "modules": unit.modules}))),
        PutUnit::OtherKind => {
            let mut fields = Fields::default();
            fields.refuse("kind", "cannot be changed once the unit exists");
            fields.finish(()).map(|()| Reply::no_content())
        }
    }
}

fn kind(name: &str) -> Result<UnitKind, &'static str> {
    match name {
        "group" => Ok(UnitKind::Group),
        "site" => Ok(UnitKind::Site),
        "region" => Ok(UnitKind::Region),
        _ => Err("must be \"group\", \"site\" or \"region\""),
    }
}

fn modules(ids: &[String], catalog: &Catalog) -> Result<BTreeSet<ModuleId>, String> {
    if ids.len() > MAX_MODULES_PER_UNIT {
        return Err(format!("must have at most {MAX_MODULES_PER_UNIT} modules"));
    }
    let known = |text: &String| {
        let id = ModuleId::parse(text).ok()?;
        catalog.modules.iter().any(|module| module.id == id).then_some(id)
    };
    let found: Option<BTreeSet<ModuleId>> = ids.iter().map(known).collect();
    found.ok_or_else(|| "names a module that is not in the catalog".to_owned())
}
