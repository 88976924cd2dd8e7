//! Finding people by how their name or address begins, however it is written.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{Member, NAME_MAX};

/// What is looked for: each of its words begins a word of the name, or the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search(Vec<String>);

/// A text that nothing can be found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have 1 to {NAME_MAX} characters, a letter or digit among them")]
pub struct InvalidSearch;

impl Search {
    /// Reads what somebody typed.
    ///
    /// # Errors
    /// [`InvalidSearch`] for a text with nothing to look for, or a longer one than any name.
    pub fn parse(text: &str) -> Result<Self, InvalidSearch> {
        let folded = fold(text);
        if text.chars().count() > NAME_MAX || !folded.contains(char::is_alphanumeric) {
            return Err(InvalidSearch);
        }
        Ok(Self(folded.split_whitespace().map(str::to_owned).collect()))
    }

    /// Whether this member is among those looked for.
    #[must_use]
    pub fn finds(&self, member: &Member) -> bool {
        let (name, address) = (fold(member.name.as_str()), fold(member.email.typed()));
        self.0.iter().all(|word| address.starts_with(word) || begins_a_word(&name, word))
    }
}

fn begins_a_word(name: &str, word: &str) -> bool {
    let starts = name.match_indices(word).map(|(at, _)| &name[..at]);
    starts.into_iter().any(|before| !before.ends_with(char::is_alphanumeric))
}

/// The text in lower case, without diacritics, and letters that only look like one another alike: "Łukasz Ćwik" and "lukasz cwik"
/// are one. It is also what names are sorted by.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase).nfkd().filter(|&c| !is_combining_mark(c)) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            _ => folded.push(c),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_folded_to_what_people_type_without_their_keyboards_special_keys() {
        for (text, folded) in [
            ("Łukasz Ćwik", "lukasz cwik"),
            ("MÜLLER-Weiß", "muller-weiss"),
            ("İbrahim Işık", "ibrahim isik"),
            ("Søren Đorđević", "soren dordevic"),
            ("ﬁnn Å", "finn a"),
            ("Ωμέγας", "ωμεγασ"),
            ("山田 太郎", "山田 太郎"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn a_word_is_found_where_a_word_of_the_name_begins() {
        let found = |word| begins_a_word("anna-maria o'neil santana", word);
        for word in ["anna", "mar", "anna-m", "neil", "o'n", "s"] {
            assert!(found(word), "{word}");
        }
        for word in ["nna", "ria", "eil", "tana", "annab"] {
            assert!(!found(word), "{word}");
        }
    }

    #[test]
    fn there_is_something_to_look_for() {
        for text in ["", "  ", "\u{301}", "-", &"x".repeat(101)] {
            assert_eq!(Search::parse(text), Err(InvalidSearch), "{text:?}");
        }
        assert_eq!(Search::parse(" Ana  WEL ").unwrap(), Search(vec!["ana".to_owned(), "wel".to_owned()]));
    }
}
