//! What each operation asks of the table: calls, sequential round trips, capacity units. Counted through the gateway, by the
//! proxy that stands between the functions and the engine.

use std::time::Duration;

use futures::future::join_all;
use serde_json::json;
use tests::{
    World,
    fault_proxy::{Calls, Capacity, FaultPlan, Matching},
    world::verifier_of,
};

use crate::report::{Section, progress, units};

/// People on the pages that are measured.
const PAGE: usize = 50;

/// How long each call is made to take, so that those made side by side are seen to overlap.
const LATENCY: Duration = Duration::from_millis(40);

/// One line of the table.
pub struct Line {
    /// The operation, and with what.
    pub what: &'static str,
    /// The calls it made.
    pub calls: Calls,
    /// Whether the operation counts against limits, by single updates; they are shown in a column of their own.
    pub limited: bool,
}

/// The world under measurement, and what was measured.
struct Bench {
    world: World,
    lines: Vec<Line>,
}

/// Measures every operation once, on a fresh system.
pub async fn measure() -> Section {
    progress("operations: counting calls and capacity units");
    let world = World::start_with(|options| {
        options.environment.insert("MAILS_PER_RECIPIENT_HOUR".to_owned(), "1000".to_owned());
    })
    .await;
    world.proxy.set_plan(FaultPlan::latency(LATENCY));
    let mut bench = Bench { world, lines: Vec::new() };
    bench.registrations().await;
    bench.links().await;
    bench.lists().await;
    bench.sweep().await;
    bench.lines.extend(crate::jobs::lines(LATENCY).await);
    section(&bench.lines)
}

impl Bench {
    /// Does `work` and notes the calls it made. No mail may be on its way. What is told to others of its changes is held back
    /// until the work is counted: that begins with a look at the webhooks, or at what the index holds of a member.
    async fn line<T>(&mut self, what: &'static str, limited: bool, work: impl AsyncFnOnce(&World) -> T) -> T {
        self.world.running.rest().await;
        let mark = self.world.proxy.mark();
        let look = || self.world.proxy.hold_next(Matching::operation("Query").mentioning("WEBHOOK#"));
        let held: [_; 8] = std::array::from_fn(|_| look());
        let index = || self.world.proxy.hold_next(Matching::operation("BatchGetItem").mentioning("\"SEARCH\""));
        let index: [_; 8] = std::array::from_fn(|_| index());
        let done = work(&self.world).await;
        let calls = self.world.proxy.since(mark);
        drop((held, index));
        self.lines.push(Line { what, calls, limited });
        done
    }

    /// The same for work that queues a mail to `email`. What becomes of the mail is held back until the work is counted, and
    /// counted by itself where `mail` names it.
    async fn line_with_mail(
        &mut self,
        (what, limited): (&'static str, bool),
        email: &str,
        mail: Option<&'static str>,
        work: impl AsyncFnOnce(&World),
    ) {
        let before = self.world.mails_to(email);
        let first_look = Matching::operation("GetItem").mentioning("MAIL#");
        let held = self.world.proxy.hold_next(first_look);
        self.line(what, limited, work).await;
        self.rest().await;
        let mark = self.world.proxy.mark();
        drop(held);
        self.world.login_token(email, before + 1).await;
        assert_eq!(self.world.mails_to(email), before + 1, "a mail arrives");
        self.rest().await;
        if let Some(what) = mail {
            let calls = self.world.proxy.since(mark);
            self.lines.push(Line { what, calls, limited: false });
        }
    }

    /// Waits until nobody calls the table any more.
    async fn rest(&self) {
        let mut seen = self.world.proxy.calls_seen();
        loop {
            tokio::time::sleep(Duration::from_millis(300)).await;
            let now = self.world.proxy.calls_seen();
            if now == seen {
                return;
            }
            seen = now;
        }
    }

    async fn registrations(&mut self) {
        let (site, _) = self.world.site().await;
        let instant = self.world.link(json!({"cap": 512, "allocation": {"sites": [site]}})).await;
        let other = self.world.link(json!({"cap": 512, "allocation": {"sites": [site]}})).await;
        let approval = self.world.link(json!({"admission": "approval", "allocation": {"sites": [site]}})).await;
        let full = self.world.link(json!({"cap": 1, "admission": "approval"})).await;
        let listed = json!({"cap": 1, "admission": "approval", "overflow": "waiting_list"});
        let listed = self.world.link(listed).await;
        for link in [&full, &listed] {
            self.world.register(&link.code, "first@example.com").await.expect_status(202);
        }
        self.rest().await;

        self.line("view-link, 512 seats", false, async |world| {
            world.client.get(&format!("/v1/join/{}", instant.code)).await.expect_status(200);
        })
        .await;
        self.line("preview-link", false, async |world| {
            world.client.get(&format!("/v1/join/{}/preview", instant.code)).await.expect_status(200);
        })
        .await;
        self.line("count-opened", false, async |world| {
            let path = format!("/v1/join/{}/opened", instant.code);
            world.client.call(hyper::Method::POST, &path).await.expect_status(204);
        })
        .await;
        self.line_with_mail(
            ("redeem-link: newcomer, instant link", true),
            "ana@example.com",
            Some("send-mail: one mail"),
            async |world| drop(world.register(&instant.code, "ana@example.com").await.expect_status(202)),
        )
        .await;
        self.line("redeem-link: the same again", true, async |world| {
            world.register(&instant.code, "ana@example.com").await.expect_status(202)
        })
        .await;
        self.line("redeem-link: newcomer, approval link", true, async |world| {
            world.register(&approval.code, "bo@example.com").await.expect_status(202)
        })
        .await;
        self.line("redeem-link: newcomer, full link of 1 seat", true, async |world| {
            world.register(&full.code, "cy@example.com").await.expect_status(409)
        })
        .await;
        self.line("redeem-link: the first to wait, 1 lot", true, async |world| {
            world.register(&listed.code, "dee@example.com").await.expect_status(202)
        })
        .await;
        self.line("redeem-link: the next to wait, 1 lot", true, async |world| {
            world.register(&listed.code, "eve@example.com").await.expect_status(202)
        })
        .await;

        let token = self.world.login_token("ana@example.com", 1).await;
        let session = self
            .line("sign-in: first, lands in 1 unit", true, async |world| {
                let body = json!({"token": token, "session": "bearer"});
                let answer = world.client.post("/v1/sessions", body).await.expect_status(201);
                answer.json()["session_token"].as_str().expect("a session").to_owned()
            })
            .await;
        self.line("my-training", false, async |world| {
            world.client.get("/v1/me").bearer(&session).await.expect_status(200)
        })
        .await;
        self.line("redeem-link: signed-in member, instant link", true, async |world| {
            world.client.post(&format!("/v1/join/{}", other.code), json!({})).bearer(&session).await.expect_status(200)
        })
        .await;
        self.line("leave-link: enrolled, 1 unit that another link gives too", false, async |world| {
            let path = format!("/v1/me/enrollments/{}", other.id);
            world.client.delete(&path).bearer(&session).await.expect_status(204)
        })
        .await;
        self.world.register_from('a', &approval.code, "typo@example.com").await.expect_status(202);
        self.rest().await;
        self.line("withdraw-registration: pending", true, async |world| {
            let body = json!({"email": "typo@example.com", "code_verifier": verifier_of('a')});
            world.client.post(&format!("/v1/join/{}/withdraw", approval.code), body).await.expect_status(204)
        })
        .await;
        self.world.register_from('a', &instant.code, "typo@example.com").await.expect_status(202);
        self.rest().await;
        self.line_with_mail(("correct-registration: reserved", true), "right@example.com", None, async |world| {
            let body = json!({
                "email": "typo@example.com", "code_verifier": verifier_of('a'), "new_email": "right@example.com",
            });
            drop(
                world.client.post(&format!("/v1/join/{}/correct-address", instant.code), body).await.expect_status(202),
            );
        })
        .await;
        let id = self.world.member_id("right@example.com").await;
        self.rest().await;
        self.line_with_mail(
            ("correct-address: reserved by 1 link", false),
            "corrected@example.com",
            None,
            async |world| {
                let body = json!({"email": "corrected@example.com"});
                drop(world.post(&format!("/v1/members/{id}/correct-address"), body).await.expect_status(200));
            },
        )
        .await;
        let third = self.world.link(json!({"cap": 512, "allocation": {"sites": [site]}})).await;
        self.line_with_mail(("redeem-link: known member, signed out", true), "ana@example.com", None, async |world| {
            drop(world.register(&third.code, "ana@example.com").await.expect_status(202))
        })
        .await;
        self.login_request().await;
        let id = self.world.member_id("bo@example.com").await;
        self.line_with_mail(("grant-access: 1 member in 1 unit", false), "bo@example.com", None, async |world| {
            assert_eq!(world.grant(&id).await, "granted");
        })
        .await;
        let token = self.world.login_token("bo@example.com", 1).await;
        self.line("sign-in: first after a grant", true, async |world| {
            let body = json!({"token": token, "session": "bearer"});
            world.client.post("/v1/sessions", body).await.expect_status(201)
        })
        .await;
        self.line("revoke-access: 1 member", false, async |world| {
            world.post("/v1/members/revocations", json!({"members": [id]})).await.expect_status(200)
        })
        .await;
    }

    /// A request for a login link, and what it leads to: each held back until the one before is counted.
    async fn login_request(&mut self) {
        let before = self.world.mails_to("ana@example.com");
        let request = self.world.proxy.hold_next(Matching::operation("GetItem").mentioning("REQUEST#"));
        let mail = self.world.proxy.hold_next(Matching::operation("GetItem").mentioning("MAIL#"));
        self.line("request-login", true, async |world| {
            world.client.post("/v1/login-links", json!({"email": "ana@example.com"})).await.expect_status(202)
        })
        .await;
        self.rest().await;
        let mark = self.world.proxy.mark();
        drop(request);
        self.rest().await;
        let calls = self.world.proxy.since(mark);
        self.lines.push(Line { what: "send-mail: one request for a login link", calls, limited: false });
        drop(mail);
        self.world.login_token("ana@example.com", before + 1).await;
    }

    async fn links(&mut self) {
        let (site, _) = self.world.site().await;
        let fields = json!({"name": "Link", "admission": "instant", "cap": 512, "allocation": {"sites": [site]}});
        let link = self
            .line("create-link: 512 seats in 32 lots", false, async |world| {
                world.post("/v1/links", fields).await.expect_status(201).json()
            })
            .await;
        let path = format!("/v1/links/{}", link["id"].as_str().expect("an id"));
        self.line("get-link", false, async |world| world.get(&path).await.expect_status(200)).await;
        for (what, version, change) in [
            ("update-link: name only", 1, json!({"name": "Other"})),
            ("update-link: deactivate, 32 lots", 2, json!({"state": "inactive"})),
            ("update-link: cap 512 to 500, 32 lots", 3, json!({"cap": 500})),
        ] {
            let mut body = change;
            body["version"] = json!(version);
            self.line(what, false, async |world| world.patch(&path, body).await.expect_status(200)).await;
        }
    }

    async fn lists(&mut self) {
        let link = self.world.link(json!({"admission": "approval"})).await;
        let people = (0..PAGE).map(|number| {
            let (world, code) = (&self.world, &link.code);
            async move { world.register(code, &format!("p{number}@example.com")).await.expect_status(202) }
        });
        join_all(people).await;
        self.line("list-links: page of 7", false, async |world| world.get("/v1/links").await.expect_status(200)).await;
        let whole = async |world: &World, path: String| {
            let page = world.get(&path).await.expect_status(200).json();
            let listed = page["members"].as_array().or(page["enrollments"].as_array()).expect("a page");
            assert_eq!(listed.len(), PAGE, "{page}");
        };
        let path = format!("/v1/members?access=without&limit={PAGE}");
        self.line("list-members: without access, page of 50", false, async |world| whole(world, path).await).await;
        let path = format!("/v1/members?link={}&limit={PAGE}", link.id);
        self.line("list-members: by link, page of 50", false, async |world| whole(world, path).await).await;
        let path = format!("/v1/links/{}/stats?limit={PAGE}", link.id);
        self.line("link-stats: page of 50, 64 lots", false, async |world| whole(world, path).await).await;
        let csv = async |world: &World, path: String| {
            world.client.get(&path).bearer(&world.admin).header("accept", "text/csv").await.expect_status(200);
        };
        let path = format!("/v1/links/{}/stats?limit={PAGE}", link.id);
        self.line("link-stats: 50 rows of CSV", false, async |world| csv(world, path).await).await;
        self.line("overview: page of 7 links", false, async |world| world.get("/v1/overview").await.expect_status(200))
            .await;
        let (_, module) = self.world.site().await;
        self.line("put-module: one that was there", false, async |world| {
            let body = json!({"title": "Other", "url": "https://training.example/other"});
            world.put(&format!("/v1/modules/{module}"), body).await.expect_status(200)
        })
        .await;
        self.line("list-audit: page of 10", false, async |world| {
            world.get("/v1/audit?limit=10").await.expect_status(200)
        })
        .await;
    }

    async fn sweep(&mut self) {
        self.rest().await;
        // Those who wait since earlier figures are told of first.
        drop(self.world.running.run_schedule("sweep-expired").await.expect("a sweep"));
        self.rest().await;
        self.line("sweep-expired: nothing due", false, async |world| {
            world.running.run_schedule("sweep-expired").await.expect("a sweep")
        })
        .await;
        let link = self.world.link(json!({"admission": "approval"})).await;
        drop(self.world.register(&link.code, "waits@example.com").await.expect_status(202));
        self.rest().await;
        // What becomes of the mail is no part of the sweep.
        let held = self.world.proxy.hold_next(Matching::operation("GetItem").mentioning("MAIL#"));
        self.line("sweep-expired: 1 person waits, the admin is mailed", false, async |world| {
            world.running.run_schedule("sweep-expired").await.expect("a sweep")
        })
        .await;
        drop(held);
        self.rest().await;
    }
}

fn section(lines: &[Line]) -> Section {
    let rows = lines.iter().map(|line| {
        let counters = counters(line);
        let capacity = line.calls.capacity();
        vec![
            line.what.to_owned(),
            line.calls.len().to_string(),
            line.calls.depth().to_string(),
            units(capacity.read_table),
            units(capacity.read_indexes),
            units(capacity.write_table - counters.write_table),
            units(capacity.write_indexes),
            units(counters.write_table),
        ]
    });
    Section {
        name: "operations",
        columns: vec![
            "Operation",
            "Calls",
            "Round trips",
            "Read units, table",
            "Read units, indexes",
            "Write units, table",
            "Write units, indexes",
            "Write units, limit counters",
        ],
        rows: rows.collect(),
        note: "Round trips are sequential: calls made side by side count once. Units are as the engine counts them."
            .to_owned(),
    }
}

/// What the limit counters took: the single updates of an operation that is limited.
fn counters(line: &Line) -> Capacity {
    let mut sum = Capacity::default();
    for call in line.calls.iter().filter(|call| line.limited && call.operation == "UpdateItem") {
        sum += call.capacity;
    }
    sum
}
