//! What a member is found by: the words of the name, and the parts of the address.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    Member,
    search::{fold, words},
};

/// How many words of a name or parts of an address somebody is found by, of the name, of the address, and of a domain that is shown in
/// another way than it is written.
const WORDS: [usize; 3] = [16, 16, 8];

/// The words of a member's name and the parts of their address, folded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SearchText(
    /// The words with blanks between them, and bars between name and address.
    String,
);

impl SearchText {
    /// What this member is found by: nothing, once they are being erased.
    #[must_use]
    pub fn of(member: &Member) -> Self {
        if member.erased_as.is_some() {
            return Self::default();
        }
        let address = member.email.canonical();
        let shown =
            Some(member.email.shown_domain()).filter(|shown| shown != member.email.domain()).unwrap_or_default();
        let texts = [member.name.as_str(), &address, &shown].into_iter().zip(WORDS);
        let lines = texts.map(|(text, most)| {
            let folded = fold(text);
            words(&folded).into_iter().take(most).collect::<Vec<_>>().join(" ")
        });
        Self(lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("|"))
    }

    /// Whether nobody is found by it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a word of it begins so, what follows it taken along: "annama" is how "Anna Maria" begins, and "an" too.
    #[must_use]
    pub fn has_word_like(&self, beginning: &str) -> bool {
        self.lines().any(|(letters, starts)| starts.into_iter().any(|start| letters[start..].starts_with(beginning)))
    }

    /// What the index holds of it: each word with all that follow it, but for those with which another one begins.
    #[must_use]
    pub fn terms(&self) -> BTreeSet<String> {
        let lines = self.lines();
        let mut terms: Vec<String> = lines
            .flat_map(|(letters, starts)| starts.into_iter().map(move |start| letters[start..].to_owned()))
            .collect();
        terms.sort_unstable();
        // In this order whatever begins with a term comes right behind it.
        let followed: Vec<_> = terms.windows(2).map(|pair| pair[1].starts_with(&pair[0])).chain([false]).collect();
        terms.into_iter().zip(followed).filter(|(_, followed)| !followed).map(|(term, _)| term).collect()
    }

    /// The letters of each line, and where a word begins in them.
    fn lines(&self) -> impl Iterator<Item = (String, Vec<usize>)> {
        self.0.split('|').filter(|line| !line.is_empty()).map(|line| {
            let (mut letters, mut starts) = (String::new(), Vec::new());
            for word in line.split(' ') {
                starts.push(letters.len());
                letters.push_str(word);
            }
            (letters, starts)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Access, EmailAddress, MemberId, OrganizationId, PersonName, Search, Timestamp};

    fn member(name: &str, email: &str) -> Member {
        let (name, email) = (PersonName::parse(name).unwrap(), EmailAddress::parse(email).unwrap());
        Member::new(OrganizationId::from_bytes([6; 16]), name, email, Access::Pending, Timestamp::from_millis(0))
    }

    fn finds(query: &str, name: &str, email: &str) -> bool {
        Search::parse(query).unwrap().finds(&SearchText::of(&member(name, email)))
    }

    #[test]
    fn a_member_is_found_by_the_beginning_of_any_word_and_of_any_part_of_the_address() {
        let found = |query| finds(query, "Anna-Maria O’Brien Weiß", "ann.b_crew-7+welder@night.yard.example");
        for query in [
            "anna",
            "mar",
            "anna-m",
            "annamaria",
            "anna maria",
            "maria obr",
            "obrien",
            "o'brien",
            "O’BRIEN",
            "o`b",
            "brien",
            "weis",
            "WEISS",
            "weiß",
            "ann.b",
            "annb",
            "b_crew",
            "crew",
            "7",
            "weld",
            "night",
            "yard",
            "yard.ex",
            "@night",
            "example",
            "ann.b_crew-7+welder@night.yard.example",
            "brien yard",
            "weiss anna",
        ] {
            assert!(found(query), "{query}");
        }
        for query in ["nna", "ria", "rien", "elder", "ard", "annab yarn", "anna-o", "annz", "o brian"] {
            assert!(!found(query), "{query}");
        }
    }

    #[test]
    fn a_member_is_found_in_any_script() {
        for (query, name) in [
            ("山", "山田太郎"),
            ("山田", "山田 太郎"),
            ("太", "山田 太郎"),
            ("山田太郎", "山田 太郎"),
            ("김", "김민준"),
            ("иван", "Пётр Иванов"),
            ("петр", "Пётр Иванов"),
            ("γιωρ", "Γιώργος Παπάς"),
            ("محمد", "مُحَمَّد"),
            ("राम", "रामकृष्ण"),
            ("istan", "İSTANBUL"),
            ("isik", "Işık"),
        ] {
            assert!(finds(query, name, "x@example.com"), "{query} {name}");
        }
        assert!(!finds("田", "山田太郎", "x@example.com"));
    }

    #[test]
    fn a_domain_is_found_as_it_is_shown_and_as_it_is_written() {
        for query in ["muller", "müller.ex", "xn--mller"] {
            assert!(finds(query, "Ana", "ana@müller.example"), "{query}");
        }
    }

    #[test]
    fn terms_are_as_few_as_find_every_word() {
        let terms = |name, email| SearchText::of(&member(name, email)).terms().into_iter().collect::<Vec<_>>();
        assert_eq!(
            terms("Ana Silva", "ana.silva@yard.example"),
            ["anasilvayardexample", "example", "silvayardexample", "yardexample"]
        );
        assert_eq!(terms("Bo Bo", "bo@bo.example"), ["boboexample", "boexample", "example"], "none twice");
        let many = vec!["w"; 50].join(" ");
        let address = format!("{}@{}.example", ["l"; 32].join("."), ["d"; 60].join("."));
        assert!(terms(&many, &address).len() <= 40);
    }

    #[test]
    fn nobody_is_found_who_is_being_erased() {
        let mut gone = member("Ana", "ana@example.com");
        gone.erased_as = Some(MemberId::from_bytes([1; 16]));
        let text = SearchText::of(&gone);
        assert!(text.is_empty() && text.terms().is_empty() && !Search::parse("ana").unwrap().finds(&text));
    }
}
