//! An operation has one name everywhere: in the list of handlers, in the template, as a binary, and in `events/`.

use std::collections::{BTreeMap, BTreeSet};

use local::{
    Template,
    template::{find_in_project, parameters},
};
use serde_json::Value;

use crate::events;

fn template() -> Template {
    let parameters = parameters("http://localhost", "a@example.com");
    Template::load(&find_in_project("template.yaml"), &parameters).unwrap()
}

fn operations() -> BTreeSet<String> {
    functions::operations::ALL.iter().map(|operation| operation.name.to_owned()).collect()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(find_in_project(path)).unwrap()
}

#[test]
fn the_template_and_the_handlers_are_one_list() {
    assert_eq!(template().mismatches(functions::operations::ALL), [""; 0]);
    assert_eq!(operations().len(), functions::operations::ALL.len(), "two operations have one name");
    assert_eq!(template().functions.len(), functions::operations::ALL.len());
}

#[test]
fn the_sam_cli_builds_no_function_of_the_template() {
    let text = read("template.yaml");
    let functions = text.matches("Type: AWS::Serverless::Function\n").count();
    assert_eq!(functions, operations().len());
    assert_eq!(text.matches("    Metadata: { SkipBuild: true }\n").count(), functions, "one build makes them all");
}

#[test]
fn each_operation_is_a_binary_of_its_own_and_runs_nothing_else() {
    let manifest = read("functions/Cargo.toml");
    let binaries = manifest.split("[[bin]]").skip(1).map(|section| {
        let section = section.split("\n[").next().unwrap();
        let fields = section.lines().filter_map(|line| line.split_once(" = "));
        fields.map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned())).collect::<BTreeMap<_, _>>()
    });
    let mut names = BTreeSet::new();
    for binary in binaries {
        let name = binary["name"].clone();
        assert_eq!(binary["path"], format!("src/bin/{name}.rs"));
        let source = read(&format!("functions/{}", binary["path"]));
        let operation = format!("functions::operations::{}::OPERATION", name.replace('-', "_"));
        assert!(source.contains(&operation), "{name} runs another operation");
        assert!(events::binary(&name).is_file(), "{name} is not built for the tests");
        names.insert(name);
    }
    assert_eq!(names, operations());
    let files = std::fs::read_dir(find_in_project("functions/src/bin")).unwrap();
    let files = files.map(|file| file.unwrap().file_name().to_str().unwrap().replace(".rs", ""));
    assert_eq!(files.collect::<BTreeSet<_>>(), names);
}

#[test]
fn each_operation_has_a_plain_sample_event_and_each_event_an_operation() {
    let plain = events::all().into_iter().filter(|event| event.name == event.operation).map(|event| event.name);
    assert_eq!(plain.collect::<BTreeSet<_>>(), operations());
    for event in events::all() {
        assert!(operations().contains(&event.operation), "events/{}.json is for no operation", event.name);
    }
}

#[test]
fn each_sample_event_is_one_that_its_function_can_be_called_with() {
    let template = template();
    for event in events::all() {
        let (name, payload) = (&event.name, &event.payload);
        let function = template.function(&event.operation).unwrap();
        let routes: Vec<_> = function.routes.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
        if payload.get("requestContext").is_none() {
            assert!(routes.is_empty(), "{name}: {routes:?} deliver other events");
            let stream = payload.get("Records").is_some();
            assert_eq!(stream, !function.streams.is_empty(), "{name}: the stream delivers other events");
            let schedule = payload["detail-type"] == "Scheduled Event";
            assert_eq!(schedule, !function.schedules.is_empty(), "{name}: the schedule delivers other events");
            continue;
        }
        let route = payload["routeKey"].as_str().unwrap();
        assert!(routes.iter().any(|known| known == route), "{name}: {route} is not one of {routes:?}");
        let context = &payload["requestContext"];
        assert_eq!(context["routeKey"], route, "{name}");
        assert_eq!(context["http"]["path"], payload["rawPath"], "{name}");
        assert_eq!(context["http"]["method"], route.split(' ').next().unwrap(), "{name}");
        assert_eq!(filled_in(route, &payload["pathParameters"]), payload["rawPath"], "{name}");
        assert_eq!(payload["queryStringParameters"].is_object(), payload["rawQueryString"] != "", "{name}");
    }
}

/// The path of a route with its parameters filled in.
fn filled_in(route: &str, parameters: &Value) -> String {
    let mut path = route.split(' ').next_back().unwrap().to_owned();
    for (name, value) in parameters.as_object().into_iter().flatten() {
        path = path.replace(&format!("{{{name}}}"), value.as_str().unwrap());
    }
    path
}
