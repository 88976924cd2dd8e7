//! The fields of a link that say whom it takes and on which terms, as create-link and update-link take them.

use std::collections::BTreeSet;

use serde::Deserialize;
use shared::domain::{
    AllocationEnd, DomainRule, ExtraField, FieldKey, FieldKind, IntakeChange, Language, MAX_ALLOCATION_DAYS,
    MAX_DOMAINS, MAX_EXTRA_FIELDS, MAX_OPTIONS, MailDomain, Others, Overflow, TextError, TimeZone, Timestamp, Title,
    parse_day_or_instant,
};

use super::{
    link_fields::{ExpiryRefused, expiry},
    translation_fields::{Sent, translations},
};
use crate::{
    App,
    http::{Fields, Object, Patch, whole},
};

/// The mail domains a link is meant for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Domains {
    only: Vec<String>,
    others: String,
}

/// One thing a link asks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    key: String,
    label: String,
    kind: String,
    #[serde(default)]
    required: bool,
    options: Option<Vec<String>>,
}

/// When what a link gives ends: one of the two.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct End {
    #[serde(default, deserialize_with = "crate::http::present")]
    on: Option<String>,
    #[serde(default, deserialize_with = "crate::http::present")]
    after_days: Option<serde_json::Number>,
}

/// These fields of a body. Those of create-link are changes of an intake that asks for nothing.
#[derive(Default)]
pub(super) struct IntakeFields {
    pub starts: Patch<String>,
    pub domains: Patch<Object<Domains>>,
    pub overflow: Patch<String>,
    pub admit_waiting: Patch<bool>,
    pub fields: Patch<Vec<Object<Asked>>>,
    pub text_language: Patch<String>,
    pub translations: Patch<Sent>,
    pub allocation_ends: Patch<Object<End>>,
}

impl IntakeFields {
    /// The change they ask for, or notes of what is wrong with them.
    pub(super) fn read(self, app: &App, zone: TimeZone, fields: &mut Fields) -> Option<IntakeChange> {
        let starts_at = fields.patch("starts", self.starts, |text| start(app, &text, zone));
        let domains = fields.patch("domains", self.domains, |Object(domains)| domain_rule(&domains));
        let overflow = fields.change("overflow", self.overflow, |name| overflow(&name));
        let admit_waiting = fields.change("admit_waiting", self.admit_waiting, Ok::<_, &str>);
        let asked = fields.patch("fields", self.fields, |asked| extra_fields(&asked));
        let text_language = fields.change("text_language", self.text_language, |tag| Language::parse(&tag));
        let translations = self.translations.map(|sent| translations(sent, fields)).into_change();
        let ends = fields.patch("allocation_ends", self.allocation_ends, |Object(end)| allocation_end(app, &end, zone));
        Some(IntakeChange {
            starts_at: starts_at?.into_change(),
            domains: domains?.into_change(),
            overflow: overflow?,
            admit_waiting: admit_waiting?,
            fields: asked?.into_change().map(Option::unwrap_or_default),
            text_language: text_language?,
            translations: translations.map(Option::unwrap_or_default),
            allocation_ends: ends?.into_change(),
        })
    }
}

/// A start: an instant, or a date in the organization's zone; within the configured reach.
fn start(app: &App, text: &str, zone: TimeZone) -> Result<Timestamp, ExpiryRefused> {
    let at = parse_day_or_instant(text, zone)?.0;
    if at > app.clock.now().plus(app.config.expiry_max) {
        return Err(ExpiryRefused::TooFar(app.config.expiry_max.num_days()));
    }
    Ok(at)
}

fn domain_rule(domains: &Domains) -> Result<DomainRule, String> {
    let others = match domains.others.as_str() {
        "refuse" => Others::Refuse,
        "approval" => Others::Approval,
        _ => return Err("must have \"refuse\" or \"approval\" in \"others\"".to_owned()),
    };
    let parsed = domains.only.iter().map(|domain| MailDomain::parse(domain)).collect::<Result<BTreeSet<_>, _>>();
    let only = parsed.map_err(|_| "must have email domains, such as example.com".to_owned())?;
    if only.is_empty() || only.len() > MAX_DOMAINS {
        return Err(format!("must have 1 to {MAX_DOMAINS} email domains"));
    }
    Ok(DomainRule { only, others })
}

fn overflow(name: &str) -> Result<Overflow, &'static str> {
    match name {
        "refuse" => Ok(Overflow::Refuse),
        "waiting_list" => Ok(Overflow::WaitingList),
        _ => Err("must be \"refuse\" or \"waiting_list\""),
    }
}

/// Why the fields a link asks for are not accepted.
#[derive(Debug, thiserror::Error)]
enum AskedRefused {
    #[error("must have at most {MAX_EXTRA_FIELDS} fields")]
    TooMany,
    #[error("field {0}: its key must have 1 to 40 characters (a-z, 0-9 and _) and start with a letter")]
    Key(usize),
    #[error("field {0}: another field has the same key")]
    Twice(usize),
    #[error("field {0}: its label {1}")]
    Label(usize, TextError),
    #[error("field {0}: an option {1}")]
    Option(usize, TextError),
    #[error("field {0}: its kind must be \"text\", \"choice\", \"number\" or \"date\"")]
    Kind(usize),
    #[error("field {0}: a choice needs 2 to {MAX_OPTIONS} different options; other kinds have none")]
    Options(usize),
}

fn extra_fields(asked: &[Object<Asked>]) -> Result<Vec<ExtraField>, AskedRefused> {
    if asked.len() > MAX_EXTRA_FIELDS {
        return Err(AskedRefused::TooMany);
    }
    let mut keys = BTreeSet::new();
    let mut fields = Vec::with_capacity(asked.len());
    for (number, Object(asked)) in (1..).zip(asked) {
        let key = FieldKey::parse(&asked.key).map_err(|_| AskedRefused::Key(number))?;
        if !keys.insert(key.clone()) {
            return Err(AskedRefused::Twice(number));
        }
        let label = Title::parse(&asked.label).map_err(|error| AskedRefused::Label(number, error))?;
        let kind = kind(asked, number)?;
        fields.push(ExtraField { key, label, kind, required: asked.required });
    }
    Ok(fields)
}

fn kind(asked: &Asked, number: usize) -> Result<FieldKind, AskedRefused> {
    let options = asked.options.as_deref().unwrap_or_default();
    let kind = match asked.kind.as_str() {
        "text" => FieldKind::Text,
        "number" => FieldKind::Number,
        "date" => FieldKind::Date,
        "choice" => {
            let parsed = options.iter().map(|option| Title::parse(option)).collect::<Result<Vec<_>, _>>();
            let options = parsed.map_err(|error| AskedRefused::Option(number, error))?;
            let different: BTreeSet<_> = options.iter().map(Title::as_str).collect();
            if different.len() != options.len() || !(2..=MAX_OPTIONS).contains(&options.len()) {
                return Err(AskedRefused::Options(number));
            }
            return Ok(FieldKind::Choice { options });
        }
        _ => return Err(AskedRefused::Kind(number)),
    };
    if options.is_empty() { Ok(kind) } else { Err(AskedRefused::Options(number)) }
}

/// Why the end of an allocation is not accepted.
#[derive(Debug, thiserror::Error)]
enum EndRefused {
    #[error(transparent)]
    On(#[from] ExpiryRefused),
    #[error("must be a whole number of days from 1 to {MAX_ALLOCATION_DAYS}")]
    Days,
    #[error("must have either \"on\" or \"after_days\"")]
    OneOfTwo,
}

fn allocation_end(app: &App, end: &End, zone: TimeZone) -> Result<AllocationEnd, EndRefused> {
    match (&end.on, &end.after_days) {
        (Some(on), None) => Ok(AllocationEnd::On(expiry(app, on, zone)?)),
        (None, Some(days)) => {
            let days = whole(days).and_then(|days| u16::try_from(days).ok());
            let days = days.filter(|days| (1..=MAX_ALLOCATION_DAYS).contains(days));
            Ok(AllocationEnd::AfterDays(days.ok_or(EndRefused::Days)?))
        }
        _ => Err(EndRefused::OneOfTwo),
    }
}
