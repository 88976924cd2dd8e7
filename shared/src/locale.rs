//! The words of mails and printed pages, in the language of the organization: one catalog a language, in `shared/locales/`.
//!
//! The catalogs are written in [Fluent](https://projectfluent.org), which knows the plurals of each language and which translators'
//! tools read. They are embedded, and one is parsed when it is first asked for. They hold words only: whoever puts a text into
//! HTML escapes it, with what was filled in.

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use chrono::Datelike;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

pub use crate::domain::Language;
use crate::domain::{TimeZone, Timestamp};

type Catalog = FluentBundle<FluentResource>;

static CATALOGS: [LazyLock<Catalog>; 4] = [
    LazyLock::new(|| read(Language::En)),
    LazyLock::new(|| read(Language::Es)),
    LazyLock::new(|| read(Language::De)),
    LazyLock::new(|| read(Language::Pl)),
];

/// What is filled into a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling<'a> {
    /// A text, as it stands.
    Text(&'a str),
    /// A number, which may decide on a plural.
    Number(u64),
}

impl<'a> From<&'a str> for Filling<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Filling<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

/// The file of a language.
fn source(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("../locales/en.ftl"),
        Language::Es => include_str!("../locales/es.ftl"),
        Language::De => include_str!("../locales/de.ftl"),
        Language::Pl => include_str!("../locales/pl.ftl"),
    }
}

fn read(language: Language) -> Catalog {
    // A test holds that every file can be read; what can be read of another would still be good.
    let resource = match FluentResource::try_new(source(language).to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let tag = language.tag().parse().expect("the tag of a language is one");
    let mut catalog = FluentBundle::new_concurrent(vec![tag]);
    // The invisible marks around what is filled in would be seen in plain texts. No name of ours changes the direction of a line.
    catalog.set_use_isolating(false);
    catalog.add_resource_overriding(resource);
    catalog
}

fn catalog(language: Language) -> &'static Catalog {
    let [en, es, de, pl] = &CATALOGS;
    match language {
        Language::En => en,
        Language::Es => es,
        Language::De => de,
        Language::Pl => pl,
    }
}

/// The text `key` in this language.
#[must_use]
pub fn text(language: Language, key: &str) -> String {
    text_with(language, key, &[])
}

/// The text `key` in this language, with each of these filled in under its name.
#[must_use]
pub fn text_with(language: Language, key: &str, fillings: &[(&str, Filling<'_>)]) -> String {
    let catalog = catalog(language);
    let found = catalog.get_message(key).and_then(|message| message.value());
    debug_assert!(found.is_some(), "no catalog has the text {key}");
    // Tests hold that all languages have the same texts; a text that none has is shown by its key.
    let Some(pattern) = found else { return key.to_owned() };
    let mut arguments = FluentArgs::with_capacity(fillings.len());
    for (name, filling) in fillings {
        let value = match filling {
            Filling::Text(text) => FluentValue::from(*text),
            Filling::Number(number) => FluentValue::from(*number),
        };
        arguments.set(*name, value);
    }
    let mut errors = Vec::new();
    let text = catalog.format_pattern(pattern, Some(&arguments), &mut errors);
    debug_assert!(errors.is_empty(), "{key}: {errors:?}");
    text.into_owned()
}

/// A moment to the minute as a local time, with the zone: "30 November 2026 at 23:59 (Europe/Berlin)". The first moment of a day is
/// said as the last minute of the day before, because an end is the first moment that is too late.
#[must_use]
pub fn date_time(language: Language, zone: TimeZone, moment: Timestamp) -> String {
    let local = zone.last_minute(moment);
    let time = local.format("%H:%M").to_string();
    let fillings = [
        ("day", u64::from(local.day()).into()),
        ("month", u64::from(local.month()).into()),
        ("year", u64::try_from(local.year()).unwrap_or_default().into()),
        ("time", time.as_str().into()),
        ("zone", zone.name().into()),
    ];
    text_with(language, "date-time", &fillings)
}

/// A length of time as people say it after "good for": in hours if it is whole hours, else in minutes.
#[must_use]
pub fn life(language: Language, life: chrono::TimeDelta) -> String {
    let minutes = u64::try_from(life.num_minutes()).unwrap_or_default();
    let (key, count) = if minutes >= 60 && minutes.is_multiple_of(60) {
        ("life-hours", minutes / 60)
    } else {
        ("life-minutes", minutes)
    };
    text_with(language, key, &[("count", count.into())])
}
