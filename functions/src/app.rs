//! The one state of every operation, built by the same code for Lambda, the local server and tests.

use std::{ops::Deref, sync::Arc, time::Duration};

use aws_config::{SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use shared::{
    bus::Bus,
    clock::Clock,
    config::Config,
    email::Mailer,
    random::Random,
    store::{Settings, Store},
};

use crate::webhook::Sender;

/// What an operation works with. Cloning is cheap: all clones share one state.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of an [`App`].
pub struct Parts {
    /// How the system is set up.
    pub config: Config,
    /// The table.
    pub store: Store,
    /// Sends mail.
    pub mailer: Mailer,
    /// The event bus.
    pub bus: Bus,
    /// Makes the requests of webhooks.
    pub webhooks: Sender,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives random bytes.
    pub random: Arc<dyn Random>,
}

/// How the services are reached. On AWS they share one set-up; elsewhere each engine has an address of its own. A time limit for
/// an attempt that is set there is kept, for an engine that is slower than AWS.
#[derive(Debug, Clone)]
pub struct Services {
    /// The table's service.
    pub dynamodb: SdkConfig,
    /// The mail service.
    pub ses: SdkConfig,
    /// The event bus.
    pub eventbridge: SdkConfig,
}

/// A call that hangs is given up early enough to be tried again within the function's own time limit.
pub const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(3);

/// A connection that hangs is given up early enough for a second one.
pub const CONNECT_TIMEOUT: Duration = Duration::from_millis(1_500);

fn timeouts(service: &SdkConfig) -> TimeoutConfig {
    let set = service.timeout_config();
    TimeoutConfig::builder()
        .connect_timeout(set.and_then(TimeoutConfig::connect_timeout).unwrap_or(CONNECT_TIMEOUT))
        .operation_attempt_timeout(set.and_then(TimeoutConfig::operation_attempt_timeout).unwrap_or(ATTEMPT_TIMEOUT))
        .build()
}

/// DynamoDB answers within milliseconds, so a second attempt soon is better than one after the SDK's usual second.
fn retries() -> RetryConfig {
    RetryConfig::standard().with_initial_backoff(Duration::from_millis(50)).with_max_backoff(Duration::from_secs(1))
}

/// The service, with our time limits and retries.
fn patient(service: SdkConfig) -> SdkConfig {
    let timeouts = timeouts(&service);
    service.into_builder().timeout_config(timeouts).retry_config(retries()).build()
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Builds the clients of the services. Nothing is called yet.
    #[must_use]
    pub fn connect(config: Config, services: Services, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        let mailer = Mailer::new(&services.ses, &config);
        let eventbridge = patient(services.eventbridge);
        let bus = Bus::new(&eventbridge, &config.event_bus_name);
        let client = aws_sdk_dynamodb::Client::new(&patient(services.dynamodb));
        let settings = Settings {
            budget: config.redemption_budget,
            reservation: config.reservation_life,
            repeat_window: config.repeat_window,
            withdrawal_window: config.withdrawal_window,
            mail_grace: config.mail_grace,
            mail_keep: config.mail_keep,
            resend_pause: config.resend_pause,
            live_tokens: config.live_tokens_per_member,
        };
        let store = Store::new(client, &config.table_name, clock.clone(), random.clone(), settings);
        let webhooks = Sender::new(config.webhook_targets);
        Self::new(Parts { config, store, mailer, bus, webhooks, clock, random })
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
