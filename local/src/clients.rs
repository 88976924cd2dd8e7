//! SDK clients for engines on this machine, or wherever the developer points.

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};

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

/// A client of the table.
#[must_use]
pub fn dynamodb(endpoint: &str) -> aws_sdk_dynamodb::Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(region())
        .credentials_provider(credentials());
    aws_sdk_dynamodb::Client::from_conf(config.build())
}

/// A client of the table's stream.
#[must_use]
pub fn dynamodb_streams(endpoint: &str) -> aws_sdk_dynamodbstreams::Client {
    let config = aws_sdk_dynamodbstreams::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(region())
        .credentials_provider(credentials());
    aws_sdk_dynamodbstreams::Client::from_conf(config.build())
}

/// A client of the mail service.
#[must_use]
pub fn sesv2(endpoint: &str) -> aws_sdk_sesv2::Client {
    let config = aws_sdk_sesv2::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(region())
        .credentials_provider(credentials());
    aws_sdk_sesv2::Client::from_conf(config.build())
}
