//! The texts people type: names, titles and descriptions.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The longest name or title, in characters.
pub const NAME_MAX: usize = 100;
/// The longest answer to an extra field, in characters.
pub const SHORT_TEXT_MAX: usize = 200;
/// The longest description or welcome text, in characters.
pub const LONG_TEXT_MAX: usize = 500;

/// Why a typed text is refused. The messages are meant for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("must not be empty")]
    Empty,
    /// More characters than allowed.
    #[error("must be at most {0} characters")]
    TooLong(usize),
    /// A character that does not show, or changes how others show.
    #[error(transparent)]
    Hidden(#[from] Hidden),
}

/// A character that no text may have, because it does not show or changes how others show. It is named by its number, so that pages can
/// tell in their own words what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must not contain {kind} (U+{code:04X})", kind = self.kind(), code = u32::from(self.0))]
pub struct Hidden(char);

impl Hidden {
    /// The character, if it is one.
    pub(super) fn of(c: char) -> Option<Self> {
        is_hidden(c).then_some(Self(c))
    }

    /// Its number, as in `U+200B`.
    pub(super) fn number(self) -> String {
        format!("U+{:04X}", u32::from(self.0))
    }

    /// What kind of character it is.
    fn kind(self) -> &'static str {
        match self.0 {
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                "a character that changes the text direction"
            }
            '\u{2028}' | '\u{2029}' => "a control character, such as a tab or a line break",
            c if c.is_control() => "a control character, such as a tab or a line break",
            _ => "an invisible character",
        }
    }
}

/// Whether `c` does not show, or changes how its neighbours show. U+200C and U+200D are judged by [`is_joined`].
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{600}'..='\u{605}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Zero-width (non-)joiners are part of the spelling of Persian and Indic names, and of emoji: they stay between two
/// visible characters outside ASCII, where they can't be used to pass one Latin name off as another.
fn is_joined(before: Option<char>, joiner: char, after: Option<char>) -> bool {
    let visible = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && !c.is_whitespace() && !is_hidden(c));
    match joiner {
        '\u{200c}' | '\u{200d}' => visible(before) && visible(after),
        // How the emoji or ideograph before it is drawn.
        '\u{fe00}'..='\u{fe0f}' => visible(before),
        _ => false,
    }
}

/// The text without surrounding white space, if every character of it may stand in a text of this kind.
fn clean(text: &str, max: usize, newlines: bool) -> Result<String, TextError> {
    // Browsers send a text area's line ends as CR LF.
    let text = if newlines { text.replace("\r\n", "\n") } else { text.to_owned() };
    let text = text.trim();
    let mut before = None;
    let mut characters = text.chars().peekable();
    let mut count = 0;
    while let Some(c) = characters.next() {
        count += 1;
        let allowed = (newlines && c == '\n') || is_joined(before, c, characters.peek().copied());
        if let Some(hidden) = Hidden::of(c).filter(|_| !allowed) {
            return Err(hidden.into());
        }
        before = Some(c);
    }
    if count > max { Err(TextError::TooLong(max)) } else { Ok(text.to_owned()) }
}

/// A name in the form in which names are compared: however a program composes its letters, in any case, with any blanks between its
/// words. "Halle\u{a0}4", "HALLE  4" and "Halle 4" are one.
#[must_use]
pub fn fold_name(name: &str) -> String {
    let composed: String = name.nfkc().collect();
    let words: Vec<_> = composed.split_whitespace().collect();
    // By way of capitals, of which "Straße" and "STRASSE" have the same.
    words.join(" ").to_uppercase().to_lowercase().nfkc().collect()
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $max:expr, empty: $empty:literal, newlines: $newlines:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Takes a typed text, without the white space around it.
            ///
            /// # Errors
            /// [`TextError`] says which rule it breaks.
            pub fn parse(text: &str) -> Result<Self, TextError> {
                let text = clean(text, $max, $newlines)?;
                if text.is_empty() && !$empty { Err(TextError::Empty) } else { Ok(Self(text)) }
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = TextError;
            fn try_from(text: String) -> Result<Self, TextError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    };
}

text! {
    /// A person's name: 1–100 characters on one line.
    PersonName, NAME_MAX, empty: false, newlines: false
}
text! {
    /// An access link's name, for admins only: 1–100 characters on one line.
    LinkName, NAME_MAX, empty: false, newlines: false
}
text! {
    /// The name of an organization, a unit or a training module: 1–100 characters on one line.
    Title, NAME_MAX, empty: false, newlines: false
}
text! {
    /// An answer of one line: 1–200 characters.
    ShortText, SHORT_TEXT_MAX, empty: false, newlines: false
}
text! {
    /// A description or a welcome text: 0–500 characters, with line breaks.
    LongText, LONG_TEXT_MAX, empty: true, newlines: true
}

impl LongText {
    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_around_a_name_is_dropped() {
        assert_eq!(PersonName::parse("  Ana María \u{a0}").unwrap().as_str(), "Ana María");
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(PersonName::parse(&"ß".repeat(100)).is_ok());
        assert_eq!(PersonName::parse(&"ß".repeat(101)), Err(TextError::TooLong(100)));
        assert_eq!(LinkName::parse(" \u{3000} "), Err(TextError::Empty));
        assert!(LongText::parse(&"x".repeat(500)).is_ok());
        assert_eq!(LongText::parse(&"x".repeat(501)), Err(TextError::TooLong(500)));
    }

    #[test]
    fn hidden_characters_are_refused() {
        for hostile in [
            "a\0b",
            "a\nb",
            "a\tb",
            "a\u{7f}b",
            "a\u{85}b",
            "a\u{200b}b",
            "a\u{202e}b",
            "a\u{2066}b",
            "\u{feff}a",
            "a\u{2028}b",
            "a\u{ad}b",
            "\u{3164}",
            "\u{2800}",
            "a\u{e0041}",
            "a\u{200d}b",
            "\u{200c}",
            "ا\u{200c}",
        ] {
            assert!(matches!(PersonName::parse(hostile), Err(TextError::Hidden(_))), "{hostile:?}");
        }
    }

    #[test]
    fn names_are_compared_however_they_are_composed_and_spaced() {
        for (one, other) in [
            ("Gdan\u{301}sk", "GDA\u{143}SK"),
            ("Halle\u{a0}4", " halle   4 "),
            ("Straße", "STRASSE"),
            ("\u{ff2e}orth", "North"),
            ("ﬁnish", "FINISH"),
        ] {
            assert_eq!(fold_name(one), fold_name(other), "{one} {other}");
        }
        assert_ne!(fold_name("Łódź"), fold_name("Lodz"));
    }

    #[test]
    fn what_does_not_show_is_named() {
        for (text, told) in [
            ("a\u{200b}b", "must not contain an invisible character (U+200B)"),
            ("a\u{ad}b", "must not contain an invisible character (U+00AD)"),
            ("a\u{202e}b", "must not contain a character that changes the text direction (U+202E)"),
            ("a\u{200f}b", "must not contain a character that changes the text direction (U+200F)"),
            ("a\tb", "must not contain a control character, such as a tab or a line break (U+0009)"),
        ] {
            assert_eq!(PersonName::parse(text).unwrap_err().to_string(), told);
        }
    }

    #[test]
    fn joiners_stay_where_spelling_needs_them() {
        assert!(PersonName::parse("علی\u{200c}رضا").is_ok());
        assert_eq!(PersonName::parse("علی\u{200c}\u{200c}رضا"), Err(Hidden('\u{200c}').into()));
    }

    #[test]
    fn a_long_text_has_line_breaks_and_may_be_empty() {
        assert_eq!(LongText::parse("one\r\ntwo\n").unwrap().as_str(), "one\ntwo");
        assert!(LongText::parse(" ").unwrap().is_empty());
        assert_eq!(LongText::parse("one\rtwo"), Err(Hidden('\r').into()));
    }

    #[test]
    fn a_stored_text_is_checked_when_it_is_read() {
        assert_eq!(serde_json::to_string(&Title::parse("Höhe").unwrap()).unwrap(), "\"Höhe\"");
        assert!(serde_json::from_str::<Title>("\"a\\u0000\"").is_err());
    }
}
