//! What passed through the proxy: how many calls, what they consumed, how deep they were chained.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::AddAssign,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use serde::Deserialize;

use super::permissions::Permission;

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// Answered with this HTTP status by the engine.
    Answered(u16),
    /// Refused by the proxy for a conflict.
    Conflicted,
    /// Refused by the proxy for throughput.
    Throttled,
    /// Swallowed before the engine.
    Swallowed,
    /// Applied by the engine, and the answer lost.
    AnswerLost,
    /// Cut off because the process behind it is taken for dead, or the engine gone.
    CutOff,
}

/// Capacity units, as the engine counted them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Capacity {
    /// Read units of tables.
    pub read_table: f64,
    /// Read units of indexes.
    pub read_indexes: f64,
    /// Write units of tables.
    pub write_table: f64,
    /// Write units of indexes.
    pub write_indexes: f64,
}

impl Capacity {
    /// Read units in all.
    #[must_use]
    pub fn read(&self) -> f64 {
        self.read_table + self.read_indexes
    }

    /// Write units in all.
    #[must_use]
    pub fn write(&self) -> f64 {
        self.write_table + self.write_indexes
    }
}

impl AddAssign for Capacity {
    fn add_assign(&mut self, other: Self) {
        self.read_table += other.read_table;
        self.read_indexes += other.read_indexes;
        self.write_table += other.write_table;
        self.write_indexes += other.write_indexes;
    }
}

/// One call that passed through.
#[derive(Debug, Clone)]
pub struct Call {
    /// The operation, such as `TransactWriteItems`.
    pub operation: String,
    /// When it arrived whole.
    pub started: Instant,
    /// When its answer was ready, or lost.
    pub ended: Instant,
    /// What became of it.
    pub fate: Fate,
    /// What it consumed; nothing where the engine did not say.
    pub capacity: Capacity,
    /// What it must be allowed to do, whatever became of it.
    pub permissions: BTreeSet<Permission>,
}

/// Calls in the order in which they ended.
#[derive(Debug, Clone, Default)]
pub struct Calls(Vec<Call>);

impl Calls {
    /// Every call.
    pub fn iter(&self) -> impl Iterator<Item = &Call> {
        self.0.iter()
    }

    /// How many calls.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there was none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many calls of this operation.
    #[must_use]
    pub fn of(&self, operation: &str) -> usize {
        self.iter().filter(|call| call.operation == operation).count()
    }

    /// How many calls of each operation.
    #[must_use]
    pub fn by_operation(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for call in self.iter() {
            *counts.entry(call.operation.clone()).or_default() += 1;
        }
        counts
    }

    /// How many calls met each fate.
    #[must_use]
    pub fn by_fate(&self) -> BTreeMap<Fate, usize> {
        let mut counts = BTreeMap::new();
        for call in self.iter() {
            *counts.entry(call.fate).or_default() += 1;
        }
        counts
    }

    /// What they must be allowed to do, together.
    #[must_use]
    pub fn permissions(&self) -> BTreeSet<Permission> {
        self.iter().flat_map(|call| call.permissions.iter().cloned()).collect()
    }

    /// What they consumed together.
    #[must_use]
    pub fn capacity(&self) -> Capacity {
        let mut sum = Capacity::default();
        for call in self.iter() {
            sum += call.capacity;
        }
        sum
    }

    /// Sequential round trips: the longest chain of calls each of which began after the one before had ended. Calls
    /// made side by side count once.
    #[must_use]
    pub fn depth(&self) -> usize {
        // The greedy choice, always the call that ends first, gives the longest chain of intervals apart.
        let mut calls: Vec<&Call> = self.0.iter().collect();
        calls.sort_by_key(|call| call.ended);
        let mut depth = 0;
        let mut last_end: Option<Instant> = None;
        for call in calls {
            if last_end.is_none_or(|end| call.started >= end) {
                depth += 1;
                last_end = Some(call.ended);
            }
        }
        depth
    }
}

/// A moment in the record, to ask later what came after it. The default is the beginning.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mark(usize);

/// Keeps the calls.
#[derive(Debug, Default)]
pub(super) struct Recorder(Mutex<Vec<Call>>);

impl Recorder {
    pub(super) fn record(&self, call: Call) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(call);
    }

    pub(super) fn mark(&self) -> Mark {
        Mark(self.0.lock().unwrap_or_else(PoisonError::into_inner).len())
    }

    pub(super) fn since(&self, mark: Mark) -> Calls {
        let calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Calls(calls.get(mark.0..).unwrap_or_default().to_vec())
    }
}

/// Operations that say what they consumed when they are asked to.
const METERED: [&str; 10] = [
    "GetItem",
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "Query",
    "Scan",
    "BatchGetItem",
    "BatchWriteItem",
    "TransactGetItems",
    "TransactWriteItems",
];

/// The request with the wish to know what it consumes, in all and per index, unless it has one already.
pub(super) fn ask_for_capacity(operation: &str, body: bytes::Bytes) -> bytes::Bytes {
    const WISH: &[u8] = br#"{"ReturnConsumedCapacity":"INDEXES","#;
    let asks = |text: &str| text.contains("\"ReturnConsumedCapacity\"");
    if !METERED.contains(&operation) || body.first() != Some(&b'{') || std::str::from_utf8(&body).is_ok_and(asks) {
        return body;
    }
    // A metered request always has members of its own, so the comma is right.
    [WISH, body.get(1..).unwrap_or_default()].concat().into()
}

#[derive(Deserialize)]
struct Metered {
    #[serde(rename = "ConsumedCapacity")]
    consumed: Option<OneOrMany>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(Consumed),
    Many(Vec<Consumed>),
}

#[derive(Deserialize)]
struct Consumed {
    #[serde(rename = "CapacityUnits")]
    units: f64,
    #[serde(rename = "ReadCapacityUnits")]
    read: Option<f64>,
    #[serde(rename = "WriteCapacityUnits")]
    write: Option<f64>,
    #[serde(rename = "GlobalSecondaryIndexes", default)]
    global: HashMap<String, Units>,
    #[serde(rename = "LocalSecondaryIndexes", default)]
    local: HashMap<String, Units>,
}

#[derive(Deserialize)]
struct Units {
    #[serde(rename = "CapacityUnits")]
    units: f64,
}

/// What the answer says was consumed. Units of a read operation are read units, of any other write units, unless the
/// answer itself says that it only read: the repetition of a transaction does.
pub(super) fn consumed(operation: &str, answer: &[u8]) -> Capacity {
    let mut sum = Capacity::default();
    let Ok(Metered { consumed: Some(consumed) }) = serde_json::from_slice(answer) else { return sum };
    let all = match consumed {
        OneOrMany::One(one) => vec![one],
        OneOrMany::Many(many) => many,
    };
    let reads = matches!(operation, "GetItem" | "Query" | "Scan" | "BatchGetItem" | "TransactGetItems");
    for one in all {
        let indexes: f64 = one.global.values().chain(one.local.values()).map(|index| index.units).sum();
        let only_read = one.write.is_none() && one.read.is_some();
        sum += match reads || only_read {
            true => Capacity { read_table: one.units - indexes, read_indexes: indexes, ..Capacity::default() },
            false => Capacity { write_table: one.units - indexes, write_indexes: indexes, ..Capacity::default() },
        };
    }
    sum
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn calls_side_by_side_count_once_in_the_depth() {
        let start = Instant::now();
        let call = |from: u64, to: u64| Call {
            operation: "GetItem".to_owned(),
            started: start + Duration::from_millis(from),
            ended: start + Duration::from_millis(to),
            fate: Fate::Answered(200),
            capacity: Capacity::default(),
            permissions: BTreeSet::new(),
        };
        assert_eq!(Calls::default().depth(), 0);
        assert_eq!(Calls(vec![call(0, 10), call(0, 4), call(1, 5)]).depth(), 1);
        assert_eq!(Calls(vec![call(0, 3), call(0, 4), call(5, 9)]).depth(), 2);
        assert_eq!(Calls(vec![call(0, 20), call(0, 3), call(4, 6), call(7, 9)]).depth(), 3);
    }

    #[test]
    fn capacity_is_split_into_table_and_indexes() {
        let answer = br#"{"ConsumedCapacity":[{"TableName":"t","CapacityUnits":7.0,"WriteCapacityUnits":7.0,
            "Table":{"CapacityUnits":4.0},"GlobalSecondaryIndexes":{"GSI1":{"CapacityUnits":3.0}}}]}"#;
        let expected = Capacity { write_table: 4.0, write_indexes: 3.0, ..Capacity::default() };
        assert_eq!(consumed("TransactWriteItems", answer), expected);
        assert_eq!(consumed("GetItem", br#"{"ConsumedCapacity":{"CapacityUnits":1.0}}"#).read(), 1.0);
        assert_eq!(consumed("GetItem", b"{}"), Capacity::default());
    }

    #[test]
    fn the_wish_for_capacity_is_added_once_and_only_where_it_is_known() {
        let ask = |operation: &str, body: &'static str| ask_for_capacity(operation, body.into());
        assert_eq!(ask("GetItem", r#"{"Key":1}"#), r#"{"ReturnConsumedCapacity":"INDEXES","Key":1}"#);
        assert_eq!(ask("GetItem", r#"{"ReturnConsumedCapacity":"NONE"}"#), r#"{"ReturnConsumedCapacity":"NONE"}"#);
        assert_eq!(ask("DescribeTable", "{}"), "{}");
    }
}
