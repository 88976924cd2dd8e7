//! What admins do with one member after another.

use serde_json::{Value, json};

use super::Watched;

impl Watched {
    pub(super) async fn members(&self) {
        self.one_member().await;
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
