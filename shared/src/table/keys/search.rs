//! The keys of the index of members by name and address.
//!
//! A path is a byte of a hash for each of a term's first letters: of the first letter, of the first two, of the first three.
//! So terms that begin alike lie together, and a query finds the beginning of a word of any length, but a key holds no letter of it.

use sha2::{Digest, Sha256};

use super::Key;
use crate::domain::{MemberId, OrganizationId};

/// How many letters of a term its path tells apart.
pub const PATH_LETTERS: usize = 8;

/// How long the part of a path is that names the partition: one letter's.
const OF_FIRST: usize = 2;

/// Where a term, or the beginning of one, stands in an organization's index.
#[must_use]
pub fn search_path(organization: OrganizationId, term: &str) -> String {
    let mut hash = Sha256::new_with_prefix(organization.as_bytes());
    let letters = term.chars().take(PATH_LETTERS);
    letters.fold(String::with_capacity(2 * PATH_LETTERS), |path, letter| {
        hash.update(letter.encode_utf8(&mut [0; 4]));
        let [first, ..] = <[u8; 32]>::from(hash.clone().finalize());
        format!("{path}{first:02x}")
    })
}

fn parts(path: &str) -> (&str, &str) {
    path.split_at_checked(OF_FIRST).unwrap_or((path, ""))
}

/// The partition of all terms that begin with the same letter as the one with this path.
#[must_use]
pub fn search_partition(organization: OrganizationId, path: &str) -> String {
    format!("ORG#{organization}#FIND#{}", parts(path).0)
}

/// The first and the last sort key of terms that begin with the one that has this path; none for all of the partition.
#[must_use]
pub fn search_range(path: &str) -> Option<(String, String)> {
    let (_, rest) = parts(path);
    (!rest.is_empty()).then(|| (rest.to_owned(), format!("{rest}~")))
}

/// A member's entry for the term with this path.
#[must_use]
pub fn search_entry(organization: OrganizationId, path: &str, member: MemberId) -> Key {
    Key::new(search_partition(organization, path), format!("{}#{member}", parts(path).1))
}

/// What the index holds of a member.
#[must_use]
pub fn search_record(member: MemberId) -> Key {
    Key::new(super::member(member).partition, "SEARCH")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_that_begin_alike_lie_together_and_no_key_holds_a_letter_of_them() {
        let organization = OrganizationId::from_bytes([3; 16]);
        let member = MemberId::from_bytes([5; 16]);
        let key = |term: &str| search_entry(organization, &search_path(organization, term), member);
        let long = key("livingston");
        for beginning in ["l", "li", "livi", "livingst", "livingston"] {
            let path = search_path(organization, beginning);
            assert_eq!(search_partition(organization, &path), long.partition);
            let within = |(first, last): (String, String)| (first..=last).contains(&long.sort);
            assert!(search_range(&path).is_none_or(within), "{beginning}");
        }
        for other in ["lz", "livz", "livingsu"] {
            let (first, last) = search_range(&search_path(organization, other)).unwrap();
            assert!(!(first..=last).contains(&long.sort), "{other}");
        }
        let short = key("l");
        assert_eq!(short, Key::new(long.partition.clone(), format!("#{member}")));
        let hidden = |text: &str| text.bytes().all(|byte| b"#-".contains(&byte) || byte.is_ascii_hexdigit());
        assert!(hidden(&long.sort), "{}", long.sort);
        let elsewhere = OrganizationId::from_bytes([4; 16]);
        assert_ne!(search_path(organization, "livingston"), search_path(elsewhere, "livingston"));
    }
}
