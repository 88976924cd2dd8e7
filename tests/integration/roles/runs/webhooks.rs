//! Webhooks: made, edited, told, deleted.

use serde_json::json;
use tests::{
    fault_proxy::Fault,
    receiver::{Manner, Receiver},
};

use super::Watched;

impl Watched {
    /// The webhook that is left is told of what comes after it.
    pub(super) async fn webhooks(&self) {
        let client = &self.world.client;
        let receiver = Receiver::start(Manner::Answers(500)).expect("a receiver starts");
        let body = || json!({"url": receiver.url()});
        let hook = self.admin("create-webhook", client.post("/v1/webhooks", body())).await.json();
        let path = format!("/v1/webhooks/{}", hook["id"].as_str().expect("an id"));
        self.admin("list-webhooks", client.get("/v1/webhooks")).await;
        self.admin("get-webhook", client.get(&path)).await;
        // Having lost the answer each looks whether it was written.
        let lose = || (0..3).for_each(|_| self.world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
        lose();
        self.admin("update-webhook", client.patch(&path, json!({"version": 1, "description": "Ours"}))).await;
        lose();
        self.admin("rotate-webhook-secret", client.post(&format!("{path}/secret"), json!({}))).await;
        let ping = self.admin("ping-webhook", client.post(&format!("{path}/pings"), json!({}))).await.json();
        let detail = json!({"webhook": hook["id"], "delivery": ping["id"]});
        let event = json!({
            "version": "0", "detail-type": "delivery.queued", "source": "access-links.internal", "detail": detail,
        });
        for manner in [Manner::Answers(500), Manner::Answers(200)] {
            receiver.turn(manner);
            let answer = self.run("deliver-webhook", self.world.running.invoke("deliver-webhook", event.clone())).await;
            assert!(answer.is_ok(), "{answer:?}");
            let again = format!("{path}/deliveries/{}/redeliveries", ping["id"].as_str().expect("an id"));
            self.admin("redeliver", client.post(&again, json!({}))).await;
        }
        // Gone: its admins are told.
        let ping = self.admin("ping-webhook", client.post(&format!("{path}/pings"), json!({}))).await.json();
        let mut gone = event;
        gone["detail"]["delivery"] = ping["id"].clone();
        receiver.turn(Manner::Answers(410));
        let answer = self.run("deliver-webhook", self.world.running.invoke("deliver-webhook", gone)).await;
        assert!(answer.is_ok(), "{answer:?}");
        self.deliver().await;
        self.admin("list-deliveries", client.get(&format!("{path}/deliveries"))).await;
        self.admin("create-webhook", client.post("/v1/webhooks", body())).await;
        lose();
        self.admin("delete-webhook", client.delete(&path)).await;
    }
}
