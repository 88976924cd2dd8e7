//! The proxy before the embedded engine, through the real SDK.

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
    let keys = |hash: &str, range: &str| json!([{"AttributeName": hash, "KeyType": "HASH"}, {"AttributeName": range, "KeyType": "RANGE"}]);
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

    fn impatient(&self) -> Client {
        dynamodb(&self.proxy.endpoint(), Patience { attempt_timeout: ms(100), ..Patience::once() })
    }
}

#[tokio::test]
async fn without_a_plan_the_proxy_changes_nothing_and_counts_everything() {
    let bench = bench();
    let client = bench.client();
    let mark = bench.proxy.mark();
    let indexed = client.put_item().table_name("table").item("PK", s("a")).item("SK", s("x"));
    indexed.item("GSI1PK", s("g")).item("GSI1SK", s("g")).send().await.unwrap();
    transact(&client, [add("a"), put("b")]).await.unwrap();
    let reads = tokio::join!(read(&client, "a"), read(&client, "b"), read(&client, "c"));
    assert_eq!(reads, (Some(1), None, None));

    let calls = bench.proxy.since(mark);
    assert_eq!((calls.len(), calls.of("PutItem"), calls.of("TransactWriteItems"), calls.of("GetItem")), (5, 1, 1, 3));
    assert!(calls.depth() >= 3, "{}", calls.depth());
    assert_eq!(calls.by_fate().get(&Fate::Answered(200)), Some(&5));
    // One for the put and its index each; two for each item of the transaction, and the change of "a" in its index.
    let capacity = calls.capacity();
    assert_eq!((capacity.write_table, capacity.read_table), (5.0, 3.0), "{capacity:?}");
    assert!(capacity.write_indexes >= 1.0, "{capacity:?}");
    assert_eq!(bench.engine.contents().unwrap().len(), 2);
}

#[tokio::test]
async fn of_two_overlapping_transactions_one_is_cancelled_at_the_position_they_share() {
    let bench = bench();
    bench.proxy.set_plan(FaultPlan::conflicts(ms(20)..=ms(30)));
    let client = bench.client();
    let mut first = bench.proxy.hold_next_at("TransactWriteItems", Moment::Holding);
    let under_way = tokio::spawn({
        let client = client.clone();
        async move { transact(&client, [add("shared"), put("mine")]).await }
    });
    first.reached().await;
    assert_eq!(bench.proxy.items_held(), 2);
    assert_eq!(codes(transact(&client, [put("yours"), add("shared")]).await), ["None", "TransactionConflict"]);
    assert_eq!(codes(transact(&client, [check("mine"), put("yours")]).await), ["TransactionConflict", "None"]);
    let single = client.update_item().table_name("table").key("PK", s("shared")).key("SK", s("x"));
    let single = single.update_expression("REMOVE nothing").send().await.unwrap_err().into_service_error();
    assert!(single.is_transaction_conflict_exception(), "{single:?}");
    assert_eq!(read(&client, "shared").await, None, "a read is not in the way, and sees what is committed");
    first.release();
    under_way.await.unwrap().unwrap();
    assert_eq!(bench.proxy.items_held(), 0);
    transact(&client, [put("yours"), add("shared")]).await.unwrap();
    assert_eq!(read(&client, "shared").await, Some(2));
}

#[tokio::test]
async fn a_condition_check_holds_its_item_too() {
    let bench = bench();
    bench.proxy.set_plan(FaultPlan::conflicts(ms(60)..=ms(60)));
    let client = bench.client();
    let (first, second) = tokio::join!(transact(&client, [check("door"), put("a")]), async {
        tokio::time::sleep(ms(20)).await;
        transact(&client, [put("b"), check("door")]).await
    });
    first.unwrap();
    assert_eq!(codes(second), ["None", "TransactionConflict"]);
}

#[tokio::test]
async fn items_are_held_as_long_as_the_plan_says() {
    let bench = bench();
    bench.proxy.set_plan(FaultPlan::conflicts(ms(50)..=ms(50)));
    let client = bench.client();
    let begin = Instant::now();
    transact(&client, [put("a")]).await.unwrap();
    assert!(begin.elapsed() >= ms(50));
}

#[tokio::test]
async fn a_lost_answer_retried_by_the_sdk_applies_once() {
    for fault in [Fault::LoseAnswer, Fault::InternalError] {
        let bench = bench();
        bench.proxy.set_plan(FaultPlan::conflicts(ms(1)..=ms(2)));
        let client = bench.client();
        let mark = bench.proxy.mark();
        bench.proxy.fail_next("TransactWriteItems", fault);
        transact(&client, [add("a")]).await.unwrap();
        assert_eq!(bench.proxy.since(mark).of("TransactWriteItems"), 2, "{fault:?}");
        assert_eq!(read(&client, "a").await, Some(1), "{fault:?}");
    }
}

#[tokio::test]
async fn a_lost_answer_followed_by_a_fresh_attempt_applies_twice() {
    let bench = bench();
    let client = bench.impatient();
    bench.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer);
    let lost = transact(&client, [add("a")]).await.unwrap_err();
    assert!(matches!(lost, SdkError::DispatchFailure(_)), "{lost:?}");
    transact(&client, [add("a")]).await.unwrap();
    assert_eq!(read(&client, "a").await, Some(2));
}

#[tokio::test]
async fn a_swallowed_call_times_out_and_writes_nothing() {
    let bench = bench();
    bench.proxy.fail_next("TransactWriteItems", Fault::Swallow);
    let swallowed = transact(&bench.impatient(), [add("a")]).await.unwrap_err();
    assert!(matches!(swallowed, SdkError::TimeoutError(_)), "{swallowed:?}");
    assert!(bench.engine.contents().unwrap().is_empty());
}

#[tokio::test]
async fn a_client_that_gives_up_does_not_undo_its_write() {
    let bench = bench();
    bench.proxy.set_plan(FaultPlan::conflicts(ms(200)..=ms(200)));
    let gone = transact(&bench.impatient(), [add("a")]).await.unwrap_err();
    assert!(matches!(gone, SdkError::TimeoutError(_)), "{gone:?}");
    tokio::time::sleep(ms(200)).await;
    assert_eq!(bench.engine.contents().unwrap().len(), 1);
    assert_eq!(bench.proxy.items_held(), 0);
}

#[tokio::test]
async fn throttles_are_told_apart_as_dynamodb_tells_them() {
    let bench = bench();
    let client = dynamodb(&bench.proxy.endpoint(), Patience::once());
    bench.proxy.fail_next("TransactWriteItems", Fault::ThrottleItem(1));
    assert_eq!(codes(transact(&client, [add("a"), add("b")]).await), ["None", "ThrottlingError"]);
    for _ in 0..8 {
        bench.proxy.fail_next("TransactWriteItems", Fault::Throttle);
        let refused = transact(&client, [add("a")]).await.unwrap_err().into_service_error();
        let code = refused.code().unwrap_or_default();
        assert!(["ThrottlingException", "ProvisionedThroughputExceededException"].contains(&code), "{refused:?}");
    }
    assert!(bench.engine.contents().unwrap().is_empty());
    bench.proxy.fail_next("TransactWriteItems", Fault::Throttle);
    transact(&bench.client(), [add("a")]).await.expect("the SDK retries a throttled call by itself");
}

#[tokio::test]
async fn a_process_can_be_killed_at_every_boundary() {
    let bench = bench();
    let client = bench.impatient();
    let steps = async |client: &Client| -> Result<(), ()> {
        for pk in ["a", "b", "c"] {
            transact(client, [put(pk)]).await.map_err(drop)?;
        }
        Ok(())
    };
    let before = bench.proxy.calls_seen();
    steps(&client).await.unwrap();
    let boundaries = bench.proxy.calls_seen() - before;
    assert_eq!(boundaries, 3);

    for nth in 1..=boundaries {
        for (boundary, written) in [(Boundary::Before, nth - 1), (Boundary::After, nth)] {
            let bench = self::bench();
            let client = bench.impatient();
            bench.proxy.kill_at(nth, boundary);
            assert!(steps(&client).await.is_err());
            assert!(bench.proxy.is_dead());
            assert!(client.list_tables().send().await.is_err(), "the dead make no calls");
            assert_eq!(bench.engine.contents().unwrap().len() as u64, written, "{boundary:?} {nth}");
            bench.proxy.revive();
            steps(&client).await.unwrap();
            assert_eq!(bench.engine.contents().unwrap().len(), 3);
        }
    }
}

#[tokio::test]
async fn proxies_side_by_side_share_the_items_held_and_nothing_else() {
    let bench = bench();
    bench.proxy.set_plan(FaultPlan::conflicts(ms(10)..=ms(10)));
    let other = bench.proxy.beside(2).unwrap();
    other.set_plan(FaultPlan::conflicts(ms(10)..=ms(10)));
    let mut first = bench.proxy.hold_next_at("TransactWriteItems", Moment::Holding);
    let client = bench.client();
    let under_way = tokio::spawn(async move { transact(&client, [add("a")]).await });
    first.reached().await;
    bench.proxy.kill_at(0, Boundary::Before);
    let survivor = dynamodb(&other.endpoint(), Patience::once());
    assert_eq!(codes(transact(&survivor, [add("a")]).await), ["TransactionConflict"]);
    first.release();
    under_way.await.unwrap().unwrap_err();
    assert_eq!(read(&survivor, "a").await, Some(1), "what had left the process was applied");
    transact(&survivor, [add("a")]).await.unwrap();
}

#[tokio::test]
async fn a_test_can_put_an_edit_between_a_read_and_the_write_that_follows() {
    let bench = bench();
    let client = bench.client();
    let mut write = bench.proxy.hold_next(Matching::operation("TransactWriteItems").mentioning("late"));
    let late = tokio::spawn({
        let client = client.clone();
        async move { transact(&client, [add("late")]).await }
    });
    write.reached().await;
    transact(&client, [add("edit")]).await.unwrap();
    assert_eq!(read(&client, "late").await, None);
    write.release();
    late.await.unwrap().unwrap();
    assert_eq!(read(&client, "late").await, Some(1));
}

#[tokio::test]
async fn the_capacity_a_client_asks_for_itself_is_left_as_it_asked() {
    let bench = bench();
    let client = bench.client();
    let put = client.put_item().table_name("table").item("PK", s("a")).item("SK", s("x"));
    let put = put.return_consumed_capacity(ReturnConsumedCapacity::None).send().await.unwrap();
    assert!(put.consumed_capacity().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_counter_stays_exact_under_chance_faults_when_conflicts_are_retried() {
    const ADDS: i64 = 200;
    let bench = bench();
    bench.proxy.set_plan(FaultPlan { throttle: 0.05, ..FaultPlan::conflicts(ms(1)..=ms(3)) });
    let client = bench.client();
    let counters: Vec<String> = (0..16).map(|counter| format!("counter{counter}")).collect();
    let adds = (0..ADDS).map(|number| {
        let (client, counters) = (client.clone(), counters.clone());
        async move {
            let mut at = usize::try_from(number).unwrap();
            loop {
                match transact(&client, [add(&counters[at % counters.len()])]).await {
                    Ok(_) => return,
                    Err(_) => at += 7,
                }
            }
        }
    });
    futures::future::join_all(adds).await;
    let fates = bench.proxy.since(Mark::default()).by_fate();
    assert!(fates[&Fate::Conflicted] > 0 && fates[&Fate::Throttled] > 0, "{fates:?}");
    bench.proxy.set_plan(FaultPlan::default());
    let mut sum = 0;
    for counter in &counters {
        sum += read(&client, counter).await.unwrap_or(0);
    }
    assert_eq!(sum, ADDS);
}
