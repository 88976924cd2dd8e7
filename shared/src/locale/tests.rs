use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};

use super::*;

/// Every message of a language with the names of what is filled into it.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let resource = parser::parse(source(language)).unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
    let mut messages = BTreeMap::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut names = BTreeSet::new();
        let pattern = message.value.as_ref().unwrap_or_else(|| panic!("{} says nothing", message.id.name));
        of_pattern(pattern, &mut names);
        let twice = messages.insert(message.id.name.to_owned(), names);
        assert!(twice.is_none(), "{language:?}: {} stands there twice", message.id.name);
    }
    messages
}

fn of_pattern(pattern: &Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression: Expression::Inline(inline) } => of_inline(inline, names),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                of_inline(selector, names);
                variants.iter().for_each(|variant| of_pattern(&variant.value, names));
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, names: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => names.insert(format!("${}", id.name)),
        InlineExpression::MessageReference { id, .. } => names.insert(id.name.to_owned()),
        other => panic!("{other:?} is not used in our catalogs"),
    };
}

#[test]
fn every_language_has_every_message_with_the_same_names_filled_in() {
    let english = messages(Language::En);
    assert!(english.len() > 20);
    for language in Language::ALL {
        assert_eq!(messages(language), english, "{language:?}");
    }
}

#[test]
fn every_message_is_written_in_every_language() {
    let english = messages(Language::En);
    for language in Language::ALL {
        for (key, names) in &english {
            // A number serves as each: a text where one is wanted would fall to the last variant.
            let fillings: Vec<_> = names
                .iter()
                .filter_map(|name| name.strip_prefix('$'))
                .chain(["day", "month", "year", "time", "zone"])
                .map(|name| (name, Filling::Number(3)))
                .collect();
            let text = text_with(language, key, &fillings);
            assert!(!text.is_empty() && !text.contains(['{', '$', '<', '\u{2068}']), "{language:?} {key}: {text}");
        }
    }
}

#[test]
fn every_language_counts_as_its_speakers_do() {
    let said =
        |language| [1, 2, 5, 15, 22, 60, 120, 300, 1_440].map(|minutes| life(language, TimeDelta::minutes(minutes)));
    assert_eq!(
        said(Language::En),
        ["1 minute", "2 minutes", "5 minutes", "15 minutes", "22 minutes", "1 hour", "2 hours", "5 hours", "24 hours"]
    );
    assert_eq!(
        said(Language::Pl),
        [
            "1 minutę",
            "2 minuty",
            "5 minut",
            "15 minut",
            "22 minuty",
            "1 godzinę",
            "2 godziny",
            "5 godzin",
            "24 godziny"
        ]
    );
    assert_eq!(said(Language::De)[7..], ["5 Stunden", "24 Stunden"]);
    assert_eq!(said(Language::Es)[..2], ["1 minuto", "2 minutos"]);
    assert_eq!(life(Language::En, TimeDelta::minutes(90)), "90 minutes");
}

#[test]
fn a_moment_is_said_in_the_zone_and_in_the_language() {
    let zone = TimeZone::parse("Europe/Warsaw").unwrap();
    // The end of the 30th of November there.
    let end: chrono::DateTime<chrono::Utc> = "2026-11-30T23:00:00Z".parse().unwrap();
    let said = |language| date_time(language, zone, end.into());
    assert_eq!(said(Language::En), "30 November 2026 at 23:59 (Europe/Warsaw)");
    assert_eq!(said(Language::De), "30. November 2026 um 23:59 Uhr (Europe/Warsaw)");
    assert_eq!(said(Language::Es), "30 de noviembre de 2026 a las 23:59 (Europe/Warsaw)");
    assert_eq!(said(Language::Pl), "30 listopada 2026 o godz. 23:59 (Europe/Warsaw)");
}
