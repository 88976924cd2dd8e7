//! A whole system of a test's own: engine, fault proxy, gateway, stream and mailbox, with an admin signed in.

mod books;
mod dying;
mod index;
mod jobs;
mod mail;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

pub use index::changed;
pub use mail::feedback;

use local::{
    FirstOrganization, Options, Running, System, Template,
    template::{find_in_project, parameters},
};
use serde_json::{Value, json};
use shared::{clock::ShiftedClock, domain::CodeVerifier};

use index::is_of_index;

use crate::{
    Engine, FaultProxy, SesStandIn,
    engine::SLOWNESS,
    http::{Answer, Client},
};

/// A running system with one organization, its admin signed in.
pub struct World {
    /// The system.
    pub running: Running,
    /// Speaks to its gateway; each call is held against `docs/openapi.yaml`.
    pub client: Client,
    /// Its table's engine, behind the proxy.
    pub engine: Engine,
    /// Stands between the operations and the engine; does nothing until it is told to.
    pub proxy: FaultProxy,
    /// Its clock.
    pub clock: Arc<ShiftedClock>,
    /// Takes its mail in place of the mailbox, where a test wants SES to fail.
    pub ses: Option<SesStandIn>,
    /// The admin's session, as a bearer token.
    pub admin: String,
    units: AtomicU32,
}

/// How many times longer than on AWS the time limits of functions and their calls are in a world. A machine that runs much else
/// may take seconds for a call that usually takes milliseconds.
const BUSY: u32 = 4;

/// A link as create-link answered it.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
}

impl World {
    /// Starts a system. Limits per address are lifted, since all of a test's people share one.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// Starts a system whose options `change` has had a hand in.
    pub async fn start_with(change: impl FnOnce(&mut Options)) -> Self {
        Self::start_on(None, change).await
    }

    /// Starts a system that mails through a stand-in for SES. Its stream is not read: mail goes when [`World::deliver`] is called.
    pub async fn start_without_stream(change: impl FnOnce(&mut Options)) -> Self {
        let ses = SesStandIn::start().expect("a stand-in for SES starts");
        Self::start_on(Some(ses), |options| {
            options.streams = false;
            change(options);
        })
        .await
    }

    /// Starts a system that mails through a stand-in for SES.
    pub async fn start_with_ses(change: impl FnOnce(&mut Options)) -> Self {
        Self::start_on(Some(SesStandIn::start().expect("a stand-in for SES starts")), change).await
    }

    async fn start_on(ses: Option<SesStandIn>, change: impl FnOnce(&mut Options)) -> Self {
        let parameters = parameters("http://localhost", "a@example.com");
        let template = Template::load(&find_in_project("template.yaml"), &parameters).expect("the template is sound");
        let engine = Engine::of_a_world(&template.table.name).await.expect("an engine starts");
        let proxy = FaultProxy::start(engine.endpoint(), 7).expect("a proxy starts");
        let clock = Arc::new(ShiftedClock::default());
        let mut options = Options {
            dynamodb_endpoint: Some(engine.endpoint().to_owned()),
            table: Some(engine.table().to_owned()),
            access: Some(crate::sdk::access()),
            functions_dynamodb_endpoint: Some(proxy.endpoint().to_owned()),
            clock: clock.clone(),
            organization: Some(FirstOrganization::default()),
            ses_endpoint: ses.as_ref().map(SesStandIn::endpoint),
            ..Options::for_tests()
        };
        for limit in ["REQUESTS_PER_IP_MINUTE", "REQUESTS_PER_IP_HOUR", "SIGN_INS_PER_IP_MINUTE"] {
            options.environment.insert(limit.to_owned(), "1000000".to_owned());
        }
        // Time limits decide nothing but in the tests that are about them: the machine may be busy.
        options.slowness = BUSY;
        options.environment.insert("REDEMPTION_BUDGET_MS".to_owned(), "25000".to_owned());
        change(&mut options);
        if engine.is_elsewhere() {
            // A call that is given up there early fails the test and helps nobody.
            options.slowness = SLOWNESS;
            options.environment.insert("REDEMPTION_BUDGET_MS".to_owned(), "25000".to_owned());
        }
        let streams = options.streams;
        let running = System::start(options, functions::operations::ALL).await.expect("the system starts");
        let client = Client::new(&running.base_url).described();
        let units = AtomicU32::new(0);
        let mut world = Self { running, client, engine, proxy, clock, ses, admin: String::new(), units };
        if !streams {
            world.deliver().await;
        }
        let email = FirstOrganization::default().admin_email;
        world.admin = world.sign_in(&email).await;
        world
    }

    /// Signs the admin in anew, after the clock was moved past the end of their session.
    pub async fn sign_in_admin_again(&mut self) {
        let email = FirstOrganization::default().admin_email;
        let mails = self.login_texts_to(&email).len();
        let _ = self.client.post("/v1/login-links", json!({"email": email})).await.expect_status(202);
        if self.ses.is_some() {
            self.deliver().await;
        }
        let _ = self.login_token(&email, mails + 1).await;
        self.admin = self.sign_in(&email).await;
    }

    /// Creates another organization and gives its admin's session.
    pub async fn other_organization(&self, admin_email: &str) -> String {
        let event = json!({
            "name": "Other", "admin_name": "Other Admin", "admin_email": admin_email, "time_zone": "Asia/Tokyo",
        });
        self.running.invoke("create-organization", event).await.expect("an organization is created");
        self.sign_in(admin_email).await
    }

    /// Signs in with the newest login link mailed to `email`, and gives the session token.
    pub async fn sign_in(&self, email: &str) -> String {
        let token = self.login_token(email, 1).await;
        let body = json!({"token": token, "session": "bearer"});
        let answer = self.client.post("/v1/sessions", body).await.expect_status(201);
        answer.json()["session_token"].as_str().expect("a session token").to_owned()
    }

    /// Calls as the admin.
    pub async fn get(&self, path: &str) -> Answer {
        self.client.get(path).bearer(&self.admin).await
    }

    /// Calls as the admin.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.client.post(path, body).bearer(&self.admin).await
    }

    /// Calls as the admin.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.client.put(path, body).bearer(&self.admin).await
    }

    /// Calls as the admin.
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.client.patch(path, body).bearer(&self.admin).await
    }

    /// Calls as the admin.
    pub async fn delete(&self, path: &str) -> Answer {
        self.client.delete(path).bearer(&self.admin).await
    }

    /// Puts a site with one module of its own; gives the ids of both.
    pub async fn site(&self) -> (String, String) {
        let number = self.units.fetch_add(1, Ordering::Relaxed);
        let unit = format!("00000000-0000-4000-8000-{number:012}");
        let module = format!("00000000-0000-4000-9000-{number:012}");
        let of_module = json!({"title": format!("Module {number}"), "url": "https://training.example/module"});
        self.put(&format!("/v1/modules/{module}"), of_module).await.expect_status(200);
        let of_unit = json!({"kind": "site", "name": format!("Site {number}"), "modules": [module]});
        self.put(&format!("/v1/units/{unit}"), of_unit).await.expect_status(200);
        (unit, module)
    }

    /// Makes a link; `fields` are laid over an instant link without cap, expiry or allocation.
    pub async fn link(&self, fields: Value) -> Link {
        let mut body = json!({"name": "Link", "admission": "instant"});
        let fields = fields.as_object().cloned().unwrap_or_default();
        body.as_object_mut().expect("an object").extend(fields);
        let link = self.post("/v1/links", body).await.expect_status(201).json();
        let text = |name: &str| link[name].as_str().expect("a text").to_owned();
        Link { id: text("id"), code: text("code") }
    }

    /// The link as get-link shows it.
    pub async fn show(&self, link: &Link) -> Value {
        self.get(&format!("/v1/links/{}", link.id)).await.expect_status(200).json()
    }

    /// Edits a link at the version it has.
    pub async fn edit(&self, link: &Link, fields: Value) -> Answer {
        let mut body = json!({"version": self.show(link).await["version"]});
        body.as_object_mut().expect("an object").extend(fields.as_object().cloned().unwrap_or_default());
        self.patch(&format!("/v1/links/{}", link.id), body).await
    }

    /// The first page of link-stats, and with it the totals.
    pub async fn stats(&self, link: &Link) -> Value {
        self.get(&format!("/v1/links/{}/stats?limit=100", link.id)).await.expect_status(200).json()
    }

    /// Registers somebody through a link.
    pub async fn register(&self, code: &str, email: &str) -> Answer {
        self.register_with(code, email, json!({})).await
    }

    /// The same from a browser that can prove later that it was this one; `browser` is a digit or letter.
    pub async fn register_from(&self, browser: char, code: &str, email: &str) -> Answer {
        self.register_with(code, email, json!({"code_challenge": challenge_of(browser)})).await
    }

    /// Registers somebody, with these fields in the body beside.
    pub async fn register_with(&self, code: &str, email: &str, fields: Value) -> Answer {
        let mut body = json!({"name": "Some Body", "email": email});
        body.as_object_mut().expect("an object").extend(fields.as_object().cloned().unwrap_or_default());
        self.client.post(&format!("/v1/join/{code}"), body).await
    }

    /// The id of the member with this address, as list-members gives it to the admin.
    pub async fn member_id(&self, email: &str) -> String {
        let mut cursor = String::new();
        loop {
            let page = self.get(&format!("/v1/members?limit=100{cursor}")).await.expect_status(200).json();
            let members = page["members"].as_array().cloned().unwrap_or_default();
            if let Some(member) = members.iter().find(|member| member["email"] == email) {
                return member["id"].as_str().expect("an id").to_owned();
            }
            let next = page["next"].as_str().unwrap_or_else(|| panic!("there is no member with {email}"));
            cursor = format!("&cursor={next}");
        }
    }

    /// Grants access to one member and gives the outcome.
    pub async fn grant(&self, id: &str) -> String {
        let answer = self.post("/v1/members/grants", json!({"members": [id]})).await.expect_status(200).json();
        answer["results"][0]["outcome"].as_str().expect("an outcome").to_owned()
    }

    /// Everything in the table, but for what every call of a stranger writes, whoever they are: counts and requests for mail; and for
    /// the index of members, which no call writes.
    pub fn contents(&self) -> BTreeMap<(String, String), Value> {
        let mut contents = self.engine.contents().expect("the table can be read");
        let others = |partition: &str| partition.starts_with("LIMIT#") || partition.starts_with("REQUEST#");
        contents.retain(|(partition, _), item| !others(partition) && !is_of_index(item));
        contents
    }

    /// The table's items of one entity.
    pub fn items(&self, entity: &str) -> Vec<Value> {
        self.contents().into_values().filter(|item| item["entity"]["S"] == entity).collect()
    }
}

/// The `code_verifier` that a browser keeps; `browser` is a digit or letter.
pub fn verifier_of(browser: char) -> String {
    browser.to_string().repeat(43)
}

/// The `code_challenge` that a browser sends.
pub fn challenge_of(browser: char) -> String {
    CodeVerifier::parse(&verifier_of(browser)).expect("a verifier").challenge().into()
}
