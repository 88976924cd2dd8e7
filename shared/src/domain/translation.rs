//! The texts of a link that people read, in more languages than the one they are written in.
//!
//! A translation is for the eye alone. Questions keep their keys and choices their options, so answers, filters and columns are
//! the same whatever language somebody read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ExtraField, FieldKey, FieldKind, Language, LongText, Title};

/// The bytes that all translations of a link may have together, as they stand in its item. The link and its door hold them, and
/// every registration reads the door: 16 KiB cost it four read units, and leave both items far below the 400 KB that DynamoDB takes.
pub const MAX_TRANSLATION_BYTES: usize = 16 * 1024;

/// The texts of one question in one language; what is missing is read in the link's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldTexts {
    /// What people read beside the question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Title>,
    /// What people read for an option, by the option.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<Title, Title>,
}

/// The texts of a link in one language; what is missing is read in the link's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// The welcome text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub welcome: Option<LongText>,
    /// The questions, by their keys.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<FieldKey, FieldTexts>,
}

impl Translation {
    fn is_empty(&self) -> bool {
        self.welcome.is_none() && self.fields.is_empty()
    }

    /// Leaves out what translates nothing.
    fn prune(&mut self, texts: Texts<'_>) {
        self.welcome = self.welcome.take().filter(|welcome| texts.has_welcome && !welcome.is_empty());
        self.fields.retain(|key, translated| {
            let Some(options) = texts.options(key) else { return false };
            translated.options.retain(|option, _| options.contains(option));
            translated.label.is_some() || !translated.options.is_empty()
        });
    }

    /// Where it translates what is not there, by the rest of the API's field name.
    fn misfits(&self, texts: Texts<'_>) -> Vec<(String, TranslationRefused)> {
        let mut misfits = Vec::new();
        if self.welcome.is_some() && !texts.has_welcome {
            misfits.push((".welcome".to_owned(), TranslationRefused::NoWelcome));
        }
        for (key, translated) in &self.fields {
            match texts.options(key) {
                None => misfits.push((".fields".to_owned(), TranslationRefused::NoField)),
                Some(options) if translated.options.keys().all(|option| options.contains(option)) => {}
                Some(_) => misfits.push((format!(".fields.{key}.options"), TranslationRefused::NoOption)),
            }
        }
        misfits
    }

    fn bytes(&self) -> usize {
        let welcome = self.welcome.as_ref().map_or(0, |welcome| welcome.as_str().len());
        let fields = self.fields.iter().map(|(key, texts)| {
            let label = texts.label.as_ref().map_or(0, |label| label.as_str().len());
            let options = texts.options.iter().map(|(option, text)| option.as_str().len() + text.as_str().len());
            key.as_str().len() + label + options.sum::<usize>()
        });
        welcome + fields.sum::<usize>()
    }
}

/// What there is to translate of a link.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    /// Whether it has a welcome text.
    pub has_welcome: bool,
    /// What it asks.
    pub fields: &'a [ExtraField],
    /// The language they are written in, if the link says.
    pub language: Option<Language>,
}

impl<'a> Texts<'a> {
    /// The options of the question with this key, if it is asked; none for a question that is no choice.
    fn options(&self, key: &FieldKey) -> Option<&'a [Title]> {
        let field = self.fields.iter().find(|field| field.key == *key)?;
        Some(match &field.kind {
            FieldKind::Choice { options } => options,
            FieldKind::Text | FieldKind::Number | FieldKind::Date => &[],
        })
    }
}

/// Why translations do not fit their link. The messages are meant for the admin who sent them; they repeat nothing that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TranslationRefused {
    /// Of the language that the texts are written in.
    #[error("is the language of the link's own texts, which need no translation")]
    OwnLanguage,
    /// Of a welcome text that is not there.
    #[error("translates a welcome text that the link does not have")]
    NoWelcome,
    /// Of a question that is not asked.
    #[error("names a question that this link does not have")]
    NoField,
    /// Of an option that the question does not have.
    #[error("names an option that the question does not have")]
    NoOption,
    /// More text than a link holds.
    #[error("must be at most {MAX_TRANSLATION_BYTES} bytes for all languages together")]
    TooMuch,
}

/// The translations of a link, by language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Translations(BTreeMap<Language, Translation>);

impl Translations {
    /// Translations by language, without those that say nothing.
    #[must_use]
    pub fn new(translations: BTreeMap<Language, Translation>) -> Self {
        Self(translations.into_iter().filter(|(_, translation)| !translation.is_empty()).collect())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The welcome text in this language.
    #[must_use]
    pub fn welcome(&self, language: Language) -> Option<&LongText> {
        self.0.get(&language)?.welcome.as_ref()
    }

    /// These without what translates nothing of `texts`: what it was made for is not there any more.
    #[must_use]
    pub fn pruned(&self, texts: Texts<'_>) -> Self {
        let mut kept = self.0.clone();
        kept.values_mut().for_each(|translation| translation.prune(texts));
        Self::new(kept)
    }

    /// Whether they are translations of `texts`.
    ///
    /// # Errors
    /// Every refusal, by the name of the API's field.
    pub fn check(&self, texts: Texts<'_>) -> Result<(), BTreeMap<String, TranslationRefused>> {
        let mut refused: BTreeMap<_, _> = self
            .0
            .iter()
            .flat_map(|(&language, translation)| {
                let at = format!("translations.{}", language.tag());
                let own = Some(language) == texts.language;
                let misfits = if own {
                    vec![(String::new(), TranslationRefused::OwnLanguage)]
                } else {
                    translation.misfits(texts)
                };
                misfits.into_iter().map(move |(field, refusal)| (format!("{at}{field}"), refusal))
            })
            .collect();
        if self.bytes() > MAX_TRANSLATION_BYTES {
            refused.insert("translations".to_owned(), TranslationRefused::TooMuch);
        }
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }

    fn bytes(&self) -> usize {
        self.0.values().map(Translation::bytes).sum()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn asked() -> Vec<ExtraField> {
        serde_json::from_value(json!([
            {"key": "size", "label": "Size", "kind": "choice", "options": ["Small", "Large"], "required": true},
            {"key": "trade", "label": "Trade", "kind": "text", "required": false},
        ]))
        .unwrap()
    }

    fn translations(json: Value) -> Translations {
        serde_json::from_value(json).unwrap()
    }

    fn refused(json: Value, texts: Texts<'_>) -> Vec<(String, TranslationRefused)> {
        translations(json).check(texts).unwrap_err().into_iter().collect()
    }

    #[test]
    fn a_translation_is_of_a_text_that_is_there() {
        let fields = asked();
        let texts = Texts { has_welcome: true, fields: &fields, language: Some(Language::En) };
        let whole = json!({"de": {"welcome": "Hallo", "fields": {
            "size": {"label": "Größe", "options": {"Small": "Klein", "Large": "Groß"}}, "trade": {"label": "Beruf"}}}});
        assert_eq!(translations(whole).check(texts), Ok(()));
        let one = |at: &str, why| vec![(format!("translations.{at}"), why)];
        for (bad, expected) in [
            (json!({"en": {"welcome": "Hi"}}), one("en", TranslationRefused::OwnLanguage)),
            (json!({"pl": {"fields": {"hat": {"label": "x"}}}}), one("pl.fields", TranslationRefused::NoField)),
            (
                json!({"es": {"fields": {"size": {"options": {"small": "x"}}}}}),
                one("es.fields.size.options", TranslationRefused::NoOption),
            ),
            (
                json!({"es": {"fields": {"trade": {"options": {"Small": "x"}}}}}),
                one("es.fields.trade.options", TranslationRefused::NoOption),
            ),
        ] {
            assert_eq!(refused(bad.clone(), texts), expected, "{bad}");
        }
        let none = Texts { has_welcome: false, ..texts };
        assert_eq!(
            refused(json!({"de": {"welcome": "Hallo"}}), none),
            one("de.welcome", TranslationRefused::NoWelcome)
        );
    }

    #[test]
    fn what_translates_nothing_any_more_is_left_out() {
        let fields = asked();
        let before = translations(json!({
            "de": {"welcome": "Hallo", "fields": {
                "size": {"label": "Größe", "options": {"Small": "Klein", "Medium": "Mittel"}}, "hat": {"label": "Hut"}}},
            "es": {"welcome": "Hola"}, "pl": {"welcome": "Witamy", "fields": {"trade": {"label": "Zawód"}}},
        }));
        let texts = Texts { has_welcome: false, fields: &fields, language: None };
        let expected = json!({"de": {"fields": {"size": {"label": "Größe", "options": {"Small": "Klein"}}}},
            "pl": {"fields": {"trade": {"label": "Zawód"}}}});
        assert_eq!(serde_json::to_value(before.pruned(texts)).unwrap(), expected);
    }

    #[test]
    fn all_translations_together_have_a_bound() {
        let texts = Texts { has_welcome: true, fields: &[], language: Some(Language::Es) };
        let welcome = "\u{20ac}".repeat(500);
        let all =
            translations(json!({"de": {"welcome": welcome}, "en": {"welcome": welcome}, "pl": {"welcome": welcome}}));
        assert_eq!((all.bytes(), all.check(texts)), (4_500, Ok(())));
        let options: Vec<_> = (10..40).map(|n| format!("{n}{}", "ä".repeat(98))).collect();
        let fields: Vec<ExtraField> = serde_json::from_value(json!([
            {"key": "size", "label": "Size", "kind": "choice", "options": options, "required": true}]))
        .unwrap();
        let texts = Texts { fields: &fields, ..texts };
        let translated: serde_json::Map<_, _> = options.iter().map(|option| (option.clone(), json!(option))).collect();
        let german = json!({"fields": {"size": {"options": translated}}});
        assert_eq!(translations(json!({"de": german})).check(texts), Ok(()));
        let both = json!({"de": german, "en": german});
        assert_eq!(refused(both, texts), [("translations".to_owned(), TranslationRefused::TooMuch)]);
    }

    #[test]
    fn translations_are_read_back_from_the_table_as_they_were() {
        let all = translations(json!({
            "de": {"welcome": "Hallo\nda", "fields": {"size": {"label": "Größe", "options": {"Small #1 \"x\"": "Klein"}}}},
            "pl": {"fields": {"trade": {"label": "Zawód"}}},
        }));
        let attribute: aws_sdk_dynamodb::types::AttributeValue = serde_dynamo::to_attribute_value(&all).unwrap();
        assert!(attribute.as_m().unwrap().contains_key("de"), "{attribute:?}");
        assert_eq!(serde_dynamo::from_attribute_value::<_, Translations>(attribute).unwrap(), all);
    }
}
