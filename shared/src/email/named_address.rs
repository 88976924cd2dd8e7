//! An address with the name that mail programs show in its place (RFC 5322, `display-name addr-spec`).

use std::fmt;

use email_encoding::headers::{quoted_string, writer::EmailWriter};

use crate::domain::EmailAddress;

/// The address with `name` before it, as one line of ASCII: `"Acme Welding" <training@example.com>`. A name that is not plain ASCII
/// is written in encoded words ([RFC 2047](https://www.rfc-editor.org/rfc/rfc2047)), which SES demands.
///
/// # Errors
/// None in practice: writing into a text does not fail.
pub(super) fn named_address(name: &str, address: &EmailAddress) -> Result<String, fmt::Error> {
    // A name has no control characters, but one with a line break would begin a header of its own: not left to chance.
    let name = name.replace(char::is_control, " ");
    let mut line = String::new();
    quoted_string::encode(name.trim(), &mut EmailWriter::new(&mut line, 0, 0, false))?;
    // The encoder folds long lines. This one travels in a request of its own, and SES folds the header that it makes of it.
    Ok(format!("{} <{}>", line.replace("\r\n", ""), address.deliverable()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> String {
        named_address(name, &EmailAddress::parse("training@example.com").unwrap()).unwrap()
    }

    #[test]
    fn a_plain_name_stands_as_it_is() {
        assert_eq!(named("Acme Welding"), "\"Acme Welding\" <training@example.com>");
        assert_eq!(named("Acme"), "Acme <training@example.com>");
    }

    #[test]
    fn a_name_of_other_letters_is_written_in_encoded_words() {
        assert_eq!(named("Söhne"), "=?utf-8?b?U8O2aG5l?= <training@example.com>");
        let long = named(&"Bäckerei Łódź 東京 ".repeat(6));
        assert!(long.is_ascii() && !long.contains(['\r', '\n']), "{long}");
        assert!(long.split(' ').all(|word| word.len() <= 76), "{long}");
    }

    #[test]
    fn a_hostile_name_adds_neither_address_nor_header() {
        for name in [
            "Acme\" <boss@bank.example>, \"x",
            "Acme\r\nBcc: everybody@example.com",
            "Acme <boss@bank.example>",
            "a, b",
        ] {
            let line = named(name);
            let (shown, address) = line.rsplit_once(' ').unwrap();
            assert_eq!(address, "<training@example.com>");
            let quoted = shown.starts_with('"') && !shown[1..shown.len() - 1].replace("\\\"", "").contains('"');
            assert!(quoted || shown.starts_with("=?utf-8?b?"), "{line}");
            assert!(!line.contains(['\r', '\n']), "{line}");
        }
    }
}
