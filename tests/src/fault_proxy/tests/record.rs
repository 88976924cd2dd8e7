//! What the proxy counts, and that it changes nothing by itself.

use super::*;

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
async fn the_capacity_a_client_asks_for_itself_is_left_as_it_asked() {
    let bench = bench();
    let client = bench.client();
    let put = client.put_item().table_name("table").item("PK", s("a")).item("SK", s("x"));
    let put = put.return_consumed_capacity(ReturnConsumedCapacity::None).send().await.unwrap();
    assert!(put.consumed_capacity().is_none());
}
