//! Real AWS SDK clients for tests: what stands between a test and an engine is the SDK that production uses.

use std::time::Duration;

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, retry::RetryConfig, timeout::TimeoutConfig};

/// How a client behaves when a call fails.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Attempts the SDK makes for one call, the first included.
    pub attempts: u32,
    /// How long it waits for the answer to one attempt.
    pub attempt_timeout: Duration,
    /// The longest first back-off; the SDK doubles it and takes a random share.
    pub first_backoff: Duration,
}

impl Patience {
    /// One attempt only: what a call did is what the test sees.
    #[must_use]
    pub fn once() -> Self {
        Self { attempts: 1, ..Self::default() }
    }
}

impl Default for Patience {
    /// Three attempts as the SDK makes them, with waits short enough for a test.
    fn default() -> Self {
        Self { attempts: 3, attempt_timeout: Duration::from_secs(5), first_backoff: Duration::from_millis(20) }
    }
}

/// The key to the engines of tests.
#[must_use]
pub fn access() -> local::Access {
    local::Access::new("test", "test")
}

/// Credentials that open nothing but the engines of tests.
fn credentials() -> Credentials {
    Credentials::new("test", "test", None, None, "tests")
}

/// A DynamoDB client for the engine or proxy at `endpoint`.
#[must_use]
pub fn dynamodb(endpoint: &str, patience: Patience) -> aws_sdk_dynamodb::Client {
    aws_sdk_dynamodb::Client::from_conf(
        aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("eu-central-1"))
            .credentials_provider(credentials())
            .endpoint_url(endpoint)
            .retry_config(retries(patience))
            .timeout_config(timeouts(patience))
            .build(),
    )
}

/// An SES v2 client for the stand-in at `endpoint`.
#[must_use]
pub fn ses(endpoint: &str, patience: Patience) -> aws_sdk_sesv2::Client {
    aws_sdk_sesv2::Client::from_conf(
        aws_sdk_sesv2::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("eu-central-1"))
            .credentials_provider(credentials())
            .endpoint_url(endpoint)
            .retry_config(retries(patience))
            .timeout_config(timeouts(patience))
            .build(),
    )
}

fn retries(patience: Patience) -> RetryConfig {
    RetryConfig::standard().with_max_attempts(patience.attempts).with_initial_backoff(patience.first_backoff)
}

fn timeouts(patience: Patience) -> TimeoutConfig {
    TimeoutConfig::builder().operation_attempt_timeout(patience.attempt_timeout).build()
}
