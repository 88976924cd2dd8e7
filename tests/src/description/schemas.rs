//! The schemas of the description, compiled once each, when they are first needed.

use std::{
    collections::HashMap,
    fmt::Write,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Result;
use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

/// The name under which the document's schemas refer to each other; nothing is fetched.
const BASE: &str = "urn:access-links:api";

pub(super) struct Schemas {
    document: &'static Value,
    registry: Registry<'static>,
    compiled: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Schemas {
    pub fn of(document: &'static Value) -> Result<Self> {
        let registry = Registry::new().draft(Draft::Draft202012).add(BASE, document)?.prepare()?;
        Ok(Self { document, registry, compiled: Mutex::default() })
    }

    /// What stands at a JSON pointer, and where; a reference that has nothing beside it is followed.
    pub fn resolve(&self, pointer: &str) -> Option<(String, &'static Value)> {
        let mut pointer = pointer.to_owned();
        loop {
            let value = self.document.pointer(&pointer)?;
            match value.as_object() {
                Some(object) if object.len() == 1 && object.contains_key("$ref") => {
                    pointer = object["$ref"].as_str()?.strip_prefix('#')?.to_owned();
                }
                _ => return Some((pointer, value)),
            }
        }
    }

    /// Holds a value against the schema at a JSON pointer.
    ///
    /// # Errors
    /// Every fault, each with where in the value it is.
    pub fn validate(&self, pointer: &str, value: &Value) -> Result<(), String> {
        let validator = self.compiled(pointer).map_err(|error| format!("the schema {pointer}: {error:#}"))?;
        let mut faults = String::new();
        for fault in validator.iter_errors(value) {
            let at = fault.instance_path().to_string();
            write!(faults, "\n  {}: {fault}", if at.is_empty() { "/" } else { &at }).expect("a string takes all");
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn compiled(&self, pointer: &str) -> Result<Arc<Validator>> {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(validator) = compiled.get(pointer) {
            return Ok(Arc::clone(validator));
        }
        let fragment = pointer.replace('{', "%7B").replace('}', "%7D");
        let schema = json!({"$ref": format!("{BASE}#{fragment}")});
        let options = jsonschema::options().with_draft(Draft::Draft202012).with_registry(&self.registry);
        let validator = options.should_validate_formats(true).build(&schema).map_err(|error| error.to_owned())?;
        let validator = Arc::new(validator);
        compiled.insert(pointer.to_owned(), Arc::clone(&validator));
        Ok(validator)
    }

    /// Every example: where it stands, where its schema stands, and the example.
    pub fn examples(&self) -> Vec<(String, String, &'static Value)> {
        let mut found = Vec::new();
        gather(self.document, String::new(), &mut found);
        found
    }
}

/// Examples beside a `schema` are of media types and parameters; `examples` beside none are a schema's own.
fn gather(value: &'static Value, pointer: String, found: &mut Vec<(String, String, &'static Value)>) {
    match value {
        Value::Object(object) => {
            let schema = if object.contains_key("schema") { format!("{pointer}/schema") } else { pointer.clone() };
            if let Some(example) = object.get("example") {
                found.push((pointer.clone(), schema.clone(), example));
            }
            for example in object.get("examples").and_then(Value::as_array).into_iter().flatten() {
                found.push((pointer.clone(), schema.clone(), example));
            }
            for (name, value) in object.iter().filter(|(name, _)| *name != "example" && *name != "examples") {
                gather(value, format!("{pointer}/{}", escape(name)), found);
            }
        }
        Value::Array(items) => {
            for (number, value) in items.iter().enumerate() {
                gather(value, format!("{pointer}/{number}"), found);
            }
        }
        _ => {}
    }
}

/// A name as a part of a JSON pointer.
pub(super) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
