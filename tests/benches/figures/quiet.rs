//! A system in which nothing happens by itself: no stream, no schedule. With one organization and one link.

use std::sync::Arc;

use anyhow::{Context, Result};
use local::{
    Options, Running, System, Template,
    template::{find_in_project, parameters},
};
use serde_json::json;
use shared::{
    clock::{Clock, SystemClock},
    domain::{
        Admission, Alerts, Allocation, Cap, Door, EmailAddress, Gate, Intake, Link, LinkCode, LinkId, LinkName,
        LinkState, LongText, MemberId, OrganizationId, PersonName, lots_for,
    },
    random::SystemRandom,
    store::{Identity, Store},
};
use tests::{Engine, FaultProxy};

/// The system, its engine and the proxy before it.
pub struct Quiet {
    /// The system.
    pub running: Running,
    /// Its engine, fresh.
    pub engine: Engine,
    /// Before the engine.
    pub proxy: FaultProxy,
    /// The code of its link.
    pub code: LinkCode,
}

impl Quiet {
    /// Starts one, with an instant link of `seats` seats. With `through_proxy` the functions reach the engine through the
    /// proxy, otherwise straight. `settings` go into their environment.
    pub async fn start(seats: u64, through_proxy: bool, settings: &[(&str, String)]) -> Result<Self> {
        let parameters = parameters("http://localhost", "a@example.com");
        let template = Template::load(&find_in_project("template.yaml"), &parameters)?;
        let engine = Engine::of_the_system(&template.table.name).await?;
        let proxy = FaultProxy::start(engine.endpoint(), 7)?;
        let mut options = Options {
            dynamodb_endpoint: Some(engine.endpoint().to_owned()),
            functions_dynamodb_endpoint: through_proxy.then(|| proxy.endpoint()),
            access: Some(tests::sdk::access()),
            clock: Arc::new(SystemClock),
            streams: false,
            ..Options::for_tests()
        };
        for limit in ["REQUESTS_PER_IP_MINUTE", "REQUESTS_PER_IP_HOUR"] {
            options.environment.insert(limit.to_owned(), "1000000".to_owned());
        }
        options.environment.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let running = System::start(options, functions::operations::ALL).await?;
        let event = json!({
            "name": "Demo", "admin_name": "Admin", "admin_email": "admin@example.com", "time_zone": "Europe/Berlin",
        });
        let created = running.invoke("create-organization", event).await?;
        let id = |name: &str| created[name].as_str().context("an id").map(str::to_owned);
        let organization = OrganizationId::parse(&id("organization_id")?)?;
        let link = link(organization, MemberId::parse(&id("member_id")?)?, seats)?;
        running.app.store.create_link(&link, None).await?;
        Ok(Self { running, engine, proxy, code: link.code })
    }

    /// The store that the operations work with.
    pub fn store(&self) -> &Store {
        &self.running.app.store
    }

    /// The link's door.
    pub async fn door(&self) -> Result<Option<Door>> {
        Ok(self.store().door(&self.code.hash()).await?)
    }
}

/// A stranger's registration; each number is another person.
pub fn stranger(number: usize) -> Result<Identity> {
    let email = EmailAddress::parse(&format!("worker{number}@example.com"))?;
    Ok(Identity::Stranger { name: PersonName::parse("Some Body")?, email })
}

fn link(organization: OrganizationId, admin: MemberId, seats: u64) -> Result<Link> {
    let now = SystemClock.now();
    let cap = Some(Cap::parse(seats)?);
    Ok(Link {
        id: LinkId::generate(now, &SystemRandom),
        organization,
        name: LinkName::parse("Link")?,
        description: LongText::parse("")?,
        welcome: None,
        code: LinkCode::generate(&SystemRandom),
        state: LinkState::Active,
        version: 1,
        expires_at: None,
        cap,
        admission: Admission::Instant,
        allocation: Allocation::default(),
        intake: Intake::default(),
        asked_before: Vec::new(),
        created_at: now,
        created_by: admin.into(),
        updated_at: now,
        code_replaced: None,
        deleted: None,
        expiry_noted: false,
        notify_waiting: true,
        alerts: Alerts::default(),
        time_zone: shared::domain::TimeZone::UTC,
        gate: Gate::fresh(lots_for(cap)),
    })
}
