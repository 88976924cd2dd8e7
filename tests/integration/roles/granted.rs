//! What the template grants: the statements of each function's role.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use anyhow::{Context, Result, ensure};
use local::template::{
    find_in_project, operation,
    yaml::{Node, Value},
};
use tests::fault_proxy::Permission;

/// What the role of a function that the table's stream calls must grant beside: Lambda itself makes these with the role, to read
/// what it hands over. No call of the function does, so that no run shows them.
const OF_THE_STREAM: [Pair<'_>; 4] = [
    ("dynamodb:DescribeStream", "Table.StreamArn"),
    ("dynamodb:GetRecords", "Table.StreamArn"),
    ("dynamodb:GetShardIterator", "Table.StreamArn"),
    ("dynamodb:ListStreams", "${Table.Arn}/stream/*"),
];

/// Actions that can be made on an index; granted with an index among the resources, any other says nothing for it.
const OF_INDEXES: [&str; 2] = ["dynamodb:Query", "dynamodb:Scan"];

/// What begins the actions of services that no proxy stands before here.
const OTHER_SERVICES: [&str; 4] = ["events:", "logs:", "ses:", "sqs:"];

/// An action and the resource it is granted on, as the template has them.
type Pair<'t> = (&'t str, &'t str);

/// What each operation's role grants in DynamoDB, by operation.
pub fn by_operation() -> Result<BTreeMap<String, BTreeSet<Permission>>> {
    let root = Node::parse(&fs::read_to_string(find_in_project("template.yaml"))?)?;
    let resources = root.need("Resources")?;
    let mut by_operation = BTreeMap::new();
    for (id, function) in resources.entries()? {
        if function.need("Type")?.text()? != "AWS::Serverless::Function" {
            continue;
        }
        let operation = operation(function)?;
        let properties = function.need("Properties")?;
        ensure!(properties.get("Policies").is_none(), "{id} has policies beside its role");
        let role = target(properties.need("Role")?)?.trim_end_matches(".Arn");
        let (granted, of_stream) = of_role(resources.need(role)?).with_context(|| role.to_owned())?;
        let wanted = if reads_stream(properties)? { OF_THE_STREAM.into() } else { BTreeSet::new() };
        ensure!(of_stream == wanted, "{role} is to grant {wanted:?} on the stream, and grants {of_stream:?}");
        by_operation.insert(operation.to_owned(), granted);
    }
    Ok(by_operation)
}

/// What the policy that every role carries denies: the actions, on the table's items under these partition keys.
pub fn denied_to_all() -> Result<(BTreeSet<String>, Vec<String>)> {
    let root = Node::parse(&fs::read_to_string(find_in_project("template.yaml"))?)?;
    let path = ["Resources", "TracingPolicy", "Properties", "PolicyDocument", "Statement"];
    let statements = list(root.at(&path).context("the policy of every role")?);
    let denied = statements.into_iter().filter(|statement| {
        statement.get("Effect").is_some_and(|effect| effect.text().is_ok_and(|effect| effect == "Deny"))
    });
    let [denied] = denied.collect::<Vec<_>>()[..] else { anyhow::bail!("one statement that denies") };
    ensure!(target(denied.need("Resource")?)? == "Table.Arn", "line {}: denied on another resource", denied.line);
    let condition = denied.need("Condition")?;
    ensure!(condition.entries()?.len() == 2, "line {}: two conditions", condition.line);
    let keys = condition.need("ForAllValues:StringLike")?;
    let absent = condition.need("Null")?.need("dynamodb:LeadingKeys")?;
    ensure!(absent.text()? == "false", "line {}: without a key nothing is denied", absent.line);
    ensure!(keys.entries()?.len() == 1, "line {}: one condition", keys.line);
    let texts = |node| list(node).into_iter().map(|item| Ok(item.text()?.to_owned())).collect::<Result<Vec<_>>>();
    let actions = texts(denied.need("Action")?)?;
    Ok((actions.into_iter().collect(), texts(keys.need("dynamodb:LeadingKeys")?)?))
}

/// Whether the table's stream calls the function.
fn reads_stream(properties: &Node) -> Result<bool> {
    let Some(events) = properties.get("Events") else { return Ok(false) };
    let kinds = events.entries()?.iter().map(|(_, event)| event.need("Type")?.text());
    Ok(kinds.collect::<Result<Vec<_>>>()?.contains(&"DynamoDB"))
}

/// What a role grants on table and indexes, and what on the table's stream.
fn of_role(role: &Node) -> Result<(BTreeSet<Permission>, BTreeSet<Pair<'_>>)> {
    let properties = role.need("Properties")?;
    let shared = list(properties.need("ManagedPolicyArns")?).into_iter().map(target).collect::<Result<Vec<_>>>()?;
    ensure!(shared == ["TracingPolicy"], "line {}: a policy that is not read here", role.line);
    let (mut granted, mut of_stream) = (BTreeSet::new(), BTreeSet::new());
    for policy in list(properties.need("Policies")?) {
        for statement in list(policy.need("PolicyDocument")?.need("Statement")?) {
            for (action, resource) in of_statement(statement)? {
                let index = resource.strip_prefix("${Table.Arn}/index/");
                if OF_THE_STREAM.contains(&(action, resource)) {
                    of_stream.insert((action, resource));
                } else if index.is_none() || OF_INDEXES.contains(&action) {
                    ensure!(index.is_some() || resource == "Table.Arn", "{action} is granted on {resource}");
                    granted.insert(Permission { action: action.to_owned(), index: index.map(str::to_owned) });
                }
            }
        }
    }
    Ok((granted, of_stream))
}

/// Each action that a statement grants, but for those of other services, with each resource.
fn of_statement(statement: &Node) -> Result<Vec<Pair<'_>>> {
    let line = statement.line;
    let texts = |name| list(statement.need(name)?).into_iter().map(target).collect::<Result<Vec<_>>>();
    let mut actions = texts("Action")?;
    actions.retain(|action| !OTHER_SERVICES.iter().any(|service| action.starts_with(service)));
    let plain = statement.need("Effect")?.text()? == "Allow" && statement.get("Condition").is_none();
    ensure!(actions.is_empty() || plain, "line {line}: a statement that is not understood here");
    let resources = texts("Resource")?;
    Ok(actions.into_iter().flat_map(|action| resources.iter().map(move |resource| (action, *resource))).collect())
}

/// The items of a list; what is none stands for a list of itself.
fn list(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::List(items) => items.iter().collect(),
        _ => vec![node],
    }
}

/// What a text, `!Ref`, `!GetAtt` or `!Sub` names.
fn target(node: &Node) -> Result<&str> {
    match &node.value {
        Value::Function(_, argument) => argument.text(),
        _ => node.text(),
    }
}
