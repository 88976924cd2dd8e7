//! A stream record as the JSON of Lambda's DynamoDB event.

use std::collections::HashMap;

use aws_sdk_dynamodbstreams::{
    primitives::Blob,
    types::{AttributeValue, Record as SdkRecord},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};

/// One record of an event, and where it stands in the stream.
pub(super) struct Record {
    pub sequence: String,
    pub event: Value,
}

/// See <https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html>.
pub(super) fn event_record(record: &SdkRecord, stream: &str) -> Record {
    let change = record.dynamodb();
    let sequence = change.and_then(|change| change.sequence_number()).unwrap_or_default().to_owned();
    let mut dynamodb = Map::new();
    if let Some(change) = change {
        let created = change.approximate_creation_date_time().map(|at| at.secs());
        dynamodb.insert("ApproximateCreationDateTime".to_owned(), json!(created.unwrap_or_default()));
        for (name, item) in
            [("Keys", change.keys()), ("NewImage", change.new_image()), ("OldImage", change.old_image())]
        {
            if let Some(item) = item {
                dynamodb.insert(name.to_owned(), item_json(item));
            }
        }
        dynamodb.insert("SequenceNumber".to_owned(), json!(sequence));
        dynamodb.insert("SizeBytes".to_owned(), json!(change.size_bytes().unwrap_or_default()));
        if let Some(view) = change.stream_view_type() {
            dynamodb.insert("StreamViewType".to_owned(), json!(view.as_str()));
        }
    }
    let mut event = json!({
        "eventID": record.event_id().unwrap_or_default(),
        "eventName": record.event_name().map(|name| name.as_str()).unwrap_or_default(),
        "eventVersion": record.event_version().unwrap_or("1.1"),
        "eventSource": record.event_source().unwrap_or("aws:dynamodb"),
        "awsRegion": record.aws_region().unwrap_or("local"),
        "dynamodb": dynamodb,
        "eventSourceARN": stream,
    });
    if let Some(identity) = record.user_identity() {
        event["userIdentity"] = json!({"type": identity.r#type(), "principalId": identity.principal_id()});
    }
    Record { sequence, event }
}

fn item_json(item: &HashMap<String, AttributeValue>) -> Value {
    Value::Object(item.iter().map(|(name, value)| (name.clone(), value_json(value))).collect())
}

fn value_json(value: &AttributeValue) -> Value {
    let base64 = |blob: &Blob| STANDARD.encode(blob.as_ref());
    match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(number) => json!({ "N": number }),
        AttributeValue::Bool(truth) => json!({ "BOOL": truth }),
        AttributeValue::Null(is_null) => json!({ "NULL": is_null }),
        AttributeValue::B(blob) => json!({ "B": base64(blob) }),
        AttributeValue::Ss(texts) => json!({ "SS": texts }),
        AttributeValue::Ns(numbers) => json!({ "NS": numbers }),
        AttributeValue::Bs(blobs) => json!({ "BS": blobs.iter().map(base64).collect::<Vec<_>>() }),
        AttributeValue::L(values) => json!({ "L": values.iter().map(value_json).collect::<Vec<_>>() }),
        AttributeValue::M(item) => json!({ "M": item_json(item) }),
        _ => json!({ "NULL": true }),
    }
}

#[cfg(test)]
mod tests {
    use aws_lambda_events::dynamodb::Event;
    use aws_sdk_dynamodbstreams::types::{OperationType, StreamRecord, StreamViewType};

    use super::*;

    #[test]
    fn a_record_is_what_lambda_would_deliver() {
        let change = StreamRecord::builder()
            .keys("PK", AttributeValue::S("MAIL#1".into()))
            .new_image("state", AttributeValue::S("queued".into()))
            .new_image("tries", AttributeValue::N("2".into()))
            .new_image("list", AttributeValue::L(vec![AttributeValue::Bool(true), AttributeValue::Null(true)]))
            .sequence_number("100000000000000000001")
            .size_bytes(12)
            .stream_view_type(StreamViewType::NewAndOldImages)
            .build();
        let record = SdkRecord::builder().event_id("e").event_name(OperationType::Insert).dynamodb(change).build();
        let record = event_record(&record, "arn:stream");
        assert_eq!(record.sequence, "100000000000000000001");
        assert_eq!(record.event["dynamodb"]["NewImage"]["list"], json!({"L": [{"BOOL": true}, {"NULL": true}]}));
        assert!(record.event["dynamodb"].get("OldImage").is_none());
        let event: Event = serde_json::from_value(json!({ "Records": [record.event] })).unwrap();
        assert_eq!(event.records[0].event_name, "INSERT");
        assert_eq!(event.records[0].change.sequence_number.as_deref(), Some("100000000000000000001"));
    }
}
