//! What the columns of a file hold: by their headings, in the four languages, or as the admin says.

use serde::Serialize;
use shared::domain::fold;

use super::{FileRefused, is_address};

/// The most columns a file may have.
const COLUMNS_MAX: usize = 200;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::operations) enum Holds {
    /// A person's name, or the part of it that no other column has.
    Name,
    /// The given name.
    FirstName,
    /// The family name.
    LastName,
    /// The address.
    Email,
    /// Groups.
    Groups,
    /// Sites.
    Sites,
    /// Regions.
    Regions,
    /// Nothing that is brought in.
    Ignore,
}

impl Holds {
    const ALL: [Self; 8] = [
        Self::Name,
        Self::FirstName,
        Self::LastName,
        Self::Email,
        Self::Groups,
        Self::Sites,
        Self::Regions,
        Self::Ignore,
    ];

    /// Its name in the API.
    pub(in crate::operations) fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Email => "email",
            Self::Groups => "groups",
            Self::Sites => "sites",
            Self::Regions => "regions",
            Self::Ignore => "ignore",
        }
    }

    /// The headings that say so, folded.
    fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Name => &[
                "name",
                "full name",
                "fullname",
                "display name",
                "employee",
                "employee name",
                "participant",
                // German
                "vollstandiger name",
                "vor und nachname",
                "vor und zuname",
                "vorname nachname",
                "vorname und nachname",
                "nachname vorname",
                "name vorname",
                "mitarbeiter",
                "mitarbeiterin",
                "mitarbeitername",
                "teilnehmer",
                // Spanish
                "nombre",
                "nombre completo",
                "nombre y apellido",
                "nombre y apellidos",
                "nombres y apellidos",
                "apellidos y nombre",
                "empleado",
                "trabajador",
                "participante",
                // Polish
                "imie i nazwisko",
                "imie nazwisko",
                "nazwisko i imie",
                "nazwisko imie",
                "pracownik",
                "uczestnik",
            ],
            Self::FirstName => &[
                "first name",
                "firstname",
                "given name",
                "forename",
                "vorname",
                "rufname",
                "nombre de pila",
                "nombres",
                "primer nombre",
                "imie",
                "imiona",
            ],
            Self::LastName => &[
                "last name",
                "lastname",
                "surname",
                "family name",
                "nachname",
                "familienname",
                "zuname",
                "apellido",
                "apellidos",
                "primer apellido",
                "nazwisko",
            ],
            Self::Email => &[
                "email",
                "e mail",
                "email address",
                "e mail address",
                "mail address",
                "emailaddress",
                "work email",
                // German
                "mailadresse",
                "mail adresse",
                "e mail adresse",
                "e mailadresse",
                "email adresse",
                "emailadresse",
                // Spanish
                "correo",
                "correo electronico",
                "direccion de correo",
                "direccion de correo electronico",
                "direccion email",
                "direccion de email",
                "direccion de e mail",
                // Polish
                "adres e mail",
                "adres email",
                "adres mailowy",
                "adres poczty elektronicznej",
                "poczta elektroniczna",
                "adres poczty",
                "e mail sluzbowy",
            ],
            Self::Groups => &["group", "groups", "gruppe", "gruppen", "grupo", "grupos", "grupa", "grupy"],
            Self::Sites => &[
                "site",
                "sites",
                "location",
                "locations",
                "standort",
                "standorte",
                "centro",
                "centros",
                "centro de trabajo",
                "centros de trabajo",
                "sede",
                "sedes",
                "zaklad",
                "zaklady",
                "lokalizacja",
                "lokalizacje",
            ],
            Self::Regions => &["region", "regions", "regionen", "regiones", "regiony"],
            Self::Ignore => &[],
        }
    }
}

/// Headings that are an e-mail address's only where no other heading is.
const PERHAPS_EMAIL: [&str; 5] = ["mail", "address", "adresse", "direccion", "adres"];

/// A column as it is told to whoever sent the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::operations) struct Column {
    /// What stands above it.
    pub heading: String,
    /// What it holds.
    pub holds: Holds,
}

/// The columns of a table, as its first line or the admin says.
#[derive(Debug)]
pub(super) struct Columns {
    pub all: Vec<Column>,
    /// Whether the first line is one of headings, and no person yet.
    pub headed: bool,
    /// Of how many, from the left, the admin says what they hold.
    pub said: usize,
}

impl Columns {
    /// What the columns hold: as `said`, by their places, or else by the cells of the first line.
    pub(super) fn read(first: &[String], said: Option<&[Holds]>) -> Result<Self, FileRefused> {
        let said_of = said.map_or(0, <[Holds]>::len);
        let width = first.iter().rposition(|heading| !heading.is_empty()).map_or(0, |last| last + 1);
        let width = width.max(said_of.min(first.len()));
        if width > COLUMNS_MAX {
            return Err(FileRefused::TooManyColumns);
        }
        let headings = first.get(..width).unwrap_or(first);
        // A line that has an address is a person's.
        let headed = !headings.iter().any(|heading| is_address(heading));
        let mut holds: Vec<_> = match said {
            Some(said) => headings
                .iter()
                .zip(said.iter().copied().chain(std::iter::repeat(Holds::Ignore)))
                .map(|(_, holds)| holds)
                .collect(),
            None if headed => headings.iter().map(|heading| recognized(heading)).collect(),
            None => vec![Holds::Ignore; width],
        };
        if said.is_none() && !holds.contains(&Holds::Email) {
            let perhaps = headings.iter().position(|heading| PERHAPS_EMAIL.contains(&plain(heading).as_str()));
            if let Some(holds) = perhaps.and_then(|at| holds.get_mut(at)) {
                *holds = Holds::Email;
            }
        }
        let told = headings.iter().zip(&holds);
        let all: Vec<_> =
            told.map(|(heading, holds)| Column { heading: super::shortened(heading), holds: *holds }).collect();
        let columns = Self { all, headed, said: said_of };
        match columns.unclear(said.is_some()) {
            Some(why) => Err(FileRefused::Unclear(why, columns.all)),
            None => Ok(columns),
        }
    }

    /// Which column holds it, if one does.
    pub(super) fn of(&self, holds: Holds) -> Option<usize> {
        self.all.iter().position(|column| column.holds == holds)
    }

    fn unclear(&self, said: bool) -> Option<Unclear> {
        let count = |holds: Holds| self.all.iter().filter(|column| column.holds == holds).count();
        let named = [Holds::Name, Holds::FirstName, Holds::LastName].into_iter().any(|holds| count(holds) > 0);
        if Holds::ALL.into_iter().any(|holds| holds != Holds::Ignore && count(holds) > 1) {
            Some(Unclear::Twice)
        } else if !self.headed && !said {
            Some(Unclear::NoHeadings)
        } else if count(Holds::Email) == 0 {
            Some(Unclear::NoEmail)
        } else if named {
            None
        } else {
            Some(Unclear::NoName)
        }
    }
}

/// Why it is not clear what the columns hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(in crate::operations) enum Unclear {
    /// Two say the same.
    #[error("has two columns for the same thing")]
    Twice,
    /// It begins with a person.
    #[error("has no heading row")]
    NoHeadings,
    /// None has the addresses.
    #[error("has no column with a heading for email addresses")]
    NoEmail,
    /// None has the names.
    #[error("has no column with a heading for names")]
    NoName,
}

/// Reads what an admin says of the columns: a name of [`Holds`] for each, with commas between them.
pub(in crate::operations) fn said(text: &str) -> Result<Vec<Holds>, String> {
    let named = |name: &str| Holds::ALL.into_iter().find(|holds| holds.name() == name.trim());
    let said: Option<Vec<_>> = text.split(',').map(named).collect();
    said.filter(|said| said.len() <= COLUMNS_MAX).ok_or_else(|| {
        let names: Vec<_> = Holds::ALL.into_iter().map(Holds::name).collect();
        format!("must have one of {} for each column, separated by commas", names.join(", "))
    })
}

fn recognized(heading: &str) -> Holds {
    let heading = plain(heading);
    let found = Holds::ALL.into_iter().find(|holds| holds.headings().contains(&heading.as_str()));
    found.unwrap_or(Holds::Ignore)
}

/// A heading without case, marks and signs: "E-Mail-Adresse *" is "e mail adresse".
fn plain(heading: &str) -> String {
    let words = fold(heading);
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
