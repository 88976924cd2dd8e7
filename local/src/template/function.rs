//! The functions: which operation each is, what calls it, and what it finds in its environment.

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Context, Result, bail};

use super::{
    intrinsic::Scope,
    rule::{self, Rule},
    stream::{self, StreamTrigger},
    yaml::{Node, at},
};

/// One function of the template.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its logical id.
    pub logical_id: String,
    /// The operation it runs: the binary it is built from.
    pub operation: String,
    /// How long one call may take.
    pub timeout: Duration,
    /// Its environment, as it is on this machine.
    pub environment: BTreeMap<String, String>,
    /// The HTTP routes that call it.
    pub routes: Vec<Route>,
    /// The schedules that call it.
    pub schedules: Vec<Schedule>,
    /// The streams that call it.
    pub streams: Vec<StreamTrigger>,
    /// The rules of buses that call it.
    pub rules: Vec<Rule>,
}

/// An HTTP route: a method and a path with `{parameters}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// In upper case.
    pub method: String,
    /// Begins with a slash.
    pub path: String,
}

/// A schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The event's name in the template.
    pub name: String,
    /// The time between two calls.
    pub every: Duration,
}

/// Reads every function, in the order of the file.
pub(super) fn read_all(root: &Node, scope: &Scope) -> Result<Vec<Function>> {
    let globals = root.at(&["Globals", "Function"]);
    let mut functions: Vec<Function> = Vec::new();
    for (id, node) in root.need("Resources")?.entries()? {
        if node.need("Type")?.text()? != "AWS::Serverless::Function" {
            continue;
        }
        let function = read_one(id, node, globals, scope).with_context(|| format!("function `{id}`"))?;
        if let Some(other) = functions.iter().find(|f| f.operation == function.operation) {
            bail!("function `{id}`: `{}` runs the operation `{}` already", other.logical_id, function.operation);
        }
        for route in &function.routes {
            if let Some(other) = functions.iter().find(|f| f.routes.contains(route)) {
                bail!(
                    "function `{id}`: `{}` has the route `{} {}` already",
                    other.logical_id,
                    route.method,
                    route.path
                );
            }
        }
        functions.push(function);
    }
    Ok(functions)
}

/// The operation that a function runs: the name of its binary, which is the last part of the folder its code is in.
///
/// # Errors
///
/// Fails if the function has no `CodeUri` of the form `target/lambda/NAME`.
pub fn operation(function: &Node) -> Result<&str> {
    let folder = function.need("Properties")?.need("CodeUri")?;
    let name = folder.text()?.strip_prefix("target/lambda/").filter(|name| !name.is_empty() && !name.contains('/'));
    name.ok_or_else(|| at(folder.line, "`CodeUri` must be `target/lambda/` and the name of a binary"))
}

fn read_one(id: &str, node: &Node, globals: Option<&Node>, scope: &Scope) -> Result<Function> {
    let properties = node.need("Properties")?;
    let operation = operation(node)?.to_owned();
    let expected = format!("{}Function", camel_case(&operation));
    if id != expected {
        bail!(at(node.line, &format!("the function that runs `{operation}` must be called `{expected}`")));
    }
    let timeout = properties
        .get("Timeout")
        .or_else(|| globals.and_then(|globals| globals.get("Timeout")))
        .map_or(Ok(3), Node::number::<u64>)?;
    let mut environment = BTreeMap::new();
    for source in [globals, Some(properties)].into_iter().flatten() {
        if let Some(variables) = source.at(&["Environment", "Variables"]) {
            for (name, value) in variables.entries()? {
                environment.insert(name.clone(), scope.resolve(value)?);
            }
        }
    }
    let mut function = Function {
        logical_id: id.to_owned(),
        operation,
        timeout: Duration::from_secs(timeout),
        environment,
        routes: Vec::new(),
        schedules: Vec::new(),
        streams: Vec::new(),
        rules: Vec::new(),
    };
    if let Some(events) = properties.get("Events") {
        for (name, event) in events.entries()? {
            function.add_event(name, event, scope).with_context(|| format!("event `{name}`"))?;
        }
    }
    Ok(function)
}

impl Function {
    fn add_event(&mut self, name: &str, event: &Node, scope: &Scope) -> Result<()> {
        let properties = event.need("Properties")?;
        let kind = event.need("Type")?;
        match kind.text()? {
            "HttpApi" => self.routes.push(route(properties)?),
            "Schedule" | "ScheduleV2" => {
                let expression = properties.get("ScheduleExpression").or_else(|| properties.get("Schedule"));
                let expression = expression.with_context(|| at(properties.line, "`ScheduleExpression` is missing"))?;
                self.schedules.push(Schedule { name: name.to_owned(), every: rate(expression)? });
            }
            "DynamoDB" => self.streams.push(stream::read(properties, scope)?),
            "EventBridgeRule" => self.rules.push(rule::read(properties, scope)?),
            other => bail!(at(
                kind.line,
                &format!(
                    "events of type `{other}` are not understood here; HttpApi, ScheduleV2, DynamoDB and EventBridgeRule are"
                )
            )),
        }
        Ok(())
    }
}

fn route(properties: &Node) -> Result<Route> {
    let (method, path) = (properties.need("Method")?, properties.need("Path")?);
    let text = path.text()?;
    if !text.starts_with('/') {
        bail!(at(path.line, &format!("the path `{text}` must begin with a slash")));
    }
    let mut names = Vec::new();
    for segment in text.split('/').filter(|s| s.contains(['{', '}'])) {
        let name = segment.strip_prefix('{').and_then(|s| s.strip_suffix('}'));
        match name {
            Some(name) if !name.is_empty() && !name.contains(['{', '}', '+']) && !names.contains(&name) => {
                names.push(name);
            }
            _ => bail!(at(path.line, &format!("`{segment}` is not understood here; `{{name}}`, each name once, is"))),
        }
    }
    let method = method.text()?.to_ascii_uppercase();
    if method == "ANY" {
        bail!(at(properties.line, "name the method: explicit routes only"));
    }
    Ok(Route { method, path: text.to_owned() })
}

/// `rate(5 minutes)`; see <https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html>.
fn rate(node: &Node) -> Result<Duration> {
    let text = node.text()?;
    let parts = text.strip_prefix("rate(").and_then(|rest| rest.strip_suffix(')'));
    let seconds = parts.and_then(|parts| parts.split_once(' ')).and_then(|(count, unit)| {
        let count: u64 = count.parse().ok().filter(|count| *count > 0)?;
        let unit = match unit {
            "minute" | "minutes" => 60,
            "hour" | "hours" => 3600,
            "day" | "days" => 86_400,
            _ => return None,
        };
        count.checked_mul(unit)
    });
    match seconds {
        Some(seconds) => Ok(Duration::from_secs(seconds)),
        None => bail!(at(node.line, &format!("`{text}` is not understood here; `rate(5 minutes)` is"))),
    }
}

fn camel_case(operation: &str) -> String {
    let mut out = String::new();
    for word in operation.split('-') {
        let mut letters = word.chars();
        out.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}
