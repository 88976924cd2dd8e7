//! `template.yaml`, the one description of the system, read into what the local run needs: the table, the functions,
//! and what calls each. What it does not understand it refuses, by file, line and logical id, rather than run
//! something else than what would be deployed.

mod filter;
mod function;
mod intrinsic;
mod rule;
mod stream;
mod table;
pub mod yaml;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

pub use filter::Filter;
pub use function::{Function, Route, Schedule, operation};
pub use intrinsic::STACK_NAME;
pub use rule::Rule;
pub use stream::{StartingPosition, StreamTrigger};
pub use table::{IndexDefinition, KeyDefinition, TableDefinition};

use intrinsic::Scope;
use yaml::Node;

/// A template that was read and understood.
#[derive(Debug, Clone)]
pub struct Template {
    /// The table.
    pub table: TableDefinition,
    /// The functions, in the order of the file.
    pub functions: Vec<Function>,
}

impl Template {
    /// Reads a template file; `parameters` are the values the deployment's parameters have on this machine.
    ///
    /// # Errors
    /// When the file can't be read or holds something that is not understood.
    pub fn load(path: &Path, parameters: &BTreeMap<String, String>) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("can't read the template {}; give its path with --template", path.display()))?;
        Self::parse(&text, parameters).with_context(|| format!("the template {} can't be used", path.display()))
    }

    /// Reads a template's text.
    ///
    /// # Errors
    /// When it holds something that is not understood.
    pub fn parse(text: &str, parameters: &BTreeMap<String, String>) -> Result<Self> {
        let root = Node::parse(text)?;
        let scope = Scope::read(&root, parameters)?;
        let table = table::read(&root, &scope)?;
        let functions = function::read_all(&root, &scope)?;
        for function in &functions {
            for trigger in &function.streams {
                if trigger.table != table.logical_id || table.stream_view.is_none() {
                    bail!("function `{}`: `{}` has no stream", function.logical_id, trigger.table);
                }
            }
        }
        Ok(Self { table, functions })
    }

    /// The environment that all functions share, which one process can give them.
    ///
    /// # Errors
    /// When two functions want different values under one name.
    pub fn environment(&self) -> Result<BTreeMap<String, String>> {
        let mut shared: BTreeMap<String, String> = BTreeMap::new();
        for function in &self.functions {
            for (name, value) in &function.environment {
                match shared.get(name) {
                    Some(other) if other != value => bail!(
                        "function `{}`: its `{name}` differs from another function's; here all share one environment",
                        function.logical_id
                    ),
                    _ => drop(shared.insert(name.clone(), value.clone())),
                }
            }
        }
        Ok(shared)
    }

    /// The function that runs an operation.
    #[must_use]
    pub fn function(&self, operation: &str) -> Option<&Function> {
        self.functions.iter().find(|function| function.operation == operation)
    }

    /// Where template and operations disagree, one sentence each; empty when they are one list.
    #[must_use]
    pub fn mismatches(&self, operations: &[functions::Operation]) -> Vec<String> {
        let without_handler = self
            .functions
            .iter()
            .filter(|function| !operations.iter().any(|operation| operation.name == function.operation))
            .map(|function| {
                format!("{} of the template has no operation `{}`", function.logical_id, function.operation)
            });
        let without_function = operations
            .iter()
            .filter(|operation| self.function(operation.name).is_none())
            .map(|operation| format!("the operation `{}` has no function in the template", operation.name));
        without_handler.chain(without_function).collect()
    }
}

/// The values that the deployment's parameters have on this machine, where nothing stands in front of the API.
#[must_use]
pub fn parameters(base_url: &str, mail_from: &str) -> BTreeMap<String, String> {
    let given = [("BaseUrl", base_url), ("MailFrom", mail_from), ("MailIdentity", mail_from), ("OriginKeysSha256", "")];
    given.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

/// A file or folder of the project: in the working directory, if that is a project's with a template of its own, else in the source
/// tree this was built from.
#[must_use]
pub fn find_in_project(name: &str) -> PathBuf {
    let here = PathBuf::from(name);
    if here.exists() && Path::new("template.yaml").exists() {
        return here;
    }
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or(here, |root| root.join(name))
}

#[cfg(test)]
mod tests;
