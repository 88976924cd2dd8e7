//! The table's stream, fed to functions as Lambda's event source mapping does it.
//!
//! Records come in order, at least once. A failing batch is tried again from the record that failed, with growing
//! pauses, and holds up what is behind it; past its retries it becomes a line in the dead letters. Where reading stands
//! is kept in the data folder, so that a restart goes on from there.

mod checkpoint;
mod delivery;
mod record;

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use anyhow::{Context, Result};
use aws_sdk_dynamodbstreams::{Client, error::ProvideErrorMetadata, types::ShardIteratorType};
use serde_json::Value;
use tokio::task::JoinHandle;

use crate::{
    invoker::Invoker,
    rest::{Rest, Rounds},
    table::engine_error,
    template::{StartingPosition, StreamTrigger},
};
use checkpoint::Checkpoint;
use delivery::Delivery;

/// How long a read waits for the next one while records are coming; each empty read doubles it.
const SHORTEST_PAUSE: Duration = Duration::from_millis(10);
/// How long at most, so that a mail leaves within a blink.
const LONGEST_PAUSE: Duration = Duration::from_millis(100);
/// How many records one read asks for. DynamoDB gives up to a thousand; fewer keep this process small.
const RECORDS_PER_READ: i32 = 200;
/// How long after the engine did not answer.
const TROUBLE_PAUSE: Duration = Duration::from_secs(1);
/// How often to look for new shards, where a stream has more than one.
const SHARDS_AGE: Duration = Duration::from_secs(10);

/// What feeds one function from the stream.
pub struct Pump {
    client: Client,
    stream: String,
    trigger: StreamTrigger,
    delivery: Delivery,
    checkpoint: Checkpoint,
    readers: BTreeMap<String, Reader>,
    rest: Rest,
    rounds: Rounds,
}

/// Where reading stands in one shard.
struct Reader {
    parent: Option<String>,
    /// None before the first read, and after the iterator expired.
    iterator: Option<String>,
    finished: bool,
}

impl Pump {
    /// A pump from the stream `stream` to a function; `folder` is where it keeps how far it got, and its dead letters. `rest` is
    /// told of what is under way.
    ///
    /// # Errors
    /// When what it kept can't be read.
    pub(crate) fn new(
        client: Client,
        stream: String,
        trigger: StreamTrigger,
        invoker: Invoker,
        folder: &std::path::Path,
        rest: &Rest,
    ) -> Result<Self> {
        let file: PathBuf = folder.join(format!("stream-{}.json", invoker.operation()));
        let checkpoint = Checkpoint::read(file, &stream)?;
        let delivery = Delivery::new(invoker, &trigger, folder.join("dead-letters.jsonl"));
        let (rest, rounds) = (rest.clone(), rest.reader());
        Ok(Self { client, stream, trigger, delivery, checkpoint, readers: BTreeMap::new(), rest, rounds })
    }

    /// Starts pumping; the task ends when it is aborted.
    pub fn start(mut self) -> JoinHandle<()> {
        tokio::spawn(async move {
            loop {
                if let Err(error) = self.run().await {
                    tracing::warn!(operation = self.delivery.operation(), "the stream can't be read: {error:#}");
                    tokio::time::sleep(TROUBLE_PAUSE).await;
                }
            }
        })
    }

    async fn run(&mut self) -> Result<()> {
        loop {
            self.find_shards().await?;
            let found = tokio::time::Instant::now();
            let mut pause = SHORTEST_PAUSE;
            while found.elapsed() < SHARDS_AGE {
                let (round, mut busy) = (self.rounds.begin(), false);
                for shard in self.readable_shards() {
                    busy |= self.read(&shard).await?;
                }
                if busy {
                    pause = SHORTEST_PAUSE;
                } else {
                    self.rounds.found_nothing(round);
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    () = self.rounds.asked_for() => {}
                }
            }
        }
    }

    /// Adds the shards that are new.
    async fn find_shards(&mut self) -> Result<()> {
        let mut from = None;
        let mut present = Vec::new();
        loop {
            let request = self.client.describe_stream().stream_arn(&self.stream).set_exclusive_start_shard_id(from);
            let answer = request.send().await.map_err(engine_error)?;
            let description = answer.stream_description.context("the engine did not describe the stream")?;
            for shard in description.shards() {
                let Some(id) = shard.shard_id() else { continue };
                present.push(id.to_owned());
                let parent = shard.parent_shard_id().map(str::to_owned);
                let finished = self.checkpoint.is_finished(id);
                self.readers.entry(id.to_owned()).or_insert(Reader { parent, iterator: None, finished });
            }
            from = description.last_evaluated_shard_id;
            if from.is_none() {
                break;
            }
        }
        self.readers.retain(|id, _| present.contains(id));
        Ok(())
    }

    /// A shard is read once its parent is read to the end: that keeps the changes of an item in order.
    fn readable_shards(&self) -> Vec<String> {
        let parent_done = |reader: &Reader| {
            reader.parent.as_ref().and_then(|parent| self.readers.get(parent)).is_none_or(|parent| parent.finished)
        };
        let readable = self.readers.iter().filter(|(_, reader)| !reader.finished && parent_done(reader));
        readable.map(|(id, _)| id.clone()).collect()
    }

    /// Reads on in one shard and delivers what is there; true when there was something.
    async fn read(&mut self, shard: &str) -> Result<bool> {
        let iterator = match self.readers.get(shard).and_then(|reader| reader.iterator.clone()) {
            Some(iterator) => iterator,
            None => self.iterator(shard).await?,
        };
        let answer = match self.client.get_records().shard_iterator(iterator).limit(RECORDS_PER_READ).send().await {
            Ok(answer) => answer,
            // An iterator lives for some minutes; the next one starts where this one stood.
            Err(error) if matches!(error.code(), Some("ExpiredIteratorException" | "TrimmedDataAccessException")) => {
                self.set_iterator(shard, None);
                return Ok(false);
            }
            Err(error) => return Err(engine_error(error)),
        };
        let records: Vec<record::Record> =
            answer.records().iter().map(|record| record::event_record(record, &self.stream)).collect();
        let count = records.len();
        let mut batch = Vec::new();
        for (index, record) in records.into_iter().enumerate() {
            let sequence = record.sequence.clone();
            if self.passes(&record.event) {
                batch.push(record);
            }
            if batch.len() == self.trigger.batch_size || index + 1 == count {
                let batch = std::mem::take(&mut batch);
                let work = (!batch.is_empty()).then(|| self.rest.begin());
                self.delivery.deliver(shard, batch).await;
                drop(work);
                self.checkpoint.reached(shard, &sequence)?;
            }
        }
        match answer.next_shard_iterator {
            Some(next) => self.set_iterator(shard, Some(next)),
            None => {
                if let Some(reader) = self.readers.get_mut(shard) {
                    reader.finished = true;
                }
                self.checkpoint.finished(shard)?;
            }
        }
        Ok(count > 0)
    }

    fn set_iterator(&mut self, shard: &str, iterator: Option<String>) {
        if let Some(reader) = self.readers.get_mut(shard) {
            reader.iterator = iterator;
        }
    }

    fn passes(&self, record: &Value) -> bool {
        self.trigger.filters.is_empty() || self.trigger.filters.iter().any(|filter| filter.matches(record))
    }

    /// Where reading goes on in a shard: after the last record delivered, else where the template says.
    async fn iterator(&self, shard: &str) -> Result<String> {
        let request = self.client.get_shard_iterator().stream_arn(&self.stream).shard_id(shard);
        let fresh = match self.trigger.start {
            StartingPosition::TrimHorizon => ShardIteratorType::TrimHorizon,
            StartingPosition::Latest => ShardIteratorType::Latest,
        };
        let answer = match self.checkpoint.sequence(shard) {
            None => request.shard_iterator_type(fresh).send().await,
            Some(sequence) => {
                let after = request.clone().shard_iterator_type(ShardIteratorType::AfterSequenceNumber);
                match after.sequence_number(sequence).send().await {
                    // It was so long ago that the record is gone: go on with the oldest there is.
                    Err(error) if error.code() == Some("TrimmedDataAccessException") => {
                        request.shard_iterator_type(ShardIteratorType::TrimHorizon).send().await
                    }
                    answer => answer,
                }
            }
        };
        answer.map_err(engine_error)?.shard_iterator.context("the engine gave no position in the stream")
    }
}
