//! A count and the list it leads to agree.

use serde_json::{Value, json};
use tests::World;

use crate::granting::people;

/// All entries of a list, page by page.
async fn all(world: &World, path: &str, field: &str) -> Vec<Value> {
    let (mut entries, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = world.get(&format!("{path}&limit=1{cursor}")).await.expect_status(200).json();
        let of_page = page[field].as_array().unwrap();
        assert!(of_page.len() <= 1);
        entries.extend(of_page.iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return entries,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_state_of_a_link_lists_as_many_people_as_it_counts() {
    let (world, links, _) = people().await;
    for link in [&links.approval, &links.instant, &links.full] {
        let counts = world.stats(link).await["by_state"].clone();
        for (state, count) in counts.as_object().unwrap() {
            let listed = all(&world, &format!("/v1/links/{}/stats?state={state}", link.id), "enrollments").await;
            assert!(listed.iter().all(|one| one["state"] == state.as_str()), "{listed:?}");
            assert_eq!(json!(listed.len()), *count, "{state}");
        }
        let path = format!("/v1/links/{}/stats?state=gone", link.id);
        assert_eq!(world.get(&path).await.expect_status(422).error_code(), "invalid_fields");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_access_lists_as_many_members_as_the_list_and_the_overview_count() {
    let (world, _, _) = people().await;
    let file = "name,email\nImported Granted,in@example.com\n";
    let upload = |access: &str| {
        let path = format!("/v1/jobs/imports?access={access}");
        world.client.call("POST".parse().unwrap(), &path).body("text/csv", file.as_bytes().to_vec())
    };
    let job = upload("pending").bearer(&world.admin).await.expect_status(202).json();
    world.ended_job(job["id"].as_str().unwrap()).await;
    let counts = world.get("/v1/members?counts=true&limit=1&access=revoked").await.expect_status(200).json();
    let counts = counts["counts"].clone();
    for (access, counted) in counts.as_object().unwrap() {
        let listed = all(&world, &format!("/v1/members?access={access}"), "members").await;
        assert_eq!(json!({"count": listed.len(), "more": false}), *counted, "{access}");
        let admins = listed.iter().filter(|member| member["role"] == "admin").count();
        assert_eq!(admins, usize::from(access == "granted"), "an admin is listed as what they are");
    }
    let without = all(&world, "/v1/members?access=without", "members").await;
    let counted = ["unverified", "rejected", "pending"].map(|access| counts[access]["count"].as_u64().unwrap());
    assert_eq!(json!(without.len()), counted.iter().sum::<u64>());
    assert_eq!(counts["rejected"]["count"], 1);
    assert!(without.iter().any(|member| member["email"] == "in@example.com"), "who was imported waits too");
    assert_eq!(world.get("/v1/overview").await.expect_status(200).json()["members"], counts);
    let plain = world.get("/v1/members?limit=1").await.expect_status(200).json();
    assert!(plain.get("counts").is_none(), "counting is asked for");
    world.get("/v1/members?counts=yes").await.expect_status(422);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_outcome_of_a_job_lists_as_many_rows_as_it_counts() {
    let (world, _, _) = people().await;
    let id = world.start_grants(json!({"access": "without"})).await;
    let counts = world.ended_job(&id).await["outcomes"].clone();
    assert!(counts.as_object().unwrap().len() > 2, "{counts}");
    for (outcome, count) in counts.as_object().unwrap() {
        let rows = all(&world, &format!("/v1/jobs/{id}/report?outcome={outcome}"), "rows").await;
        assert!(rows.iter().all(|row| row["outcome"] == outcome.as_str()), "{rows:?}");
        assert_eq!(json!(rows.len()), *count, "{outcome}");
    }
    assert_eq!(all(&world, &format!("/v1/jobs/{id}/report?outcome=invalid"), "rows").await, Vec::<Value>::new());
    let path = format!("/v1/jobs/{id}/report?outcome=lost");
    assert_eq!(world.get(&path).await.expect_status(422).error_code(), "invalid_fields");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_tells_who_uses_it_and_the_overview_counts_links_that_give_a_deleted_one() {
    let (world, links, site) = people().await;
    let unused = world.site().await.0;
    let gone = world.link(json!({"allocation": {"sites": [site]}})).await;
    world.delete(&format!("/v1/links/{}", gone.id)).await.expect_status(204);
    let pending = world.member_id("pending@example.com").await;
    assert_eq!(world.grant(&pending).await, "granted");

    let usage = world.get(&format!("/v1/units/{site}/usage")).await.expect_status(200).json();
    let giving: Vec<_> = usage["links"].as_array().unwrap().iter().map(|link| link["id"].clone()).collect();
    assert_eq!(giving, [json!(links.instant.id), json!(links.approval.id)], "newest first, without the deleted one");
    assert_eq!((&usage["more_links"], &usage["members"]), (&json!(false), &json!({"count": 1, "more": false})));
    let members = all(&world, &format!("/v1/members?unit={site}"), "members").await;
    assert_eq!(members.len(), 1);
    let nothing = json!({"links": [], "more_links": false, "members": {"count": 0, "more": false}, "jobs": []});
    for id in [&unused, "99999999-9999-4999-8999-999999999999"] {
        assert_eq!(world.get(&format!("/v1/units/{id}/usage")).await.expect_status(200).json(), nothing);
    }

    let gaps = async || world.get("/v1/overview").await.expect_status(200).json()["links_with_deleted_units"].clone();
    assert_eq!(gaps().await, 0);
    world.delete(&format!("/v1/units/{site}")).await.expect_status(204);
    assert_eq!(gaps().await, 2);
    let usage = world.get(&format!("/v1/units/{site}/usage")).await.expect_status(200).json();
    assert_eq!(usage["links"].as_array().unwrap().len(), 2, "it is still told once it is deleted");
    world.delete(&format!("/v1/links/{}", links.instant.id)).await.expect_status(204);
    assert_eq!(gaps().await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_tells_of_jobs_for_it_that_are_not_done() {
    let world = World::start_without_stream(|_| {}).await;
    let (site, _) = world.site().await;
    let id = world.start_grants(json!({"access": "without", "unit": site})).await;
    let usage = world.get(&format!("/v1/units/{site}/usage")).await.expect_status(200).json();
    assert_eq!(usage["jobs"][0]["id"], id.as_str());
}
