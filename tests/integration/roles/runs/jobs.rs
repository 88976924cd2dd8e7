//! Jobs: ordered, looked at, stopped, and worked on.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::Watched;

impl Watched {
    pub(super) async fn jobs(&self) {
        self.jobs_that_grant().await;
        self.imports().await;
    }

    /// Everybody whom a filter admits: on a link, of a unit, unverified, and members already.
    async fn jobs_that_grant(&self) {
        let (site, _) = self.world.site().await;
        let with_units = self.world.link(json!({"admission": "approval", "allocation": {"sites": [site]}})).await;
        let without = self.world.link(json!({"admission": "approval"})).await;
        let instant = self.world.link(json!({})).await;
        for (link, email) in
            [(&with_units, "uma@example.com"), (&with_units, "vic@example.com"), (&instant, "wyn@example.com")]
        {
            self.register(link, email).await.expect_status(202);
        }
        for filter in [json!({"unit": site}), json!({"link": with_units.id})] {
            let call = self.world.client.post("/v1/members/grants/previews", json!({"filter": filter}));
            let said = self.admin("preview-grants", call).await.json();
            assert_eq!(said["outcomes"], json!({"granted": 2}), "{said}");
        }
        self.work(json!({"unit": site})).await;
        self.deliver().await;
        let session = self.sign_in("uma@example.com").await;
        let call = self.world.client.post(&format!("/v1/join/{}", without.code), json!({}));
        self.signed_in("redeem-link", call, &session).await;
        // A member already, and nothing comes to them but the state of their enrollment.
        self.work(json!({"link": without.id})).await;
        let id = self.work(json!({"link": instant.id, "access": "without"})).await;

        for (operation, path) in [
            ("list-jobs", "/v1/jobs".to_owned()),
            ("get-job", format!("/v1/jobs/{id}")),
            ("job-report", format!("/v1/jobs/{id}/report")),
        ] {
            self.admin(operation, self.world.client.get(&path)).await;
        }
        let path = format!("/v1/jobs/{}/cancellation", self.order(json!({})).await);
        self.admin("cancel-job", self.world.client.post(&path, json!({}))).await;
        self.run("work-jobs", self.world.work()).await;
    }

    /// A file with newcomers, members, people who wait and bad rows.
    async fn imports(&self) {
        let (site, _) = self.world.site().await;
        let link = self.world.link(json!({"admission": "approval"})).await;
        self.register(&link, "xia@example.com").await.expect_status(202);
        let file = format!(
            "name,email,sites\nUma,uma@example.com,{site}\nXia,xia@example.com,{site}\nYan,yan@example.com,\n,,x\n"
        );
        let call = self.world.client.call("POST".parse().expect("a method"), "/v1/jobs/imports?access=granted");
        let id = self.admin("start-import", call.body("text/csv", file)).await.json()["id"].clone();
        self.run("work-jobs", self.world.work()).await;
        let job = self.world.job(id.as_str().expect("an id")).await;
        assert_eq!(job["outcomes"], json!({"updated": 1, "granted": 1, "created": 1, "invalid": 1}), "{job}");
    }

    async fn order(&self, filter: Value) -> String {
        let call = self.world.client.post("/v1/jobs/grants", json!({"filter": filter}));
        let id = self.admin("start-grants", call).await.json()["id"].as_str().expect("an id").to_owned();
        self.world.clock.advance(TimeDelta::seconds(5));
        id
    }

    /// Orders a job and has it worked on to its end.
    async fn work(&self, filter: Value) -> String {
        let id = self.order(filter).await;
        assert!(self.run("work-jobs", self.world.work()).await);
        let job = self.world.job(&id).await;
        assert_eq!((&job["state"], job["done"].as_u64() > Some(0)), (&json!("done"), true), "{job}");
        id
    }
}
