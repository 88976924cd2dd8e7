//! The one state of every operation, built by the same code for Lambda, the local server and tests.

use std::{ops::Deref, sync::Arc};

use aws_config::SdkConfig;
use shared::{
    clock::Clock,
    config::Config,
    email::Mailer,
    random::Random,
    store::{Settings, Store},
};

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
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives random bytes.
    pub random: Arc<dyn Random>,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Builds the clients of the services that `sdk` leads to. Nothing is called yet.
    #[must_use]
    pub fn connect(config: Config, sdk: &SdkConfig, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        let mailer = Mailer::new(sdk, &config);
        let client = aws_sdk_dynamodb::Client::new(sdk);
        let settings = Settings {
            budget: config.redemption_budget,
            reservation: config.reservation_life,
            repeat_window: config.repeat_window,
            mail_grace: config.mail_grace,
            mail_keep: config.mail_keep,
            live_tokens: config.live_tokens_per_member,
        };
        let store = Store::new(client, &config.table_name, clock.clone(), random.clone(), settings);
        Self::new(Parts { config, store, mailer, clock, random })
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
