//! A small system of made-up operations, end to end: routes, stream, schedule, mail, restart.

use std::{path::Path, sync::atomic::AtomicUsize, time::Duration};

use aws_sdk_dynamodb::types::AttributeValue;
use lambda_runtime::LambdaEvent;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::*;
use crate::{options::FirstOrganization, template::find_in_project};

const TEMPLATE: &str = r#"
Parameters: { BaseUrl: { Type: String }, MailFrom: { Type: String } }
Globals:
  Function:
    Timeout: 1
    Environment: { Variables: { TABLE_NAME: !Ref Table, BASE_URL: !Ref BaseUrl, MAIL_FROM: !Ref MailFrom } }
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{ AttributeName: PK, AttributeType: S }, { AttributeName: G, AttributeType: S }]
      KeySchema: [{ AttributeName: PK, KeyType: HASH }]
      GlobalSecondaryIndexes:
        - IndexName: GSI1
          KeySchema: [{ AttributeName: G, KeyType: HASH }]
          Projection: { ProjectionType: KEYS_ONLY }
      TimeToLiveSpecification: { AttributeName: delete_after, Enabled: true }
      StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }
  EchoFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: target/lambda/echo
      Events:
        Http: { Type: HttpApi, Properties: { Method: POST, Path: '/v1/echo/{word}' } }
        Fixed: { Type: HttpApi, Properties: { Method: POST, Path: /v1/echo/fixed } }
  FailFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: target/lambda/fail
      Events: { Http: { Type: HttpApi, Properties: { Method: GET, Path: '/v1/fail/{how}' } } }
  CollectFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: target/lambda/collect
      Events:
        Stream:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Table.StreamArn
            StartingPosition: TRIM_HORIZON
            BatchSize: 5
            MaximumRetryAttempts: 2
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"entity":{"S":["mail"]}}}}' }] }
        Rate: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day) } }
"#;

/// What `collect` has seen. One test uses it, so that a static is no shared state between tests.
static SEEN: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());
static STUMBLES: AtomicUsize = AtomicUsize::new(0);

const OPERATIONS: [Operation; 3] = [
    Operation { name: "echo", creates_once: false, invoke: |_, event| Box::pin(echo(event)) },
    Operation { name: "fail", creates_once: false, invoke: |_, event| Box::pin(fail(event)) },
    Operation { name: "collect", creates_once: false, invoke: |_, event| Box::pin(collect(event)) },
];

async fn echo(event: LambdaEvent<Value>) -> Result<Value, lambda_runtime::Error> {
    let body = json!({"route": event.payload["routeKey"], "word": event.payload["pathParameters"]["word"]});
    Ok(json!({"statusCode": 201, "headers": {"content-type": "application/json"}, "body": body.to_string()}))
}

async fn fail(event: LambdaEvent<Value>) -> Result<Value, lambda_runtime::Error> {
    match event.payload["pathParameters"]["how"].as_str() {
        Some("panic") => panic!("as asked"),
        Some("hang") => std::future::pending().await,
        _ => Err("as asked".into()),
    }
}

/// Fails on `stumble` once, and on `poison` always.
async fn collect(event: LambdaEvent<Value>) -> Result<Value, lambda_runtime::Error> {
    let Some(records) = event.payload["Records"].as_array() else {
        SEEN.lock().unwrap().push(event.payload["detail-type"].as_str().unwrap().to_owned());
        return Ok(Value::Null);
    };
    assert!(records.len() <= 5);
    for record in records {
        let key = record["dynamodb"]["Keys"]["PK"]["S"].as_str().unwrap();
        let stumbles = key == "stumble" && STUMBLES.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0;
        if stumbles || key == "poison" {
            return Ok(json!({"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}));
        }
        SEEN.lock().unwrap().push(key.to_owned());
    }
    Ok(json!({"batchItemFailures": []}))
}

fn options(folder: &Path) -> Options {
    let template = folder.join("template.yaml");
    std::fs::write(&template, TEMPLATE).unwrap();
    Options { template, data: Data::Folder(folder.join("data")), ..Options::for_tests() }
}

async fn request(running: &Running, head: &str, body: &str) -> (u16, String) {
    send(&running.base_url, head, "Host: localhost\r\n", body).await
}

async fn send(origin: &str, head: &str, headers: &str, body: &str) -> (u16, String) {
    let address = origin.replace("http://", "").replace("localhost", "127.0.0.1");
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let text = format!("{head} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}");
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
}

async fn start_error(options: Options) -> String {
    let error = System::start(options, &OPERATIONS).await.err().expect("the start must fail");
    let message = format!("{error:#}");
    assert!(!message.contains('\n'), "{message}");
    message
}

#[tokio::test]
async fn requests_reach_their_functions_and_failures_are_api_gateways() {
    let folder = tempfile::tempdir().unwrap();
    let running = System::start(options(folder.path()), &OPERATIONS).await.unwrap();
    let (status, answer) = request(&running, "POST /v1/echo/a%20b", "").await;
    assert_eq!(status, 201);
    assert!(answer.contains(r#"{"route":"POST /v1/echo/{word}","word":"a b"}"#), "{answer}");
    assert!(request(&running, "POST /v1/echo/fixed", "").await.1.contains(r#""route":"POST /v1/echo/fixed""#));
    for (head, status, text) in [
        ("GET /v1/echo/a", 404, "{\"message\":\"Not Found\"}"),
        ("POST /v1/echo/", 404, "{\"message\":\"Not Found\"}"),
        ("GET /v1", 404, "{\"message\":\"Not Found\"}"),
        ("GET /v1/fail/panic", 500, "{\"message\":\"Internal Server Error\"}"),
        ("GET /v1/fail/error", 500, "{\"message\":\"Internal Server Error\"}"),
        ("GET /v1/fail/hang", 500, "{\"message\":\"Internal Server Error\"}"),
        ("GET /", 200, "<title>Training</title>"),
        ("GET /nothing", 404, "Page not found"),
        ("GET /dev/mail", 200, "No emails yet"),
        ("GET /dev/mail.json", 200, "[]"),
        ("GET /dev/other", 404, "Not found"),
    ] {
        let (got, answer) = request(&running, head, "").await;
        assert_eq!(got, status, "{head}");
        assert!(answer.contains(text), "{head}: {answer}");
    }
    for head in ["GET /v1/echo/a", "GET /v1/fail/error"] {
        let answer = request(&running, head, "").await.1.to_ascii_lowercase();
        for (name, value) in functions::http::ALWAYS {
            assert!(answer.contains(&format!("\r\n{name}: {value}\r\n").to_ascii_lowercase()), "{head}: {answer}");
        }
    }
    let large = "x".repeat(10 * 1024 * 1024 + 1);
    assert_eq!(request(&running, "POST /v1/echo/a", &large).await.0, 413);
    running.shutdown().await;
}

#[tokio::test]
async fn the_stream_and_the_schedule_call_their_functions_and_a_restart_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let running = System::start(options(folder.path()), &OPERATIONS).await.unwrap();
    put(&running, "mail", &["a", "stumble"]).await;
    put(&running, "link", &["skipped"]).await;
    put(&running, "mail", &["poison"]).await;
    let letters = folder.path().join("data/dead-letters.jsonl");
    until(|| letters.exists()).await;
    put(&running, "mail", &["c"]).await;
    until(|| SEEN.lock().unwrap().len() == 3).await;
    running.run_schedule("collect").await.unwrap();
    running.shutdown().await;

    let running = System::start(options(folder.path()), &OPERATIONS).await.unwrap();
    put(&running, "mail", &["d"]).await;
    until(|| SEEN.lock().unwrap().len() >= 5).await;
    assert_eq!(*SEEN.lock().unwrap(), ["a", "stumble", "c", "Scheduled Event", "d"]);
    assert_eq!(std::fs::read_to_string(letters).unwrap().lines().count(), 1);
    running.shutdown().await;
}

#[tokio::test]
async fn the_first_start_makes_an_organization_and_the_second_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        let data = Data::Folder(folder.path().join("data"));
        let organization = Some(FirstOrganization::default());
        System::start(Options { data, organization, ..Options::for_tests() }, functions::operations::ALL)
    };
    let running = start().await.unwrap();
    let link = running.first_login_link().await.unwrap().expect("this is the first start");
    assert!(link.starts_with(&format!("{}/sign-in?t=", running.base_url)), "{link}");
    running.run_schedule("sweep-expired").await.unwrap();
    running.shutdown().await;
    let running = start().await.unwrap();
    assert_eq!(running.first_login_link().await.unwrap(), None);
    assert_eq!(running.mailbox.count().unwrap(), 1);
    running.shutdown().await;
}

async fn put(running: &Running, entity: &str, keys: &[&str]) {
    let client = clients::dynamodb(&running.dynamodb_endpoint, &running.access);
    for key in keys {
        let put = client.put_item().table_name(&running.table).item("PK", AttributeValue::S((*key).to_owned()));
        put.item("entity", AttributeValue::S(entity.to_owned())).send().await.unwrap();
    }
}

async fn until(done: impl Fn() -> bool) {
    for _ in 0..1000 {
        if done() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it did not happen in ten seconds");
}

#[tokio::test]
async fn mail_reaches_the_mailbox_through_the_real_client_and_stays() {
    use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message};
    let folder = tempfile::tempdir().unwrap();
    let running = System::start(options(folder.path()), &OPERATIONS).await.unwrap();
    let content = |text: &str| Content::builder().data(text).charset("UTF-8").build().unwrap();
    let body = Body::builder().text(content("Go to http://localhost:3000/x now")).html(content("<p>Go</p>")).build();
    let message = Message::builder().subject(content("Hello")).body(body).build();
    let client = aws_sdk_sesv2::Client::new(&running.access.sdk(&running.ses_endpoint));
    let send = |to: &str| {
        client
            .send_email()
            .from_email_address("mail@example.com")
            .destination(Destination::builder().to_addresses(to).build())
            .content(EmailContent::builder().simple(message.clone()).build())
            .configuration_set_name("set")
            .send()
    };
    let sent = send("Ada@example.com").await.unwrap();
    assert!(send("nobody").await.is_err(), "that is no address");
    let mailbox = running.mailbox.clone();
    running.shutdown().await;
    drop(mailbox);
    let running = System::start(options(folder.path()), &OPERATIONS).await.unwrap();
    let messages = running.mailbox.wait_for("ada@example.com", 1, Duration::from_secs(1)).await.unwrap();
    assert_eq!(messages.len(), 1);
    assert_eq!(Some(messages[0].id.as_str()), sent.message_id());
    assert_eq!(messages[0].first_link(), Some("http://localhost:3000/x"));
    assert!(request(&running, "GET /dev/mail?to=ADA@example.com", "").await.1.contains("Hello"));
    assert!(request(&running, "GET /dev/mail.json?to=bob@example.com", "").await.1.ends_with("[]"));
    running.shutdown().await;
}

#[tokio::test]
async fn whatever_is_missing_or_broken_at_the_start_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let running = System::start(options(folder.path()), &OPERATIONS).await.unwrap();
    let port = running.base_url.rsplit(':').next().unwrap().parse().unwrap();
    let taken = Options { port, ..options(folder.path()) };
    assert!(start_error(taken).await.contains("choose another --port"));
    assert!(start_error(options(folder.path())).await.contains("in use"));
    running.shutdown().await;

    let missing = Options { template: folder.path().join("no.yaml"), ..options(folder.path()) };
    assert!(start_error(missing).await.contains("--template"));
    let ours = Options { template: find_in_project("template.yaml"), ..options(folder.path()) };
    assert!(start_error(ours).await.contains("do not have the same operations"));
    let web = Options { web: folder.path().to_owned(), ..options(folder.path()) };
    assert!(start_error(web).await.contains("--web"));
    let other = options(folder.path());
    std::fs::write(&other.template, TEMPLATE.replace("KEYS_ONLY", "ALL")).unwrap();
    assert!(start_error(other).await.contains("its index GSI1 differs"));
    std::fs::write(folder.path().join("data/table.sqlite"), "hello").unwrap();
    assert!(start_error(options(folder.path())).await.contains("was not created by this system"));
    let nobody = Options { dynamodb_endpoint: Some("http://127.0.0.1:9".to_owned()), ..options(folder.path()) };
    assert!(start_error(nobody).await.contains("http://127.0.0.1:9"));
}

/// The calls that each service of AWS takes here, with a body that it can read.
fn calls() -> [(String, &'static str, &'static str); 3] {
    let json = "Content-Type: application/x-amz-json-1.0\r\n";
    let put = r#"{"Entries":[{"Source":"x","DetailType":"y","Detail":"{}"}]}"#;
    let mail = r#"{"FromEmailAddress":"a@example.com","Destination":{"ToAddresses":["b@example.com"]},
        "Content":{"Simple":{"Subject":{"Data":"x"},"Body":{"Text":{"Data":"y"}}}}}"#;
    [
        (format!("{json}X-Amz-Target: DynamoDB_20120810.ListTables\r\n"), "POST /", "{}"),
        (String::new(), "POST /v2/email/outbound-emails", mail),
        (format!("{json}X-Amz-Target: AWSEvents.PutEvents\r\n"), "POST /", put),
    ]
}

#[tokio::test]
async fn the_services_behind_the_system_answer_no_page_of_any_site_and_nobody_without_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let running = System::start(options(folder.path()), &OPERATIONS).await.unwrap();
    let endpoints =
        [&running.dynamodb_endpoint, &running.ses_endpoint, &running.eventbridge_endpoint].map(Clone::clone);
    let signed = |key: &str| {
        let credential = format!("Credential={key}/20261122/eu-central-1/x/aws4_request");
        format!("Authorization: AWS4-HMAC-SHA256 {credential}, SignedHeaders=host, Signature=ab\r\n")
    };
    let ours = signed(running.access.key());
    for (endpoint, (headers, head, body)) in endpoints.iter().zip(calls()) {
        let port = endpoint.rsplit(':').next().unwrap();
        let call = |more: String| {
            let headers = format!("{headers}{more}");
            async move { send(endpoint, head, &headers, body).await }
        };
        let local = format!("Host: 127.0.0.1:{port}\r\n");
        let (status, answer) = call(format!("{local}{ours}")).await;
        assert_eq!(status, 200, "{endpoint}: {answer}");
        for (hostile, why) in [
            (local.clone(), "no key"),
            (format!("{local}Authorization: Bearer x\r\n"), "no signature"),
            (format!("{local}{}", signed("local")), "a key that everybody knows"),
            (format!("{local}{}", signed("LOCAL0123456789ABCDEF")), "a key of another start"),
            (format!("Host: evil.example:{port}\r\n{ours}"), "a name of somebody else's for this machine"),
            (format!("Host: 127.0.0.1.evil.example\r\n{ours}"), "a name that begins like this machine's"),
            (format!("{local}{ours}Origin: https://evil.example\r\n"), "a page of another site"),
            (format!("{local}{ours}Origin: {}\r\n", running.base_url), "a page of this site"),
            (format!("{local}{ours}Sec-Fetch-Site: cross-site\r\n"), "a form of another site"),
        ] {
            let (status, answer) = call(hostile).await;
            assert_eq!(status, 403, "{endpoint}, {why}: {answer}");
            assert!(!answer.to_ascii_lowercase().contains("access-control"), "{endpoint}, {why}: {answer}");
        }
        // What a browser asks before a page of another site may call.
        let asked = "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n\
                     Access-Control-Request-Headers: authorization,x-amz-target\r\n";
        let (status, answer) = send(endpoint, "OPTIONS /", &format!("{local}{asked}"), "").await;
        assert_eq!(status, 403, "{answer}");
        assert!(!answer.to_ascii_lowercase().contains("access-control"), "{answer}");
    }
    assert_eq!(running.mailbox.count().unwrap(), 1, "the one mail that was sent with the key");
    running.shutdown().await;
}

#[tokio::test]
async fn pages_api_and_mailbox_are_served_under_the_names_of_this_machine_and_the_public_origin_alone() {
    let folder = tempfile::tempdir().unwrap();
    let base_url = Some("https://tunnel.example".to_owned());
    let running = System::start(Options { base_url, ..options(folder.path()) }, &OPERATIONS).await.unwrap();
    let origin = format!("http://127.0.0.1:{}", running.port);
    let status = |host: &'static str, head: &'static str| {
        let origin = origin.clone();
        async move { send(&origin, head, &format!("Host: {host}\r\n"), "").await.0 }
    };
    for host in ["localhost:3000", "127.0.0.1", "[::1]:3000", "tunnel.example", "Tunnel.Example:443"] {
        assert_eq!(status(host, "GET /").await, 200, "{host}");
        assert_eq!(status(host, "POST /v1/echo/a").await, 201, "{host}");
    }
    assert_eq!(status("localhost", "GET /dev/mail").await, 200);
    assert_eq!(status("tunnel.example", "GET /dev/mail").await, 404, "the mailbox is for this machine");
    for host in ["evil.example", "evil.example:3000", "localhost.evil.example", "tunnel.example.evil.example", ""] {
        for head in ["GET /", "POST /v1/echo/a", "GET /dev/mail"] {
            assert_eq!(status(host, head).await, 421, "{host} {head}");
        }
    }
    running.shutdown().await;
}
