//! The proxy before the embedded engine, through the real SDK.

mod conflicts;
mod losses;
mod record;

use std::time::{Duration, Instant};

use aws_sdk_dynamodb::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
    operation::transact_write_items::{TransactWriteItemsError, TransactWriteItemsOutput},
    types::{
        AttributeValue, CancellationReason, ConditionCheck, Put, ReturnConsumedCapacity, TransactWriteItem, Update,
    },
};
use serde_json::{Value, json};

use super::*;
use crate::{
    engine::Engine,
    sdk::{Patience, dynamodb},
};

fn table() -> Value {
    let text = |name: &str| json!({"AttributeName": name, "AttributeType": "S"});
    let key = |name: &str, kind: &str| json!({"AttributeName": name, "KeyType": kind});
    let keys = |hash: &str, range: &str| {
        let (hash, range) = (key(hash, "HASH"), key(range, "RANGE"));
        json!([hash, range])
    };
    json!({
        "TableName": "table",
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [text("PK"), text("SK"), text("GSI1PK"), text("GSI1SK")],
        "KeySchema": keys("PK", "SK"),
        "GlobalSecondaryIndexes": [{
            "IndexName": "GSI1", "KeySchema": keys("GSI1PK", "GSI1SK"), "Projection": {"ProjectionType": "ALL"},
        }],
    })
}

fn s(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

/// Adds one to `n` of an item.
fn add(pk: &str) -> TransactWriteItem {
    let update = Update::builder().table_name("table").key("PK", s(pk)).key("SK", s("x"));
    let update =
        update.update_expression("ADD n :one").expression_attribute_values(":one", AttributeValue::N("1".into()));
    TransactWriteItem::builder().update(update.build().unwrap()).build()
}

fn put(pk: &str) -> TransactWriteItem {
    let put = Put::builder().table_name("table").item("PK", s(pk)).item("SK", s("x"));
    TransactWriteItem::builder().put(put.build().unwrap()).build()
}

fn check(pk: &str) -> TransactWriteItem {
    let check = ConditionCheck::builder().table_name("table").key("PK", s(pk)).key("SK", s("x"));
    let check = check.condition_expression("attribute_not_exists(nothing)");
    TransactWriteItem::builder().condition_check(check.build().unwrap()).build()
}

type Transacted = Result<TransactWriteItemsOutput, SdkError<TransactWriteItemsError>>;

async fn transact<const N: usize>(client: &Client, items: [TransactWriteItem; N]) -> Transacted {
    client.transact_write_items().set_transact_items(Some(items.into())).send().await
}

async fn read(client: &Client, pk: &str) -> Option<i64> {
    let got = client.get_item().table_name("table").key("PK", s(pk)).key("SK", s("x")).consistent_read(true);
    let item = got.send().await.unwrap().item?;
    Some(item.get("n")?.as_n().unwrap().parse().unwrap())
}

fn codes(result: Transacted) -> Vec<String> {
    let Err(SdkError::ServiceError(error)) = result else { panic!("not refused: {result:?}") };
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = error.into_err() else { panic!("other") };
    let code = |reason: &CancellationReason| reason.code().unwrap_or_default().to_owned();
    cancelled.cancellation_reasons().iter().map(code).collect()
}

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

struct Bench {
    engine: Engine,
    proxy: FaultProxy,
}

fn bench() -> Bench {
    let engine = Engine::memory(&table()).unwrap();
    let proxy = FaultProxy::start(engine.endpoint(), 1).unwrap();
    Bench { engine, proxy }
}

impl Bench {
    fn client(&self) -> Client {
        dynamodb(&self.proxy.endpoint(), Patience::default())
    }

    fn single_minded(&self) -> Client {
        dynamodb(&self.proxy.endpoint(), Patience::once())
    }

    fn impatient(&self) -> Client {
        dynamodb(&self.proxy.endpoint(), Patience { attempt_timeout: ms(100), ..Patience::once() })
    }
}
