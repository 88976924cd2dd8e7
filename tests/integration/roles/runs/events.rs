//! Changes told to others.

use serde_json::{Value, json};
use tests::world::changed;

use super::Watched;

impl Watched {
    /// Of a change of access it is looked up through which links the person came, and a webhook is told of it.
    pub(super) async fn events(&self) {
        let organization = self.world.items("webhook").remove(0)["organization"].clone();
        let of_ours = |member: &Value| member["organization"] == organization && member["access"]["S"] == "granted";
        let member = self.world.items("member").into_iter().find(of_ours).expect("somebody with access");
        let event = json!({"Records": [{
            "eventID": "1", "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb",
            "awsRegion": "eu-central-1",
            "dynamodb": {
                "ApproximateCreationDateTime": 1_795_330_845, "Keys": {"PK": member["PK"], "SK": member["SK"]},
                "NewImage": member, "SequenceNumber": "1", "SizeBytes": 120, "StreamViewType": "NEW_AND_OLD_IMAGES",
            },
        }]});
        let answer = self.run("publish-events", self.world.running.invoke("publish-events", event)).await;
        assert_eq!(answer.expect("it is told"), json!({"batchItemFailures": []}));
        // Under another name: what the index holds of the old one goes.
        let id = member["id"]["S"].as_str().expect("an id");
        self.admin("update-member", self.world.client.patch(&format!("/v1/members/{id}"), json!({"name": "Ida New"})))
            .await;
        self.run("publish-events", self.world.index_anew()).await;
        // Somebody withdrew and registered again: what was replaced is taken out of the counts.
        let withdrawn = |item: &Value| item["organization"] == organization && item["withdrawn_at"]["N"].is_string();
        let before = self.world.items("enrollment").into_iter().find(withdrawn).expect("somebody who withdrew");
        let mut after = before.clone();
        after["registered_at"]["N"] = json!("1795330845000");
        let taken = self.run("publish-events", self.world.publish(&[changed(2, Some(&before), &after)])).await;
        assert_eq!(taken, [""; 0]);
    }
}
