//! Batches of records to a function: retries, splitting, partial answers, dead letters.
//!
//! See <https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html>.

use std::{collections::VecDeque, io::Write, path::PathBuf, time::Duration};

use chrono::{SecondsFormat, Utc};
use serde_json::{Value, json};

use super::record::Record;
use crate::{invoker::Invoker, template::StreamTrigger};

/// The pause before the first retry; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

pub(super) struct Delivery {
    invoker: Invoker,
    retries: Option<u32>,
    bisect: bool,
    reports_failures: bool,
    dead_letters: PathBuf,
}

/// A batch on its way, and how often it has failed.
struct Batch {
    records: Vec<Record>,
    failures: u32,
}

/// What a call came to.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    /// The records from this position on are to come again.
    FailedFrom(usize),
    Failed,
}

impl Delivery {
    pub(super) fn new(invoker: Invoker, trigger: &StreamTrigger, dead_letters: PathBuf) -> Self {
        Self {
            invoker,
            retries: trigger.retries,
            bisect: trigger.bisect,
            reports_failures: trigger.reports_failures,
            dead_letters,
        }
    }

    pub(super) fn operation(&self) -> &'static str {
        self.invoker.operation()
    }

    /// Delivers records in order; comes back when each was taken, or became a dead letter.
    pub(super) async fn deliver(&self, shard: &str, records: Vec<Record>) {
        let mut waiting = VecDeque::from([Batch { records, failures: 0 }]);
        while let Some(mut batch) = waiting.pop_front() {
            if batch.records.is_empty() {
                continue;
            }
            let outcome = self.call(&batch.records).await;
            let failed_from = match outcome {
                Outcome::Done => continue,
                Outcome::FailedFrom(position) => position,
                Outcome::Failed => 0,
            };
            // What stands before the record that failed is done.
            batch.records.drain(..failed_from);
            let whole = failed_from == 0;
            if self.bisect && outcome == Outcome::Failed && batch.records.len() > 1 {
                // Splitting is no retry: it finds the one record that is at fault.
                let second = batch.records.split_off(batch.records.len() / 2);
                waiting.push_front(Batch { records: second, failures: batch.failures });
                waiting.push_front(batch);
                continue;
            }
            batch.failures = if whole { batch.failures + 1 } else { 1 };
            if self.retries.is_some_and(|retries| batch.failures > retries) {
                self.bury(shard, &batch);
                continue;
            }
            tokio::time::sleep(pause(batch.failures)).await;
            waiting.push_front(batch);
        }
    }

    async fn call(&self, records: &[Record]) -> Outcome {
        let events: Vec<&Value> = records.iter().map(|record| &record.event).collect();
        let request_id = uuid::Uuid::new_v4().to_string();
        match self.invoker.invoke(&request_id, json!({ "Records": events })).await {
            Err(_logged) => Outcome::Failed,
            Ok(_) if !self.reports_failures => Outcome::Done,
            Ok(answer) => outcome(&answer, records),
        }
    }

    /// Past its retries a batch is put aside: where it stands in the stream, not what it holds, as on AWS.
    fn bury(&self, shard: &str, batch: &Batch) {
        let (Some(first), Some(last)) = (batch.records.first(), batch.records.last()) else { return };
        let letter = json!({
            "operation": self.operation(),
            "at": Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
            "attempts": batch.failures,
            "shardId": shard,
            "startSequenceNumber": first.sequence,
            "endSequenceNumber": last.sequence,
            "batchSize": batch.records.len(),
        });
        tracing::error!(operation = self.operation(), records = batch.records.len(), "records became dead letters");
        let file = std::fs::OpenOptions::new().create(true).append(true).open(&self.dead_letters);
        if let Err(error) = file.and_then(|mut file| writeln!(file, "{letter}")) {
            tracing::error!(%error, "a dead letter can't be written");
        }
    }
}

fn pause(failures: u32) -> Duration {
    FIRST_PAUSE.saturating_mul(1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX)).min(LONGEST_PAUSE)
}

/// Reads `batchItemFailures`: the first failed record decides; what is not understood fails the batch.
fn outcome(answer: &Value, records: &[Record]) -> Outcome {
    let Some(list) = answer.get("batchItemFailures") else { return Outcome::Done };
    let failures = match list {
        Value::Null => return Outcome::Done,
        Value::Array(failures) if failures.is_empty() => return Outcome::Done,
        Value::Array(failures) => failures,
        _ => return Outcome::Failed,
    };
    let mut first = records.len();
    for failure in failures {
        let id = failure.get("itemIdentifier").and_then(Value::as_str);
        match id.and_then(|id| records.iter().position(|record| record.sequence == id)) {
            Some(position) => first = first.min(position),
            None => return Outcome::Failed,
        }
    }
    Outcome::FailedFrom(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(count: usize) -> Vec<Record> {
        (0..count).map(|n| Record { sequence: n.to_string(), event: Value::Null }).collect()
    }

    #[test]
    fn the_first_failed_record_decides_where_to_go_on() {
        let records = records(4);
        let failed = |ids: &[&str]| {
            let list: Vec<Value> = ids.iter().map(|id| json!({ "itemIdentifier": id })).collect();
            outcome(&json!({ "batchItemFailures": list }), &records)
        };
        assert_eq!(failed(&["3", "1"]), Outcome::FailedFrom(1));
        assert_eq!(failed(&[]), Outcome::Done);
        assert_eq!(failed(&["9"]), Outcome::Failed);
        assert_eq!(outcome(&Value::Null, &records), Outcome::Done);
        assert_eq!(outcome(&json!({"batchItemFailures": [{"itemIdentifier": ""}]}), &records), Outcome::Failed);
    }

    #[test]
    fn pauses_grow_and_are_bounded() {
        assert_eq!(pause(1), Duration::from_millis(100));
        assert_eq!(pause(3), Duration::from_millis(400));
        assert_eq!(pause(1000), LONGEST_PAUSE);
    }
}
