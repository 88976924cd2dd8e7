//! Clients of the table, on this machine or wherever the developer points.

use crate::guard::Access;

/// A client of the table.
#[must_use]
pub fn dynamodb(endpoint: &str, access: &Access) -> aws_sdk_dynamodb::Client {
    aws_sdk_dynamodb::Client::new(&access.sdk(endpoint))
}

/// A client of the table's stream.
#[must_use]
pub fn dynamodb_streams(endpoint: &str, access: &Access) -> aws_sdk_dynamodbstreams::Client {
    aws_sdk_dynamodbstreams::Client::new(&access.sdk(endpoint))
}
