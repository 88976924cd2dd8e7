//! What the sample events name: an organization with its members, links, mails and all the rest, under fixed ids, codes and tokens.
//! The same store that the operations use writes it.

use std::{collections::BTreeMap, sync::Arc};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use functions::{App, app::Services};
use serde_json::json;
use shared::{
    clock::ShiftedClock,
    config::Config,
    domain::{
        Access, Act, ActorId, Admission, Alerts, Allocation, ApiKey, ApiKeyId, ApiKeyToken, Cap, EmailAddress,
        EnrollmentState, Event, EventId, EventType, Feedback, Founding, Gate, GrantFilter, Intake, Job, JobId,
        JobState, Language, Link, LinkCode, LinkId, LinkName, LinkState, LoginToken, LongText, Mail, MailId,
        MailRequestId, Member, MemberId, Module, ModuleId, Order, Organization, OrganizationId, PersonName, Picture,
        Position, Role, Scope, Session, SessionToken, TimeZone, Title, Unit, UnitId, UnitKind, Webhook, WebhookId,
        WebhookSecret, WebhookState, lots_for,
    },
    random::{Random, SystemRandom},
    store::{FeedbackOutcome, Identity, MailOutcome, Minted, SignIn},
};

const ORGANIZATION: &str = "66666666-6666-4666-8666-666666666666";
const GROUP: &str = "11111111-1111-4111-8111-111111111111";
const MODULE: &str = "22222222-2222-4222-8222-222222222222";
const API_KEY: &str = "01900000-0000-4000-8000-00000000a001";
const JOB: &str = "01900000-0000-7000-8000-000000000101";
const WEBHOOK: &str = "01900000-0000-7000-8000-000000000301";
const DELIVERY: &str = "0d5e2f3a-0000-5000-8000-000000000401";
/// The instant link of forty seats.
const OPEN: (u8, &str) = (1, "0123456789abcdefghjkmnpqrs");
const APPROVAL: (u8, &str) = (2, "aaaaaaaaaaaaaaaaaaaaaaaaaa");
const FULL: (u8, &str) = (3, "ffffffffffffffffffffffffff");
const INACTIVE: (u8, &str) = (4, "nnnnnnnnnnnnnnnnnnnnnnnnnn");
const EXPIRED: (u8, &str) = (5, "eeeeeeeeeeeeeeeeeeeeeeeeee");

/// What the events name in the clear and no log may hold.
pub const SECRETS: [&str; 9] =
    [OPEN.1, APPROVAL.1, FULL.1, INACTIVE.1, EXPIRED.1, "not-a-code", "AAAAAAAAAAAAAAAAAAAA", "__________", "@"];

/// Makes ids of one byte, so that they are known.
struct Always(u8);

impl Random for Always {
    fn fill(&self, bytes: &mut [u8]) {
        // Only ids are sixteen bytes long; what is tried next stays a matter of chance.
        match bytes.len() {
            16 => bytes.fill(self.0),
            _ => SystemRandom.fill(bytes),
        }
    }
}

/// Writes through the store, with the time and the random bytes it is told.
pub struct Seed<'a> {
    /// Where the engine is.
    pub endpoint: &'a str,
    /// The environment of the functions.
    pub environment: &'a BTreeMap<String, String>,
}

impl Seed<'_> {
    /// A webhook whose name leads to loopback, and a delivery to it.
    async fn webhook(&self, store: &shared::store::Store, olga: &Member) {
        let now = self.app(0, 0).clock.now();
        let webhook = Webhook {
            id: WebhookId::parse(WEBHOOK).unwrap(),
            organization: olga.organization,
            url: "https://localhost/hook".to_owned(),
            description: None,
            events: None,
            state: WebhookState::Active,
            reason: None,
            version: 1,
            secret: WebhookSecret::generate(&SystemRandom),
            old_secrets: Vec::new(),
            created_at: now,
            created_by: olga.id,
            failures: 0,
            failing_since: None,
            next_probe_at: None,
            revision: 1,
        };
        assert!(store.create_webhook(olga, &webhook, None).await.unwrap());
        let event = Event {
            id: EventId::parse(DELIVERY).unwrap(),
            kind: EventType::LinkCreated,
            timestamp: now,
            organization: olga.organization,
            data: json!({"link_id": null}),
        };
        let body = serde_json::to_string(&event).unwrap();
        store.add_delivery(&store.new_delivery(&webhook, &event, body, false)).await.unwrap();
    }

    /// Writes all of it.
    pub async fn write(&self) {
        let picture = Picture::read(include_bytes!("../../../shared/src/domain/picture/samples/logo.png")).unwrap();
        let organization = Organization {
            id: OrganizationId::parse(ORGANIZATION).unwrap(),
            name: Title::parse("Acme Welding").unwrap(),
            time_zone: TimeZone::parse("Europe/Warsaw").unwrap(),
            language: Language::Pl,
            support_contact: None,
            accent_color: None,
            logo: None,
            // The logo makes it the first.
            version: 0,
            created_at: self.app(0, 0).clock.now(),
            closing: None,
            members_indexed: false,
        };
        let olga = self.admin(&organization);
        let hash = Founding::hash(None, &organization.name, &olga.email);
        let store = self.app(0x55, 0).store.clone();
        store.create_organization(&organization, &olga, &hash).await.unwrap();
        store.put_logo(organization.id, ActorId::Admin(olga.id), None, &picture).await.unwrap();
        // The all-zero bearer token of the events is the session of the member with the all-zero id.
        self.sign_in(0x55, 0, made_with(0x55), "A".repeat(64)).await;
        // Thirteen hours ago: one more than an admin's session lasts.
        let asked = self.ask(0x56, 13, &olga.email).await;
        let store = self.app(0x56, 13).store.clone();
        assert_eq!(store.work_off_request(asked).await.unwrap(), 1);
        let mail = MailId::of_request(asked, olga.id);
        self.sign_in(0x56, 13, mail, SessionToken::new(olga.id, [0xff; 32]).reveal()).await;

        let store = self.app(0, 0).store.clone();
        let module = Module {
            id: ModuleId::parse(MODULE).unwrap(),
            title: Title::parse("Hot work").unwrap(),
            url: "https://training.example/hot-work".to_owned(),
        };
        store.put_module(organization.id, olga.id.into(), &module).await.unwrap();
        self.webhook(&store, &olga).await;
        let group = Unit {
            id: UnitId::parse(GROUP).unwrap(),
            kind: UnitKind::Group,
            name: Title::parse("Welders").unwrap(),
            modules: [module.id].into(),
        };
        store.put_unit(organization.id, olga.id.into(), &group).await.unwrap();

        let link = |(number, code), change: fn(&mut Link)| {
            let mut link = self.link(&olga, number, code);
            change(&mut link);
            link.gate.lots = lots_for(link.cap);
            link
        };
        for link in [
            link(OPEN, |link| link.cap = Some(Cap::parse(40).unwrap())),
            link(APPROVAL, |link| link.admission = Admission::Approval),
            link(FULL, |link| link.cap = Some(Cap::parse(1).unwrap())),
            link(INACTIVE, |link| link.state = LinkState::Inactive),
            link(EXPIRED, |link| link.expires_at = Some(link.created_at.plus(chrono::TimeDelta::hours(-1)))),
        ] {
            store.create_link(&link, None).await.unwrap();
        }

        let (id, now) = (ApiKeyId::parse(API_KEY).unwrap(), self.app(0, 0).clock.now());
        let key = ApiKey {
            id,
            organization: organization.id,
            name: Title::parse("Wallboard").unwrap(),
            scope: Scope::Read,
            hash: ApiKeyToken::generate(organization.id, id, &SystemRandom).hash(),
            created_at: now,
            created_by: olga.id,
            expires_at: None,
            last_used_at: None,
            revoked: None,
            delete_after: None,
        };
        assert!(store.create_api_key(&key, None).await.unwrap());

        // Gus's reservation lapsed a day ago, and his mail never went.
        self.register(0x70, 72, OPEN, "Gus Late", "gus@example.com").await;
        // Bo's mail is the one of the send-mail event.
        self.register(0x44, 0, OPEN, "Bo Rivet", "bo@example.com").await;
        // Dee got hers: the login token of the sign-in event.
        self.register(0x71, 0, OPEN, "Dee Fitter", "dee@example.com").await;
        self.mail(0, registered_with(0x71, "dee@example.com"), 0).await;
        // Bo asks for a login link beside: the request of the send-mail.request event.
        self.ask(0x57, 0, &EmailAddress::parse("bo@example.com").unwrap()).await;
        self.register(0x72, 0, APPROVAL, "Cy Joiner", "cy@example.com").await;
        self.order(&olga).await;
        // Fay has signed in.
        let fay = MemberId::of_address(organization.id, &EmailAddress::parse("fay@example.com").unwrap());
        self.register(0x73, 0, FULL, "Fay Forge", "fay@example.com").await;
        self.sign_in(0x73, 0, registered_with(0x73, "fay@example.com"), SessionToken::new(fay, [0xff; 32]).reveal())
            .await;
        // And called the mail unwanted.
        let said = self.app(0, 0).clock.now();
        let outcome =
            store.record_feedback(registered_with(0x73, "fay@example.com"), Feedback::Complained, said).await.unwrap();
        assert_eq!(outcome, FeedbackOutcome::Recorded);
    }

    /// What the operations work with, so many hours ago and with this byte for all random ones.
    fn app(&self, random: u8, hours_ago: i64) -> App {
        let config = Config::from_lookup(|name| Ok(self.environment.get(name).cloned())).unwrap();
        let services = {
            let sdk = || tests::sdk::access().sdk(self.endpoint);
            Services { dynamodb: sdk(), ses: sdk(), eventbridge: sdk() }
        };
        let clock = ShiftedClock::default();
        clock.advance(chrono::TimeDelta::hours(-hours_ago));
        App::connect(config, services, Arc::new(clock), Arc::new(Always(random)))
    }

    fn admin(&self, organization: &Organization) -> Member {
        let name = PersonName::parse("Olga Admin").unwrap();
        let email = EmailAddress::parse("olga@example.com").unwrap();
        let since = organization.created_at;
        Member {
            id: MemberId::from_bytes([0; 16]),
            role: Role::Admin,
            ..Member::new(organization.id, name, email, Access::Granted, since)
        }
    }

    fn link(&self, admin: &Member, number: u8, code: &str) -> Link {
        let now = self.app(0, 0).clock.now();
        Link {
            id: LinkId::parse(&format!("01900000-0000-7000-8000-{number:012}")).unwrap(),
            organization: admin.organization,
            name: LinkName::parse("Spring crew").unwrap(),
            description: LongText::parse("Welders of the spring shift").unwrap(),
            welcome: None,
            code: LinkCode::parse(code).unwrap(),
            state: LinkState::Active,
            version: 1,
            expires_at: None,
            cap: None,
            admission: Admission::Instant,
            allocation: Allocation { groups: [UnitId::parse(GROUP).unwrap()].into(), ..Allocation::default() },
            intake: Intake::default(),
            asked_before: Vec::new(),
            created_at: now,
            created_by: admin.id.into(),
            updated_at: now,
            code_replaced: None,
            deleted: None,
            expiry_noted: false,
            notify_waiting: true,
            alerts: Alerts::default(),
            time_zone: TimeZone::parse("Europe/Warsaw").unwrap(),
            gate: Gate::fresh(1),
        }
    }

    /// Orders access for everybody pending on the approval link.
    async fn order(&self, admin: &Member) {
        let app = self.app(0, 0);
        let now = app.clock.now();
        let link = LinkId::parse(&format!("01900000-0000-7000-8000-{:012}", APPROVAL.0)).unwrap();
        let job = Job {
            id: JobId::parse(JOB).unwrap(),
            organization: admin.organization,
            order: Order::Grants(GrantFilter {
                access: None,
                link: Some(link),
                state: Some(EnrollmentState::Pending),
                unit: None,
                include_rejected: false,
            }),
            state: JobState::Queued,
            created_by: admin.id.into(),
            created_at: now,
            started_at: None,
            ended_at: None,
            total: Some(1),
            outcomes: BTreeMap::new(),
            position: Position::default(),
            claims: 0,
            tries: 0,
            cancelling: false,
            reason: None,
            next_attempt_at: Some(now.plus(chrono::TimeDelta::hours(1))),
            delete_after: now.plus(chrono::TimeDelta::days(90)).epoch_seconds(),
        };
        app.store.create_job(&job, Act::GrantsOrdered, &json!({}), None).await.unwrap();
    }

    async fn register(&self, random: u8, hours_ago: i64, (_, code): (u8, &str), name: &str, email: &str) {
        let name = PersonName::parse(name).unwrap();
        let identity = Identity::Stranger { name, email: EmailAddress::parse(email).unwrap() };
        let code = LinkCode::parse(code).unwrap().hash();
        let store = self.app(random, hours_ago).store.clone();
        let door = store.door(&code).await.unwrap();
        let redeemed = store.redeem(&code, door, &identity.into()).await.unwrap();
        assert!(redeemed.state.is_some(), "{email}: {redeemed:?}");
        let request = MailRequestId::generate(&Always(random));
        assert_eq!(store.work_off_request(request).await.unwrap(), 0, "its mail was written with it");
    }

    /// Writes a request for login links.
    async fn ask(&self, random: u8, hours_ago: i64, email: &EmailAddress) -> MailRequestId {
        let store = self.app(random, hours_ago).store.clone();
        let request = store.login_request(email.clone(), None);
        store.request_mail(&request).await.unwrap();
        request.id
    }

    /// Sends this mail, with this token in it.
    async fn mail(&self, hours_ago: i64, id: MailId, token: u8) -> LoginToken {
        let app = self.app(token, hours_ago);
        let token = LoginToken::parse(&URL_SAFE_NO_PAD.encode([token; 32])).unwrap();
        let expires_at = app.clock.now().plus(chrono::TimeDelta::minutes(15));
        let mint = |_: &Mail, _: &Member| Minted { token: token.hash(), code: None, expires_at };
        let claimed = app.store.claim_mail(id, chrono::TimeDelta::minutes(1), mint).await.unwrap().unwrap();
        app.store.end_mail(&claimed, &MailOutcome::Sent("sent".to_owned()), false).await.unwrap();
        token
    }

    /// Signs in from this mail, to this session.
    async fn sign_in(&self, random: u8, hours_ago: i64, mail: MailId, session: String) {
        let token = self.mail(hours_ago, mail, random).await;
        let app = self.app(random, hours_ago);
        let session = SessionToken::parse(&session).unwrap();
        let begin = |member: &Member| {
            assert_eq!(member.id, session.member());
            let now = app.clock.now();
            let expires_at = now.plus(chrono::TimeDelta::hours(12));
            Session {
                hash: session.hash(),
                member: member.id,
                created_at: now,
                last_seen_at: now,
                expires_at,
                idle_ms: 3_600_000,
                delete_after: expires_at.epoch_seconds(),
            }
        };
        let outcome =
            app.store.sign_in(&SignIn { token: token.hash(), session: &begin, replaces: None }).await.unwrap();
        assert!(matches!(outcome, shared::store::SignInOutcome::SignedIn(_)), "{outcome:?}");
    }
}

/// The id of the mail that was made with this random byte.
fn made_with(random: u8) -> MailId {
    MailId::generate(&Always(random))
}

/// The id of the mail of the registration with this address that was made with this random byte.
fn registered_with(random: u8, email: &str) -> MailId {
    let organization = OrganizationId::parse(ORGANIZATION).unwrap();
    let member = MemberId::of_address(organization, &EmailAddress::parse(email).unwrap());
    MailId::of_request(MailRequestId::generate(&Always(random)), member)
}
