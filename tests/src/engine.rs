//! A DynamoDB engine for a test: one of its own, embedded, or a table of its own on an engine that runs elsewhere.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result, anyhow};
use aws_sdk_dynamodb::types::AttributeValue;
use dynoxide::{
    Database,
    actions::{create_table::CreateTableRequest, scan::ScanRequest, update_time_to_live::UpdateTimeToLiveRequest},
};
use serde_json::{Map, Value, json};
use tokio::sync::oneshot;

use crate::loopback;

/// A running engine with one table. It stops when this is dropped.
pub struct Engine {
    reader: Reader,
    endpoint: String,
    table: String,
    /// Dropped with the engine, which ends it.
    _server: Server,
}

/// The variable that names an engine on which every world has a table of its own, in place of an embedded engine each.
const ELSEWHERE: &str = "TEST_DYNAMODB_ENDPOINT";

/// How many times as long everything may take on an engine that runs elsewhere.
pub const SLOWNESS: u32 = 20;

/// How long to wait for what takes at most `usual` on the embedded engine.
#[must_use]
pub fn patience(usual: std::time::Duration) -> std::time::Duration {
    if std::env::var_os(ELSEWHERE).is_some() { usual * SLOWNESS } else { usual }
}

/// How the table is read past any proxy.
enum Reader {
    Embedded(Database),
    Elsewhere(aws_sdk_dynamodb::Client),
}

/// What serves an engine; it ends when it is dropped.
#[expect(dead_code, reason = "held for its end")]
enum Server {
    Own(oneshot::Sender<()>),
    OfTheSystem(local::Engine),
    /// Whoever started it ends it.
    Elsewhere,
}

impl Engine {
    /// An engine in memory, its table made from `definition`: the body of a `CreateTable` request as JSON, to which
    /// `TimeToLiveSpecification` may be added as CloudFormation has it.
    ///
    /// # Errors
    /// When the definition is refused or no port can be had.
    pub fn memory(definition: &Value) -> Result<Self> {
        Self::serve(Database::memory()?, definition)
    }

    /// An engine over the database file at `path`, which is made where it is missing, as is the table.
    ///
    /// # Errors
    /// When the file can't be opened, the definition is refused or no port can be had.
    pub fn file(path: &Path, definition: &Value) -> Result<Self> {
        let path = path.to_str().context("the path of a database file is text")?;
        Self::serve(Database::new(path)?, definition)
    }

    /// The engine of the local system, over a file that goes with it, without any table; whoever uses it makes `table`. It stays
    /// quick however much is written, which the engine in memory does not.
    ///
    /// # Errors
    /// When the file can't be made or no port can be had.
    pub async fn of_the_system(table: &str) -> Result<Self> {
        let engine = local::Engine::start_temporary(&crate::sdk::access()).await?;
        let (database, endpoint) = (engine.database().clone(), engine.endpoint().to_owned());
        let reader = Reader::Embedded(database);
        Ok(Self { reader, endpoint, table: table.to_owned(), _server: Server::OfTheSystem(engine) })
    }

    /// The engine for a world: that of the local system, or the one at `TEST_DYNAMODB_ENDPOINT`, where the table gets a name of
    /// its own.
    ///
    /// # Errors
    /// See [`Self::of_the_system`].
    pub async fn of_a_world(table: &str) -> Result<Self> {
        let Ok(endpoint) = std::env::var(ELSEWHERE) else { return Self::of_the_system(table).await };
        let patience =
            crate::sdk::Patience { attempt_timeout: std::time::Duration::from_secs(30), ..Default::default() };
        let reader = Reader::Elsewhere(crate::sdk::dynamodb(&endpoint, patience));
        let mut own = [0; 8];
        shared::random::Random::fill(&shared::random::SystemRandom, &mut own);
        let table = format!("{table}-{:016x}", u64::from_be_bytes(own));
        Ok(Self { reader, endpoint, table, _server: Server::Elsewhere })
    }

    /// Whether it runs elsewhere.
    #[must_use]
    pub fn is_elsewhere(&self) -> bool {
        matches!(self.reader, Reader::Elsewhere(_))
    }

    fn serve(database: Database, definition: &Value) -> Result<Self> {
        let table = create_table(&database, definition)?;
        let listener = loopback::listen()?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel::<()>();
        let served = database.clone();
        loopback::runtime().spawn(async move {
            let until = async move { drop(stopped.await) };
            if let Err(error) = local::engine::serve(listener, served, crate::sdk::access(), until).await {
                eprintln!("the embedded engine ended: {error}");
            }
        });
        Ok(Self { reader: Reader::Embedded(database), endpoint, table, _server: Server::Own(stop) })
    }

    /// Where it listens, for `endpoint_url` or `AWS_ENDPOINT_URL_DYNAMODB`.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The table's name.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The database itself, past the server and any proxy.
    ///
    /// # Panics
    /// When the engine runs elsewhere.
    #[must_use]
    pub fn database(&self) -> &Database {
        match &self.reader {
            Reader::Embedded(database) => database,
            Reader::Elsewhere(_) => panic!("an engine that runs elsewhere is reached by its endpoint"),
        }
    }

    /// Everything in the table, as DynamoDB JSON under `PK` and `SK`. Two of them are equal when nothing was written in
    /// between.
    ///
    /// # Errors
    /// When the engine refuses the scan.
    pub fn contents(&self) -> Result<BTreeMap<(String, String), Value>> {
        let database = match &self.reader {
            Reader::Embedded(database) => database,
            Reader::Elsewhere(client) => return contents_elsewhere(client.clone(), self.table.clone()),
        };
        let mut contents = BTreeMap::new();
        let mut start = Value::Null;
        loop {
            let mut request = json!({"TableName": self.table, "ConsistentRead": true});
            if !start.is_null() {
                request["ExclusiveStartKey"] = start;
            }
            let mut page = serde_json::to_value(database.scan(serde_json::from_value::<ScanRequest>(request)?)?)?;
            for item in page["Items"].as_array().into_iter().flatten() {
                contents.insert((key_part(item, "PK")?, key_part(item, "SK")?), item.clone());
            }
            start = page["LastEvaluatedKey"].take();
            if start.is_null() {
                return Ok(contents);
            }
        }
    }
}

/// Everything in a table that is reached over the network. The calls run beside the caller's own runtime, which waits.
fn contents_elsewhere(client: aws_sdk_dynamodb::Client, table: String) -> Result<BTreeMap<(String, String), Value>> {
    let (done, answer) = std::sync::mpsc::channel();
    loopback::runtime().spawn(async move {
        let pages = client.scan().table_name(table).consistent_read(true).into_paginator().items().send();
        let items = pages.collect::<Result<Vec<_>, _>>().await;
        drop(done.send(items));
    });
    let items = answer.recv().context("the scan was given up")??;
    let mut contents = BTreeMap::new();
    for item in items {
        let item = Value::Object(item.into_iter().map(|(name, value)| (name, as_json(&value))).collect());
        contents.insert((key_part(&item, "PK")?, key_part(&item, "SK")?), item);
    }
    Ok(contents)
}

/// An attribute in DynamoDB's JSON.
fn as_json(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => json!({"S": text}),
        AttributeValue::N(number) => json!({"N": number}),
        AttributeValue::Bool(bool) => json!({"BOOL": bool}),
        AttributeValue::Null(_) => json!({"NULL": true}),
        AttributeValue::Ss(texts) => {
            let mut texts = texts.clone();
            texts.sort_unstable();
            json!({"SS": texts})
        }
        AttributeValue::L(values) => json!({"L": values.iter().map(as_json).collect::<Vec<_>>()}),
        AttributeValue::M(map) => {
            json!({"M": map.iter().map(|(name, value)| (name.clone(), as_json(value))).collect::<Map<_, _>>()})
        }
        other => json!({"?": format!("{other:?}")}),
    }
}

/// Makes the table unless it is there, and gives its name.
fn create_table(database: &Database, definition: &Value) -> Result<String> {
    let table = definition["TableName"].as_str().context("a table definition has a TableName")?.to_owned();
    let listed = serde_json::to_value(database.list_tables(serde_json::from_value(json!({}))?)?)?;
    if listed["TableNames"].as_array().is_some_and(|names| names.iter().any(|name| *name == table.as_str())) {
        return Ok(table);
    }
    database.create_table(serde_json::from_value::<CreateTableRequest>(definition.clone())?)?;
    if let Some(lifetime) = definition.get("TimeToLiveSpecification") {
        let request = json!({"TableName": table, "TimeToLiveSpecification": lifetime});
        database.update_time_to_live(serde_json::from_value::<UpdateTimeToLiveRequest>(request)?)?;
    }
    Ok(table)
}

fn key_part(item: &Value, name: &str) -> Result<String> {
    item[name]["S"].as_str().map(str::to_owned).ok_or_else(|| anyhow!("an item without {name}: {item}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Value {
        let key = |name: &str, kind: &str| json!({"AttributeName": name, "KeyType": kind});
        let text = |name: &str| json!({"AttributeName": name, "AttributeType": "S"});
        json!({
            "TableName": "table", "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [text("PK"), text("SK")],
            "KeySchema": [key("PK", "HASH"), key("SK", "RANGE")],
            "TimeToLiveSpecification": {"AttributeName": "delete_after", "Enabled": true},
        })
    }

    #[tokio::test]
    async fn a_file_opened_again_still_holds_what_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.db");
        let engine = Engine::file(&path, &table()).unwrap();
        let client = crate::sdk::dynamodb(engine.endpoint(), crate::sdk::Patience::default());
        let text = |text: &str| aws_sdk_dynamodb::types::AttributeValue::S(text.to_owned());
        client.put_item().table_name(engine.table()).item("PK", text("a")).item("SK", text("b")).send().await.unwrap();
        let written = engine.contents().unwrap();
        assert_eq!(written.keys().collect::<Vec<_>>(), [&("a".to_owned(), "b".to_owned())]);
        drop(engine);
        assert_eq!(Engine::file(&path, &table()).unwrap().contents().unwrap(), written);
    }
}
