//! The fields of the events that the operator sends: what is not right is an error that names the field.

/// A field of an event that is not right.
#[derive(Debug, thiserror::Error)]
#[error("{field}: {problem}")]
pub(super) struct InvalidField {
    field: &'static str,
    problem: String,
}

impl InvalidField {
    /// What is wrong with a field.
    pub(super) fn new(field: &'static str, problem: impl Into<String>) -> Self {
        Self { field, problem: problem.into() }
    }
}

/// The field's value, or what is wrong with it.
pub(super) fn field<T, E: ToString>(field: &'static str, parsed: Result<T, E>) -> Result<T, InvalidField> {
    parsed.map_err(|problem| InvalidField::new(field, problem.to_string()))
}
