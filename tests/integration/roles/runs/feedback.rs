//! What SES says about mails, and what admins do about it.

use serde_json::json;
use tests::fault_proxy::Fault;

use super::Watched;

impl Watched {
    pub(super) async fn feedback(&self) {
        let link = self.world.link(json!({})).await;
        self.register(&link, "pat@example.com").await.expect_status(202);
        self.deliver().await;
        let id = self.world.member_id("pat@example.com").await;
        let mail = self.world.items("mail").into_iter().find(|mail| mail["member"]["S"] == id.as_str());
        let mail = mail.expect("a mail")["id"]["S"].as_str().expect("an id").to_owned();
        for kind in ["DeliveryDelay", "Bounce", "Bounce"] {
            let event = tests::world::feedback(kind, "Permanent", &mail, chrono::Utc::now().into());
            let call = self.world.running.invoke("record-mail-feedback", event);
            self.run("record-mail-feedback", call).await.expect("feedback is taken");
        }
        self.ask("pat@example.com").await;
        let list = self.admin("list-suppressions", self.world.client.get("/v1/suppressions")).await.json();
        assert_eq!(list["suppressions"][0]["member"]["id"], id.as_str());
        // Having lost the answer it looks whether it was written.
        (0..3).for_each(|_| self.world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
        self.admin("clear-suppression", self.world.client.delete(&format!("/v1/suppressions/{id}"))).await;
    }
}
