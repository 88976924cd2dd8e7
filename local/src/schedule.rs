//! The template's schedules: calls a function at its rate, and whenever somebody asks.

use std::time::Duration;

use anyhow::{Context, Result};
use chrono::{SecondsFormat, Utc};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::{
    invoker::Invoker,
    template::{STACK_NAME, Schedule},
};

/// The first call comes shortly after the start: whoever has been away finds things tidied.
const FIRST: Duration = Duration::from_secs(1);

/// Calls a function at its rate until the task is aborted.
pub fn start(schedule: Schedule, invoker: Invoker) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut ticks = tokio::time::interval_at(tokio::time::Instant::now() + FIRST, schedule.every);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            // A failure is logged where the call is made; the next tick is the retry.
            drop(run(&schedule, &invoker).await);
        }
    })
}

/// Calls a function once, as its schedule would.
///
/// # Errors
/// When the call fails.
pub async fn run(schedule: &Schedule, invoker: &Invoker) -> Result<Value> {
    let id = uuid::Uuid::new_v4().to_string();
    invoker.invoke(&id, event(schedule, &id)).await.with_context(|| format!("{} failed", invoker.operation()))
}

/// What EventBridge Scheduler sends to a target that asks for nothing else.
/// See <https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html>.
fn event(schedule: &Schedule, id: &str) -> Value {
    json!({
        "version": "0",
        "id": id,
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": "000000000000",
        "time": Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true),
        "region": "local",
        "resources": [format!("arn:aws:scheduler:local:000000000000:schedule/default/{STACK_NAME}-{}", schedule.name)],
        "detail": "{}",
    })
}

#[cfg(test)]
mod tests {
    use aws_lambda_events::eventbridge::EventBridgeEvent;

    use super::*;

    #[test]
    fn the_event_is_one_of_eventbridge() {
        let schedule = Schedule { name: "Every5Minutes".into(), every: Duration::from_secs(300) };
        let event: EventBridgeEvent = serde_json::from_value(event(&schedule, "x")).unwrap();
        assert_eq!(event.detail_type, "Scheduled Event");
        assert_eq!(event.source, "aws.scheduler");
    }
}
