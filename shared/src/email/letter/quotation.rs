//! What a person wrote, quoted in a mail: marked as theirs, and with nothing in it that a mail program makes a link of.

use super::wrap;
use crate::domain::LongText;

/// A zero-width non-joiner: it does not show, and ends whatever a program takes for an address.
const SEPARATOR: char = '\u{200c}';

/// The marks without which there is no address of a page, a mailbox or a shared folder.
const OF_ADDRESSES: [char; 4] = ['.', ':', '@', '\\'];

/// A text, and words that say whose it is.
pub(super) struct Quotation {
    /// Who wrote it.
    pub introduction: String,
    /// Its lines, those without words included.
    pub lines: Vec<String>,
}

impl Quotation {
    pub fn new(introduction: String, text: &LongText) -> Self {
        Self { introduction, lines: text.as_str().lines().map(unlinked).collect() }
    }

    /// The same in lines that every client shows whole, each marked as a quotation is in a plain text.
    pub fn wrapped(self) -> Self {
        let lines = self.lines.iter().map(|line| wrap(line));
        let lines = lines.flat_map(|line| match line.as_str() {
            "" => vec![">".to_owned()],
            line => line.lines().map(|part| format!("> {part}")).collect(),
        });
        Self { introduction: wrap(&self.introduction), lines: lines.collect() }
    }
}

/// The line with a [`SEPARATOR`] before each mark of an address that something follows. Programs make links of plain text, so leaving
/// out the HTML of a link is not enough.
fn unlinked(line: &str) -> String {
    let mut unlinked = String::with_capacity(line.len() + 16);
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        if OF_ADDRESSES.contains(&c) && rest.peek().is_some_and(|next| !next.is_whitespace()) {
            unlinked.push(SEPARATOR);
        }
        unlinked.push(c);
    }
    unlinked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Quotation {
        Quotation::new("Acme writes:".to_owned(), &LongText::parse(text).unwrap())
    }

    #[test]
    fn no_address_in_a_quotation_is_left_whole() {
        for (address, parts) in [
            ("https://evil.example/in?t=1", vec!["https", "://evil", ".example/in?t=1"]),
            ("www.evil.example", vec!["www", ".evil", ".example"]),
            ("boss@evil.example", vec!["boss", "@evil", ".example"]),
            ("mailto:boss", vec!["mailto", ":boss"]),
            (r"\\evil\share", vec!["", "\\", "\\evil", "\\share"]),
        ] {
            let lines = quoted(&format!("See {address} now.")).lines;
            assert_eq!(lines, [format!("See {} now.", parts.join(&SEPARATOR.to_string()))]);
        }
    }

    #[test]
    fn words_without_addresses_stay_as_they_were_written() {
        let text = "You came late. Two places are left: ask at the gate.";
        assert_eq!(quoted(text).lines, [text]);
    }

    #[test]
    fn every_line_of_a_plain_quotation_is_marked() {
        let lines = quoted(&format!("Sorry.\n\n{}", "word ".repeat(40))).wrapped().lines;
        assert_eq!(lines[..2], ["> Sorry.", ">"]);
        assert!(lines.len() >= 4 && lines.iter().all(|line| line.starts_with('>') && line.chars().count() <= 74));
    }
}
