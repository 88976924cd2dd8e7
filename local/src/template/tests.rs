//! The project's own template, and what is refused.

use std::time::Duration;

use super::*;

fn here() -> BTreeMap<String, String> {
    parameters("http://localhost:3000", "mail@localhost")
}

fn ours() -> Template {
    Template::load(&find_in_project("template.yaml"), &here()).unwrap()
}

#[test]
fn the_projects_template_is_understood() {
    let template = ours();
    assert_eq!(template.table.name, "access-links-Table");
    assert_eq!(template.table.key, KeyDefinition { partition: "PK".into(), sort: Some("SK".into()) });
    assert_eq!(template.table.indexes.len(), 2);
    assert_eq!(template.table.time_to_live.as_deref(), Some("delete_after"));
    let redeem = template.function("redeem-link").unwrap();
    assert_eq!(redeem.routes, [Route { method: "POST".into(), path: "/v1/join/{code}".into() }]);
    assert_eq!(redeem.timeout, Duration::from_secs(10));
    let mail = template.function("send-mail").unwrap();
    assert!(mail.streams[0].reports_failures && mail.streams[0].bisect && mail.streams[0].filters.len() == 1);
    let sweep = template.function("sweep-expired").unwrap();
    assert_eq!(sweep.schedules[0].every, Duration::from_secs(300));
    let environment = template.environment().unwrap();
    assert_eq!(environment["TABLE_NAME"], "access-links-Table");
    assert_eq!(environment["BASE_URL"], "http://localhost:3000");
    assert_eq!(environment["SES_CONFIGURATION_SET"], "access-links-MailConfigurationSet");
}

#[test]
fn the_template_and_the_operations_are_one_list() {
    let mismatches = ours().mismatches(functions::operations::ALL);
    assert!(mismatches.is_empty(), "{mismatches:?}");
}

#[test]
fn every_role_of_the_template_is_without_scan_and_wildcard_actions() {
    let text = std::fs::read_to_string(find_in_project("template.yaml")).unwrap();
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        assert!(!line.contains("dynamodb:Scan") && !line.contains(":*\""), "{line}");
    }
}

const SMALL: &str = "
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{ AttributeName: PK, AttributeType: S }]
      KeySchema: [{ AttributeName: PK, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
  GetLinkFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: target/lambda/get-link
      Events:
        Http: { Type: HttpApi, Properties: { Method: get, Path: '/v1/links/{id}' } }
";

fn refusal(from: &str, to: &str) -> String {
    let text = SMALL.replace(from, to);
    assert_ne!(text, SMALL, "nothing was replaced");
    format!("{:#}", Template::parse(&text, &BTreeMap::new()).unwrap_err())
}

#[test]
fn what_is_not_understood_is_refused_by_line_and_name() {
    Template::parse(SMALL, &BTreeMap::new()).unwrap();
    for (from, to, parts) in [
        ("Type: HttpApi", "Type: Api", ["function `GetLinkFunction`: event `Http`: line 14", "type `Api`"]),
        ("'/v1/links/{id}'", "'/v1/{id+}'", ["line 14", "`{id+}`"]),
        ("lambda/get-link", "lambda/list-links", ["line 10", "`ListLinksFunction`"]),
        ("CodeUri: target/lambda/get-link", "CodeUri: .", ["line 12", "`target/lambda/`"]),
        ("CodeUri: target/lambda/get-link", "Timeout: 3", ["line 12", "`CodeUri` is missing"]),
        ("Type: AWS::DynamoDB::Table", "Type: AWS::SQS::Queue", ["no resource of type", "AWS::DynamoDB::Table"]),
        ("KeyType: HASH", "KeyType: RANGE", ["table `Table`", "without a HASH"]),
        ("Method: get, ", "", ["event `Http`", "`Method` is missing"]),
    ] {
        let message = refusal(from, to);
        assert!(parts.iter().all(|part| message.contains(part)), "{message}");
    }
}

#[test]
fn only_rates_are_schedules_and_only_known_filters_are_filters() {
    let event = |kind: &str, properties: &str| {
        refusal(
            "Http: { Type: HttpApi, Properties: { Method: get, Path: '/v1/links/{id}' } }",
            &format!("E: {{ Type: {kind}, Properties: {properties} }}"),
        )
    };
    assert!(event("ScheduleV2", "{ ScheduleExpression: cron(0 * * * ? *) }").contains("`cron(0 * * * ? *)`"));
    assert!(event("DynamoDB", "{ Stream: !GetAtt Other.StreamArn }").contains("`Other` is not a resource"));
    assert!(event("DynamoDB", "{ Stream: !GetAtt Table.StreamArn, Tumbling: 1 }").contains("`Tumbling`"));
}

#[test]
fn a_function_without_operation_and_an_operation_without_function_are_named() {
    let template = Template::parse(SMALL, &BTreeMap::new()).unwrap();
    let operation = functions::Operation {
        name: "fly",
        creates_once: false,
        invoke: |_, _| Box::pin(async { Ok(serde_json::Value::Null) }),
    };
    let mismatches = template.mismatches(&[operation]);
    assert_eq!(mismatches.len(), 2);
    assert!(mismatches[0].contains("`get-link`") && mismatches[1].contains("`fly`"), "{mismatches:?}");
}
