//! The catalog, and what members then see of it.

use serde_json::{Value, json};
use tests::World;

const GROUP: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const MODULE: &str = "aaaaaaaa-0000-4000-9000-000000000001";

/// A worker who landed in a site and a group, both of which give the module of the site.
struct Placed {
    world: World,
    site: String,
    module: String,
    link: tests::world::Link,
    session: String,
}

async fn placed() -> Placed {
    let world = World::start().await;
    let (site, module) = world.site().await;
    let group = json!({"kind": "group", "name": "Crew", "modules": [module]});
    world.put(&format!("/v1/units/{GROUP}"), group).await.expect_status(200);
    let link = world.link(json!({"allocation": {"sites": [site], "groups": [GROUP]}})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    let session = world.sign_in("ana@example.com").await;
    Placed { world, site, module, link, session }
}

impl Placed {
    async fn me(&self) -> Value {
        self.world.client.get("/v1/me").bearer(&self.session).await.expect_status(200).json()
    }

    async fn put_unit(&self, id: &str, body: Value) {
        let put = self.world.put(&format!("/v1/units/{id}"), body.clone()).await.expect_status(200).json();
        assert_eq!((&put["id"], &put["name"]), (&json!(id), &body["name"]));
    }

    async fn delete(&self, path: String) {
        // Whoever deletes twice is answered alike.
        for _ in 0..2 {
            self.world.delete(&path).await.expect_status(204);
        }
    }
}

fn titles(me: &Value) -> Vec<&str> {
    me["modules"].as_array().unwrap().iter().map(|module| module["title"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_module_given_by_two_units_is_shown_once_with_both() {
    let placed = placed().await;
    let me = placed.me().await;
    let module = json!({"id": placed.module, "title": "Module 0", "url": "https://training.example/module"});
    assert_eq!(me["sites"], json!([{"id": placed.site, "name": "Site 0", "modules": [module]}]));
    assert_eq!(me["groups"], json!([{"id": GROUP, "name": "Crew", "modules": [module]}]));
    assert_eq!(me["regions"], json!([]));
    assert_eq!(titles(&me), ["Module 0"]);
    let units = me["modules"][0]["units"].as_array().unwrap();
    assert!(units.len() == 2 && units.contains(&json!(GROUP)) && units.contains(&json!(placed.site)));
}

#[tokio::test]
async fn what_an_admin_changes_in_the_catalog_members_see_at_once() {
    let placed = placed().await;
    let world = &placed.world;
    let retitled = json!({"title": "Höhe", "url": "https://training.example/other"});
    world.put(&format!("/v1/modules/{}", placed.module), retitled).await.expect_status(200);
    world
        .put(&format!("/v1/modules/{MODULE}"), json!({"title": "Gas", "url": "https://training.example/gas"}))
        .await
        .expect_status(200);
    assert_eq!(titles(&placed.me().await), ["Höhe"]);
    placed.put_unit(GROUP, json!({"kind": "group", "name": "Night crew", "modules": [MODULE, MODULE]})).await;
    let me = placed.me().await;
    assert_eq!(me["groups"][0]["name"], "Night crew");
    assert_eq!(titles(&me), ["Höhe", "Gas"]);
    placed.put_unit(&placed.site, json!({"kind": "site", "name": "Yard"})).await;
    assert_eq!(titles(&placed.me().await), ["Gas"]);
    let catalog = world.get("/v1/catalog").await.expect_status(200).json();
    assert_eq!(catalog["groups"], json!([{"id": GROUP, "name": "Night crew", "modules": [MODULE]}]));
    assert_eq!(catalog["sites"], json!([{"id": placed.site, "name": "Yard", "modules": []}]));
    assert_eq!(catalog["modules"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_deleted_module_is_shown_to_nobody() {
    let placed = placed().await;
    let world = &placed.world;
    placed.delete(format!("/v1/modules/{}", placed.module)).await;
    let me = placed.me().await;
    assert_eq!((&me["sites"][0]["modules"], &me["modules"]), (&json!([]), &json!([])));
    // The admin neither: a unit as it is shown can be put again as it is.
    let catalog = world.get("/v1/catalog").await.expect_status(200).json();
    assert_eq!((&catalog["sites"][0]["modules"], &catalog["modules"]), (&json!([]), &json!([])));
    let unit = json!({"kind": "site", "name": "Site 0", "modules": catalog["sites"][0]["modules"]});
    placed.put_unit(&placed.site, unit).await;
}

#[tokio::test]
async fn a_deleted_unit_is_shown_to_nobody_and_its_people_stay() {
    let placed = placed().await;
    let (world, site) = (&placed.world, &placed.site);
    placed.delete(format!("/v1/units/{site}")).await;
    placed.delete(format!("/v1/units/{GROUP}")).await;
    let me = placed.me().await;
    for list in ["sites", "groups", "modules"] {
        assert_eq!(me[list], json!([]), "{list}");
    }
    assert_eq!(me["member"]["access"], "granted");
    // What an enrollment gave stays in its record, without a name.
    let row = world.stats(&placed.link).await["enrollments"][0].clone();
    assert_eq!(row["allocation"]["sites"], json!([{"id": site, "name": null}]));
    // The link goes on; no new one can name the unit, nor can an edit.
    world.register(&placed.link.code, "bo@example.com").await.expect_status(202);
    let session = world.sign_in("bo@example.com").await;
    let me = world.client.get("/v1/me").bearer(&session).await.expect_status(200).json();
    assert_eq!(me["sites"], json!([]));
    let allocation = json!({"sites": [site]});
    let body = json!({"name": "Link", "admission": "instant", "allocation": allocation});
    world.post("/v1/links", body).await.expect_status(422);
    world.edit(&placed.link, json!({"allocation": allocation})).await.expect_status(422);
    // Put again, it is the same unit, and everybody is in it.
    placed.put_unit(site, json!({"kind": "site", "name": "Yard", "modules": [placed.module]})).await;
    assert_eq!(titles(&placed.me().await), ["Module 0"]);
    let there = world.get(&format!("/v1/members?unit={site}")).await.expect_status(200).json();
    assert_eq!(there["members"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_unit_keeps_its_kind() {
    let placed = placed().await;
    let path = format!("/v1/units/{GROUP}");
    let before = placed.world.get("/v1/catalog").await.json();
    for kind in ["site", "region"] {
        let answer = placed.world.put(&path, json!({"kind": kind, "name": "Crew"})).await.expect_status(422).json();
        assert_eq!(answer["error"]["fields"]["kind"], "cannot be changed once the unit exists");
    }
    assert_eq!(placed.world.get("/v1/catalog").await.json(), before);
}

#[tokio::test]
async fn an_edited_allocation_is_for_those_who_come_later() {
    let placed = placed().await;
    let (world, link) = (&placed.world, &placed.link);
    let (other, _) = world.site().await;
    world.edit(link, json!({"allocation": {"sites": [other]}})).await.expect_status(200);
    world.register(&link.code, "bo@example.com").await.expect_status(202);
    let session = world.sign_in("bo@example.com").await;
    let bo = world.client.get("/v1/me").bearer(&session).await.expect_status(200).json();
    assert_eq!((&bo["sites"][0]["id"], &bo["groups"]), (&json!(other), &json!([])));
    let ana = placed.me().await;
    assert_eq!((&ana["sites"][0]["id"], &ana["groups"][0]["id"]), (&json!(placed.site), &json!(GROUP)));
    let rows = world.stats(link).await;
    assert_eq!(rows["enrollments"][0]["allocation"]["groups"][0]["name"], "Crew");
    assert_eq!(rows["enrollments"][1]["allocation"]["groups"], json!([]));
}

#[tokio::test]
async fn a_unit_put_again_as_another_kind_keeps_nobody_out() {
    let world = World::start().await;
    let unit = "00000000-0000-4000-8000-0000000000aa";
    let path = format!("/v1/units/{unit}");
    world.put(&path, json!({"kind": "group", "name": "One"})).await.expect_status(200);
    let group = world.link(json!({"allocation": {"groups": [unit]}})).await;
    world.register(&group.code, "ana@example.com").await.expect_status(202);
    world.delete(&path).await.expect_status(204);
    world.put(&path, json!({"kind": "site", "name": "Two"})).await.expect_status(200);
    let site = world.link(json!({"allocation": {"sites": [unit]}})).await;
    world.register(&site.code, "ana@example.com").await.expect_status(202);
    let session = world.sign_in("ana@example.com").await;
    let me = world.client.get("/v1/me").bearer(&session).await.expect_status(200).json();
    assert_eq!((&me["sites"][0]["name"], me["groups"].as_array().map(Vec::len)), (&json!("Two"), Some(0)));
    world.check_books(&site);
}
