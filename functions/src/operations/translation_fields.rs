//! The translations of a link's texts, as create-link and update-link take them.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::domain::{
    FieldKey, FieldTexts, Language, LongText, TextError, Title, Translation, TranslationRefused, Translations,
};

use crate::http::{Fields, Object};

/// The texts of a link in one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Translated {
    welcome: Option<String>,
    #[serde(default)]
    fields: BTreeMap<String, Object<TranslatedField>>,
}

/// The texts of one question in one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TranslatedField {
    label: Option<String>,
    #[serde(default)]
    options: BTreeMap<String, Option<String>>,
}

/// Translations by their languages' tags.
pub(super) type Sent = BTreeMap<String, Object<Translated>>;

/// What is said of a language that there are no pages in.
const OTHER_LANGUAGE: &str = "must have a language as each key: \"en\", \"es\", \"de\" or \"pl\"";

/// The translations sent, or notes of what is wrong with them. An empty text is as one left out. Whether they are of this link's
/// texts is for [`Translations::check`].
pub(super) fn translations(sent: Sent, fields: &mut Fields) -> Translations {
    let mut read = BTreeMap::new();
    for (tag, Object(translated)) in sent {
        match Language::parse(&tag) {
            Ok(language) => drop(read.insert(language, translation(language, translated, fields))),
            Err(_) => fields.refuse("translations", OTHER_LANGUAGE),
        }
    }
    Translations::new(read)
}

fn translation(language: Language, translated: Translated, fields: &mut Fields) -> Translation {
    let at = format!("translations.{}", language.tag());
    let welcome = written(&format!("{at}.welcome"), translated.welcome.as_deref(), LongText::parse, fields);
    let mut questions = BTreeMap::new();
    for (key, Object(texts)) in translated.fields {
        let Ok(key) = FieldKey::parse(&key) else {
            fields.refuse(&format!("{at}.fields"), TranslationRefused::NoField);
            continue;
        };
        let texts = field_texts(&format!("{at}.fields.{key}"), texts, fields);
        if texts != FieldTexts::default() {
            questions.insert(key, texts);
        }
    }
    Translation { welcome, fields: questions }
}

fn field_texts(at: &str, texts: TranslatedField, fields: &mut Fields) -> FieldTexts {
    let label = written(&format!("{at}.label"), texts.label.as_deref(), Title::parse, fields);
    let at = format!("{at}.options");
    let mut options = BTreeMap::new();
    for (option, text) in texts.options {
        let Ok(option) = Title::parse(&option) else {
            fields.refuse(&at, TranslationRefused::NoOption);
            continue;
        };
        options.extend(written(&at, text.as_deref(), Title::parse, fields).map(|text| (option, text)));
    }
    FieldTexts { label, options }
}

/// A text, if there is anything in it.
fn written<T>(
    at: &str,
    text: Option<&str>,
    parse: impl FnOnce(&str) -> Result<T, TextError>,
    fields: &mut Fields,
) -> Option<T> {
    fields.optional(at, text.filter(|text| !text.trim().is_empty()), parse).flatten()
}
