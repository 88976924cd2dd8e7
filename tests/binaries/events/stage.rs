//! The organization that the sample events speak of, written once and copied into a fresh engine for each event.
//!
//! The events of `events/` name fixed ids, codes and tokens, so that they can be given to `sam local invoke` as they
//! are. `seed.rs` writes what goes by these names.

use std::collections::BTreeMap;

use local::{
    Template, clients, table,
    template::{find_in_project, parameters},
};
use serde_json::{Value, json};
use tests::{BusStandIn, Engine, SesStandIn};

use super::seed::Seed;

/// The seeded table, and what a function needs beside it.
pub struct Stage {
    template: Template,
    environment: BTreeMap<String, String>,
    items: Vec<Value>,
    /// Takes what the functions mail.
    pub ses: SesStandIn,
    bus: BusStandIn,
}

impl Stage {
    /// Seeds.
    pub async fn set() -> Self {
        let parameters = parameters("https://join.example.com", "training@example.com");
        let template = Template::load(&find_in_project("template.yaml"), &parameters).unwrap();
        let environment = template.environment().unwrap();
        let mut stage = Self {
            template,
            environment,
            items: Vec::new(),
            ses: SesStandIn::start().unwrap(),
            bus: BusStandIn::start().unwrap(),
        };
        let engine = stage.engine().await;
        Seed { endpoint: engine.endpoint(), environment: &stage.environment }.write().await;
        stage.items = engine.contents().unwrap().into_values().collect();
        stage
    }

    /// An engine that holds the seeded table.
    pub async fn engine(&self) -> Engine {
        let engine = Engine::of_the_system(&self.template.table.name).await.unwrap();
        table::ensure(&clients::dynamodb(engine.endpoint(), &tests::sdk::access()), &self.template.table)
            .await
            .unwrap();
        for item in &self.items {
            let request = json!({"TableName": self.template.table.name, "Item": item});
            engine.database().put_item(serde_json::from_value(request).unwrap()).unwrap();
        }
        engine
    }

    /// The environment of a function that works on this engine.
    pub fn environment(&self, engine: &Engine) -> BTreeMap<String, String> {
        let mut environment = self.environment.clone();
        // Each sample is answered whole, however busy the machine is.
        environment.insert("WORK_BUDGET_MS".to_owned(), "25000".to_owned());
        environment.insert("AWS_ENDPOINT_URL_DYNAMODB".to_owned(), engine.endpoint().to_owned());
        environment.insert("AWS_ENDPOINT_URL_SESV2".to_owned(), self.ses.endpoint());
        environment.insert("AWS_ENDPOINT_URL_EVENTBRIDGE".to_owned(), self.bus.endpoint());
        environment
    }
}
