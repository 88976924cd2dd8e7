//! Who is shut out stays out, and the seats they held go back, whatever comes between.

use std::time::Duration;

use futures::future::join_all;
use serde_json::json;
use tests::{World, fault_proxy::Boundary};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_revoked_while_they_register_holds_no_seat() {
    let world = World::start().await;
    let first = world.link(json!({"admission": "approval", "cap": 100})).await;
    for round in 0..12 {
        let email = format!("worker{round}@example.com");
        world.register(&first.code, &email).await.expect_status(202);
        let id = world.member_id(&email).await;
        let links = join_all((0..4).map(|_| world.link(json!({"admission": "approval", "cap": 10})))).await;
        let revoke = async {
            tokio::time::sleep(Duration::from_millis(round % 6)).await;
            world.post("/v1/members/revocations", json!({"members": [id]})).await.expect_status(200);
        };
        let register = join_all(links.iter().map(|link| world.register(&link.code, &email)));
        tokio::join!(revoke, register);
        let member = json!({"S": id});
        let waiting = world.items("enrollment").into_iter().filter(|enrollment| {
            enrollment["member"] == member && matches!(enrollment["state"]["S"].as_str(), Some("pending" | "reserved"))
        });
        assert_eq!(waiting.count(), 0);
        for link in &links {
            world.check_books(link);
            assert_eq!(world.show(link).await["seats"]["taken"], 0);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_over_its_cap_opens_again_although_the_process_dies_when_seats_come_back() {
    let world = World::start().await;
    for nth in (1..120).step_by(3) {
        let link = world.link(json!({"admission": "approval", "cap": 4})).await;
        let mut ids = Vec::new();
        for person in 0..4 {
            let email = format!("worker{nth}-{person}@example.com");
            world.register(&link.code, &email).await.expect_status(202);
        }
        let waiting = world.get(&format!("/v1/members?link={}", link.id)).await.expect_status(200).json();
        for member in waiting["members"].as_array().unwrap() {
            ids.push(member["id"].clone());
        }
        world.edit(&link, json!({"cap": 3})).await.expect_status(200);
        assert_eq!(world.register(&link.code, "late@example.com").await.error_code(), "link_full");
        world.proxy.kill_at(nth, Boundary::After);
        let _dead = world.post("/v1/members/revocations", json!({"members": ids[..2]})).await;
        let lived = !world.proxy.is_dead();
        world.proxy.revive();
        // Whatever was left of it, said again and swept it is whole.
        world.post("/v1/members/revocations", json!({"members": ids[..2]})).await.expect_status(200);
        world.running.run_schedule("sweep-expired").await.unwrap();
        assert_eq!(world.show(&link).await["seats"], json!({"taken": 2, "free": 1}));
        world.register(&link.code, &format!("late{nth}@example.com")).await.expect_status(202);
        world.check_books(&link);
        if lived {
            return;
        }
    }
    panic!("the operation never lived");
}
