//! A file of people, read: what stands in each row, or why it is not taken. Nothing here reads or writes the table.
//!
//! Files come from Excel, Numbers and LibreOffice in any of the four languages: `encoding` makes text of their bytes, `lines` finds
//! where the table begins and what separates its cells, `columns` what each column holds, and `people` whom a row is about.

mod columns;
mod encoding;
mod lines;
mod people;

use std::collections::HashSet;

use csv::ReaderBuilder;
use serde::Serialize;
use serde_json::{Value, json};
use shared::domain::{
    Allocation, Catalog, EmailAddress, ImportRow, Language, Outcome, RowContent, RowFault, RowProblem, Unit,
};

pub(super) use self::{
    columns::{Column, Holds, said},
    encoding::is_wide,
};
use self::{
    columns::{Columns, Unclear},
    lines::Lines,
    people::Fault,
};

/// The most problems that are told with their values; the report has them all.
const TOLD_MAX: usize = 100;

/// The longest value that is told, in characters.
const VALUE_MAX: usize = 200;

/// Why a file is not taken at all. The words do not repeat what stands in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum FileRefused {
    /// Excel's or LibreOffice's own form.
    #[error("is a spreadsheet workbook; save it as \"CSV UTF-8\"")]
    Workbook,
    /// UTF-8 with bytes in it that are none.
    #[error("has unreadable characters on line {0}; save it again as \"CSV UTF-8\"")]
    BrokenUtf8(usize),
    /// Something that is no text.
    #[error("is not a text file; save it as \"CSV UTF-8\"")]
    NotText,
    /// It is not clear what the columns hold.
    #[error("{0}")]
    Unclear(Unclear, Vec<Column>),
    /// More columns than any table of people has.
    #[error("has too many columns")]
    TooManyColumns,
    /// Headings alone, or nothing.
    #[error("has no rows")]
    Empty,
    /// More than are taken at once.
    #[error("must have at most {0} rows")]
    TooManyRows(usize),
    /// Longer than is taken, once read.
    #[error("is too large")]
    TooLong,
    /// Something the reader of CSV does not take.
    #[error("is not a valid CSV file")]
    NotCsv,
}

impl FileRefused {
    /// Why by its stable code, with what goes with it.
    pub(super) fn why(&self) -> Value {
        let code = match self {
            Self::BrokenUtf8(line) => return json!({"code": "broken_text", "line": line}),
            Self::TooManyRows(limit) => return json!({"code": "too_many_rows", "limit": limit}),
            Self::Workbook => "workbook",
            Self::NotText => "not_text",
            Self::Unclear(Unclear::Twice, _) => "columns_twice",
            Self::Unclear(Unclear::NoHeadings, _) => "no_headings",
            Self::Unclear(Unclear::NoEmail, _) => "no_email_column",
            Self::Unclear(Unclear::NoName, _) => "no_name_column",
            Self::TooManyColumns => "too_many_columns",
            Self::Empty => "no_rows",
            Self::TooLong => "too_long",
            Self::NotCsv => "not_csv",
        };
        json!({"code": code})
    }
}

/// How a file is to be read.
pub(super) struct HowToRead<'r> {
    /// What the columns hold, by their places, where the admin says so.
    pub columns: Option<&'r [Holds]>,
    /// The organization's language.
    pub language: Language,
    /// The most rows.
    pub rows_max: usize,
    /// The longest text, in bytes of UTF-8.
    pub text_max: usize,
}

/// A file, read: its rows, and what is told of it to whoever sent it.
#[derive(Debug)]
pub(super) struct FileRead {
    /// The rows that are not empty.
    pub rows: Vec<ImportRow>,
    /// How it was read. It repeats what stands in the file, and is kept nowhere.
    pub told: Told,
}

/// How a file was read.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    encoding: &'static str,
    separator: char,
    columns: Vec<Column>,
    /// How many people the file gives no training: no unit, or only units without modules.
    without_training: usize,
    /// The first of the problems, with the values.
    problems: Vec<Problem>,
}

/// What is wrong with a row, with the value that is.
#[derive(Debug, Serialize)]
struct Problem {
    row: u32,
    /// From 1 on.
    column: Option<usize>,
    heading: Option<String>,
    value: String,
    outcome: Outcome,
    reason: String,
    why: RowFault,
}

/// Reads a file. Rows that cannot be taken are told with what is wrong; empty lines are passed over.
pub(super) fn read(bytes: &[u8], catalog: &Catalog, how: &HowToRead<'_>) -> Result<FileRead, FileRefused> {
    let (text, encoding) = encoding::text_of(bytes, how.language)?;
    if text.len() > how.text_max {
        return Err(FileRefused::TooLong);
    }
    let (start, separator) = lines::beginning(&text);
    let table = text.get(start..).unwrap_or_default();
    let delimiter = u8::try_from(separator).map_err(|_| FileRefused::NotCsv)?;
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(table.as_bytes());
    let mut records = reader.records().peekable();
    let first: Vec<_> = match records.peek() {
        Some(Ok(first)) => first.iter().map(|heading| heading.trim().to_owned()).collect(),
        Some(Err(_)) => return Err(FileRefused::NotCsv),
        None => return Err(FileRefused::Empty),
    };
    let columns = Columns::read(&first, how.columns)?;
    let mut file = FileRead {
        rows: Vec::new(),
        told: Told { encoding, separator, columns: columns.all.clone(), without_training: 0, problems: Vec::new() },
    };
    let mut seen = HashSet::new();
    let mut lines = Lines::of(&text);
    for record in records.skip(usize::from(columns.headed)) {
        let record = record.map_err(|_| FileRefused::NotCsv)?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if file.rows.len() == how.rows_max {
            return Err(FileRefused::TooManyRows(how.rows_max));
        }
        let at = record.position().map_or(0, csv::Position::byte);
        let line = lines.line_of(usize::try_from(at).unwrap_or(usize::MAX).saturating_add(start));
        let mut read = people::person(&record, &columns, catalog);
        if let Ok(person) = &read
            && !seen.insert(person.email.canonical())
        {
            read = Err(Fault {
                outcome: Outcome::DuplicateInFile,
                field: Some(Holds::Email),
                column: columns.of(Holds::Email),
                value: person.email.typed().to_owned(),
                why: RowFault::EarlierRow,
            });
        }
        if let Ok(person) = &read {
            file.told.without_training += usize::from(!gives_training(&person.allocation, catalog));
        }
        let content = match read {
            Ok(person) => RowContent::Person(person),
            Err(fault) => RowContent::Problem(file.told.note(line, fault)),
        };
        file.rows.push(ImportRow { row: line, content });
    }
    if file.rows.is_empty() { Err(FileRefused::Empty) } else { Ok(file) }
}

impl Told {
    /// Tells of a fault with its value, and gives what the report keeps of it: no value.
    fn note(&mut self, row: u32, fault: Fault) -> RowProblem {
        let Fault { outcome, field, column, value, why } = fault;
        let reason = why.to_string();
        if self.problems.len() < TOLD_MAX {
            let heading = column.and_then(|at| self.columns.get(at)).map(|column| column.heading.clone());
            let (reason, why) = (reason.clone(), why.clone());
            let column = column.map(|at| at + 1);
            self.problems.push(Problem { row, column, heading, value: shortened(&value), outcome, reason, why });
        }
        RowProblem { outcome, field: field.map(|holds| holds.name().to_owned()), reason, why: Some(why) }
    }
}

/// Whether any of these units has a module that is in the catalog.
fn gives_training(allocation: &Allocation, catalog: &Catalog) -> bool {
    let has = |unit: &Unit| unit.modules.iter().any(|id| catalog.modules.iter().any(|module| module.id == *id));
    allocation.units().filter_map(|id| catalog.unit(id)).any(has)
}

/// Whether it is an address: no heading is.
fn is_address(text: &str) -> bool {
    EmailAddress::parse(text).is_ok()
}

/// The beginning of a text that may be of any length.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(VALUE_MAX) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
