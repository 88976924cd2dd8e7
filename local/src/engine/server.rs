//! DynamoDB's JSON API over the engine, as much as the system and the tools of a developer use.
//!
//! The engine has a server of its own, which answers every page in a browser (any origin, any host, any signature) and can't be told
//! otherwise, so this one stands in its place.

use std::{future::Future, io};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use dynoxide::{Database, DynoxideError};
use tokio::net::TcpListener;

use crate::guard::{self, Access};

/// DynamoDB takes bodies of at most 16 MB.
const LARGEST: usize = 16 * 1024 * 1024;
const TYPE: &str = "application/x-amz-json-1.0";

/// Serves the database to those who show this key, until told to stop.
///
/// # Errors
/// When the listener breaks.
pub async fn serve(
    listener: TcpListener,
    database: Database,
    access: Access,
    until: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let router =
        Router::new().route("/", post(answer)).layer(DefaultBodyLimit::max(LARGEST)).with_state(database.clone());
    axum::serve(listener, guard::guarded(router, access)).with_graceful_shutdown(until).await
}

async fn answer(State(database): State<Database>, headers: HeaderMap, body: Bytes) -> Response {
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let operation = target.split_once('.').filter(|(service, _)| {
        // The table's API and that of its stream, in their only versions.
        ["DynamoDB_20120810", "DynamoDBStreams_20120810"].contains(service)
    });
    let outcome = operation.and_then(|(_, operation)| call(&database, operation, &body));
    let (status, text) = match outcome {
        Some(Ok(text)) => (StatusCode::OK, text),
        Some(Err(error)) => {
            let status = StatusCode::from_u16(error.status_code()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.to_json())
        }
        None => {
            let unknown = r#"{"__type":"com.amazon.coral.service#UnknownOperationException"}"#;
            (StatusCode::BAD_REQUEST, unknown.to_owned())
        }
    };
    (status, [("content-type", TYPE)], text).into_response()
}

/// Calls one operation; nothing for one that is not served.
fn call(database: &Database, operation: &str, body: &[u8]) -> Option<Result<String, DynoxideError>> {
    macro_rules! calls {
        ($($name:literal => $method:ident),* $(,)?) => {
            match operation {
                $($name => read(body).and_then(|request| database.$method(request)).and_then(|answer| write(&answer)),)*
                _ => return None,
            }
        };
    }
    Some(calls! {
        "BatchGetItem" => batch_get_item,
        "BatchWriteItem" => batch_write_item,
        "CreateTable" => create_table,
        "DeleteItem" => delete_item,
        "DeleteTable" => delete_table,
        "DescribeStream" => describe_stream,
        "DescribeTable" => describe_table,
        "DescribeTimeToLive" => describe_time_to_live,
        "GetItem" => get_item,
        "GetRecords" => get_records,
        "GetShardIterator" => get_shard_iterator,
        "ListStreams" => list_streams,
        "ListTables" => list_tables,
        "ListTagsOfResource" => list_tags_of_resource,
        "PutItem" => put_item,
        "Query" => query,
        "Scan" => scan,
        "TransactGetItems" => transact_get_items,
        "TransactWriteItems" => transact_write_items,
        "UpdateItem" => update_item,
        "UpdateTable" => update_table,
        "UpdateTimeToLive" => update_time_to_live,
    })
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, DynoxideError> {
    serde_json::from_slice(body).map_err(|error| DynoxideError::SerializationException(error.to_string()))
}

fn write(answer: &impl serde::Serialize) -> Result<String, DynoxideError> {
    serde_json::to_string(answer).map_err(|error| DynoxideError::InternalServerError(error.to_string()))
}
