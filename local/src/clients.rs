//! How the SDK reaches engines on this machine, or wherever the developer points.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};

/// The credentials of the environment when it has any, for an engine that checks them; else made-up ones.
fn credentials() -> Credentials {
    let variable = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
    match (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY")) {
        (Some(key), Some(secret)) => Credentials::new(key, secret, variable("AWS_SESSION_TOKEN"), None, "environment"),
        _ => Credentials::new("local", "local", None, None, "local"),
    }
}

fn region() -> Region {
    Region::new(std::env::var("AWS_REGION").unwrap_or_else(|_| "eu-central-1".to_owned()))
}

/// The set-up of clients for the services at `endpoint`.
#[must_use]
pub fn sdk(endpoint: &str) -> SdkConfig {
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(region())
        .credentials_provider(SharedCredentialsProvider::new(credentials()))
        .build()
}

/// A client of the table.
#[must_use]
pub fn dynamodb(endpoint: &str) -> aws_sdk_dynamodb::Client {
    aws_sdk_dynamodb::Client::new(&sdk(endpoint))
}

/// A client of the table's stream.
#[must_use]
pub fn dynamodb_streams(endpoint: &str) -> aws_sdk_dynamodbstreams::Client {
    aws_sdk_dynamodbstreams::Client::new(&sdk(endpoint))
}
