//! Tables as CSV, for spreadsheets: a byte order mark, RFC 4180, every cell quoted, and no cell that a spreadsheet would take for a
//! formula.

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

/// What tells spreadsheets that a text is UTF-8.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// What stands between cells, and before the decimals of a number. Spreadsheets expect what their own country writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Separator {
    /// A comma, as the standard says; numbers have a point.
    #[default]
    Comma,
    /// A semicolon, where numbers have a comma.
    Semicolon,
}

impl Separator {
    /// Reads its name in the API.
    ///
    /// # Errors
    /// What else there is, for any other text.
    pub fn parse(name: &str) -> Result<Self, &'static str> {
        match name {
            "comma" => Ok(Self::Comma),
            "semicolon" => Ok(Self::Semicolon),
            _ => Err("must be \"comma\" or \"semicolon\""),
        }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text, whoever wrote it.
    Text(String),
    /// A number, with a point before its decimals.
    Number(String),
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

/// A CSV text under way.
#[derive(Debug)]
pub struct Csv {
    writer: Writer<Vec<u8>>,
    separator: Separator,
    first: bool,
}

impl Csv {
    /// A text that begins with this line of headings; a page that continues another goes without
    /// ([`Csv::continued`]), so that pages laid end to end make one table.
    #[must_use]
    pub fn with_headings<C: Into<Cell>>(separator: Separator, headings: impl IntoIterator<Item = C>) -> Self {
        let mut csv = Self { first: true, ..Self::continued(separator) };
        csv.row(headings);
        csv
    }

    /// A text that continues another.
    #[must_use]
    pub fn continued(separator: Separator) -> Self {
        let delimiter = match separator {
            Separator::Comma => b',',
            Separator::Semicolon => b';',
        };
        let writer = WriterBuilder::new()
            .delimiter(delimiter)
            .quote_style(QuoteStyle::Always)
            .terminator(Terminator::CRLF)
            .flexible(true)
            .from_writer(Vec::new());
        Self { writer, separator, first: false }
    }

    /// Adds a row. A text that a spreadsheet would run as a formula is prefixed with `'`.
    pub fn row<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) {
        let separator = self.separator;
        let cells = cells.into_iter().map(|cell| match (cell.into(), separator) {
            (Cell::Text(text), _) => harmless(&text),
            (Cell::Number(number), Separator::Comma) => number,
            (Cell::Number(number), Separator::Semicolon) => number.replace('.', ","),
        });
        self.writer.write_record(cells).expect("a vector takes all that is written to it");
    }

    /// The text.
    #[must_use]
    pub fn finish(self) -> String {
        let bytes = self.writer.into_inner().expect("a vector takes all that is written to it");
        let text = String::from_utf8(bytes).expect("texts, commas and quotes are text");
        if self.first { format!("{BYTE_ORDER_MARK}{text}") } else { text }
    }
}

/// Names in one cell, with semicolons between them. One that has a semicolon or a quotation mark of its own is quoted, so that an
/// import reads the same names.
#[must_use]
pub fn joined(names: impl IntoIterator<Item = String>) -> String {
    let quoted = |name: String| {
        if name.contains([';', '"']) { format!("\"{}\"", name.replace('"', "\"\"")) } else { name }
    };
    names.into_iter().map(quoted).collect::<Vec<_>>().join("; ")
}

/// The cell as it was before an apostrophe was put before it for being like a formula.
#[must_use]
pub fn unharmed(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| harmless(rest) == cell).unwrap_or(cell)
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
        let mut csv = Csv::with_headings(Separator::Comma, ["name", "note"]);
        csv.row(["Ana \"Ace\" Lovelace", "a,b\r\nc"]);
        csv.row([String::from("Łukasz"), String::new()]);
        let expected = "\u{feff}\"name\",\"note\"\r\n\"Ana \"\"Ace\"\" Lovelace\",\"a,b\r\nc\"\r\n\"Łukasz\",\"\"\r\n";
        assert_eq!(csv.finish(), expected);
        assert_eq!(Csv::continued(Separator::Comma).finish(), "");
    }

    #[test]
    fn numbers_are_written_as_the_separator_says_and_are_no_formulas() {
        let number = |text: &str| Cell::Number(text.to_owned());
        let row = |separator| {
            let mut csv = Csv::continued(separator);
            csv.row([Cell::from("1.5;2,5"), number("-1.5"), number("1e-7")]);
            csv.finish()
        };
        assert_eq!(row(Separator::Comma), "\"1.5;2,5\",\"-1.5\",\"1e-7\"\r\n");
        assert_eq!(row(Separator::Semicolon), "\"1.5;2,5\";\"-1,5\";\"1e-7\"\r\n");
    }

    #[test]
    fn an_apostrophe_of_ours_is_taken_off_again_and_no_other() {
        for cell in ["=1+1", "-1", "'Ana", "O'Neil", "x\n=1", "'", ""] {
            assert_eq!(unharmed(&harmless(cell)), cell);
        }
        assert_eq!(unharmed("'Ana"), "'Ana");
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
