//! A system that runs: what can be asked of it, and its end.

use std::{collections::BTreeMap, net::IpAddr, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use axum::{
    body::Body,
    http::{Request, Response},
};
use functions::App;
use serde_json::Value;
use tokio::{sync::oneshot, task::JoinHandle};

use super::{find, schedules};
use crate::{
    bus::Recorder,
    data_dir::DataDir,
    engine::Engine,
    first_start,
    gateway::Gateway,
    guard::{self, Access},
    invoker::Invoker,
    mailbox::Mailbox,
    options::FirstOrganization,
    rest::Rest,
    schedule,
    template::Template,
};

/// A system that runs. It ends with [`Running::shutdown`], or when it is dropped.
pub struct Running {
    /// Where pages and API are, without a trailing slash.
    pub base_url: String,
    /// The loopback port it listens on.
    pub port: u16,
    /// Where the SDK reaches the table.
    pub dynamodb_endpoint: String,
    /// Where the SDK reaches the mail service.
    pub ses_endpoint: String,
    /// Where the SDK reaches the event bus.
    pub eventbridge_endpoint: String,
    /// What the table is shown; the mail service and the event bus too, where they are this system's own.
    pub access: Access,
    /// The table's name.
    pub table: String,
    /// The functions' environment.
    pub environment: BTreeMap<String, String>,
    /// What the operations work with.
    pub app: App,
    /// The local mailbox.
    pub mailbox: Mailbox,
    /// What others were told over the local bus.
    pub events: Recorder,
    /// The template that was read.
    pub template: Template,
    /// The organization this start created, if it was the first.
    pub created: Option<FirstOrganization>,
    pub(super) invokers: Vec<Invoker>,
    pub(super) gateway: Arc<Gateway>,
    pub(super) rest: Rest,
    pub(super) engine: Option<Engine>,
    /// A temporary folder is there for as long as somebody holds it: the stream's readers keep in it how far they got.
    pub(super) _data: DataDir,
    pub(super) stop: Option<oneshot::Sender<()>>,
    pub(super) server: JoinHandle<()>,
    pub(super) tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Answers a request as the gateway does, with `source` for the address it comes from.
    pub async fn request(&self, request: Request<Body>, source: IpAddr) -> Response<Body> {
        self.gateway.handle(request, source).await
    }

    /// Comes back when all that was written before has been read from the stream, and all that this and the bus led to has come
    /// to an end: mails are sent, jobs are done.
    pub async fn rest(&self) {
        self.rest.reached().await;
    }

    /// What a shell must export so that one function by itself, as `sam local invoke` or `cargo lambda watch` runs it, works with this
    /// system.
    #[must_use]
    pub fn exports(&self) -> String {
        let export = |variables: &[(&str, &str)]| {
            let variables = variables.iter().filter(|(_, value)| !value.is_empty());
            let words: Vec<_> = variables.map(|(name, value)| format!("{name}={}", quoted(value))).collect();
            format!("export {}\n", words.join(" "))
        };
        let own: Vec<_> = self.environment.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let region = guard::region();
        let key = [
            ("AWS_REGION", region.as_str()),
            ("AWS_ACCESS_KEY_ID", self.access.key()),
            ("AWS_SECRET_ACCESS_KEY", self.access.secret()),
        ];
        let endpoints = [
            ("AWS_ENDPOINT_URL_DYNAMODB", self.dynamodb_endpoint.as_str()),
            ("AWS_ENDPOINT_URL_SESV2", self.ses_endpoint.as_str()),
            ("AWS_ENDPOINT_URL_EVENTBRIDGE", self.eventbridge_endpoint.as_str()),
        ];
        export(&key) + &export(&endpoints) + &export(&own)
    }

    /// Calls an operation with an event, as Lambda would.
    ///
    /// # Errors
    /// When there is no such operation, or the call fails.
    pub async fn invoke(&self, operation: &str, event: Value) -> Result<Value> {
        let invoker =
            find(&self.invokers, operation).with_context(|| format!("there is no operation `{operation}`"))?;
        let outcome = invoker.call(&uuid::Uuid::new_v4().to_string(), event).await;
        outcome.with_context(|| format!("{operation} failed"))
    }

    /// Runs an operation's schedule now: `sweep-expired`, for one.
    ///
    /// # Errors
    /// When it has no schedule, or the call fails.
    pub async fn run_schedule(&self, operation: &str) -> Result<Value> {
        let found = schedules(&self.template, &self.invokers).find(|(_, invoker)| invoker.operation() == operation);
        let (schedule, invoker) = found.with_context(|| format!("`{operation}` has no schedule"))?;
        schedule::run(schedule, invoker).await
    }

    /// The first admin's login link, when this start created the organization.
    ///
    /// # Errors
    /// When the mail does not arrive.
    pub async fn first_login_link(&self) -> Result<Option<String>> {
        match &self.created {
            Some(organization) => first_start::login_link(&self.mailbox, organization).await.map(Some),
            None => Ok(None),
        }
    }

    /// Stops taking requests, lets those under way finish for a moment, and closes the data.
    pub async fn shutdown(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = tokio::time::timeout(Duration::from_secs(1), &mut self.server).await;
        self.abort();
        if let Some(engine) = self.engine.take() {
            engine.stop().await;
        }
    }

    fn abort(&self) {
        self.server.abort();
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.abort();
    }
}

/// A text as a shell reads it again.
fn quoted(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._:/@%+".contains(&b);
    if text.bytes().all(plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
