//! A function's trigger on the event bus: the events that match a pattern.

use anyhow::{Context, Result, bail};
use serde_json::Value as Json;

use super::{
    Filter,
    intrinsic::Scope,
    yaml::{Node, Value, at},
};

/// A rule of a bus.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The bus's name.
    pub bus: String,
    /// The events that call the function.
    pub pattern: Filter,
}

/// What plays no part on one machine: how often a failing call is tried again, and where its event ends then.
const WITHOUT_EFFECT: [&str; 2] = ["RetryPolicy", "DeadLetterConfig"];

/// The rule with these properties.
pub(super) fn read(properties: &Node, scope: &Scope) -> Result<Rule> {
    let mut bus = "default".to_owned();
    for (name, node) in properties.entries()? {
        if name == "EventBusName" {
            bus = scope.resolve(node)?;
        } else if name != "Pattern" && !WITHOUT_EFFECT.contains(&name.as_str()) {
            bail!(at(node.line, &format!("`{name}` of a rule is not understood here")));
        }
    }
    let pattern = properties.need("Pattern")?;
    let json = json(pattern, scope)?;
    let pattern = Filter::parse(&json.to_string()).with_context(|| at(pattern.line, "the rule's pattern"))?;
    Ok(Rule { bus, pattern })
}

/// A pattern as JSON; every scalar in it is a text.
fn json(node: &Node, scope: &Scope) -> Result<Json> {
    Ok(match &node.value {
        Value::Map(entries) => {
            let entries = entries.iter().map(|(name, node)| Ok((name.clone(), json(node, scope)?)));
            Json::Object(entries.collect::<Result<_>>()?)
        }
        Value::List(items) => Json::Array(items.iter().map(|item| json(item, scope)).collect::<Result<_>>()?),
        Value::Text(_) | Value::Function(..) => Json::String(scope.resolve(node)?),
    })
}
