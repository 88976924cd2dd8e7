//! Finding people by how a word of their name or a part of their address begins, however it is written.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{NAME_MAX, SearchText};

/// What is looked for: words, each of which a member's text has a word that begins like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search(Vec<String>);

/// A text that nothing can be found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have 1 to {NAME_MAX} characters, with at least one letter or digit")]
pub struct InvalidSearch;

impl Search {
    /// Reads what somebody typed. Blanks part words; what else stands between letters says nothing: "o'brien" and "obrien" are
    /// one.
    ///
    /// # Errors
    /// [`InvalidSearch`] for a text with nothing to look for, or a longer one than any name.
    pub fn parse(text: &str) -> Result<Self, InvalidSearch> {
        let folded = fold(text);
        let words = folded.split_whitespace().map(|word| words(word).concat()).filter(|word| !word.is_empty());
        let words: Vec<_> = words.collect();
        if text.chars().count() > NAME_MAX || words.is_empty() {
            return Err(InvalidSearch);
        }
        Ok(Self(words))
    }

    /// Its words, of which there is at least one.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// Whether a member with this text is among those looked for.
    #[must_use]
    pub fn finds(&self, text: &SearchText) -> bool {
        self.0.iter().all(|word| text.has_word_like(word))
    }
}

/// The words of a folded text: its letters and digits, parted by all that is neither.
pub(super) fn words(folded: &str) -> Vec<&str> {
    let parts = folded.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    parts.filter(|part| part.contains(char::is_alphanumeric)).collect()
}

/// The text in lower case, without diacritics, and letters that only look like one another alike: "Łukasz Ćwik" and "lukasz cwik"
/// are one. It is also what names are sorted by.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let plain = text.chars().filter(|&c| !is_invisible(c)).map(|c| if is_apostrophe(c) { '\'' } else { c });
    for c in plain.nfkd().flat_map(char::to_lowercase).filter(|&c| !is_diacritic(c)) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ŧ' => folded.push('t'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            _ => folded.push(c),
        }
    }
    folded
}

/// What keyboards and word processors make of the apostrophe in a name, some of which Unicode calls letters.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '`' | '´' | '‘'..='‛' | 'ʹ'..='ʿ' | 'ˈ' | 'ˊ' | 'ˋ' | '′' | '‵' | 'ꞌ')
}

/// Characters within a word that do not show: soft hyphens, joiners, marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The marks of Latin, Greek and Cyrillic letters, and the vowel signs that Hebrew and Arabic are mostly written without. In other
/// scripts a combining mark is as good as a letter.
fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_folded_to_what_people_type_without_their_keyboards_special_keys() {
        for (text, folded) in [
            ("Łukasz Ćwik", "lukasz cwik"),
            ("MÜLLER-Weiß", "muller-weiss"),
            ("WEIẞ", "weiss"),
            ("İbrahim Işık", "ibrahim isik"),
            ("Søren Đorđević", "soren dordevic"),
            ("ﬁnn Å", "finn a"),
            ("Ａｎｎ 𝐁𝐨", "ann bo"),
            ("Ωμέγας", "ωμεγασ"),
            ("Йован Ёж", "иован еж"),
            ("山田 太郎", "山田 太郎"),
            ("O’Brien O`Brien Oʼbrien O´Brien O＇Brien", "o'brien o'brien o'brien o'brien o'brien"),
            ("An\u{ad}na", "anna"),
        ] {
            assert_eq!(fold(text), folded);
        }
        let devanagari = "रामकृष्ण";
        assert_eq!(words(&fold(devanagari)), [devanagari], "its marks are kept, and part no words");
    }

    #[test]
    fn there_is_something_to_look_for() {
        for text in ["", "  ", "\u{301}", "-", "' -", &"x".repeat(101)] {
            assert_eq!(Search::parse(text), Err(InvalidSearch), "{text:?}");
        }
        let words = |text| Search::parse(text).unwrap().words().to_vec();
        assert_eq!(words(" Ana  WEL "), ["ana", "wel"]);
        assert_eq!(words("O’Neil - ana.w@yard"), ["oneil", "anawyard"]);
    }
}
