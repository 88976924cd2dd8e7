//! The Invoke call of Lambda's API, for the functions that nothing but an operator calls:
//! `aws lambda invoke --endpoint-url http://localhost:3000 --function-name list-organizations out.json`.
//!
//! See <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>. Anybody on this machine may call it, as anybody there may
//! read the mailbox; a page of another site may not.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderValue, Method, Request, Response, StatusCode},
};
use serde_json::{Value, json};

use crate::{
    guard,
    invoker::{Failure, Invoker},
    template::Template,
};

/// Before the function's name in a path, and after it.
const PATH: (&str, &str) = ("/2015-03-31/functions/", "/invocations");

/// The largest event that Lambda takes at once.
const LARGEST_EVENT: usize = 6 * 1024 * 1024;

/// What an operator may call.
#[derive(Clone)]
pub(crate) struct LambdaApi(Vec<Invoker>);

impl LambdaApi {
    /// The API of those functions of the template that have no trigger.
    pub(crate) fn new(template: &Template, invokers: &[Invoker]) -> Self {
        let operators = template.functions.iter().filter(|function| {
            function.routes.is_empty()
                && function.schedules.is_empty()
                && function.streams.is_empty()
                && function.rules.is_empty()
        });
        let names: Vec<_> = operators.map(|function| function.operation.as_str()).collect();
        Self(invokers.iter().filter(|invoker| names.contains(&invoker.operation())).cloned().collect())
    }

    /// The function that a path calls, if it is one of this API.
    pub(crate) fn function_of(path: &str) -> Option<&str> {
        path.strip_prefix(PATH.0)?.strip_suffix(PATH.1).filter(|name| !name.contains('/'))
    }

    /// Calls the function `name` with the request's body.
    pub(crate) async fn call(&self, name: &str, request: Request<Body>) -> Response<Body> {
        if *request.method() != Method::POST || guard::is_of_a_page(request.headers()) {
            return refusal(
                StatusCode::FORBIDDEN,
                "AccessDeniedException",
                "Only a POST from outside a browser is taken",
            );
        }
        let Some(invoker) = self.0.iter().find(|invoker| invoker.operation() == name) else {
            return refusal(StatusCode::NOT_FOUND, "ResourceNotFoundException", &format!("Function not found: {name}"));
        };
        let Ok(body) = to_bytes(request.into_body(), LARGEST_EVENT).await else {
            return refusal(StatusCode::PAYLOAD_TOO_LARGE, "RequestTooLargeException", "The event is too large");
        };
        let event =
            if body.is_empty() { Ok(Value::Object(serde_json::Map::new())) } else { serde_json::from_slice(&body) };
        let Ok(event) = event else {
            let said = "Could not parse request body into json";
            return refusal(StatusCode::BAD_REQUEST, "InvalidRequestContentException", said);
        };
        // An error of the function is an answer too, told by a header.
        match invoker.call(&uuid::Uuid::new_v4().to_string(), event).await {
            Ok(answer) => respond(StatusCode::OK, &[], &answer),
            Err(failure) => {
                let kind = if matches!(failure, Failure::TimedOut) { "Sandbox.Timedout" } else { "Error" };
                let told = json!({"errorType": kind, "errorMessage": failure.to_string()});
                respond(StatusCode::OK, &[("x-amz-function-error", "Unhandled")], &told)
            }
        }
    }
}

fn refusal(status: StatusCode, kind: &'static str, message: &str) -> Response<Body> {
    respond(status, &[("x-amzn-errortype", kind)], &json!({"Type": "User", "Message": message}))
}

fn respond(status: StatusCode, headers: &[(&'static str, &'static str)], body: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    let all =
        [("content-type", "application/json"), ("cache-control", "no-store"), ("x-content-type-options", "nosniff")];
    for (name, value) in all.into_iter().chain(headers.iter().copied()) {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
