//! The one place that reads the environment. Everything that can be set is a field of [`Config`].
//!
//! Defaults and the reasons for them are the parameter table of `docs/SECURITY.md`.

mod base_url;
mod origin_keys;

use std::{env, ops::RangeInclusive, time::Duration};

use chrono::TimeDelta;

pub use base_url::BaseUrl;
pub use origin_keys::OriginKeys;

use crate::domain::EmailAddress;

/// How the system is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// `TABLE_NAME`: the DynamoDB table.
    pub table_name: String,
    /// `BASE_URL`: the origin people see, such as `https://join.example.com`. Links in pages and mail start with it;
    /// requests of browsers must come from it.
    pub base_url: BaseUrl,
    /// `MAIL_FROM`: the sender's address.
    pub mail_from: EmailAddress,
    /// `SES_CONFIGURATION_SET`: the SES configuration set mail is sent with, if any.
    pub ses_configuration_set: Option<String>,
    /// `SUPPORT_CONTACT`: an address or a number named in mail for people who need help, if any.
    pub support_contact: Option<String>,
    /// `ORIGIN_KEYS_SHA256`: by what requests show that they came through the distribution in front of the API. Without it nothing
    /// stands there, and the client's address is the one the gateway saw.
    pub origin_keys: OriginKeys,
    /// `EVENT_BUS_NAME` (`default`): the EventBridge bus that events go to.
    pub event_bus_name: String,
    /// `WEBHOOK_TARGETS` (`public`): where webhooks may go. `any` lets them go anywhere, also unencrypted: for one machine only.
    pub webhook_targets: WebhookTargets,

    /// `LOGIN_TOKEN_MINUTES` (15): how long a login link is good for that the person asked for.
    pub login_token_life: TimeDelta,
    /// `GRANT_TOKEN_HOURS` (24): how long a login link is good for that an admin's grant sent.
    pub grant_token_life: TimeDelta,
    /// `LIVE_TOKENS_PER_MEMBER` (3): how many unspent login links a member has at most.
    pub live_tokens_per_member: u32,

    /// `WORKER_SESSION_DAYS` (30): a worker's session ends after this long.
    pub worker_session_life: TimeDelta,
    /// `WORKER_SESSION_IDLE_HOURS` (168, a week): a worker's session ends when unused for this long.
    pub worker_session_idle: TimeDelta,
    /// `ADMIN_SESSION_HOURS` (12): an admin's session ends after this long.
    pub admin_session_life: TimeDelta,
    /// `ADMIN_SESSION_IDLE_MINUTES` (60): an admin's session ends when unused for this long.
    pub admin_session_idle: TimeDelta,
    /// `LAST_SEEN_MINUTES` (5): how often at most a session's use is written down.
    pub last_seen_interval: TimeDelta,

    /// `REQUESTS_PER_IP_MINUTE` (120): public requests of one client address in a minute. A whole crew registers
    /// behind one address at shift start, so this is only a flood brake.
    pub requests_per_ip_minute: u32,
    /// `REQUESTS_PER_IP_HOUR` (1,000): the same in an hour.
    pub requests_per_ip_hour: u32,
    /// `SIGN_INS_PER_IP_MINUTE` (10): login links one client address may try to spend in a minute.
    pub sign_ins_per_ip_minute: u32,
    /// `MAILS_PER_RECIPIENT_HOUR` (3): mails to one mailbox in an hour, over all links and organizations.
    pub mails_per_recipient_hour: u32,
    /// `MAILS_PER_RECIPIENT_DAY` (10): the same in a day.
    pub mails_per_recipient_day: u32,

    /// `BODY_LIMIT_BYTES` (16,384): the longest request body, decoded.
    pub body_limit: usize,
    /// `IMPORT_LIMIT_BYTES` (1,048,576): the longest file of people.
    pub import_limit: usize,
    /// `IMPORT_ROWS_MAX` (10,000): the most rows it has.
    pub import_rows_max: usize,
    /// `PAGE_SIZE_MAX` (100): the most items on a page.
    pub page_size_max: u32,
    /// `BULK_MAX` (100): the most ids in one bulk call. DynamoDB takes at most 100 items in one batch or transaction.
    pub bulk_max: usize,
    /// `CAP_MAX` (1,000,000): the highest cap of a link.
    pub cap_max: u32,
    /// `EXPIRY_MAX_DAYS` (731, two years): how far away a link's expiry may be.
    pub expiry_max: TimeDelta,

    /// `RESERVATION_HOURS` (48): how long a seat waits for the first sign-in.
    pub reservation_life: TimeDelta,
    /// `REDEMPTION_BUDGET_MS` (6,000): how long a registration tries before it answers 503. Less than the function's
    /// time limit of 10 s, so that the answer is ours.
    pub redemption_budget: Duration,
    /// `WORK_BUDGET_MS` (7,000): how long one call of a function that works through a list begins new pieces of it: a sweep, a job,
    /// a batch of mails, a change of many links, a closing, an indexing. Less than the functions' time limit of 10 s, by as much as the piece that
    /// was begun last may take. What is left is done by the next call.
    pub work_budget: Duration,

    /// `REPEAT_WINDOW_MINUTES` (15): how long after a registration its repetition is answered alike on a link that has
    /// filled up meanwhile. Later a full link answers everyone alike, so that nobody learns from it who registered.
    pub repeat_window: TimeDelta,
    /// `WITHDRAWAL_HOURS` (24): how long the browser that registered can take the registration back: as long as its mail is good.
    pub withdrawal_window: TimeDelta,

    /// `MAIL_ATTEMPTS_MAX` (8): how often one mail is tried before it counts as failed.
    pub mail_attempts_max: u32,
    /// `MAIL_GRACE_MINUTES` (2): how long the stream has to hand a mail over before the sweep looks at it.
    pub mail_grace: TimeDelta,
    /// `MAIL_KEEP_DAYS` (90): how long the record of a mail is kept.
    pub mail_keep: TimeDelta,
    /// `RESEND_SECONDS` (60): how long after a login mail that an admin had sent anew the next one to the same member can be.
    pub resend_pause: TimeDelta,
}

/// Where webhooks may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookTargets {
    /// To hosts of the public Internet, by name, encrypted.
    Public,
    /// Anywhere.
    Any,
}

/// What is wrong with the environment. Each message names the variable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A variable without a default is not set.
    #[error("{0} is not set")]
    Missing(&'static str),
    /// A variable is not UTF-8.
    #[error("{0} is not text")]
    NotText(&'static str),
    /// A variable that is a number is none, or out of range.
    #[error("{name} must be a whole number from {low} to {high}")]
    Number {
        /// The variable.
        name: &'static str,
        /// The least it may be.
        low: u32,
        /// The most it may be.
        high: u32,
    },
    /// `TABLE_NAME` is no name DynamoDB accepts.
    #[error("TABLE_NAME must be 3 to 255 letters, digits, '_', '-' or '.'")]
    TableName,
    /// `BASE_URL` is no origin.
    #[error("BASE_URL must be an origin such as https://join.example.com, without a path or a trailing slash")]
    BaseUrl,
    /// `MAIL_FROM` is no address.
    #[error("MAIL_FROM must be one e-mail address")]
    MailFrom,
    /// `ORIGIN_KEYS_SHA256` is no list of digests.
    #[error("ORIGIN_KEYS_SHA256 must be one or two SHA-256, each 64 hexadecimal digits, with a comma between them")]
    OriginKeys,
    /// `WEBHOOK_TARGETS` is neither of its two words.
    #[error("WEBHOOK_TARGETS must be public or any")]
    WebhookTargets,
    /// A text has control characters or is too long.
    #[error("{0} must be 1 to 200 characters on one line")]
    Text(&'static str),
}

impl Config {
    /// The defaults, with what has none.
    ///
    /// # Errors
    /// [`ConfigError`] names what is wrong.
    pub fn new(table_name: &str, base_url: &str, mail_from: &str) -> Result<Self, ConfigError> {
        Self::from_lookup(|name| match name {
            "TABLE_NAME" => Ok(Some(table_name.to_owned())),
            "BASE_URL" => Ok(Some(base_url.to_owned())),
            "MAIL_FROM" => Ok(Some(mail_from.to_owned())),
            _ => Ok(None),
        })
    }

    /// The environment of this process. Variables that are not set, or empty, keep their defaults.
    ///
    /// # Errors
    /// [`ConfigError`] names what is wrong.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_lookup(|name| match env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(env::VarError::NotPresent) => Ok(None),
            Err(env::VarError::NotUnicode(_)) => Err(ConfigError::NotText(name)),
        })
    }

    /// The same from any source of variables.
    ///
    /// # Errors
    /// [`ConfigError`] names what is wrong.
    pub fn from_lookup(
        lookup: impl Fn(&'static str) -> Result<Option<String>, ConfigError>,
    ) -> Result<Self, ConfigError> {
        let source = Source(lookup);
        let hours = |count: u32| TimeDelta::hours(count.into());
        let minutes = |count: u32| TimeDelta::minutes(count.into());
        Ok(Self {
            table_name: table_name(source.required("TABLE_NAME")?)?,
            base_url: BaseUrl::parse(&source.required("BASE_URL")?)?,
            mail_from: EmailAddress::parse(&source.required("MAIL_FROM")?).map_err(|_| ConfigError::MailFrom)?,
            ses_configuration_set: source.line("SES_CONFIGURATION_SET")?,
            support_contact: source.line("SUPPORT_CONTACT")?,
            origin_keys: source
                .optional("ORIGIN_KEYS_SHA256")?
                .map_or(Ok(OriginKeys::default()), |keys| OriginKeys::parse(&keys))?,
            event_bus_name: source.line("EVENT_BUS_NAME")?.unwrap_or_else(|| "default".to_owned()),
            webhook_targets: match source.optional("WEBHOOK_TARGETS")?.as_deref() {
                None | Some("public") => WebhookTargets::Public,
                Some("any") => WebhookTargets::Any,
                Some(_) => return Err(ConfigError::WebhookTargets),
            },
            login_token_life: minutes(source.number("LOGIN_TOKEN_MINUTES", 15, 1..=1_440)?),
            grant_token_life: hours(source.number("GRANT_TOKEN_HOURS", 24, 1..=168)?),
            live_tokens_per_member: source.number("LIVE_TOKENS_PER_MEMBER", 3, 1..=10)?,
            worker_session_life: hours(24 * source.number("WORKER_SESSION_DAYS", 30, 1..=365)?),
            worker_session_idle: hours(source.number("WORKER_SESSION_IDLE_HOURS", 168, 1..=8_760)?),
            admin_session_life: hours(source.number("ADMIN_SESSION_HOURS", 12, 1..=168)?),
            admin_session_idle: minutes(source.number("ADMIN_SESSION_IDLE_MINUTES", 60, 1..=1_440)?),
            last_seen_interval: minutes(source.number("LAST_SEEN_MINUTES", 5, 1..=60)?),
            requests_per_ip_minute: source.number("REQUESTS_PER_IP_MINUTE", 120, 1..=1_000_000)?,
            requests_per_ip_hour: source.number("REQUESTS_PER_IP_HOUR", 1_000, 1..=1_000_000)?,
            sign_ins_per_ip_minute: source.number("SIGN_INS_PER_IP_MINUTE", 10, 1..=1_000_000)?,
            mails_per_recipient_hour: source.number("MAILS_PER_RECIPIENT_HOUR", 3, 1..=1_000)?,
            mails_per_recipient_day: source.number("MAILS_PER_RECIPIENT_DAY", 10, 1..=1_000)?,
            body_limit: source.size("BODY_LIMIT_BYTES", 16_384, 1_024..=1_048_576)?,
            import_limit: source.size("IMPORT_LIMIT_BYTES", 1_048_576, 1_024..=4_194_304)?,
            import_rows_max: source.size("IMPORT_ROWS_MAX", 10_000, 1..=50_000)?,
            page_size_max: source.number("PAGE_SIZE_MAX", 100, 1..=100)?,
            bulk_max: source.size("BULK_MAX", 100, 1..=100)?,
            cap_max: source.number("CAP_MAX", 1_000_000, 1..=1_000_000)?,
            expiry_max: hours(24 * source.number("EXPIRY_MAX_DAYS", 731, 1..=3_653)?),
            reservation_life: hours(source.number("RESERVATION_HOURS", 48, 1..=720)?),
            redemption_budget: Duration::from_millis(
                source.number("REDEMPTION_BUDGET_MS", 6_000, 100..=25_000)?.into(),
            ),
            work_budget: Duration::from_millis(source.number("WORK_BUDGET_MS", 7_000, 100..=25_000)?.into()),
            repeat_window: minutes(source.number("REPEAT_WINDOW_MINUTES", 15, 1..=1_440)?),
            withdrawal_window: hours(source.number("WITHDRAWAL_HOURS", 24, 1..=720)?),
            mail_attempts_max: source.number("MAIL_ATTEMPTS_MAX", 8, 1..=50)?,
            mail_grace: minutes(source.number("MAIL_GRACE_MINUTES", 2, 1..=60)?),
            mail_keep: hours(24 * source.number("MAIL_KEEP_DAYS", 90, 1..=365)?),
            resend_pause: TimeDelta::seconds(source.number("RESEND_SECONDS", 60, 1..=86_400)?.into()),
        })
    }
}

/// DynamoDB's rule for names of tables.
fn table_name(name: String) -> Result<String, ConfigError> {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    if (3..=255).contains(&name.len()) && name.bytes().all(allowed) { Ok(name) } else { Err(ConfigError::TableName) }
}

/// A source of variables.
struct Source<F>(F);

impl<F: Fn(&'static str) -> Result<Option<String>, ConfigError>> Source<F> {
    fn optional(&self, name: &'static str) -> Result<Option<String>, ConfigError> {
        Ok((self.0)(name)?.filter(|value| !value.is_empty()))
    }

    fn required(&self, name: &'static str) -> Result<String, ConfigError> {
        self.optional(name)?.ok_or(ConfigError::Missing(name))
    }

    fn line(&self, name: &'static str) -> Result<Option<String>, ConfigError> {
        let value = self.optional(name)?;
        match value {
            Some(value) if value.len() > 200 || value.chars().any(char::is_control) => Err(ConfigError::Text(name)),
            value => Ok(value),
        }
    }

    fn number(&self, name: &'static str, default: u32, range: RangeInclusive<u32>) -> Result<u32, ConfigError> {
        let Some(value) = self.optional(name)? else { return Ok(default) };
        let number = value.parse().ok().filter(|number| range.contains(number));
        number.ok_or(ConfigError::Number { name, low: *range.start(), high: *range.end() })
    }

    fn size(&self, name: &'static str, default: u32, range: RangeInclusive<u32>) -> Result<usize, ConfigError> {
        Ok(usize::try_from(self.number(name, default, range)?).unwrap_or(usize::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &'static str, value: &str) -> Result<Config, ConfigError> {
        Config::from_lookup(|asked| {
            Ok(match asked {
                _ if asked == name => Some(value.to_owned()),
                "TABLE_NAME" => Some("access-links".to_owned()),
                "BASE_URL" => Some("https://join.example.com".to_owned()),
                "MAIL_FROM" => Some("training@example.com".to_owned()),
                _ => None,
            })
        })
    }

    #[test]
    fn what_is_not_set_keeps_its_default() {
        let config = Config::new("access-links", "http://127.0.0.1:8080", "training@example.com").unwrap();
        assert_eq!(config.login_token_life, TimeDelta::minutes(15));
        assert_eq!(config.requests_per_ip_minute, 120);
        assert_eq!(with("PAGE_SIZE_MAX", "").unwrap().page_size_max, 100);
    }

    #[test]
    fn what_is_set_is_taken() {
        assert_eq!(with("RESERVATION_HOURS", "2").unwrap().reservation_life, TimeDelta::hours(2));
        assert_eq!(with("SUPPORT_CONTACT", "+49 30 1").unwrap().support_contact.as_deref(), Some("+49 30 1"));
    }

    #[test]
    fn an_error_names_the_variable_and_its_range() {
        for value in ["0", "-1", "1.5", "many", "1000000001", " 5"] {
            let message = with("MAIL_ATTEMPTS_MAX", value).unwrap_err().to_string();
            assert_eq!(message, "MAIL_ATTEMPTS_MAX must be a whole number from 1 to 50", "{value}");
        }
        assert_eq!(with("TABLE_NAME", "").unwrap_err(), ConfigError::Missing("TABLE_NAME"));
        assert_eq!(with("TABLE_NAME", "a b").unwrap_err(), ConfigError::TableName);
        assert_eq!(with("MAIL_FROM", "Ana <a@example.com>").unwrap_err(), ConfigError::MailFrom);
        assert_eq!(with("SUPPORT_CONTACT", "a\nb").unwrap_err(), ConfigError::Text("SUPPORT_CONTACT"));
    }
}
