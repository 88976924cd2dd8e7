//! What the readers of the table's stream have in common.

use aws_lambda_events::{dynamodb::EventRecord, streams::DynamoDbBatchItemFailure};

/// That this record was not taken, and is to come again.
pub(super) fn failure(record: &EventRecord) -> DynamoDbBatchItemFailure {
    let mut failure = DynamoDbBatchItemFailure::default();
    failure.item_identifier = record.change.sequence_number.clone();
    failure
}
