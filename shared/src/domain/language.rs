//! The languages that mails and printed pages can be in.

use serde::{Deserialize, Serialize};

/// A language that there is a catalog of texts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
    /// German.
    De,
    /// Polish.
    Pl,
}

/// A text that names no language there is a catalog for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be \"en\", \"es\", \"de\" or \"pl\"")]
pub struct UnknownLanguage;

impl Language {
    /// Every language.
    pub const ALL: [Self; 4] = [Self::En, Self::Es, Self::De, Self::Pl];

    /// Reads a language's tag.
    ///
    /// # Errors
    /// [`UnknownLanguage`] for every other text.
    pub fn parse(text: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL.into_iter().find(|language| language.tag() == text).ok_or(UnknownLanguage)
    }

    /// The language's tag (BCP 47): in the table, in the API, and what an HTML page gives as its `lang`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::De => "de",
            Self::Pl => "pl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_stored_by_its_tag() {
        for language in Language::ALL {
            assert_eq!(serde_json::to_value(language).unwrap(), language.tag());
            assert_eq!(Language::parse(language.tag()), Ok(language));
        }
        for other in ["", "EN", "de-DE", "fr", "en "] {
            assert_eq!(Language::parse(other), Err(UnknownLanguage), "{other}");
        }
    }
}
