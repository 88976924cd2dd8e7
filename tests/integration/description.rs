//! `docs/openapi.yaml` says what there is. That requests and answers are as it says is checked with every call of every test.

use std::collections::{BTreeMap, BTreeSet};

use functions::http::ApiError;
use hyper::Method;
use local::{
    Template,
    template::{self, find_in_project},
};
use serde_json::json;
use tests::{Description, World, fault_proxy::FaultPlan};

/// `redeem-link` is `redeemLink`.
pub fn operation_id(operation: &str) -> String {
    let mut words = operation.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |id, word| id + &word[..1].to_uppercase() + &word[1..])
}

#[test]
fn the_description_has_the_routes_of_the_template_and_no_others() {
    let parameters = template::parameters("http://localhost", "a@example.com");
    let template = Template::load(&find_in_project("template.yaml"), &parameters).unwrap();
    let routes = template.functions.iter().flat_map(|function| {
        let id = operation_id(&function.operation);
        function.routes.iter().map(move |route| (route.path.clone(), route.method.clone(), id.clone()))
    });
    let described = Description::get().operations().iter().cloned();
    let described = described.map(|operation| (operation.path, operation.method, operation.id));
    assert_eq!(described.collect::<BTreeSet<_>>(), routes.collect());
}

#[test]
fn the_description_has_the_error_codes_of_the_handlers_each_with_its_status() {
    let description = Description::get();
    let known: BTreeMap<&str, u16> = ApiError::CODES.iter().map(|(code, status)| (*code, status.as_u16())).collect();
    let listed = description.at("/components/schemas/ErrorCode/enum").unwrap().as_array().unwrap();
    assert_eq!(
        listed.iter().map(|code| code.as_str().unwrap()).collect::<BTreeSet<_>>(),
        known.keys().copied().collect()
    );
    let mut used = BTreeSet::new();
    for operation in description.operations() {
        for status in description.statuses(operation).filter(|status| *status >= 400) {
            let codes = description.codes(operation, status);
            // The gateway throttles every operation, and tells so in its own words.
            assert!(!codes.is_empty() || status == 429, "{} names no code for {status}", operation.id);
            for code in codes {
                assert_eq!(known.get(code), Some(&status), "{}: {code}", operation.id);
                used.insert(code);
            }
        }
    }
    assert_eq!(used, known.keys().copied().collect(), "a code that no operation names");
}

#[test]
fn every_example_of_the_description_is_valid() {
    let (examples, faults) = Description::get().faults_of_examples();
    assert!(examples > 40, "{examples} examples were found");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn each_operation_asks_for_the_session_that_the_description_says() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    let member = world.sign_in("ana@example.com").await;
    for operation in Description::get().operations() {
        let role = Description::get().role(operation);
        assert_eq!(role.is_none(), Description::get().is_open(operation), "{}: {role:?}", operation.id);
        let path = operation.path.replace("{code}", &link.code);
        let path = path.replace("{id}", &link.id).replace("{member}", "00000000-0000-4000-8000-000000000000");
        let path = path.replace("{delivery}", "00000000-0000-4000-8000-000000000000").replace("{link}", &link.id);
        let call = || {
            let method = Method::from_bytes(operation.method.as_bytes()).unwrap();
            world.client.call(method, &path).json(&json!({}))
        };
        let code = call().await.error_code();
        assert_eq!(code == "unauthenticated", role.is_some(), "{} without a session: {code}", operation.id);
        // Ends the session.
        if operation.id != "signOut" {
            let code = call().bearer(&member).await.error_code();
            assert_eq!(code == "forbidden", role == Some("admin"), "{} as a member: {code}", operation.id);
        }
        assert!(matches!(role, None | Some("admin" | "member")), "{}: {role:?}", operation.id);
    }
}

#[tokio::test]
async fn each_operation_tells_that_it_cannot_read_the_request_or_reach_the_table() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    for operation in Description::get().operations() {
        let path = operation.path.replace("{code}", &link.code).replace("{id}", &link.id).replace("{member}", &link.id);
        let path = path.replace("{delivery}", &link.id).replace("{link}", &link.id).replace("{hash}", &"0".repeat(64));
        let call = |query: &str| {
            let method = Method::from_bytes(operation.method.as_bytes()).unwrap();
            let call = world.client.call(method, &format!("{path}{query}"));
            // Who is nobody's caller needs no session, and a session too many would be another fault.
            let call = if Description::get().is_open(operation) { call } else { call.bearer(&world.admin) };
            match Description::get().body_example(operation) {
                Some(("text/csv", file)) => call.body("text/csv", file.as_str().unwrap()),
                Some((_, body)) => call.json(body),
                None => call,
            }
        };
        let endless = format!("?limit={}", "1".repeat(20_000));
        let answer = call(&endless).await;
        assert_eq!((answer.status.as_u16(), answer.error_code().as_str()), (400, "malformed"), "{}", operation.id);
        world.proxy.set_plan(FaultPlan { throttle: 1.0, ..FaultPlan::default() });
        let answer = call("").await;
        world.proxy.set_plan(FaultPlan::default());
        assert_eq!((answer.status.as_u16(), answer.error_code().as_str()), (503, "unavailable"), "{}", operation.id);
        assert_eq!(answer.header("retry-after"), "1", "{}", operation.id);
    }
}
