//! Tables in Markdown, kept in the document between two markers each.

use std::{fmt, fs};

use anyhow::{Context, Result};
use local::template::find_in_project;

/// One table with what there is to say of it.
#[derive(Debug)]
pub struct Section {
    /// Names its place in the document.
    pub name: &'static str,
    /// The heads of the columns.
    pub columns: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// What holds for the run as a whole.
    pub note: String,
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| {} |", self.columns.join(" | "))?;
        let alignment: Vec<_> =
            (0..self.columns.len()).map(|column| if column == 0 { "---" } else { "---:" }).collect();
        writeln!(f, "| {} |", alignment.join(" | "))?;
        for row in &self.rows {
            writeln!(f, "| {} |", row.join(" | "))?;
        }
        writeln!(f, "\n{}", self.note)
    }
}

/// Puts a section in its place in the document.
///
/// # Errors
/// When the document, or the place in it, is not there.
pub fn keep(section: &Section) -> Result<()> {
    let path = find_in_project("docs/PERFORMANCE.md");
    let shown = path.display();
    let text = fs::read_to_string(&path).with_context(|| format!("can't read {shown}"))?;
    let (begin, end) = (format!("<!-- figures: {} -->", section.name), format!("<!-- end: {} -->", section.name));
    let place = || format!("{shown} has no place for the figures: {begin}");
    let (before, rest) = text.split_once(&begin).with_context(place)?;
    let (_, after) = rest.split_once(&end).with_context(place)?;
    fs::write(&path, format!("{before}{begin}\n\n{section}\n{end}{after}"))
        .with_context(|| format!("can't write {shown}"))
}

/// Says on the terminal what is under way.
pub fn progress(what: &str) {
    eprintln!("{what}");
}

/// A number of capacity units: whole ones without a fraction, and nothing for none.
pub fn units(units: f64) -> String {
    if units == 0.0 { "–".to_owned() } else { format!("{units:.1}").trim_end_matches(".0").to_owned() }
}
