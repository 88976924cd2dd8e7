//! Tables as CSV, for spreadsheets: RFC 4180, every cell quoted, and no cell that a spreadsheet would take for a formula.

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

/// A CSV text under way.
#[derive(Debug)]
pub struct Csv(Writer<Vec<u8>>);

impl Csv {
    /// A text that begins with this line of headings; a page that continues another goes without
    /// ([`Csv::continued`]), so that pages laid end to end make one table.
    #[must_use]
    pub fn with_headings(headings: &[&str]) -> Self {
        let mut csv = Self::continued();
        csv.row(headings);
        csv
    }

    /// A text that continues another.
    #[must_use]
    pub fn continued() -> Self {
        Self(
            WriterBuilder::new()
                .quote_style(QuoteStyle::Always)
                .terminator(Terminator::CRLF)
                .flexible(true)
                .from_writer(Vec::new()),
        )
    }

    /// Adds a row. A cell that a spreadsheet would run as a formula is prefixed with `'`.
    pub fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) {
        let cells = cells.into_iter().map(|cell| harmless(cell.as_ref()));
        self.0.write_record(cells).expect("a vector takes all that is written to it");
    }

    /// The text.
    #[must_use]
    pub fn finish(self) -> String {
        let bytes = self.0.into_inner().expect("a vector takes all that is written to it");
        String::from_utf8(bytes).expect("texts, commas and quotes are text")
    }
}

/// The cell with an apostrophe before it where a spreadsheet could take it, or a line of it, for a formula: what begins, white
/// space aside, with `=`, `+`, `-`, `@` or their full-width forms, or with a tab, a line end or NUL.
fn harmless(cell: &str) -> String {
    const CONTROLS: [char; 4] = ['\t', '\r', '\n', '\0'];
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let begins = |line: &str| {
        line.starts_with(CONTROLS) || line.trim_start_matches(is_blank).starts_with(|c| c == '\0' || SIGNS.contains(&c))
    };
    let formula = cell.starts_with(CONTROLS) || cell.split(['\r', '\n']).any(begins);
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_quoted_and_every_line_ends_as_the_standard_says() {
        let mut csv = Csv::with_headings(&["name", "note"]);
        csv.row(["Ana \"Ace\" Lovelace", "a,b\r\nc"]);
        csv.row([String::from("Łukasz"), String::new()]);
        let expected = "\"name\",\"note\"\r\n\"Ana \"\"Ace\"\" Lovelace\",\"a,b\r\nc\"\r\n\"Łukasz\",\"\"\r\n";
        assert_eq!(csv.finish(), expected);
        assert_eq!(Csv::continued().finish(), "");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for formula in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            " =1",
            "\u{a0}=1",
            "\u{feff}=1",
            "\t=1",
            "\tx",
            "\rx",
            "\nx",
            "\0x",
            " \0",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "x\n=1",
            "x\r\n  +1",
            "x\r@y",
            "x\n\ty",
        ] {
            assert_eq!(harmless(formula), format!("'{formula}"), "{formula:?}");
        }
        for text in ["", "x", "a=b", "ana+tag@example.com", "2026-11-22", "x\ny", "'", " x - y"] {
            assert_eq!(harmless(text), text, "{text:?}");
        }
    }
}
