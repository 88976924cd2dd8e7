//! What a page of a job asks of the table: fifty people in one unit, granted through an approval link or brought in from a file.

use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::json;
use tests::{World, fault_proxy::FaultPlan};

use crate::operations::Line;

/// People on a page.
const PAGE: usize = 50;

/// As a line of the operations' table each: the whole call of work-jobs, from claiming the job to ending it.
pub async fn lines(latency: Duration) -> Vec<Line> {
    let world = World::start_without_stream(|_| {}).await;
    let (site, _) = world.site().await;
    let link = world.link(json!({"admission": "approval", "allocation": {"sites": [site]}})).await;
    let people = (0..PAGE).map(|number| {
        let (world, code) = (&world, &link.code);
        async move { world.register(code, &format!("p{number}@example.com")).await.expect_status(202) }
    });
    join_all(people).await;
    // What the index takes to show them is over.
    world.clock.advance(TimeDelta::seconds(5));
    world.proxy.set_plan(FaultPlan::latency(latency));
    let started = world.proxy.mark();
    let id = world.start_grants(json!({"link": link.id})).await;
    let start_grants = world.proxy.since(started);
    world.clock.advance(TimeDelta::seconds(5));
    let grants = world.proxy.mark();
    assert!(world.work().await);
    let grants = world.proxy.since(grants);
    assert_eq!(world.job(&id).await["outcomes"], json!({"granted": PAGE}));

    let mut file = String::from("name,email,sites\n");
    for number in 0..PAGE {
        file.push_str(&format!("Worker,q{number}@example.com,{site}\n"));
    }
    let upload = world.client.call("POST".parse().expect("a method"), "/v1/jobs/imports?access=granted");
    let started = world.proxy.mark();
    let job = upload.body("text/csv", file).bearer(&world.admin).await.expect_status(202).json();
    let start_import = world.proxy.since(started);
    let imports = world.proxy.mark();
    assert!(world.work().await);
    let imports = world.proxy.since(imports);
    let job = world.job(job["id"].as_str().expect("an id")).await;
    assert_eq!(job["outcomes"], json!({"created": PAGE}));
    let line = |what, calls| Line { what, calls, limited: false };
    vec![
        line("start-grants: by link, 64 lots", start_grants),
        line("work-jobs: 50 people granted in 1 unit", grants),
        line("start-import: 50 rows", start_import),
        line("work-jobs: 50 people imported in 1 unit", imports),
    ]
}
