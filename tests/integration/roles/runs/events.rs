//! Changes told to others.

use serde_json::json;

use super::Watched;

impl Watched {
    /// Of a change of access it is looked up through which links the person came, and a webhook is told of it.
    pub(super) async fn events(&self) {
        let organization = self.world.items("webhook").remove(0)["organization"].clone();
        let of_ours =
            |member: &serde_json::Value| member["organization"] == organization && member["access"]["S"] == "granted";
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
    }
}
