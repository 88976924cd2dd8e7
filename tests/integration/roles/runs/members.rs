//! What admins do with one member after another.

use serde_json::{Value, json};
use tests::fault_proxy::{Boundary, Fault};

use super::Watched;

impl Watched {
    pub(super) async fn members(&self) {
        self.one_member().await;
        self.turned_down().await;
        self.units_by_hand().await;
        self.corrected().await;
        self.admins().await;
        self.erased().await;
    }

    /// Somebody with a seat, units, a login link, and an address that mail came back from, has another address.
    async fn corrected(&self) {
        let (site, _) = self.world.site().await;
        let link = self.world.link(json!({"admission": "approval", "allocation": {"sites": [site]}})).await;
        self.register(&link, "una@exmaple.com").await.expect_status(202);
        self.grant("una@exmaple.com").await;
        self.deliver().await;
        let id = self.world.member_id("una@exmaple.com").await;
        self.lose_answers();
        let body = json!({"email": "una@example.com"});
        self.admin("correct-address", self.world.client.post(&format!("/v1/members/{id}/correct-address"), body)).await;
        self.deliver().await;
    }

    /// Somebody with sessions, mails, units, and seats on a link with more people than seats.
    async fn erased(&self) {
        let (site, _) = self.world.site().await;
        let link = self.world.link(json!({"admission": "approval", "cap": 3, "allocation": {"sites": [site]}})).await;
        let other = self.world.link(json!({"admission": "approval", "cap": 2})).await;
        self.register(&link, "pia@example.com").await.expect_status(202);
        self.grant("pia@example.com").await;
        self.deliver().await;
        self.sign_in("pia@example.com").await;
        for email in ["pia@example.com", "quin@example.com"] {
            self.register(&other, email).await.expect_status(202);
        }
        self.edit(&other, json!({"cap": 1})).await;
        let path = format!("/v1/members/{}", self.world.member_id("pia@example.com").await);
        self.admin("export-member", self.world.client.get(&format!("{path}/export"))).await;
        self.lose_answers();
        self.admin("erase-member", self.world.client.delete(&path)).await;
    }

    /// An allocation that is over, and an erasure that was left half-way, for the sweep.
    pub(super) async fn left_for_the_sweep(&self) {
        let (site, _) = self.world.site().await;
        let fields =
            json!({"admission": "approval", "allocation": {"sites": [site]}, "allocation_ends": {"after_days": 1}});
        let link = self.world.link(fields).await;
        for email in ["rob@example.com", "sam@example.com"] {
            self.world.register(&link.code, email).await.expect_status(202);
            self.grant(email).await;
        }
        let path = format!("/v1/members/{}", self.world.member_id("sam@example.com").await);
        // Session and member are read, then the person is shut out.
        self.world.proxy.kill_at(3, Boundary::After);
        let _ = self.world.delete(&path).await;
        self.world.proxy.revive();
    }

    /// Somebody new and a member become admins; one is removed by another, one goes.
    async fn admins(&self) {
        let body = |email: &str| json!({"email": email, "name": "Some Admin"});
        self.lose_answers();
        let call = self.world.client.post("/v1/admins", body("ole@example.com"));
        let ole = self.admin("add-admin", call).await.json()["id"].as_str().unwrap_or_default().to_owned();
        self.admin("add-admin", self.world.client.post("/v1/admins", body("jo@example.com"))).await;
        self.deliver().await;
        let session = self.sign_in("ole@example.com").await;
        self.signed_in("list-admins", self.world.client.get("/v1/admins"), &session).await;
        let jo = self.world.member_id("jo@example.com").await;
        self.lose_answers();
        self.admin("remove-admin", self.world.client.delete(&format!("/v1/admins/{jo}"))).await;
        self.signed_in("remove-admin", self.world.client.delete(&format!("/v1/admins/{ole}")), &session).await;
    }

    /// Keys are made, used, listed and revoked.
    pub(super) async fn api_keys(&self) {
        self.lose_answers();
        let body = json!({"name": "Wallboard", "scope": "read"});
        let made = self.admin("create-api-key", self.world.client.post("/v1/api-keys", body)).await.json();
        let text = made["key"].as_str().expect("a key");
        self.run("list-links", self.world.client.get("/v1/links").bearer(text)).await.expect_status(200);
        self.admin("list-api-keys", self.world.client.get("/v1/api-keys")).await;
        self.lose_answers();
        let path = format!("/v1/api-keys/{}", made["id"].as_str().expect("an id"));
        self.admin("revoke-api-key", self.world.client.delete(&path)).await;
    }

    /// Put in other units, and taken out of links: as one who is in, and as one who waits.
    async fn units_by_hand(&self) {
        let ((one, _), (two, _)) = (self.world.site().await, self.world.site().await);
        let fields = json!({"admission": "approval", "cap": 3, "allocation": {"sites": [one]}});
        let (first, second) = (self.world.link(fields.clone()).await, self.world.link(fields).await);
        for link in [&first, &second] {
            self.register(link, "max@example.com").await.expect_status(202);
        }
        self.grant("max@example.com").await;
        let id = self.world.member_id("max@example.com").await;
        let body = json!({"allocation": {"sites": [two]}});
        self.lose_answers();
        self.admin("update-member", self.world.client.patch(&format!("/v1/members/{id}"), body)).await;
        let body = json!({"allocation": {"sites": [one]}});
        self.admin("update-member", self.world.client.patch(&format!("/v1/members/{id}"), body)).await;
        let third = self.world.link(json!({"admission": "approval", "allocation": {"sites": [two]}})).await;
        self.register(&third, "max@example.com").await.expect_status(202);
        self.grant("max@example.com").await;
        let waiting = self.world.link(json!({"admission": "approval"})).await;
        self.register(&waiting, "max@example.com").await.expect_status(202);
        self.register(&first, "ned@example.com").await.expect_status(202);
        self.edit(&first, json!({"cap": 1})).await;
        for link in [&first, &second, &third, &waiting] {
            let path = format!("/v1/links/{}/enrollments/{id}", link.id);
            self.admin("remove-enrollment", self.world.client.delete(&path)).await;
        }
        self.deliver().await;
    }

    /// Has the answers to the next transaction lost, so that its operation looks whether it was written.
    pub(super) fn lose_answers(&self) {
        (0..3).for_each(|_| self.world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
    }

    /// Calls a bulk operation for one member.
    async fn bulk(&self, operation: &str, route: &str, id: &str, outcome: &str) {
        let call = self.world.client.post(&format!("/v1/members/{route}"), json!({"members": [id]}));
        let answer = self.admin(operation, call).await.json();
        assert_eq!(answer["results"][0]["outcome"], outcome, "{operation}");
    }

    /// Refused, on a link with more people than seats and as a member who has access; then granted, revoked and restored.
    async fn turned_down(&self) {
        let link = self.world.link(json!({"admission": "approval", "cap": 2})).await;
        for email in ["kim@example.com", "lee@example.com"] {
            self.register(&link, email).await.expect_status(202);
        }
        self.edit(&link, json!({"cap": 1})).await;
        let kim = self.world.member_id("kim@example.com").await;
        self.lose_answers();
        self.bulk("refuse-access", "refusals", &kim, "refused").await;
        self.grant("lee@example.com").await;
        let lee = self.world.member_id("lee@example.com").await;
        let other = self.world.link(json!({"admission": "approval"})).await;
        self.register(&other, "lee@example.com").await.expect_status(202);
        self.bulk("refuse-access", "refusals", &lee, "refused").await;
        self.lose_answers();
        self.bulk("resend-login", "login-mails", &lee, "queued").await;
        self.bulk("revoke-access", "revocations", &lee, "revoked").await;
        self.lose_answers();
        self.bulk("restore-access", "restorations", &lee, "restored").await;
        self.deliver().await;
    }

    /// A member with sessions, mails and enrollments.
    async fn one_member(&self) {
        let link = self.world.link(json!({})).await;
        self.register(&link, "jo@example.com").await.expect_status(202);
        self.deliver().await;
        self.sign_in("jo@example.com").await;
        let id = self.world.member_id("jo@example.com").await;
        let seen = self.admin("get-member", self.world.client.get(&format!("/v1/members/{id}"))).await.json();
        assert_eq!((&seen["sessions"], seen["mails"].as_array().map(Vec::len)), (&json!(1), Some(1)), "{seen}");
        assert_ne!(seen["enrollments"], Value::Null);
    }
}
