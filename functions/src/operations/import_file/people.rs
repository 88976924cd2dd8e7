//! A row of a file: whom it is about, or what is wrong with it and where.

use std::collections::BTreeSet;

use csv::StringRecord;
use shared::domain::{
    Allocation, Catalog, EmailAddress, ImportPerson, MAX_ALLOCATED_UNITS, Outcome, PersonName, RowFault, UnitId,
    UnitKind, fold_name,
};

use super::columns::{Columns, Holds};
use crate::http::unharmed;

/// What is wrong with a row.
#[derive(Debug)]
pub(super) struct Fault {
    /// Which kind of problem it is.
    pub outcome: Outcome,
    /// What the column holds that is to blame, where one is.
    pub field: Option<Holds>,
    /// The column, from 0 on.
    pub column: Option<usize>,
    /// What stands there; for the one who sent the file alone.
    pub value: String,
    /// What is wrong with it.
    pub why: RowFault,
}

/// Reads a row.
pub(super) fn person(record: &StringRecord, columns: &Columns, catalog: &Catalog) -> Result<ImportPerson, Fault> {
    one_line(record)?;
    no_cell_too_many(record, columns)?;
    let row = Row { record, columns };
    let name = row.name()?;
    let email = row.email()?;
    let units = |holds, kind| row.units(holds, kind, catalog);
    let allocation = Allocation {
        groups: units(Holds::Groups, UnitKind::Group)?,
        sites: units(Holds::Sites, UnitKind::Site)?,
        regions: units(Holds::Regions, UnitKind::Region)?,
    };
    if allocation.len() > MAX_ALLOCATED_UNITS {
        let why = RowFault::TooManyUnits { limit: MAX_ALLOCATED_UNITS };
        let value = allocation.len().to_string();
        return Err(Fault { outcome: Outcome::Invalid, field: None, column: None, value, why });
    }
    Ok(ImportPerson { name, email, allocation })
}

/// No cell there is goes on over lines. One that does begins with a quotation mark that nothing closes, and has other rows in it.
fn one_line(record: &StringRecord) -> Result<(), Fault> {
    let lines = |cell: &str| cell.trim_end_matches(['\r', '\n']).replace("\r\n", "\n").matches(['\r', '\n']).count();
    let more: usize = record.iter().map(lines).sum();
    let Some(column) = record.iter().position(|cell| lines(cell) > 0) else { return Ok(()) };
    let why = RowFault::SpansLines { lines: more + 1 };
    let value = record.get(column).unwrap_or_default().to_owned();
    Err(Fault { outcome: Outcome::Invalid, field: None, column: Some(column), value, why })
}

/// Nothing stands in a column without a heading. Where something does, a cell further left was taken for two.
fn no_cell_too_many(record: &StringRecord, columns: &Columns) -> Result<(), Fault> {
    let headless = |at: usize| at >= columns.said && columns.all.get(at).is_none_or(|column| column.heading.is_empty());
    let found = record.iter().enumerate().find(|(at, cell)| headless(*at) && !cell.trim().is_empty());
    let Some((column, cell)) = found else { return Ok(()) };
    let why = RowFault::NoHeading;
    Err(Fault { outcome: Outcome::Invalid, field: None, column: Some(column), value: cell.to_owned(), why })
}

struct Row<'r> {
    record: &'r StringRecord,
    columns: &'r Columns,
}

impl Row<'_> {
    /// The cell of the column that holds it, without white space around it, and without the apostrophe that our own tables put
    /// before what could be taken for a formula.
    fn cell(&self, holds: Holds) -> &str {
        let cell = self.columns.of(holds).and_then(|at| self.record.get(at)).unwrap_or_default();
        unharmed(cell.trim()).trim()
    }

    fn fault(&self, outcome: Outcome, holds: Holds, value: &str, why: impl Into<RowFault>) -> Fault {
        let column = self.columns.of(holds);
        Fault { outcome, field: Some(holds), column, value: value.to_owned(), why: why.into() }
    }

    /// The name: of one column or of two. Beside one of the given names, a column called "name" has the family names, as German and
    /// Spanish tables often do, unless the whole name stands in it.
    fn name(&self) -> Result<PersonName, Fault> {
        let [first, whole, last] = [Holds::FirstName, Holds::Name, Holds::LastName].map(|holds| self.cell(holds));
        let folded = fold_name(whole);
        let holds_already = |part: &str| folded.contains(&fold_name(part));
        let has = |holds| self.columns.of(holds).is_some();
        let parts = if has(Holds::Name) && (has(Holds::FirstName) && has(Holds::LastName)) {
            [whole, ""]
        } else if has(Holds::Name) && !first.is_empty() && !holds_already(first) {
            [first, whole]
        } else if has(Holds::Name) && !last.is_empty() && !holds_already(last) {
            [whole, last]
        } else if has(Holds::Name) {
            [whole, ""]
        } else {
            [first, last]
        };
        let name = parts.join(" ");
        let holds = [Holds::Name, Holds::LastName, Holds::FirstName].into_iter().find(|holds| has(*holds));
        let refused = |error| self.fault(Outcome::Invalid, holds.unwrap_or(Holds::Name), name.trim(), error);
        PersonName::parse(&name).map_err(refused)
    }

    fn email(&self) -> Result<EmailAddress, Fault> {
        let cell = self.cell(Holds::Email);
        EmailAddress::parse(cell).map_err(|error| self.fault(Outcome::Invalid, Holds::Email, cell, error))
    }

    /// The units of a cell, by id or by name.
    fn units(&self, holds: Holds, kind: UnitKind, catalog: &Catalog) -> Result<BTreeSet<UnitId>, Fault> {
        let cell = self.cell(holds);
        if cell.is_empty() {
            return Ok(BTreeSet::new());
        }
        // A name may have a semicolon in it.
        if let Ok(unit) = unit(cell, kind, catalog) {
            return Ok([unit].into());
        }
        let find = |name: String| {
            unit(&name, kind, catalog).map_err(|why| self.fault(Outcome::UnknownUnit, holds, &name, why))
        };
        parts(cell).into_iter().map(find).collect()
    }
}

/// The names of a cell, with semicolons between them. What stands in quotation marks is one name; a mark within is doubled.
fn parts(cell: &str) -> Vec<String> {
    let (mut parts, mut part, mut quoted) = (Vec::new(), String::new(), false);
    let mut characters = cell.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => part.extend(characters.next()),
            '"' if quoted || part.trim().is_empty() => quoted = !quoted,
            ';' if !quoted => parts.push(std::mem::take(&mut part)),
            _ => part.push(c),
        }
    }
    parts.push(part);
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

fn unit(name: &str, kind: UnitKind, catalog: &Catalog) -> Result<UnitId, RowFault> {
    let of_kind = || catalog.units.iter().filter(|unit| unit.kind == kind);
    let id = UnitId::parse(&name.to_ascii_lowercase()).ok();
    if let Some(unit) = id.and_then(|id| of_kind().find(|unit| unit.id == id)) {
        return Ok(unit.id);
    }
    let folded = fold_name(name);
    let mut so_called = of_kind().filter(|unit| fold_name(unit.name.as_str()) == folded);
    match (so_called.next(), so_called.next()) {
        (Some(unit), None) => Ok(unit.id),
        (Some(_), Some(_)) => Err(RowFault::AmbiguousUnit),
        (None, _) => Err(RowFault::UnknownUnit),
    }
}
