//! The API as `docs/openapi.yaml` describes it, and whether what goes over the wire is as described.
//!
//! [`crate::World`] holds every request and every answer of a test against it, so the description is tried by all tests.

mod exchange;
mod schemas;
mod strict;
mod yaml;

#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use anyhow::{Context, Result};
use local::template::find_in_project;
use serde_json::Value;

pub use exchange::Exchange;
use schemas::Schemas;

/// The methods that a path of the description may have.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// What `docs/openapi.yaml` says.
pub struct Description {
    schemas: Schemas,
    operations: Vec<Operation>,
}

/// One operation of the description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its `operationId`.
    pub id: String,
    /// In upper case.
    pub method: String,
    /// Its path with `{parameters}`.
    pub path: String,
    /// Where it stands in the document.
    pub(crate) pointer: String,
}

impl Description {
    /// The description, read once.
    ///
    /// # Panics
    /// When it can't be read.
    #[must_use]
    pub fn get() -> &'static Self {
        static READ: OnceLock<Description> = OnceLock::new();
        READ.get_or_init(|| Self::read().expect("docs/openapi.yaml is a description"))
    }

    fn read() -> Result<Self> {
        let text = std::fs::read_to_string(find_in_project("docs/openapi.yaml")).context("docs/openapi.yaml")?;
        let mut document = yaml::parse(&text)?;
        strict::tighten(&mut document);
        let document: &'static Value = Box::leak(Box::new(document));
        let mut operations = Vec::new();
        for (path, item) in document["paths"].as_object().context("no paths")? {
            for method in METHODS.into_iter().filter(|method| item.get(method).is_some()) {
                let id = item[method]["operationId"].as_str().with_context(|| format!("{method} {path} has no id"))?;
                operations.push(Operation {
                    id: id.to_owned(),
                    method: method.to_uppercase(),
                    path: path.clone(),
                    pointer: format!("/paths/{}/{method}", schemas::escape(path)),
                });
            }
        }
        Ok(Self { schemas: Schemas::of(document)?, operations })
    }

    /// Every operation.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// What stands at a JSON pointer; where that is a reference, what it leads to.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<&Value> {
        self.schemas.resolve(pointer).map(|(_, value)| value)
    }

    /// The request body that an operation shows as its example, and its media type.
    #[must_use]
    pub fn body_example(&self, operation: &Operation) -> Option<(&str, &Value)> {
        let content = self.at(&format!("{}/requestBody/content", operation.pointer))?.as_object()?;
        content.iter().next().and_then(|(media_type, content)| Some((media_type.as_str(), content.get("example")?)))
    }

    /// The statuses that an operation may answer.
    pub fn statuses(&self, operation: &Operation) -> impl Iterator<Item = u16> {
        let responses = self.at(&format!("{}/responses", operation.pointer)).and_then(Value::as_object);
        responses.into_iter().flatten().filter_map(|(status, _)| status.parse().ok())
    }

    /// The error codes that an operation names for a status.
    #[must_use]
    pub fn codes(&self, operation: &Operation, status: u16) -> Vec<&str> {
        let response = self.at(&format!("{}/responses/{status}", operation.pointer));
        let codes = response.and_then(|response| response["x-error-codes"].as_array());
        codes.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// The role whose session an operation asks for; none when it takes calls without one.
    #[must_use]
    pub fn role(&self, operation: &Operation) -> Option<&str> {
        self.at(&operation.pointer)?["x-role"].as_str()
    }

    /// Whether an operation takes calls without a session, as its security says.
    #[must_use]
    pub fn is_open(&self, operation: &Operation) -> bool {
        let own = self.at(&format!("{}/security", operation.pointer));
        let security = own.or_else(|| self.at("/security")).and_then(Value::as_array);
        let mut alternatives = security.into_iter().flatten().filter_map(Value::as_object).peekable();
        alternatives.peek().is_none() || alternatives.any(serde_json::Map::is_empty)
    }

    /// Whether a program may call an operation with an API key.
    #[must_use]
    pub fn takes_api_keys(&self, operation: &Operation) -> bool {
        let own = self.at(&format!("{}/security", operation.pointer));
        let security = own.or_else(|| self.at("/security")).and_then(Value::as_array);
        security.into_iter().flatten().any(|one| one.get("api_key").is_some())
    }

    /// The operation that a request is for.
    #[must_use]
    pub fn operation_of(&self, method: &str, path: &str) -> Option<&Operation> {
        self.find(method, path.split('?').next().unwrap_or(path)).map(|(operation, _)| operation)
    }

    /// What is wrong with the examples of the description, each named by where it stands.
    #[must_use]
    pub fn faults_of_examples(&self) -> (usize, Vec<String>) {
        let examples = self.schemas.examples();
        let faults = examples.iter().filter_map(|(pointer, schema, example)| {
            self.schemas.validate(schema, example).err().map(|fault| format!("{pointer}: {fault}"))
        });
        (examples.len(), faults.collect())
    }

    /// The operation that a request is for, and the values of its path's parameters.
    fn find<'p>(&self, method: &str, path: &'p str) -> Option<(&Operation, Vec<(&str, &'p str)>)> {
        let of_method = self.operations.iter().filter(|operation| operation.method == method);
        let matching = of_method.filter_map(|operation| Some((operation, parameters(&operation.path, path)?)));
        // As the gateway does it: a path that is written out goes before one with a parameter.
        matching.min_by_key(|(_, parameters)| parameters.len())
    }
}

/// The parameters of a path that `template` matches.
fn parameters<'t, 'p>(template: &'t str, path: &'p str) -> Option<Vec<(&'t str, &'p str)>> {
    let (mut parts, mut given) = (template.split('/'), path.split('/'));
    let mut parameters = Vec::new();
    loop {
        match (parts.next(), given.next()) {
            (None, None) => return Some(parameters),
            (Some(part), Some(value)) => match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                Some(name) if !value.is_empty() => parameters.push((name, value)),
                None if part == value => {}
                _ => return None,
            },
            _ => return None,
        }
    }
}
