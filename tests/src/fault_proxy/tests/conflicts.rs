//! Transactions that meet, and exact interleavings.

use super::*;

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
    bench.proxy.set_plan(FaultPlan::conflicts(ms(1)..=ms(1)));
    let client = bench.client();
    let mut first = bench.proxy.hold_next_at("TransactWriteItems", Moment::Holding);
    let (checked, second) = tokio::join!(transact(&client, [check("door"), put("a")]), async {
        first.reached().await;
        let second = transact(&client, [put("b"), check("door")]).await;
        first.release();
        second
    });
    checked.unwrap();
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
