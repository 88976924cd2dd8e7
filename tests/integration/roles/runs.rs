//! Every operation through all its branches, one call at a time, and what its calls need.

mod events;
mod feedback;
mod jobs;
mod members;
mod waiting;
mod webhooks;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use chrono::{Days, TimeDelta};
use hyper::Method;
use local::FirstOrganization;
use serde_json::{Value, json};
use shared::clock::Clock;
use tests::{
    World,
    fault_proxy::{Boundary, Permission},
    http::{Answer, Call},
    pictures::{LOGO, PHOTO, as_logo},
    ses_stand_in::Failure,
    world::Link,
};

type Needed = BTreeMap<String, BTreeSet<Permission>>;

const ANA: &str = "ana@example.com";
const BO: &str = "bo@example.com";

/// A world, and what was needed in it so far by each operation that was run under its name.
struct Watched {
    world: World,
    needed: Mutex<Needed>,
}

/// Runs every operation and gives what each needs.
pub async fn every_operation() -> Needed {
    let world = World::start_without_stream(|options| {
        for (name, value) in [("REDEMPTION_BUDGET_MS", "1500"), ("MAILS_PER_RECIPIENT_HOUR", "1000")] {
            options.environment.insert(name.to_owned(), value.to_owned());
        }
    })
    .await;
    let mut watched = Watched { world, needed: Mutex::default() };
    watched.organization_and_catalog().await;
    watched.joining().await;
    watched.approval().await;
    watched.many_reservations().await;
    watched.links().await;
    watched.lists().await;
    watched.seats_given_back().await;
    watched.waiting_lists().await;
    watched.members().await;
    watched.api_keys().await;
    watched.feedback().await;
    watched.webhooks().await;
    watched.events().await;
    watched.jobs().await;
    watched.leaving().await;
    watched.sweeping().await;
    watched.closing().await;
    watched.needed.into_inner().unwrap_or_else(PoisonError::into_inner)
}

impl Watched {
    /// Runs `operation` and notes what its calls need. Nothing else runs meanwhile.
    async fn run<T>(&self, operation: &str, call: impl IntoFuture<Output = T>) -> T {
        let mark = self.world.proxy.mark();
        let answer = call.await;
        let permissions = self.world.proxy.since(mark).permissions();
        let mut needed = self.needed.lock().unwrap_or_else(PoisonError::into_inner);
        needed.entry(operation.to_owned()).or_default().extend(permissions);
        answer
    }

    /// Runs an operation as the holder of a session that was last used six minutes ago, so that it is noted as used.
    async fn signed_in(&self, operation: &str, call: Call, session: &str) -> Answer {
        self.world.clock.advance(TimeDelta::minutes(6));
        // Whatever makes something is asked for under a key of its own; nothing else reads it.
        let key = self.world.clock.now().millis().to_string();
        let answer = self.run(operation, call.bearer(session).header("Idempotency-Key", &key)).await;
        assert!(answer.status.is_success(), "{operation}: {} {}", answer.status, answer.text());
        answer
    }

    /// Runs an operation as the admin.
    async fn admin(&self, operation: &str, call: Call) -> Answer {
        self.signed_in(operation, call, &self.world.admin).await
    }

    async fn register(&self, link: &Link, email: &str) -> Answer {
        let body = json!({"name": "Some Body", "email": email});
        self.run("redeem-link", self.world.client.post(&format!("/v1/join/{}", link.code), body)).await
    }

    async fn deliver(&self) {
        self.run("send-mail", self.world.deliver()).await;
    }

    /// Asks for a login link and has that one mail sent.
    async fn ask(&self, email: &str) {
        let before = self.world.queued();
        let ask = self.world.client.post("/v1/login-links", json!({"email": email}));
        self.run("request-login", ask).await.expect_status(202);
        self.run("send-mail", self.world.work_off()).await;
        let new: Vec<_> = self.world.queued().into_iter().filter(|mail| !before.contains(mail)).collect();
        self.run("send-mail", self.world.send(&new)).await;
    }

    async fn sign_in(&self, email: &str) -> String {
        self.run("sign-in", self.world.sign_in(email)).await
    }

    async fn edit(&self, link: &Link, fields: Value) {
        let mut body = json!({"version": self.world.show(link).await["version"]});
        body.as_object_mut().expect("an object").extend(fields.as_object().cloned().unwrap_or_default());
        self.admin("update-link", self.world.client.patch(&format!("/v1/links/{}", link.id), body)).await;
    }

    async fn grant(&self, email: &str) {
        let body = json!({"members": [self.world.member_id(email).await]});
        let granted = self.admin("grant-access", self.world.client.post("/v1/members/grants", body)).await.json();
        assert_eq!(granted["results"][0]["outcome"], "granted");
    }

    async fn organization_and_catalog(&self) {
        let event = json!({
            "name": "Other", "admin_name": "Other Admin", "admin_email": "admin@other.example", "time_zone": "Asia/Tokyo",
        });
        self.run("create-organization", self.world.running.invoke("create-organization", event))
            .await
            .expect("an organization");
        self.run("list-organizations", self.world.running.invoke("list-organizations", json!({})))
            .await
            .expect("a list");
        self.deliver().await;
        self.admin("get-organization", self.world.client.get("/v1/organization")).await;
        for body in [json!({"language": "de"}), json!({"version": 2, "support_contact": "help@example.com"})] {
            self.admin("update-organization", self.world.client.patch("/v1/organization", body)).await;
        }
        // The first, another in its place, and none any more.
        for picture in [LOGO, PHOTO] {
            let call = self.world.client.put("/v1/organization/logo", as_logo(picture));
            let logo =
                self.admin("put-logo", call).await.json()["logo"]["url"].as_str().expect("an address").to_owned();
            let path = logo.split_at(logo.find("/v1/").expect("a path")).1.to_owned();
            self.run("view-logo", self.world.client.get(&path)).await.expect_status(200);
        }
        self.admin("delete-logo", self.world.client.delete("/v1/organization/logo")).await;
        let (site, module) = self.world.site().await;
        let body = json!({"title": "Module", "url": "https://training.example/"});
        self.admin("put-module", self.world.client.put(&format!("/v1/modules/{module}"), body)).await;
        let body = json!({"kind": "site", "name": "Site", "modules": [module]});
        self.admin("put-unit", self.world.client.put(&format!("/v1/units/{site}"), body)).await;
        self.admin("list-catalog", self.world.client.get("/v1/catalog")).await;
        self.admin("list-audit", self.world.client.get("/v1/audit?from=2020-01-01")).await;
        self.admin("unit-usage", self.world.client.get(&format!("/v1/units/{site}/usage"))).await;
        self.admin("delete-unit", self.world.client.delete(&format!("/v1/units/{site}"))).await;
        self.admin("delete-module", self.world.client.delete(&format!("/v1/modules/{module}"))).await;
    }

    /// An organization with everything in it that is shut when it is closed.
    async fn closing(&self) {
        let world = &self.world;
        let event = json!({
            "name": "Closing", "admin_name": "Ada", "admin_email": "ada@closing.example", "time_zone": "Asia/Tokyo",
        });
        let made = world.running.invoke("create-organization", event).await.expect("an organization");
        world.deliver().await;
        let admin = world.sign_in("ada@closing.example").await;
        let post =
            async |path: &str, body: Value| world.client.post(path, body).bearer(&admin).await.expect_status(201);
        let link = json!({"name": "Crew", "admission": "approval", "cap": 1, "overflow": "waiting_list"});
        let link = post("/v1/links", link).await.json();
        post("/v1/api-keys", json!({"name": "HR", "scope": "read"})).await;
        let logo = world.client.put("/v1/organization/logo", as_logo(LOGO));
        logo.bearer(&admin).await.expect_status(200);
        post("/v1/webhooks", json!({"url": "https://hooks.example/x"})).await;
        let code = link["code"].as_str().expect("a code");
        for email in ["cy@closing.example", "di@closing.example"] {
            world.register(code, email).await.expect_status(202);
        }
        let event = json!({"organization_id": made["organization_id"], "name": "Closing"});
        let members = json!({"organization_id": made["organization_id"]});
        let index = async || {
            let indexed = world.running.invoke("index-members", members.clone());
            self.run("index-members", indexed).await.expect("they are indexed");
        };
        index().await;
        // What the index holds of a name of before goes.
        let is_cy = |member: &&Value| member["email"]["S"] == "cy@closing.example";
        let cy =
            world.items("member").iter().find(is_cy).expect("a member")["id"]["S"].as_str().expect("an id").to_owned();
        let renamed = world.client.patch(&format!("/v1/members/{cy}"), json!({"name": "Cy New"}));
        renamed.bearer(&admin).await.expect_status(200);
        index().await;
        self.run("close-organization", world.running.invoke("close-organization", event)).await.expect("it is closed");
    }

    /// Strangers and members through instant links, their mails, and their sign-ins.
    async fn joining(&self) {
        let (site, _) = self.world.site().await;
        let link = self.world.link(json!({"cap": 2, "allocation": {"sites": [site]}})).await;
        let view = || self.world.client.get(&format!("/v1/join/{}", link.code));
        self.run("view-link", view()).await.expect_status(200);
        let preview = self.world.client.get(&format!("/v1/join/{}/preview", link.code));
        self.run("preview-link", preview).await.expect_status(200);
        let opened = self.world.client.call(Method::POST, &format!("/v1/join/{}/opened", link.code));
        self.run("count-opened", opened).await.expect_status(204);
        self.register(&link, ANA).await.expect_status(202);
        // The only mail on its way, so that nothing but its refusal changes the member's tokens.
        self.world.ses.as_ref().expect("a stand-in for SES").fail_next([Failure::Paused]);
        self.deliver().await;
        // They are there already.
        self.register(&link, ANA).await.expect_status(202);
        self.deliver().await;
        self.ask(ANA).await;
        let session = self.sign_in(ANA).await;
        self.signed_in("my-training", self.world.client.get("/v1/me"), &session).await;
        let name = self.world.client.patch("/v1/me", json!({"name": "Ana Lopez"}));
        self.signed_in("confirm-name", name, &session).await;
        self.register(&link, BO).await.expect_status(202);
        self.register(&link, "late@example.com").await.expect_status(409);
        self.run("view-link", view()).await.expect_status(409);
        self.deliver().await;

        let again = self.world.link(json!({"allocation": {"sites": [site]}})).await;
        for (link, state) in [(&again, "enrolled"), (&again, "enrolled"), (&link, "enrolled")] {
            let call = self.world.client.post(&format!("/v1/join/{}", link.code), json!({}));
            let answer = self.signed_in("redeem-link", call, &session).await;
            assert_eq!(answer.json()["status"], state);
        }
        // Without anything reserved, and one that is not known.
        self.ask(ANA).await;
        self.sign_in(ANA).await;
        let body = json!({"token": "0".repeat(43)});
        self.run("sign-in", self.world.client.post("/v1/sessions", body)).await.expect_status(401);
        self.ask("nobody@example.com").await;
    }

    /// Approval links, with and without units, for strangers and members.
    async fn approval(&self) {
        let (site, _) = self.world.site().await;
        let with_units = self.world.link(json!({"admission": "approval", "allocation": {"sites": [site]}})).await;
        self.register(&with_units, "cy@example.com").await.expect_status(202);
        self.grant("cy@example.com").await;
        self.deliver().await;
        let session = self.sign_in("cy@example.com").await;
        // A member already, and nothing comes to them but the state of their enrollment.
        let without = self.world.link(json!({"admission": "approval"})).await;
        let call = self.world.client.post(&format!("/v1/join/{}", without.code), json!({}));
        assert_eq!(self.signed_in("redeem-link", call, &session).await.json()["status"], "pending");
        self.grant("cy@example.com").await;
        self.deliver().await;
    }

    /// More reservations than one transaction lands: the sign-in lands the rest in another.
    async fn many_reservations(&self) {
        for _ in 0..47 {
            let link = self.world.link(json!({})).await;
            self.register(&link, "dee@example.com").await.expect_status(202);
        }
        self.ask("dee@example.com").await;
        self.sign_in("dee@example.com").await;
        let reserved = self.world.items("enrollment").into_iter().filter(|item| item["state"]["S"] == "reserved");
        assert_eq!(reserved.count(), 1, "but for Bo's, all have landed");
    }

    /// Making, editing and deleting.
    async fn links(&self) {
        let (site, _) = self.world.site().await;
        let body = json!({"name": "Link", "admission": "instant", "cap": 40, "allocation": {"sites": [site]}});
        let made = self.admin("create-link", self.world.client.post("/v1/links", body)).await.json();
        let text = |name: &str| made[name].as_str().expect("a text").to_owned();
        let link = Link { id: text("id"), code: text("code") };
        let edits = [
            json!({"name": "Other name"}),
            json!({"cap": 10}),
            json!({"cap": null, "allocation": {}}),
            json!({"allocation": {"sites": [site]}, "welcome": "Welcome"}),
            json!({"state": "inactive"}),
            json!({"state": "active", "admission": "approval"}),
        ];
        for fields in edits {
            self.edit(&link, fields).await;
        }
        let path = format!("/v1/links/{}", link.id);
        let body = json!({"version": self.world.show(&link).await["version"]});
        self.admin("regenerate-link", self.world.client.post(&format!("{path}/code"), body)).await;
        let body = json!({"links": [link.id], "change": {"state": "inactive"}});
        self.admin("change-links", self.world.client.post("/v1/links/changes", body)).await;
        let copy = self.world.client.post(&format!("{path}/duplicates"), json!({}));
        self.admin("duplicate-link", copy).await;
        self.admin("delete-link", self.world.client.delete(&path)).await;
    }

    async fn lists(&self) {
        let (site, _) = self.world.site().await;
        let link = self.world.link(json!({"allocation": {"sites": [site]}})).await;
        self.register(&link, "eve@example.com").await.expect_status(202);
        self.deliver().await;
        self.sign_in("eve@example.com").await;
        let path = format!("/v1/links/{}", link.id);
        for (operation, path) in [
            ("list-links", "/v1/links?limit=1"),
            ("get-link", &path),
            ("link-stats", &format!("{path}/stats")),
            ("link-poster", &format!("{path}/poster")),
            ("overview", "/v1/overview?days=30&limit=1"),
            ("list-members", "/v1/members?access=granted"),
            ("list-members", &format!("/v1/members?link={}", link.id)),
            ("list-members", &format!("/v1/members?unit={site}")),
            ("list-members", "/v1/members?q=some&mail=trouble"),
            ("list-members", "/v1/members?sort=name"),
        ] {
            self.admin(operation, self.world.client.get(path)).await;
        }
    }

    /// A link with more people than seats, one of whom is then revoked.
    async fn seats_given_back(&self) {
        let link = self.world.link(json!({"admission": "approval", "cap": 2})).await;
        for email in ["fay@example.com", "gus@example.com"] {
            self.register(&link, email).await.expect_status(202);
        }
        self.edit(&link, json!({"cap": 1})).await;
        let body = json!({"members": [self.world.member_id("fay@example.com").await]});
        self.admin("revoke-access", self.world.client.post("/v1/members/revocations", body)).await;
        assert_eq!(self.world.show(&link).await["seats"], json!({"taken": 1, "free": 0}));
    }

    async fn leaving(&self) {
        self.ask(ANA).await;
        let session = self.sign_in(ANA).await;
        self.signed_in("sign-out", self.world.client.delete("/v1/sessions/current"), &session).await;
    }

    /// Everything that falls due: mails, an edit left half-way, reservations on a link with too many, an expired link.
    async fn sweeping(&mut self) {
        let body = json!({"email": "nobody@example.com"});
        self.run("request-login", self.world.client.post("/v1/login-links", body)).await.expect_status(202);
        self.world.clock.advance(TimeDelta::minutes(3));
        let swept = self.run("sweep-expired", self.world.running.run_schedule("sweep-expired")).await.expect("a sweep");
        assert_eq!(swept["requests_requeued"], 1, "{swept}");
        let admin = FirstOrganization::default().admin_email;
        self.ask(&admin).await;
        self.world.admin = self.sign_in(&admin).await;
        let day = chrono::Utc::now().date_naive().checked_add_days(Days::new(2)).expect("a day");
        self.world.link(json!({"expires": day.to_string()})).await;
        let crowded = self.world.link(json!({"cap": 2})).await;
        for email in ["hal@example.com", "ida@example.com"] {
            self.world.register(&crowded.code, email).await.expect_status(202);
        }
        self.edit(&crowded, json!({"cap": 1})).await;
        let unsettled = self.world.link(json!({"cap": 2})).await;
        let path = format!("/v1/links/{}", unsettled.id);
        // Session, organization and link are read, then the edit is written.
        self.world.proxy.kill_at(4, Boundary::After);
        let _ = self.world.patch(&path, json!({"version": 1, "cap": 3})).await;
        self.world.proxy.revive();

        self.world.start_grants(json!({})).await;
        self.left_for_the_sweep().await;

        self.world.clock.advance(TimeDelta::days(4));
        let swept = self.run("sweep-expired", self.world.running.run_schedule("sweep-expired")).await.expect("a sweep");
        for kind in [
            "links_settled",
            "links_expired",
            "admitted",
            "reservations_lapsed",
            "allocations_ended",
            "erasures_finished",
            "mails_requeued",
            "oldest_mail_seconds",
            "jobs_requeued",
            "alerts",
        ] {
            assert!(swept[kind].as_u64() > Some(0), "{kind}: {swept}");
        }
        assert_eq!(swept["failed"], 0);
    }
}
