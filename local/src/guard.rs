//! Who may call the loopback ports of the local system.
//!
//! A page of any site can make a browser send requests to this machine, and by a name of its own that leads here (DNS rebinding)
//! it can read the answers too. So each port asks for a host that is this machine, and the services of AWS, which no page has
//! business with, refuse whatever a browser sends and ask for a credential that is made anew at each start.

use std::fmt;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, Uri, header},
    middleware::{Next, from_fn_with_state},
    response::Response,
};

use crate::aws_api::{self, Refusal};

/// A key to services of AWS or to what stands for them here.
#[derive(Clone, PartialEq, Eq)]
pub struct Access {
    key: String,
    secret: String,
    session: Option<String>,
}

impl Access {
    /// A key of 122 random bits, for the services that this process starts.
    #[must_use]
    pub fn generate() -> Self {
        let random = || uuid::Uuid::new_v4().simple().to_string();
        Self::new(&format!("LOCAL{}", random().to_uppercase()), &random())
    }

    /// This key.
    #[must_use]
    pub fn new(key: &str, secret: &str) -> Self {
        Self { key: key.to_owned(), secret: secret.to_owned(), session: None }
    }

    /// The environment's key when it has one, for a service elsewhere that checks it; else a made-up one.
    #[must_use]
    pub fn of_environment() -> Self {
        let variable = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
        match (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY")) {
            (Some(key), Some(secret)) => Self { key, secret, session: variable("AWS_SESSION_TOKEN") },
            _ => Self::new("local", "local"),
        }
    }

    /// The part that a request shows.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The part that a request is signed with.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The set-up of clients for the services at `endpoint`.
    #[must_use]
    pub fn sdk(&self, endpoint: &str) -> SdkConfig {
        let credentials =
            Credentials::new(self.key.as_str(), self.secret.as_str(), self.session.clone(), None, "local");
        SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(endpoint)
            .region(Region::new(region()))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .build()
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Access(redacted)")
    }
}

/// The region that the clients name.
pub(crate) fn region() -> String {
    std::env::var("AWS_REGION").ok().filter(|region| !region.is_empty()).unwrap_or_else(|| "eu-central-1".to_owned())
}

/// The same service, for those alone who show this key and are no browser.
pub(crate) fn guarded(service: Router, access: Access) -> Router {
    service.layer(from_fn_with_state(access, check))
}

async fn check(State(access): State<Access>, request: Request, next: Next) -> Response {
    match admit(&access, request.headers(), request.uri()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => aws_api::answer("application/json", Err(refusal)),
    }
}

/// Whether a browser sent this for a page. It adds one of these headers to each request that a page can have it make; no client of a
/// service sends them.
pub(crate) fn is_of_a_page(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ORIGIN) || headers.keys().any(|name| name.as_str().starts_with("sec-fetch-"))
}

/// Whether a request is from a client of ours.
///
/// # Errors
/// As AWS refuses a request without a key, or with one that it does not know.
fn admit(access: &Access, headers: &HeaderMap, uri: &Uri) -> Result<(), Refusal> {
    let refuse = |name, message: &str| Err((StatusCode::FORBIDDEN, name, message.to_owned()));
    if !is_this_machine(headers, uri) {
        return refuse("AccessDeniedException", "this service is reached by the name of this machine alone");
    }
    if is_of_a_page(headers) {
        return refuse("AccessDeniedException", "this service is for no browser");
    }
    match shown_key(headers) {
        None => refuse("MissingAuthenticationTokenException", "the request is not signed"),
        Some(key) if key == access.key => Ok(()),
        Some(_) => refuse("UnrecognizedClientException", "the access key is not the one of this start"),
    }
}

/// The key that a signed request (Signature Version 4) names. The signature itself is not looked at: whoever reads what goes over
/// this machine's loopback needs no key.
fn shown_key(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let parts = value.strip_prefix("AWS4-HMAC-SHA256 ")?;
    let scope = parts.split(',').find_map(|part| part.trim().strip_prefix("Credential="))?;
    scope.split_once('/').map(|(key, _)| key)
}

/// Whether the request names this machine as its host.
pub(crate) fn is_this_machine(headers: &HeaderMap, uri: &Uri) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].contains(&host(headers, uri))
}

/// The name of the host that the request is for, without its port.
pub(crate) fn host<'r>(headers: &'r HeaderMap, uri: &'r Uri) -> &'r str {
    let host = match headers.get(header::HOST) {
        Some(host) => host.to_str().unwrap_or_default(),
        // HTTP/2 has no such header.
        None => uri.authority().map(|authority| authority.as_str()).unwrap_or_default(),
    };
    host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn outcome(pairs: &[(&'static str, &str)]) -> &'static str {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        admit(&Access::new("KEY", "secret"), &headers, &Uri::from_static("/")).err().map_or("", |(_, name, _)| name)
    }

    const HOST: (&str, &str) = ("host", "127.0.0.1:4000");
    const SIGNED: (&str, &str) = (
        "authorization",
        "AWS4-HMAC-SHA256 Credential=KEY/20261122/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=ab",
    );

    #[test]
    fn a_client_with_the_key_is_let_in_by_every_name_of_this_machine() {
        for host in ["127.0.0.1:4000", "localhost:4000", "[::1]:4000", "localhost"] {
            assert_eq!(outcome(&[("host", host), SIGNED]), "", "{host}");
        }
    }

    #[test]
    fn pages_of_other_sites_are_refused_whatever_name_they_call_by() {
        let denied = "AccessDeniedException";
        for host in
            ["evil.example:4000", "localhost.evil.example", "127.0.0.1.evil.example:4000", "localhost:4000:80", ""]
        {
            assert_eq!(outcome(&[("host", host), SIGNED]), denied, "{host}");
        }
        assert_eq!(outcome(&[SIGNED]), denied, "no host");
        for origin in ["https://evil.example", "http://localhost:3000", "null"] {
            assert_eq!(outcome(&[HOST, SIGNED, ("origin", origin)]), denied, "{origin}");
        }
        for site in ["cross-site", "same-origin", "none"] {
            assert_eq!(outcome(&[HOST, SIGNED, ("sec-fetch-site", site)]), denied, "{site}");
        }
    }

    #[test]
    fn nobody_is_let_in_without_the_key_of_this_start() {
        assert_eq!(outcome(&[HOST]), "MissingAuthenticationTokenException");
        for value in ["", "Bearer KEY", "KEY", "AWS4-HMAC-SHA256 KEY", "AWS4-HMAC-SHA256 Credential=KEY, Signature=ab"]
        {
            assert_eq!(outcome(&[HOST, ("authorization", value)]), "MissingAuthenticationTokenException", "{value}");
        }
        for key in ["local", "key", "KEYS", ""] {
            let value = SIGNED.1.replace("KEY", key);
            assert_eq!(outcome(&[HOST, ("authorization", &value)]), "UnrecognizedClientException", "{key}");
        }
    }

    #[test]
    fn each_key_is_another_and_is_not_printed() {
        assert_ne!(Access::generate(), Access::generate());
        assert_eq!(Access::generate().key().len(), 37);
        assert_eq!(format!("{:?}", Access::new("KEY", "secret")), "Access(redacted)");
    }
}
