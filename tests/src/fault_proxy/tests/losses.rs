//! Calls, answers and processes that are lost, and throughput that runs out.

use super::*;

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
    let client = bench.single_minded();
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
    while bench.proxy.items_held() > 0 {
        tokio::time::sleep(ms(5)).await;
    }
    assert_eq!(bench.engine.contents().unwrap().len(), 1);
}

#[tokio::test]
async fn throttles_are_told_apart_as_dynamodb_tells_them() {
    let bench = bench();
    let client = bench.single_minded();
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
    let client = bench.single_minded();
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
            let client = bench.single_minded();
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
