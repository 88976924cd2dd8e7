//! The main job, end to end.

use serde_json::json;
use tests::World;

#[tokio::test]
async fn people_come_through_an_instant_link_and_land_where_they_belong() {
    let world = World::start().await;
    let (site, module) = world.site().await;
    let link = world.link(json!({"cap": 40, "allocation": {"sites": [site]}})).await;

    let door = world.client.get(&format!("/v1/join/{}", link.code)).await.expect_status(200).json();
    assert_eq!(
        door,
        json!({
            "organization": "Demo", "support_contact": null, "accent": null, "logo": null, "language": "en", "welcome": null, "admission": "instant", "state": "open",
            "starts_at": null, "starts_local": null, "domains": null, "fields": [],
            "text_language": "en", "translations": {}, "gives": {"sites": ["Site 0"], "modules": ["Module 0"], "more": false},
        })
    );

    let answer = world.register(&link.code, "ana@example.com").await.expect_status(202);
    assert_eq!(answer.json(), json!({"status": "check_your_mail"}));
    assert_eq!(world.show(&link).await["seats"], json!({"taken": 1, "free": 39}));

    let session = world.sign_in("ana@example.com").await;
    let mine = world.client.get("/v1/me").bearer(&session).await.expect_status(200).json();
    assert_eq!(mine["member"]["access"], "granted");
    assert_eq!(mine["sites"][0]["id"], site.as_str());
    assert_eq!(mine["modules"][0]["id"], module.as_str());

    let stats = world.stats(&link).await;
    assert_eq!(stats["by_state"]["enrolled"], 1);
    assert_eq!(stats["enrollments"][0]["member"]["email"], "ana@example.com");
    assert_eq!(stats["enrollments"][0]["allocation"]["sites"][0]["id"], site.as_str());
    world.check_books(&link);
}

#[tokio::test]
async fn people_who_come_through_an_approval_link_are_granted_in_bulk_and_mailed() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let link = world.link(json!({"admission": "approval", "allocation": {"sites": [site]}})).await;
    for email in ["bo@example.com", "cy@example.com"] {
        let answer = world.register(&link.code, email).await.expect_status(202);
        assert_eq!(answer.json(), json!({"status": "awaiting_approval"}));
    }
    let waiting = world.get(&format!("/v1/members?access=without&link={}", link.id)).await.expect_status(200).json();
    let ids: Vec<_> = waiting["members"].as_array().unwrap().iter().map(|member| member["id"].clone()).collect();
    assert_eq!(ids.len(), 2);

    let granted = world.post("/v1/members/grants", json!({"members": ids})).await.expect_status(200).json();
    assert!(granted["results"].as_array().unwrap().iter().all(|result| result["outcome"] == "granted"));
    let session = world.sign_in("cy@example.com").await;
    let mine = world.client.get("/v1/me").bearer(&session).await.expect_status(200).json();
    assert_eq!(mine["sites"][0]["id"], site.as_str());

    let again = world.post("/v1/members/grants", json!({"members": ids})).await.expect_status(200).json();
    assert!(again["results"].as_array().unwrap().iter().all(|result| result["outcome"] == "already_granted"));
    assert_eq!(world.mails_to("bo@example.com"), 1);
    world.check_books(&link);
}
