//! Which items a call touches, read out of its DynamoDB JSON.

use std::collections::HashMap;

use serde::Deserialize;

/// An item: table, partition key, sort key.
pub(super) type ItemKey = (String, String, String);

/// What a call does to items, as far as conflicts go.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Touched {
    /// `TransactWriteItems`: a key per position (`None` where it could not be read) and the request token.
    Transaction { keys: Vec<Option<ItemKey>>, token: Option<String> },
    /// `TransactGetItems`.
    TransactionalRead { keys: Vec<Option<ItemKey>> },
    /// One `PutItem`, `UpdateItem` or `DeleteItem`.
    Single(ItemKey),
    /// `BatchWriteItem`.
    Batch(Vec<ItemKey>),
    /// Nothing that conflicts.
    Nothing,
}

#[derive(Deserialize)]
struct Text {
    #[serde(rename = "S")]
    s: String,
}

#[derive(Deserialize)]
struct Key {
    #[serde(rename = "PK")]
    pk: Text,
    #[serde(rename = "SK")]
    sk: Text,
}

/// A write of any kind: `Put` and `PutItem` have the key in their item, all others in `Key`.
#[derive(Deserialize)]
struct Write {
    #[serde(rename = "TableName")]
    table: Option<String>,
    #[serde(rename = "Key", alias = "Item")]
    key: Key,
}

impl Write {
    fn key(self, table: Option<&str>) -> Option<ItemKey> {
        let table = self.table.or_else(|| table.map(str::to_owned))?;
        Some((table, self.key.pk.s, self.key.sk.s))
    }
}

#[derive(Deserialize)]
struct Transaction {
    /// Each action is an object of one member: the kind, and what it does.
    #[serde(rename = "TransactItems")]
    items: Vec<HashMap<String, Write>>,
    #[serde(rename = "ClientRequestToken")]
    token: Option<String>,
}

impl Transaction {
    fn keys(items: Vec<HashMap<String, Write>>) -> Vec<Option<ItemKey>> {
        items.into_iter().map(|item| item.into_values().next().and_then(|write| write.key(None))).collect()
    }
}

#[derive(Deserialize)]
struct Batch {
    #[serde(rename = "RequestItems")]
    tables: HashMap<String, Vec<HashMap<String, Write>>>,
}

/// Reads which items the call touches. What can't be read touches nothing: the engine will refuse it.
pub(super) fn read(operation: &str, body: &[u8]) -> Touched {
    parse(operation, body).unwrap_or(Touched::Nothing)
}

fn parse(operation: &str, body: &[u8]) -> Option<Touched> {
    Some(match operation {
        "TransactWriteItems" => {
            let Transaction { items, token } = serde_json::from_slice(body).ok()?;
            Touched::Transaction { keys: Transaction::keys(items), token }
        }
        "TransactGetItems" => {
            let Transaction { items, .. } = serde_json::from_slice(body).ok()?;
            Touched::TransactionalRead { keys: Transaction::keys(items) }
        }
        "PutItem" | "UpdateItem" | "DeleteItem" => {
            Touched::Single(serde_json::from_slice::<Write>(body).ok()?.key(None)?)
        }
        "BatchWriteItem" => {
            let Batch { tables } = serde_json::from_slice(body).ok()?;
            let keys = tables.into_iter().flat_map(|(table, writes)| {
                let writes = writes.into_iter().flat_map(HashMap::into_values);
                writes.filter_map(|write| write.key(Some(&table))).collect::<Vec<_>>()
            });
            Touched::Batch(keys.collect())
        }
        _ => Touched::Nothing,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn key(pk: &str, sk: &str) -> ItemKey {
        ("t".to_owned(), pk.to_owned(), sk.to_owned())
    }

    #[test]
    fn a_transaction_touches_every_item_it_names() {
        let at = |pk: &str| json!({"PK": {"S": pk}, "SK": {"S": "s"}});
        let body = json!({
            "ClientRequestToken": "token",
            "TransactItems": [
                {"Put": {"TableName": "t", "Item": {"PK": {"S": "a"}, "SK": {"S": "s"}, "n": {"N": "1"}}}},
                {"Update": {"TableName": "t", "Key": at("b"), "UpdateExpression": "SET n = n"}},
                {"Delete": {"TableName": "t", "Key": at("c")}},
                {"ConditionCheck": {"TableName": "t", "Key": at("d"), "ConditionExpression": "x"}},
            ],
        });
        let expected = Touched::Transaction {
            keys: ["a", "b", "c", "d"].map(|pk| Some(key(pk, "s"))).into(),
            token: Some("token".to_owned()),
        };
        assert_eq!(read("TransactWriteItems", body.to_string().as_bytes()), expected);
    }

    #[test]
    fn single_writes_and_batches_touch_what_they_write() {
        let put = json!({"TableName": "t", "Item": {"SK": {"S": "s"}, "PK": {"S": "a"}}}).to_string();
        assert_eq!(read("PutItem", put.as_bytes()), Touched::Single(key("a", "s")));
        let batch = json!({"RequestItems": {"t": [
            {"PutRequest": {"Item": {"PK": {"S": "a"}, "SK": {"S": "s"}}}},
            {"DeleteRequest": {"Key": {"PK": {"S": "b"}, "SK": {"S": "s"}}}},
        ]}})
        .to_string();
        assert_eq!(read("BatchWriteItem", batch.as_bytes()), Touched::Batch(vec![key("a", "s"), key("b", "s")]));
        assert_eq!(read("GetItem", put.as_bytes()), Touched::Nothing);
        assert_eq!(read("PutItem", b"{"), Touched::Nothing);
    }
}
