//! Edits of a webhook: what changes nothing is no edit, and each names the version that the admin saw.

use serde_json::json;
use tests::receiver::Manner;

use super::{by_hand, id};

#[tokio::test]
async fn an_edit_that_changes_nothing_is_no_edit() {
    let (world, receiver, hook) = by_hand(Manner::Answers(200)).await;
    let path = format!("/v1/webhooks/{}", id(&hook));
    let records = world.items("audit").len();
    for body in [json!({}), json!({"url": receiver.url(), "description": null, "events": null, "state": "active"})] {
        let mut body = body;
        body["version"] = json!(1);
        let same = world.patch(&path, body).await.expect_status(200).json();
        assert_eq!(same["version"], 1);
    }
    assert_eq!(world.items("audit").len(), records);
    let edited = world.patch(&path, json!({"version": 1, "description": "Ours"})).await.expect_status(200).json();
    let again = world.patch(&path, json!({"version": 1, "description": "Ours"})).await.expect_status(200).json();
    assert_eq!(again, edited);
    assert_eq!((edited["version"].as_u64(), world.items("audit").len()), (Some(2), records + 1));
    let late = world.patch(&path, json!({"version": 1, "description": "Theirs"})).await.expect_status(409);
    assert_eq!(late.error_code(), "version_conflict");
}

#[tokio::test]
async fn an_edit_that_names_no_version_is_malformed() {
    let (world, _receiver, hook) = by_hand(Manner::Answers(200)).await;
    let path = format!("/v1/webhooks/{}", id(&hook));
    for body in [json!({}), json!({"version": null}), json!({"version": "1", "state": "inactive"})] {
        let refused = world.patch(&path, body.clone()).await.expect_status(400);
        assert_eq!(refused.error_code(), "malformed", "{body}");
    }
    let shown = world.get(&path).await.expect_status(200).json();
    assert_eq!((&shown["version"], &shown["state"]), (&json!(1), &json!("active")));
}
