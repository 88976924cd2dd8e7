//! Runs one operation as a Lambda function.
//!
//! Credentials and region come from the environment, where Lambda puts them; the chain of other sources is not even
//! built, which keeps the start short.

use std::{env, process::ExitCode, sync::Arc};

use aws_config::{
    BehaviorVersion, SdkConfig,
    environment::{EnvironmentVariableCredentialsProvider, EnvironmentVariableRegionProvider},
    meta::region::ProvideRegion,
};
use lambda_runtime::{Diagnostic, Error, LambdaEvent, service_fn};
use serde_json::Value;
use shared::{clock::SystemClock, config::Config, random::SystemRandom};
use tracing_subscriber::EnvFilter;

use crate::{App, Operation, app::Services, causes::causes};

/// What Lambda tells each function, and the runtime client does not go without.
const LAMBDA: [&str; 4] = [
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
];

/// Serves events to `operation` until Lambda ends the process. A broken set-up is one log line and a failure.
#[must_use]
pub fn run(operation: &'static Operation) -> ExitCode {
    start_logging();
    let outcome = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Error::from)
        .and_then(|runtime| runtime.block_on(serve(operation)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(operation = operation.name, error = causes(&*error), "stopped");
            ExitCode::FAILURE
        }
    }
}

async fn serve(operation: &'static Operation) -> Result<(), Error> {
    if let Some(missing) = LAMBDA.into_iter().find(|name| env::var_os(name).is_none()) {
        let help = "this is a Lambda function: start the whole system with `cargo run`, or this one with \
                    `sam local invoke` or `cargo lambda watch`";
        return Err(format!("{missing} is not set; {help}").into());
    }
    let config = Config::from_env()?;
    let sdk = sdk_config().await?;
    let services = Services { dynamodb: sdk.clone(), ses: sdk.clone(), eventbridge: sdk };
    let app = App::connect(config, services, Arc::new(SystemClock), Arc::new(SystemRandom));
    let service = service_fn(move |event: LambdaEvent<Value>| {
        let answer = (operation.invoke)(app.clone(), event);
        // The runtime client logs a failure in its debug form, so it gets one that says no more than a log may hold.
        async move { answer.await.map_err(|error| diagnostic(&*error)) }
    });
    lambda_runtime::run(service).await
}

fn diagnostic(error: &(dyn std::error::Error + 'static)) -> Diagnostic {
    Diagnostic { error_type: "failed".to_owned(), error_message: causes(error) }
}

/// How to reach the services. `AWS_ENDPOINT_URL_DYNAMODB`, `AWS_ENDPOINT_URL_SESV2` and `AWS_ENDPOINT_URL_EVENTBRIDGE` lead to
/// other engines.
async fn sdk_config() -> Result<SdkConfig, Error> {
    let region = EnvironmentVariableRegionProvider::new().region().await.ok_or("AWS_REGION is not set")?;
    Ok(aws_config::defaults(BehaviorVersion::latest())
        .region(region)
        .credentials_provider(EnvironmentVariableCredentialsProvider::new())
        .load()
        .await)
}

/// JSON lines, at the level Lambda's log settings name. The libraries beneath us only warn: at finer levels they log
/// requests and answers.
fn start_logging() {
    let level = env::var("AWS_LAMBDA_LOG_LEVEL").unwrap_or_default().to_ascii_lowercase();
    let level = if ["trace", "debug", "warn", "error"].contains(&level.as_str()) { level.as_str() } else { "info" };
    let others = if level == "error" { "error" } else { "warn" };
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_span_list(false)
        .with_env_filter(EnvFilter::new(format!("{others},functions={level},shared={level}")))
        .with_writer(std::io::stderr)
        .init();
}
