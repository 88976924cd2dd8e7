//! What a client is told when the table takes longer than a function may run.

use futures::future::join_all;
use hyper::Method;
use local::Options;
use serde_json::json;
use tests::{Description, World, fault_proxy::FaultPlan};

/// With the time limits of the template, which are what these tests are about.
fn at_full_speed(options: &mut Options) {
    options.slowness = 1;
    options.environment.remove("REDEMPTION_BUDGET_MS");
}

/// Every call to the table is swallowed, of these operations or of all.
fn silent(operations: Vec<&'static str>) -> FaultPlan {
    FaultPlan { swallow: 1.0, operations, ..FaultPlan::default() }
}

#[tokio::test]
async fn every_operation_says_that_it_is_busy_before_its_function_is_cut_off() {
    let world = World::start_without_stream(at_full_speed).await;
    let link = world.link(json!({})).await;
    world.proxy.set_plan(silent(Vec::new()));
    let calls = Description::get().operations().iter().map(|operation| {
        let path = operation.path.replace("{code}", &link.code).replace("{id}", &link.id).replace("{member}", &link.id);
        let path = path.replace("{delivery}", &link.id).replace("{link}", &link.id).replace("{hash}", &"0".repeat(64));
        let call = world.client.call(Method::from_bytes(operation.method.as_bytes()).unwrap(), &path);
        let call = if Description::get().role(operation).is_none() { call } else { call.bearer(&world.admin) };
        let call = match Description::get().body_example(operation) {
            Some(("text/csv", file)) => call.body("text/csv", file.as_str().unwrap().to_owned()),
            Some((_, body)) => call.json(body),
            None => call,
        };
        async move {
            let answer = call.await;
            let told = (answer.status.as_u16(), answer.error_code(), answer.header("retry-after").to_owned());
            assert_eq!(told, (503, "unavailable".to_owned(), "1".to_owned()), "{}", operation.id);
        }
    });
    join_all(calls).await;
}

#[tokio::test]
async fn a_registration_whose_answer_came_too_late_is_told_to_try_again_and_takes_one_seat() {
    let world = World::start_without_stream(at_full_speed).await;
    let link = world.link(json!({"cap": 5})).await;
    world.proxy.set_plan(FaultPlan { lose_answer: 1.0, ..silent(vec!["TransactWriteItems"]) });
    let late = world.register(&link.code, "ana@example.com").await.expect_status(503);
    assert_eq!(late.error_code(), "unavailable");
    world.proxy.set_plan(FaultPlan {
        swallow: 0.0,
        lose_answer: 1.0,
        operations: vec!["TransactWriteItems"],
        ..FaultPlan::default()
    });
    let _ = world.register(&link.code, "bea@example.com").await;
    world.proxy.set_plan(FaultPlan::default());
    for email in ["ana@example.com", "bea@example.com"] {
        let _ = world.register(&link.code, email).await.expect_status(202);
    }
    assert_eq!(world.stats(&link).await["link"]["seats"]["taken"], 2);
    world.check_books(&link);
}
