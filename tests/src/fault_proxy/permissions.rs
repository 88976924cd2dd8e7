//! What a call must be allowed to do, as IAM sees it.
//!
//! A transaction needs no action of its own: it is authorised by what it consists of. See
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html>.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, de::IgnoredAny};

/// One action on the table or on one of its indexes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Permission {
    /// The action, such as `dynamodb:ConditionCheckItem`.
    pub action: String,
    /// The index it is for; none: the table itself.
    pub index: Option<String>,
}

impl Permission {
    fn of_table(action: &str) -> Self {
        Self { action: format!("dynamodb:{action}"), index: None }
    }
}

#[derive(Deserialize)]
struct Query {
    #[serde(rename = "IndexName")]
    index: Option<String>,
}

#[derive(Deserialize)]
struct Transaction {
    /// Each action is an object of one member: the kind, and what it does.
    #[serde(rename = "TransactItems")]
    items: Vec<HashMap<String, IgnoredAny>>,
}

/// Reads what the call needs. What can't be read needs the action of its own name: no role has one for a transaction.
pub(super) fn needed(operation: &str, body: &[u8]) -> BTreeSet<Permission> {
    let read = match operation {
        "Query" | "Scan" => index(operation, body),
        "TransactWriteItems" | "TransactGetItems" => members(body),
        _ => None,
    };
    read.unwrap_or_else(|| BTreeSet::from([Permission::of_table(operation)]))
}

fn index(operation: &str, body: &[u8]) -> Option<BTreeSet<Permission>> {
    let Query { index } = serde_json::from_slice(body).ok()?;
    Some(BTreeSet::from([Permission { index, ..Permission::of_table(operation) }]))
}

fn members(body: &[u8]) -> Option<BTreeSet<Permission>> {
    let Transaction { items } = serde_json::from_slice(body).ok()?;
    let kinds = items.into_iter().flat_map(HashMap::into_keys);
    Some(kinds.map(|kind| Permission::of_table(&format!("{kind}Item"))).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn needs(operation: &str, body: &Value) -> Vec<(String, Option<String>)> {
        let needed = needed(operation, body.to_string().as_bytes());
        needed.into_iter().map(|permission| (permission.action, permission.index)).collect()
    }

    fn on_table(actions: &[&str]) -> Vec<(String, Option<String>)> {
        actions.iter().map(|action| (format!("dynamodb:{action}"), None)).collect()
    }

    #[test]
    fn a_transaction_needs_what_it_consists_of_and_each_once() {
        let kinds = ["Put", "Update", "Put", "Delete", "ConditionCheck"];
        let items: Vec<_> = kinds.iter().map(|kind| json!({*kind: {"TableName": "t"}})).collect();
        let expected = on_table(&["ConditionCheckItem", "DeleteItem", "PutItem", "UpdateItem"]);
        assert_eq!(needs("TransactWriteItems", &json!({"TransactItems": items})), expected);
        let reads = json!({"TransactItems": [{"Get": {"TableName": "t"}}]});
        assert_eq!(needs("TransactGetItems", &reads), on_table(&["GetItem"]));
    }

    #[test]
    fn a_query_is_of_the_table_or_of_one_index() {
        assert_eq!(needs("Query", &json!({"TableName": "t"})), on_table(&["Query"]));
        let of_index = needs("Query", &json!({"TableName": "t", "IndexName": "GSI1"}));
        assert_eq!(of_index, [("dynamodb:Query".to_owned(), Some("GSI1".to_owned()))]);
    }

    #[test]
    fn every_other_call_needs_the_action_of_its_name() {
        for operation in ["GetItem", "BatchGetItem", "UpdateItem", "PutItem", "DeleteItem"] {
            assert_eq!(needs(operation, &json!({"TableName": "t"})), on_table(&[operation]));
        }
        assert_eq!(needs("TransactWriteItems", &json!(1)), on_table(&["TransactWriteItems"]));
    }
}
