//! API Gateway's HTTP API on this machine: a request becomes the event of payload format 2.0, the function's answer
//! becomes the response. What it refuses, it refuses with API Gateway's own words. Everything else is the function's.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>.

mod event;
mod response;
mod routes;

use std::{net::IpAddr, time::Instant};

use axum::{
    body::{Body, to_bytes},
    http::{HeaderValue, Request, Response, StatusCode},
};
use chrono::Utc;
use functions::http::ALWAYS;
use serde_json::json;

pub use routes::Routes;

/// API Gateway takes no more than 10 MB.
const LARGEST_BODY: usize = 10 * 1024 * 1024;

/// The gateway: the routes of the template.
pub struct Gateway {
    routes: Routes,
}

impl Gateway {
    /// A gateway with these routes.
    #[must_use]
    pub fn new(routes: Routes) -> Self {
        Self { routes }
    }

    /// Answers one request from `source`.
    pub async fn handle(&self, request: Request<Body>, source: IpAddr) -> Response<Body> {
        let started = Instant::now();
        let request_id = uuid::Uuid::new_v4().to_string();
        let (parts, body) = request.into_parts();
        let (route_key, mut response) = match self.routes.find(parts.method.as_str(), parts.uri.path()) {
            None => ("-", message(StatusCode::NOT_FOUND, "Not Found")),
            Some(found) => {
                let response = match to_bytes(body, LARGEST_BODY).await {
                    Err(_) => message(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large"),
                    Ok(body) => {
                        let about = event::About {
                            request_id: &request_id,
                            route_key: found.route_key,
                            path_parameters: &found.parameters,
                            source,
                            received: Utc::now(),
                        };
                        match found.invoker.invoke(&request_id, event::build(&parts, &body, &about)).await {
                            Ok(answer) => response::build(answer)
                                .unwrap_or_else(|| message(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")),
                            Err(_) => message(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"),
                        }
                    }
                };
                (found.route_key, response)
            }
        };
        if let Ok(id) = HeaderValue::from_str(&request_id) {
            response.headers_mut().insert("apigw-requestid", id);
        }
        // The route, never the path: a path holds codes.
        let (status, millis) = (response.status().as_u16(), started.elapsed().as_millis());
        tracing::info!(route = route_key, status, millis, request_id, "request");
        response
    }
}

/// An answer of the gateway itself, with the headers that the distribution gives those of API Gateway.
fn message(status: StatusCode, text: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(json!({ "message": text }).to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert("content-type", HeaderValue::from_static("application/json"));
    for (name, value) in ALWAYS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
