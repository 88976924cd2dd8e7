//! A file of people, read: what stands in each row, or why it is not taken. Nothing here reads or writes the table.

use std::collections::{BTreeSet, HashSet};

use csv::{ReaderBuilder, StringRecord};
use shared::domain::{
    Allocation, Catalog, EmailAddress, ImportPerson, ImportRow, MAX_ALLOCATED_UNITS, Outcome, PersonName, RowContent,
    RowProblem, UnitId, UnitKind,
};

/// The columns there are; the first two must be there.
const COLUMNS: [&str; 5] = ["name", "email", "groups", "sites", "regions"];

/// Why a file is not taken at all. The words do not repeat what stands in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum FileRefused {
    /// Another encoding.
    #[error("must be UTF-8; save it as \"CSV UTF-8\"")]
    NotUtf8,
    /// No headings.
    #[error("must begin with a line of headings that has name and email")]
    NoHeadings,
    /// A heading that means nothing here.
    #[error("has a heading that is not known: name, email, groups, sites and regions are")]
    UnknownHeading,
    /// Twice the same.
    #[error("has a heading twice")]
    HeadingTwice,
    /// Headings alone.
    #[error("has no rows")]
    Empty,
    /// More than are taken at once.
    #[error("must have at most {0} rows")]
    TooManyRows(usize),
    /// Something the reader of CSV does not take.
    #[error("is not CSV")]
    NotCsv,
}

/// Reads a file. Rows that cannot be taken are told with what is wrong; empty lines are passed over.
pub(super) fn read(bytes: &[u8], catalog: &Catalog, rows_max: usize) -> Result<Vec<ImportRow>, FileRefused> {
    let text = std::str::from_utf8(bytes).map_err(|_| FileRefused::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter(text)).flexible(true).has_headers(true).from_reader(text.as_bytes());
    let columns = columns(reader.headers().map_err(|_| FileRefused::NotCsv)?)?;
    let mut rows: Vec<ImportRow> = Vec::new();
    let mut seen = HashSet::new();
    let mut lines = Lines { text, passed: 0, line: 1 };
    for record in reader.records() {
        let record = record.map_err(|_| FileRefused::NotCsv)?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() == rows_max {
            return Err(FileRefused::TooManyRows(rows_max));
        }
        let line = lines.line_of(record.position().map_or(0, csv::Position::byte));
        let mut read = one_line(&record).and_then(|()| person(&record, &columns, catalog));
        if let Ok(person) = &read
            && !seen.insert(person.email.canonical().to_owned())
        {
            read = Err(problem(Outcome::DuplicateInFile, "email", "stands further up in the file"));
        }
        let content = read.map_or_else(RowContent::Problem, RowContent::Person);
        rows.push(ImportRow { row: line, content });
    }
    if rows.is_empty() { Err(FileRefused::Empty) } else { Ok(rows) }
}

/// Tells the lines of a text, each looked at once. (The reader's own count is one behind where lines end as on Windows.)
struct Lines<'t> {
    text: &'t str,
    passed: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of the first character from `byte` on that ends none. Later calls are for later bytes.
    fn line_of(&mut self, byte: u64) -> u32 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        let bytes = self.text.as_bytes();
        while let Some(&at) = bytes.get(self.passed) {
            if self.passed >= byte && !matches!(at, b'\r' | b'\n') {
                break;
            }
            let ends = at == b'\n' || (at == b'\r' && bytes.get(self.passed + 1) != Some(&b'\n'));
            self.line += u32::from(ends);
            self.passed += 1;
        }
        self.line
    }
}

/// What stands between the cells: whichever of comma, semicolon and tab the headings have most of.
fn delimiter(text: &str) -> u8 {
    let headings = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| headings.bytes().filter(|byte| *byte == delimiter).count();
    let mut best = b',';
    for delimiter in [b';', b'\t'] {
        if count(delimiter) > count(best) {
            best = delimiter;
        }
    }
    best
}

/// Which of [`COLUMNS`] stands where.
fn columns(headings: &StringRecord) -> Result<Vec<&'static str>, FileRefused> {
    let mut columns = Vec::new();
    for heading in headings {
        let heading = heading.trim().to_lowercase();
        let known = COLUMNS.into_iter().find(|column| *column == heading).ok_or(FileRefused::UnknownHeading);
        columns.push(known);
    }
    let is_there = |name| columns.contains(&Ok(name));
    if !(is_there("name") && is_there("email")) {
        return Err(FileRefused::NoHeadings);
    }
    let columns = columns.into_iter().collect::<Result<Vec<_>, _>>()?;
    let different: BTreeSet<_> = columns.iter().collect();
    if different.len() == columns.len() { Ok(columns) } else { Err(FileRefused::HeadingTwice) }
}

fn problem(outcome: Outcome, field: &str, reason: impl ToString) -> RowProblem {
    RowProblem { outcome, field: Some(field.to_owned()), reason: reason.to_string() }
}

/// No cell there is goes on over lines. One that does begins with a quotation mark that nothing closes, and has other rows in it.
fn one_line(record: &StringRecord) -> Result<(), RowProblem> {
    let cells = record.iter().map(|cell| cell.trim_end_matches(['\r', '\n']));
    let more: usize = cells.map(|cell| cell.replace("\r\n", "\n").matches(['\r', '\n']).count()).sum();
    if more == 0 {
        return Ok(());
    }
    let reason = format!("goes on over {} lines, none of which was read: is a quotation mark not closed?", more + 1);
    Err(RowProblem { outcome: Outcome::Invalid, field: None, reason })
}

fn person(record: &StringRecord, columns: &[&str], catalog: &Catalog) -> Result<ImportPerson, RowProblem> {
    if record.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty()) {
        let reason = "has more cells than there are headings".to_owned();
        return Err(RowProblem { outcome: Outcome::Invalid, field: None, reason });
    }
    let cell = |name: &str| {
        let at = columns.iter().position(|column| *column == name);
        at.and_then(|at| record.get(at)).unwrap_or_default().trim()
    };
    let name = PersonName::parse(cell("name")).map_err(|error| problem(Outcome::Invalid, "name", error))?;
    let email = EmailAddress::parse(cell("email")).map_err(|error| problem(Outcome::Invalid, "email", error))?;
    let units = |column: &'static str, kind| {
        units(cell(column), kind, catalog).map_err(|reason| problem(Outcome::UnknownUnit, column, reason))
    };
    let allocation = Allocation {
        groups: units("groups", UnitKind::Group)?,
        sites: units("sites", UnitKind::Site)?,
        regions: units("regions", UnitKind::Region)?,
    };
    if allocation.len() > MAX_ALLOCATED_UNITS {
        let reason = format!("names more than {MAX_ALLOCATED_UNITS} units");
        return Err(RowProblem { outcome: Outcome::Invalid, field: None, reason });
    }
    Ok(ImportPerson { name, email, allocation })
}

/// The units of a cell, by id or by name, with semicolons between them.
fn units(cell: &str, kind: UnitKind, catalog: &Catalog) -> Result<BTreeSet<UnitId>, &'static str> {
    let named = cell.split(';').map(str::trim).filter(|name| !name.is_empty());
    named
        .map(|name| {
            let of_kind = || catalog.units.iter().filter(|unit| unit.kind == kind);
            if let Some(unit) = UnitId::parse(name).ok().and_then(|id| of_kind().find(|unit| unit.id == id)) {
                return Ok(unit.id);
            }
            let folded = name.to_lowercase();
            let mut so_called = of_kind().filter(|unit| unit.name.to_string().to_lowercase() == folded);
            match (so_called.next(), so_called.next()) {
                (Some(unit), None) => Ok(unit.id),
                (Some(_), Some(_)) => Err("has a name that several units have: give the id"),
                (None, _) => Err("has a unit that is not in the catalog"),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
