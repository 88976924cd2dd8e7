//! The answers DynamoDB gives when it refuses, byte for byte as its clients read them.

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Response, StatusCode, header::CONTENT_TYPE};
use serde_json::{Value, json};

const CONFLICT: &str = "Transaction is ongoing for the item";
const THROTTLED: &str = "The level of configured provisioned throughput for the table was exceeded. Consider \
    increasing your provisioning level with the UpdateTable API.";

/// Why one action of a transaction was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    Fine,
    Conflict,
    Throttled,
}

impl Reason {
    fn code(self) -> &'static str {
        match self {
            Self::Fine => "None",
            Self::Conflict => "TransactionConflict",
            Self::Throttled => "ThrottlingError",
        }
    }

    fn to_json(self) -> Value {
        match self {
            Self::Fine => json!({"Code": self.code()}),
            Self::Conflict => json!({"Code": self.code(), "Message": CONFLICT}),
            Self::Throttled => json!({"Code": self.code(), "Message": THROTTLED}),
        }
    }
}

/// `TransactionCanceledException` with a reason per action.
pub(super) fn cancelled(reasons: &[Reason]) -> Response<Full<Bytes>> {
    let codes: Vec<&str> = reasons.iter().map(|reason| reason.code()).collect();
    let message =
        format!("Transaction cancelled, please refer cancellation reasons for specific reasons [{}]", codes.join(", "));
    let reasons: Vec<Value> = reasons.iter().map(|reason| reason.to_json()).collect();
    let kind = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
    answer(StatusCode::BAD_REQUEST, &json!({"__type": kind, "Message": message, "CancellationReasons": reasons}))
}

/// `TransactionCanceledException` with one reason at `position` of `count` actions.
pub(super) fn cancelled_at(position: usize, count: usize, reason: Reason) -> Response<Full<Bytes>> {
    let reasons: Vec<Reason> = (0..count).map(|at| if at == position { reason } else { Reason::Fine }).collect();
    cancelled(&reasons)
}

/// A single write found its item in a transaction.
pub(super) fn conflict() -> Response<Full<Bytes>> {
    refused("com.amazonaws.dynamodb.v20120810#TransactionConflictException", CONFLICT)
}

/// The process that calls is taken for dead. Nobody retries after this answer, so that what is left of the process ends at once,
/// however much time it may take for its work.
pub(super) fn dead() -> Response<Full<Bytes>> {
    refused("com.amazon.coral.service#AccessDeniedException", "The process is taken for dead.")
}

/// The same transaction is under way.
pub(super) fn in_progress() -> Response<Full<Bytes>> {
    refused(
        "com.amazonaws.dynamodb.v20120810#TransactionInProgressException",
        "The transaction with the given request token is already in progress.",
    )
}

/// Refused for throughput, as a provisioned table does.
pub(super) fn throughput_exceeded() -> Response<Full<Bytes>> {
    refused("com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException", THROTTLED)
}

/// Refused for throughput, as an on-demand table does.
pub(super) fn throttling() -> Response<Full<Bytes>> {
    refused(
        "com.amazon.coral.availability#ThrottlingException",
        "Throughput exceeds the current capacity of your table or index.",
    )
}

/// A batch of which nothing was written.
pub(super) fn unprocessed(request: &[u8]) -> Response<Full<Bytes>> {
    let request: Value = serde_json::from_slice(request).unwrap_or_default();
    answer(StatusCode::OK, &json!({"UnprocessedItems": request["RequestItems"]}))
}

/// The service failed; whether it wrote is not said.
pub(super) fn internal_error() -> Response<Full<Bytes>> {
    let kind = "com.amazonaws.dynamodb.v20120810#InternalServerError";
    answer(StatusCode::INTERNAL_SERVER_ERROR, &json!({"__type": kind, "message": "Internal server error"}))
}

fn refused(kind: &str, message: &str) -> Response<Full<Bytes>> {
    answer(StatusCode::BAD_REQUEST, &json!({"__type": kind, "message": message}))
}

fn answer(status: StatusCode, body: &Value) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static("application/x-amz-json-1.0"));
    response
}
