//! The index by name and address is what the members are, whatever becomes of the records of the stream that tell of them.

use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Boundary, Fault},
    world::{Link, changed},
};

use super::{names, register};

/// A world whose stream is not read, with a link, and somebody who came by it.
async fn with_ana() -> (World, Link, String) {
    let world = World::start_without_stream(|options| {
        options.schedules = false;
        options.environment.insert("REDEMPTION_BUDGET_MS".to_owned(), "1000".to_owned());
    })
    .await;
    let link = world.link(json!({"admission": "approval"})).await;
    register(&world, &link, "Ana Unmistakable", "ana@yard.example").await;
    let id = world.member_id("ana@yard.example").await;
    (world, link, id)
}

fn item(world: &World, id: &str) -> Value {
    world.items("member").into_iter().find(|item| item["id"]["S"] == id).expect("a member")
}

async fn rename(world: &World, id: &str, name: &str) -> (Value, Value) {
    let before = item(world, id);
    world.patch(&format!("/v1/members/{id}"), json!({"name": name})).await.expect_status(200);
    (before, item(world, id))
}

/// What the table holds of a person beside records of what admins did, whose id stays.
fn traces(world: &World, id: &str) -> Vec<String> {
    let contents = world.engine.contents().unwrap().into_values();
    let named = |item: &Value| {
        let text = item.to_string().to_lowercase();
        (text.contains(id) && item["entity"]["S"] != "audit") || text.contains("unmistakable") || text.contains("ana|")
    };
    contents.filter(named).map(|item| item.to_string()).collect()
}

#[tokio::test]
async fn a_member_is_found_by_the_new_name_and_no_more_by_the_old_one() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval"})).await;
    register(&world, &link, "Ana Unmistakable", "ana@yard.example").await;
    world.indexed().await;
    assert_eq!(names(&world, "q=unmis", 100).await, ["Ana Unmistakable"]);
    let id = world.member_id("ana@yard.example").await;
    rename(&world, &id, "Bo Other").await;
    assert_eq!(names(&world, "q=unmis", 100).await, [""; 0], "before the index knows, too");
    world.indexed().await;
    assert_eq!(names(&world, "q=other", 100).await, ["Bo Other"]);
    assert_eq!(names(&world, "q=yard", 100).await, ["Bo Other"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_that_was_half_done_leads_to_the_same_index_when_it_comes_again() {
    let (world, link, ana) = with_ana().await;
    register(&world, &link, "Bo Rivet", "bo@yard.example").await;
    let bo = world.member_id("bo@yard.example").await;
    world.index_anew().await;
    let mut cases = 0;
    for boundary in [Boundary::Before, Boundary::After] {
        for nth in 1.. {
            cases += 1;
            let (ana_was, ana_is) = rename(&world, &ana, &format!("Ana Case{cases}")).await;
            let (bo_was, bo_is) = rename(&world, &bo, &format!("Case{cases} Rivet")).await;
            let records = [changed(1, Some(&ana_was), &ana_is), changed(2, Some(&bo_was), &bo_is)];
            world.proxy.kill_at(nth, boundary);
            let failed = world.publish(&records).await;
            let died = world.proxy.is_dead();
            world.proxy.revive();
            assert!(died || failed.is_empty(), "{failed:?}");
            // From the first that failed on, all come again.
            let from = failed.iter().filter_map(|failed| failed.parse::<usize>().ok()).min();
            assert_eq!(world.publish(&records[from.map_or(records.len(), |number| number - 1)..]).await, [""; 0]);
            assert_eq!(world.index(), world.right_index(), "case {cases}");
            if !died {
                break;
            }
        }
    }
    assert!(cases > 12, "{cases} cases");
}

#[tokio::test]
async fn answers_that_are_lost_and_records_that_come_late_or_twice_change_nothing() {
    let (world, _, ana) = with_ana().await;
    let new = changed(1, None, &item(&world, &ana));
    let (was, is) = rename(&world, &ana, "Ana Second").await;
    let second = changed(2, Some(&was), &is);
    let (was, is) = rename(&world, &ana, "Ana Third").await;
    let third = changed(3, Some(&was), &is);
    world.index_anew().await;
    for records in [vec![&third, &second, &new], vec![&new, &third], vec![&second], vec![&new, &new, &third, &second]] {
        let records: Vec<_> = records.into_iter().cloned().collect();
        world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer);
        assert_eq!(world.publish(&records).await, [""; 0]);
        assert_eq!(world.index(), world.right_index());
    }
}

#[tokio::test]
async fn what_is_as_it_was_costs_the_index_nothing() {
    let (world, _, ana) = with_ana().await;
    world.index_anew().await;
    let before = item(&world, &ana);
    assert_eq!(world.grant(&ana).await, "granted");
    let mark = world.proxy.mark();
    assert_eq!(world.publish(&[changed(1, Some(&before), &item(&world, &ana))]).await, [""; 0]);
    let calls = world.proxy.since(mark);
    assert_eq!((calls.of("TransactWriteItems"), calls.of("BatchGetItem")), (0, 0));
    assert_eq!(world.index(), world.right_index());
}

#[tokio::test]
async fn nothing_is_left_in_the_index_of_who_is_erased() {
    let (world, _, ana) = with_ana().await;
    let new = changed(1, None, &item(&world, &ana));
    world.index_anew().await;
    assert!(!traces(&world, &ana).is_empty());
    assert_eq!(names(&world, "q=unmis", 100).await, ["Ana Unmistakable"]);
    world.delete(&format!("/v1/members/{ana}")).await.expect_status(204);
    assert_eq!(traces(&world, &ana), [""; 0]);
    // A record of before may still come.
    assert_eq!(world.publish(&[new]).await, [""; 0]);
    assert_eq!(traces(&world, &ana), [""; 0]);
    assert_eq!(world.index(), world.right_index());
    assert_eq!(names(&world, "q=unmis", 100).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_erased_while_they_are_indexed_is_not_in_the_index() {
    let (world, _, ana) = with_ana().await;
    let new = [changed(1, None, &item(&world, &ana))];
    let mut pause = world.proxy.hold_next("TransactWriteItems");
    let (failed, ()) = tokio::join!(world.publish(&new), async {
        pause.reached().await;
        world.delete(&format!("/v1/members/{ana}")).await.expect_status(204);
        pause.release();
    });
    assert_eq!(failed, [""; 0]);
    assert_eq!(traces(&world, &ana), [""; 0]);
    assert_eq!(names(&world, "q=unmis", 100).await, [""; 0]);
}

#[tokio::test]
async fn members_of_before_there_was_an_index_are_found_before_and_after_they_are_indexed() {
    let (world, link, _) = with_ana().await;
    let organization = world.items("organization").remove(0);
    world.forget_index(&organization).await;
    let queries = ["q=unmis", "q=yard.ex", "q=unmistakable%20ana&access=pending", "q=ana&sort=name"];
    let of_link = format!("q=ana&link={}", link.id);
    let queries: Vec<_> = queries.into_iter().chain([of_link.as_str()]).collect();
    for query in &queries {
        assert_eq!(names(&world, query, 1).await, ["Ana Unmistakable"], "{query}");
    }
    assert!(world.index().is_empty());
    let event = json!({"organization_id": organization["id"]["S"]});
    for indexed in [2, 2] {
        let answer = world.running.invoke("index-members", event.clone()).await.unwrap();
        assert_eq!(answer, json!({"indexed": indexed, "next": null}));
        assert_eq!(world.index(), world.right_index());
    }
    assert_eq!(world.items("organization")[0]["members_indexed"]["BOOL"], true);
    let mark = world.proxy.mark();
    for query in &queries {
        assert_eq!(names(&world, query, 1).await, ["Ana Unmistakable"], "{query}");
    }
    let partitions = world.proxy.since(mark).permissions();
    assert!(partitions.iter().all(|permission| permission.index.is_none()), "the list is not read");
}

#[tokio::test]
async fn only_an_organization_that_there_is_has_its_members_indexed() {
    let (world, _, _) = with_ana().await;
    let unknown = json!({"organization_id": "00000000-0000-4000-8000-000000000000"});
    let organization = world.items("organization")[0]["id"]["S"].clone();
    let elsewhere = json!({"organization_id": organization, "after": {"PK": "x"}});
    for (event, said) in
        [(unknown, "organization_id: "), (json!({"organization_id": "x"}), "organization_id: "), (elsewhere, "after: ")]
    {
        let refused = world.running.invoke("index-members", event).await.unwrap_err();
        assert!(format!("{refused:?}").contains(said), "{refused:?}");
    }
    assert!(world.index().is_empty());
}
