//! People who come from a file: what an import is to do, and its rows.

use serde::{Deserialize, Serialize};

use super::{Allocation, EmailAddress, JobId, Outcome, PersonName, RowFault};

/// What the people of an import get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportAccess {
    /// Access, and a login mail.
    Granted,
    /// A place among those who wait for an admin.
    Pending,
}

/// What an import is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportOrder {
    /// What the people get.
    pub access: ImportAccess,
    /// Whether only to tell what would be done.
    pub dry_run: bool,
    /// How many rows the file has.
    pub rows: u32,
    /// On how many pages they stand.
    pub pages: u32,
}

/// Why a row is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// Which kind of problem it is.
    pub outcome: Outcome,
    /// The column, where one is to blame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is wrong with it, in words that do not repeat it.
    pub reason: String,
    /// The same by its code; there is none on what was stored before reasons had codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<RowFault>,
}

/// Somebody whom a row is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPerson {
    /// Their name.
    pub name: PersonName,
    /// Their address.
    pub email: EmailAddress,
    /// The units they are put in.
    #[serde(flatten)]
    pub allocation: Allocation,
}

/// What a row of the file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowContent {
    /// A person.
    Person(ImportPerson),
    /// Something that is not taken.
    Problem(RowProblem),
}

/// A row of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    /// The line of the file on which it begins; the headings are line 1.
    pub row: u32,
    /// What it holds.
    pub content: RowContent,
}

/// Some rows of a file, until they are worked off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPage {
    /// The job.
    pub job: JobId,
    /// Which page of it.
    pub page: u32,
    /// The rows.
    pub rows: Vec<ImportRow>,
    /// When DynamoDB may collect it, in seconds since 1970, should the job never come to it.
    pub delete_after: i64,
}
