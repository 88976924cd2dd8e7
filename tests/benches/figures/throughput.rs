//! How many registrations a second, beside the bare transaction of the same items: what the code around it costs.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use aws_sdk_dynamodb::{
    Client,
    types::{AttributeValue, Put, TransactWriteItem, Update},
};
use futures::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};
use shared::domain::redemption::Ending;
use tests::sdk;

use crate::{
    quiet::{Quiet, stranger},
    report::{Section, progress},
};

/// Rounds; in each the three take turns, so that what else the machine does strikes all alike.
const ROUNDS: usize = 7;
/// Registrations in each run. The engine slows as it fills, so each run has a fresh one.
const PEOPLE: usize = 300;
/// Registrations under way at one time.
const AT_ONCE: usize = 16;
/// Seats of the link: 64 lots, and room for all.
const SEATS: u64 = 5_000;

type Items = Vec<(String, [Value; 3])>;

/// Measures the three.
pub async fn measure() -> Result<Section> {
    let mut of_store = Vec::new();
    let mut of_operation = Vec::new();
    for round in 1..=ROUNDS {
        progress(&format!("throughput: round {round} of {ROUNDS}, {PEOPLE} registrations in three ways"));
        let (by_store, items) = store().await?;
        let bare = bare(&items).await?.as_secs_f64();
        of_store.push(bare / by_store.as_secs_f64());
        of_operation.push(bare / operation().await?.as_secs_f64());
    }
    let row = |what: &str, mut shares: Vec<f64>| {
        shares.sort_unstable_by(f64::total_cmp);
        let (least, most) = (shares[0], shares[ROUNDS - 1]);
        vec![what.to_owned(), format!("{:.2}", shares[ROUNDS / 2]), format!("{least:.2} to {most:.2}")]
    };
    Ok(Section {
        name: "throughput",
        columns: vec!["Registrations a second, against the bare transaction", "Median", "Range"],
        rows: vec![
            vec!["bare `TransactWriteItems` of the same four items".to_owned(), "1".to_owned(), "–".to_owned()],
            row("the store's redeem, door read included", of_store),
            row("the operation redeem-link, its limit counter included", of_operation),
        ],
        note: format!(
            "{ROUNDS} rounds of {PEOPLE} registrations, {AT_ONCE} at a time, each run on a fresh engine. The engine works one \
             call after the other, so every further call costs throughput here; DynamoDB would serve them side by side."
        ),
    })
}

async fn store() -> Result<(Duration, Items)> {
    let quiet = Quiet::start(SEATS, false, &[]).await?;
    let code = quiet.code.hash();
    let began = Instant::now();
    let work = (0..PEOPLE).map(|number| {
        let (quiet, code) = (&quiet, &code);
        async move {
            let door = quiet.door().await?;
            let redeemed = quiet.store().redeem(code, door, &stranger(number)?.into()).await?;
            anyhow::ensure!(redeemed.ending == Ending::Seated, "not seated: {:?}", redeemed.ending);
            Ok(())
        }
    });
    at_once(work).await?;
    let took = began.elapsed();
    Ok((took, written(&quiet)?))
}

/// Per person, the lot they sit in and the items that were written for them.
fn written(quiet: &Quiet) -> Result<Items> {
    let contents = quiet.engine.contents()?;
    let mails = contents.values().filter(|item| item["entity"]["S"] == "mail" && item["kind"]["S"] == "registration");
    let mut items = Vec::new();
    for mail in mails {
        let partition = format!("MEMBER#{}", mail["member"]["S"].as_str().context("a mail has a member")?);
        let of_member = contents.range((partition.clone(), String::new())..=(partition.clone(), "~".to_owned()));
        let of_member: Vec<_> = of_member.map(|(_, item)| item.clone()).collect();
        let [enrollment, member] = of_member.as_slice() else { anyhow::bail!("not one enrollment of {partition}") };
        let number: u32 = enrollment["lot"]["N"].as_str().context("an enrollment has a lot")?.parse()?;
        let link = enrollment["link"]["S"].as_str().context("an enrollment has a link")?;
        items.push((format!("LOT#{link}#{number:02}"), [enrollment.clone(), member.clone(), mail.clone()]));
    }
    Ok(items)
}

async fn bare(items: &Items) -> Result<Duration> {
    let quiet = Quiet::start(SEATS, false, &[]).await?;
    let client = sdk::dynamodb(quiet.engine.endpoint(), sdk::Patience::default());
    let table = quiet.engine.table();
    let requests: Vec<_> = items.iter().map(|(lot, items)| transaction(table, lot, items)).collect::<Result<_>>()?;
    let began = Instant::now();
    at_once(requests.into_iter().map(|request| send(&client, request))).await?;
    Ok(began.elapsed())
}

async fn send(client: &Client, items: Vec<TransactWriteItem>) -> Result<()> {
    client.transact_write_items().set_transact_items(Some(items)).send().await?;
    Ok(())
}

fn transaction(table: &str, lot: &str, items: &[Value; 3]) -> Result<Vec<TransactWriteItem>> {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let number = |number: i64| AttributeValue::N(number.to_string());
    let seat = Update::builder()
        .table_name(table)
        .key("PK", text(lot))
        .key("SK", text("LOT"))
        .update_expression("ADD taken :one, reserved :one")
        .condition_expression("attribute_not_exists(gate) OR taken < seats")
        .expression_attribute_values(":one", number(1))
        .build()?;
    let mut writes = vec![TransactWriteItem::builder().update(seat).build()];
    for item in items {
        let mut put = Put::builder().table_name(table).condition_expression("attribute_not_exists(PK)");
        for (name, value) in item.as_object().context("an item is an object")? {
            put = put.item(name, attribute(value)?);
        }
        writes.push(TransactWriteItem::builder().put(put.build()?).build());
    }
    Ok(writes)
}

/// DynamoDB JSON as the SDK's value, as far as these items go.
fn attribute(value: &Value) -> Result<AttributeValue> {
    let (kind, value) = value.as_object().and_then(|of| of.iter().next()).context("an attribute has one type")?;
    let text = || value.as_str().map(str::to_owned).context("a text");
    Ok(match kind.as_str() {
        "S" => AttributeValue::S(text()?),
        "N" => AttributeValue::N(text()?),
        other => anyhow::bail!("an item of a registration has no {other}"),
    })
}

async fn operation() -> Result<Duration> {
    let quiet = Quiet::start(SEATS, false, &[]).await?;
    let began = Instant::now();
    let work = (0..PEOPLE).map(|number| {
        let quiet = &quiet;
        async move {
            let answer = quiet.running.invoke("redeem-link", event(quiet.code.reveal(), number)).await?;
            anyhow::ensure!(answer["statusCode"] == 202, "{answer}");
            Ok(())
        }
    });
    at_once(work).await?;
    Ok(began.elapsed())
}

/// The event of API Gateway, as far as the operation reads it.
fn event(code: &str, number: usize) -> Value {
    json!({
        "version": "2.0",
        "routeKey": "POST /v1/join/{code}",
        "rawPath": "/", "rawQueryString": "",
        "headers": {"content-type": "application/json"},
        "pathParameters": {"code": code},
        "requestContext": {
            "accountId": "1", "apiId": "1", "stage": "$default", "requestId": "1",
            "routeKey": "POST /v1/join/{code}", "time": "22/Nov/2026:07:00:45 +0000", "timeEpoch": 1,
            "http": {
                "method": "POST", "path": "/", "protocol": "HTTP/1.1", "sourceIp": "203.0.113.7", "userAgent": "",
            },
        },
        "body": json!({"name": "Some Body", "email": format!("worker{number}@example.com")}).to_string(),
        "isBase64Encoded": false,
    })
}

async fn at_once(work: impl IntoIterator<Item = impl Future<Output = Result<()>>>) -> Result<()> {
    stream::iter(work).buffer_unordered(AT_ONCE).try_collect::<()>().await
}
