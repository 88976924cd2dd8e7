//! Runs a handler for one event of the gateway.

use std::{
    convert::Infallible,
    error::Error as _,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use lambda_http::{Adapter, Context, LambdaEvent, Request, Service, http::Method, request::LambdaRequest, service_fn};
use lambda_runtime::Error;
use serde_json::Value;
use shared::store::within;

use super::{ApiError, ApiRequest, Reply, gateway};
use crate::{App, causes::causes};

/// How long before a function's time limit its answer is ready at the latest: it is to be logged and handed over.
const RESERVE: Duration = Duration::from_secs(1);

/// Where an event names no time limit, which Lambda's always do.
const UNLIMITED: Duration = Duration::from_secs(15 * 60);

/// The work was stopped because the function's time was almost over.
#[derive(Debug, thiserror::Error)]
#[error("there was no answer before the function's time limit")]
struct OutOfTime;

/// Runs `handler` for one event of an API Gateway HTTP API, payload format 2.0, and gives the answer in its JSON form.
///
/// A request that changes something is refused before the handler sees it unless our own pages sent it, or a client
/// that is no browser. Work that the function's time limit would cut off is stopped before, and answered with 503. One line is logged for each request: never its path, query, body or credentials.
///
/// # Errors
/// For an event that is not of that kind. What a client can do wrong is an answer, not an error.
pub async fn serve<H, F>(app: App, event: LambdaEvent<Value>, handler: H) -> Result<Value, Error>
where
    H: Fn(App, ApiRequest) -> F + Send,
    F: Future<Output = Result<Reply, ApiError>> + Send,
{
    let started = Instant::now();
    let (payload, context) = event.into_parts();
    let until = tokio::time::Instant::now() + time_left(&context);
    let (event, verdict) = gateway::read(payload)?;
    let route = event.route_key.clone().or_else(|| event.request_context.route_key.clone()).unwrap_or_default();
    let mut verdict = Some(verdict);

    let service = service_fn(|request: Request| {
        let request = ApiRequest::new(request, &app.config);
        let request_id = request.request_id().to_owned();
        let admitted = verdict.take().unwrap_or(Err(ApiError::Malformed)).and_then(|()| admit(&app, &request));
        let work = admitted.map(|()| handler(app.clone(), request));
        let route = route.as_str();
        async move {
            let outcome = match work {
                Ok(work) => within(until, work).await.unwrap_or_else(|| Err(ApiError::unavailable(OutOfTime))),
                Err(refusal) => Err(refusal),
            };
            log(route, &request_id, started, &outcome);
            let reply = outcome.unwrap_or_else(|error| error.into_reply(&request_id));
            Ok::<_, Infallible>(reply.into_response())
        }
    });
    let event = LambdaEvent::new(LambdaRequest::ApiGatewayV2(event), context);
    let Ok(response) = Adapter::from(service).call(event).await;
    Ok(serde_json::to_value(response)?)
}

/// How long the work on an event may take, by the time limit of its function.
fn time_left(context: &Context) -> Duration {
    if context.deadline == 0 {
        return UNLIMITED;
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let left = Duration::from_millis(context.deadline).saturating_sub(now);
    // A function with a very short limit has a share of it.
    left - RESERVE.min(left / 5)
}

/// What holds for every request before any handler sees it.
fn admit(app: &App, request: &ApiRequest) -> Result<(), ApiError> {
    request.check_origin_key()?;
    match *request.method() {
        Method::GET | Method::HEAD => Ok(()),
        _ => request.check_same_origin(&app.config.base_url),
    }
}

fn log(route: &str, request_id: &str, started: Instant, outcome: &Result<Reply, ApiError>) {
    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    match outcome {
        Ok(reply) => {
            let status = reply.status().as_u16();
            tracing::info!(route, request_id, status, duration_ms, "answered");
        }
        Err(error) => {
            let (code, status) = error.code();
            let status_number = status.as_u16();
            if status.is_server_error() {
                tracing::error!(
                    route,
                    request_id,
                    status = status_number,
                    code,
                    error = error.source().map(causes),
                    duration_ms,
                    "failed"
                );
            } else {
                tracing::info!(route, request_id, status = status_number, code, duration_ms, "refused");
            }
        }
    }
}

#[cfg(test)]
mod tests;
