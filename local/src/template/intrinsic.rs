//! What CloudFormation's functions come to on this machine: `!Ref` and `!Sub` over parameters and resources.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::yaml::{Node, Value, at};

/// The name that stands for the stack's on this machine.
pub const STACK_NAME: &str = "access-links";

/// What names stand for here.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    parameters: BTreeMap<String, Option<String>>,
    resources: BTreeMap<String, String>,
}

impl Scope {
    /// Reads the parameters, with their defaults unless `given` has a value, and the resources of a template.
    pub(super) fn read(root: &Node, given: &BTreeMap<String, String>) -> Result<Self> {
        let mut scope = Self::default();
        if let Some(parameters) = root.get("Parameters") {
            for (name, parameter) in parameters.entries()? {
                let default = parameter.get("Default").map(|node| node.text().map(str::to_owned)).transpose()?;
                scope.parameters.insert(name.clone(), given.get(name).cloned().or(default));
            }
        }
        for (id, resource) in root.need("Resources")?.entries()? {
            // Like CloudFormation's own names: the stack, then the logical id.
            let mut name = format!("{STACK_NAME}-{id}");
            if let Some(table) = resource.at(&["Properties", "TableName"]) {
                name = scope.resolve(table)?;
            }
            scope.resources.insert(id.clone(), name);
        }
        Ok(scope)
    }

    /// The text a node comes to.
    pub(super) fn resolve(&self, node: &Node) -> Result<String> {
        match &node.value {
            Value::Text(text) => Ok(text.clone()),
            Value::Function(name, argument) => match (name.as_str(), &argument.value) {
                ("Ref", Value::Text(target)) => self.reference(node.line, target),
                ("Sub", Value::Text(text)) => self.substitute(node.line, text),
                _ => bail!(at(
                    node.line,
                    &format!("`!{name}` in this form is not understood here; use `!Ref` or `!Sub` with a text")
                )),
            },
            Value::List(_) | Value::Map(_) => bail!(at(node.line, "expected a text, `!Ref` or `!Sub`")),
        }
    }

    /// The logical id that `!Ref X`, `!GetAtt X.Arn` or `!Sub ${X.Arn}` points to.
    pub(super) fn target<'n>(&self, node: &'n Node) -> Result<&'n str> {
        let target = match &node.value {
            Value::Function(_, argument) => argument.text()?.trim_start_matches("${"),
            _ => bail!(at(node.line, "expected `!Ref` or `!GetAtt`")),
        };
        let id = target.split(['.', '}']).next().unwrap_or(target);
        if !self.resources.contains_key(id) {
            bail!(at(node.line, &format!("`{id}` is not a resource of the template")));
        }
        Ok(id)
    }

    /// The local name of a resource.
    #[must_use]
    pub fn resource(&self, id: &str) -> Option<&str> {
        self.resources.get(id).map(String::as_str)
    }

    fn reference(&self, line: usize, target: &str) -> Result<String> {
        if let Some(value) = self.pseudo(target) {
            return Ok(value.to_owned());
        }
        match (self.parameters.get(target), self.resources.get(target)) {
            (Some(Some(value)), _) | (None, Some(value)) => Ok(value.clone()),
            (Some(None), _) => bail!(at(line, &format!("parameter `{target}` has no default and no local value"))),
            (None, None) => bail!(at(line, &format!("`{target}` is neither a parameter nor a resource"))),
        }
    }

    fn pseudo(&self, name: &str) -> Option<&'static str> {
        Some(match name {
            "AWS::StackName" => STACK_NAME,
            "AWS::Region" => "local",
            "AWS::Partition" => "aws",
            "AWS::AccountId" => "000000000000",
            _ => return None,
        })
    }

    fn substitute(&self, line: usize, text: &str) -> Result<String> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((name, tail)) = after.split_once('}') else { bail!(at(line, "`${` without `}`")) };
            out.push_str(before);
            match name.strip_prefix('!') {
                Some(literal) => out.push_str(&format!("${{{literal}}}")),
                None => out.push_str(&self.reference(line, name)?),
            }
            rest = tail;
        }
        out.push_str(rest);
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(expression: &str) -> Result<String> {
        let text = format!(
            "Parameters:\n  P: {{ Default: here }}\n  Q: {{ Type: String }}\nResources:\n  Table: {{ Type: T }}\nX: {expression}\n"
        );
        let root = Node::parse(&text)?;
        let given = BTreeMap::new();
        Scope::read(&root, &given)?.resolve(root.need("X")?)
    }

    #[test]
    fn references_and_substitutions_come_to_text() {
        assert_eq!(resolve("plain").unwrap(), "plain");
        assert_eq!(resolve("!Ref P").unwrap(), "here");
        assert_eq!(resolve("!Ref Table").unwrap(), "access-links-Table");
        assert_eq!(resolve("!Sub a-${P}-${AWS::StackName}-${!keep}").unwrap(), "a-here-access-links-${keep}");
    }

    #[test]
    fn what_cannot_be_resolved_is_named() {
        for (expression, part) in [
            ("!Ref Q", "parameter `Q` has no default"),
            ("!Ref Nowhere", "`Nowhere` is neither"),
            ("!If [A, b, c]", "`!If` in this form"),
            ("[1]", "expected a text"),
        ] {
            let message = format!("{:#}", resolve(expression).unwrap_err());
            assert!(message.starts_with("line 6: ") && message.contains(part), "{message}");
        }
    }
}
