//! Reading a body's fields so that every bad one is named in one answer.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Deserializer};

use super::ApiError;

/// Collects what is wrong with a body's fields.
///
/// ```
/// # use functions::http::{ApiError, Fields};
/// # fn run(name: Option<&str>, cap: Option<u32>) -> Result<(String, Option<u32>), ApiError> {
/// let mut fields = Fields::default();
/// let name = fields.required("name", name, |text| text.parse::<String>());
/// let cap = fields.optional("cap", cap, |cap| if cap > 0 { Ok(cap) } else { Err("must be at least 1") });
/// let (name, cap) = fields.finish((name, cap))?;
/// # Ok((name, cap)) }
/// ```
#[derive(Debug, Default)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    /// The value, or a note of why it is none.
    pub fn take<T, E: fmt::Display>(&mut self, name: &str, parsed: Result<T, E>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(error) => {
                self.refuse(name, error);
                None
            }
        }
    }

    /// A field that must be there, parsed.
    pub fn required<I, T, E: fmt::Display>(
        &mut self,
        name: &str,
        input: Option<I>,
        parse: impl FnOnce(I) -> Result<T, E>,
    ) -> Option<T> {
        if let Some(input) = input {
            self.take(name, parse(input))
        } else {
            self.refuse(name, "is required");
            None
        }
    }

    /// A field that may be missing or null, parsed if it is there.
    pub fn optional<I, T, E: fmt::Display>(
        &mut self,
        name: &str,
        input: Option<I>,
        parse: impl FnOnce(I) -> Result<T, E>,
    ) -> Option<Option<T>> {
        match input {
            None => Some(None),
            Some(input) => self.take(name, parse(input)).map(Some),
        }
    }

    /// A field of a change that may be absent, null, or a value to parse.
    pub fn patch<I, T, E: fmt::Display>(
        &mut self,
        name: &str,
        input: Patch<I>,
        parse: impl FnOnce(I) -> Result<T, E>,
    ) -> Option<Patch<T>> {
        match input {
            Patch::Absent => Some(Patch::Absent),
            Patch::Null => Some(Patch::Null),
            Patch::Value(input) => self.take(name, parse(input)).map(Patch::Value),
        }
    }

    /// A field of a change that may be absent, or a value to parse; there is no clearing it.
    pub fn change<I, T, E: fmt::Display>(
        &mut self,
        name: &str,
        input: Patch<I>,
        parse: impl FnOnce(I) -> Result<T, E>,
    ) -> Option<Option<T>> {
        match input {
            Patch::Absent => Some(None),
            Patch::Null => {
                self.refuse(name, "cannot be cleared");
                None
            }
            Patch::Value(input) => self.take(name, parse(input)).map(Some),
        }
    }

    /// Notes that a field is wrong. The first note about a field stays. The message goes to the client: it must not
    /// repeat what was sent.
    pub fn refuse(&mut self, name: &str, message: impl fmt::Display) {
        self.0.entry(name.to_owned()).or_insert_with(|| message.to_string());
    }

    /// All values, given as a tuple of options, if nothing was noted.
    ///
    /// # Errors
    /// [`ApiError::InvalidFields`] with every note.
    pub fn finish<A: AllPresent>(self, values: A) -> Result<A::Values, ApiError> {
        match values.all() {
            Some(values) if self.0.is_empty() => Ok(values),
            _ => Err(ApiError::InvalidFields(self.0)),
        }
    }
}

/// A tuple of options that can become a tuple of their values.
pub trait AllPresent {
    /// The values.
    type Values;
    /// The values, if all are there.
    fn all(self) -> Option<Self::Values>;
}

macro_rules! all_present {
    ($($name:ident)*) => {
        impl<$($name),*> AllPresent for ($(Option<$name>,)*) {
            type Values = ($($name,)*);
            #[expect(non_snake_case, reason = "the type parameters' names serve as the variables'")]
            fn all(self) -> Option<Self::Values> {
                let ($($name,)*) = self;
                Some(($($name?,)*))
            }
        }
    };
}
all_present!(A);
all_present!(A B);
all_present!(A B C);
all_present!(A B C D);
all_present!(A B C D E);
all_present!(A B C D E F);
all_present!(A B C D E F G);
all_present!(A B C D E F G H);
all_present!(A B C D E F G H I);
all_present!(A B C D E F G H I J);

impl AllPresent for () {
    type Values = ();
    fn all(self) -> Option<()> {
        Some(())
    }
}

/// A field of a change: leave it, clear it, or set it. Give it `#[serde(default)]`, for absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// The field is not in the body: leave it.
    #[default]
    Absent,
    /// The field is null: clear it.
    Null,
    /// The field has a value: set it.
    Value(T),
}

impl<T> Patch<T> {
    /// What the field is after the change.
    pub fn apply(self, current: Option<T>) -> Option<T> {
        match self {
            Self::Absent => current,
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The change as an option of an option: none to leave it, none within to clear it.
    pub fn into_change(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }

    /// The same change of another value.
    pub fn map<U>(self, value: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Absent => Patch::Absent,
            Self::Null => Patch::Null,
            Self::Value(given) => Patch::Value(value(given)),
        }
    }

    /// Whether the field is to be left as it is.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize, PartialEq, Debug)]
    struct Change {
        #[serde(default)]
        cap: Patch<u32>,
    }

    #[test]
    fn absent_null_and_value_are_three_things() {
        let read = |text| serde_json::from_str::<Change>(text).unwrap().cap;
        assert_eq!(read("{}"), Patch::Absent);
        assert_eq!(read(r#"{"cap":null}"#), Patch::Null);
        assert_eq!(read(r#"{"cap":3}"#), Patch::Value(3));
        assert_eq!(
            (read("{}").apply(Some(1)), Patch::Null.apply(Some(1)), Patch::Value(2).apply(Some(1))),
            (Some(1), None, Some(2))
        );
    }

    #[test]
    fn every_bad_field_is_named() {
        let mut fields = Fields::default();
        let name = fields.required("name", None::<&str>, |text| text.parse::<String>());
        let cap = fields.patch("cap", Patch::Value("x"), |text| text.parse::<u32>().map_err(|_| "must be a number"));
        let good = fields.optional("note", Some("hi"), |text| text.parse::<String>());
        let Err(ApiError::InvalidFields(notes)) = fields.finish((name, cap, good)) else { panic!("accepted") };
        let notes: Vec<_> = notes.iter().map(|(name, note)| (name.as_str(), note.as_str())).collect();
        assert_eq!(notes, [("cap", "must be a number"), ("name", "is required")]);
    }

    #[test]
    fn a_note_without_a_value_is_enough_to_refuse() {
        let mut fields = Fields::default();
        fields.refuse("allocation", "names a unit that does not exist");
        assert!(fields.finish(()).is_err());
        assert_eq!(Fields::default().finish((Some(1), Some("a"))).unwrap(), (1, "a"));
    }
}
