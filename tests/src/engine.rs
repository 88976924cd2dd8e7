//! A DynamoDB engine of a test's own, embedded, with the table made.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result, anyhow};
use dynoxide::{
    Database,
    actions::{create_table::CreateTableRequest, scan::ScanRequest, update_time_to_live::UpdateTimeToLiveRequest},
};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::loopback;

/// A running engine with one table. It stops when this is dropped.
pub struct Engine {
    database: Database,
    endpoint: String,
    table: String,
    /// Dropped with the engine, which ends it.
    _server: Server,
}

/// What serves an engine; it ends when it is dropped.
#[expect(dead_code, reason = "held for its end")]
enum Server {
    Own(oneshot::Sender<()>),
    OfTheSystem(local::Engine),
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
        let engine = local::Engine::start_temporary().await?;
        let (database, endpoint) = (engine.database().clone(), engine.endpoint().to_owned());
        Ok(Self { database, endpoint, table: table.to_owned(), _server: Server::OfTheSystem(engine) })
    }

    fn serve(database: Database, definition: &Value) -> Result<Self> {
        let table = create_table(&database, definition)?;
        let listener = loopback::listen()?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel::<()>();
        let served = database.clone();
        loopback::runtime().spawn(async move {
            let until = async move { drop(stopped.await) };
            if let Err(error) = dynoxide::server::serve_with_shutdown(listener, served, until).await {
                eprintln!("the embedded engine ended: {error}");
            }
        });
        Ok(Self { database, endpoint, table, _server: Server::Own(stop) })
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
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Everything in the table, as DynamoDB JSON under `PK` and `SK`. Two of them are equal when nothing was written in
    /// between.
    ///
    /// # Errors
    /// When the engine refuses the scan.
    pub fn contents(&self) -> Result<BTreeMap<(String, String), Value>> {
        let mut contents = BTreeMap::new();
        let mut start = Value::Null;
        loop {
            let mut request = json!({"TableName": self.table, "ConsistentRead": true});
            if !start.is_null() {
                request["ExclusiveStartKey"] = start;
            }
            let mut page = serde_json::to_value(self.database.scan(serde_json::from_value::<ScanRequest>(request)?)?)?;
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
