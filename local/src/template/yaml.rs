//! YAML as CloudFormation writes it: the short tags (`!Ref`, `!Sub`, `!GetAtt`) are kept, and so is each node's line.

use anyhow::{Context, Result, bail};
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, Tag, YamlData};

/// A node of the document and the line it stands on.
#[derive(Debug, Clone)]
pub struct Node {
    /// Counted from one.
    pub line: usize,
    /// What stands there.
    pub value: Value,
}

/// What a [`Node`] holds. A scalar is text until somebody asks for a number or a truth value.
#[derive(Debug, Clone)]
pub enum Value {
    /// A scalar.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the order of the file.
    Map(Vec<(String, Node)>),
    /// A CloudFormation function: its name without the exclamation mark, and its argument.
    Function(String, Box<Node>),
}

impl Node {
    /// Parses a document.
    ///
    /// # Errors
    /// When the text is no YAML, has a key twice, or holds more or less than one document.
    pub fn parse(text: &str) -> Result<Self> {
        let documents = MarkedYaml::load_from_str(text).map_err(|error| at(error.marker().line(), error.info()))?;
        match documents.as_slice() {
            [document] => Self::from_yaml(document),
            [] => bail!("line 1: the file is empty"),
            [_, second, ..] => bail!(at(second.span.start.line(), "a second document; a template is one")),
        }
    }

    fn from_yaml(yaml: &MarkedYaml<'_>) -> Result<Self> {
        let line = yaml.span.start.line();
        let value = match &yaml.data {
            YamlData::Representation(text, _, None) => Value::Text(text.to_string()),
            YamlData::Representation(text, _, Some(tag)) => {
                let inner = Node { line, value: Value::Text(text.to_string()) };
                tagged(tag, inner)
            }
            YamlData::Value(scalar) => Value::Text(scalar_text(scalar)),
            YamlData::Sequence(items) => Value::List(items.iter().map(Self::from_yaml).collect::<Result<_>>()?),
            YamlData::Mapping(entries) => {
                let mut map = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    let key = Self::from_yaml(key)?;
                    let Value::Text(name) = key.value else { bail!(at(key.line, "a key must be a plain text")) };
                    map.push((name, Self::from_yaml(value)?));
                }
                Value::Map(map)
            }
            YamlData::Tagged(tag, inner) => tagged(tag, Self::from_yaml(inner)?),
            YamlData::Alias(_) | YamlData::BadValue => bail!(at(line, "a value that can't be read")),
        };
        Ok(Self { line, value })
    }

    /// The value under `key`, when this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().ok()?.iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// The value under a path of keys.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The value under `key`.
    ///
    /// # Errors
    /// When there is none.
    pub fn need(&self, key: &str) -> Result<&Node> {
        self.get(key).with_context(|| at(self.line, &format!("`{key}` is missing")))
    }

    /// The entries of a mapping.
    ///
    /// # Errors
    /// When this is none.
    pub fn entries(&self) -> Result<&[(String, Node)]> {
        match &self.value {
            Value::Map(entries) => Ok(entries),
            _ => bail!(at(self.line, "expected a mapping")),
        }
    }

    /// The items of a sequence.
    ///
    /// # Errors
    /// When this is none.
    pub fn items(&self) -> Result<&[Node]> {
        match &self.value {
            Value::List(items) => Ok(items),
            _ => bail!(at(self.line, "expected a list")),
        }
    }

    /// A scalar's text.
    ///
    /// # Errors
    /// When this is none.
    pub fn text(&self) -> Result<&str> {
        match &self.value {
            Value::Text(text) => Ok(text),
            _ => bail!(at(self.line, "expected a plain text")),
        }
    }

    /// A scalar as a number.
    ///
    /// # Errors
    /// When it is none.
    pub fn number<T: std::str::FromStr>(&self) -> Result<T> {
        let text = self.text()?;
        text.parse().ok().with_context(|| at(self.line, &format!("`{text}` is not a number that fits here")))
    }

    /// A scalar as a truth value.
    ///
    /// # Errors
    /// When it is none.
    pub fn truth(&self) -> Result<bool> {
        match self.text()? {
            "true" => Ok(true),
            "false" => Ok(false),
            other => bail!(at(self.line, &format!("`{other}` is neither true nor false"))),
        }
    }
}

/// `!Name` is a function; a tag of YAML's own (`!!str`) only says what is plain anyway.
fn tagged(tag: &Tag, inner: Node) -> Value {
    if tag.handle == "!" { Value::Function(tag.suffix.clone(), Box::new(inner)) } else { inner.value }
}

fn scalar_text(scalar: &Scalar<'_>) -> String {
    match scalar {
        Scalar::Null => String::new(),
        Scalar::Boolean(value) => value.to_string(),
        Scalar::Integer(value) => value.to_string(),
        Scalar::FloatingPoint(value) => value.to_string(),
        Scalar::String(value) => value.to_string(),
    }
}

/// A message with the line it is about.
pub(super) fn at(line: usize, message: &str) -> anyhow::Error {
    anyhow::anyhow!("line {line}: {message}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_tags_are_kept_with_their_arguments() {
        let node = Node::parse("A: !Ref Table\nB: !Sub\n  - ${X}\n  - { X: 1 }\nC: !GetAtt Table.Arn\n").unwrap();
        let Value::Function(name, argument) = &node.need("A").unwrap().value else { panic!("no function") };
        assert_eq!((name.as_str(), argument.text().unwrap()), ("Ref", "Table"));
        let Value::Function(name, argument) = &node.need("B").unwrap().value else { panic!("no function") };
        assert_eq!((name.as_str(), argument.items().unwrap().len()), ("Sub", 2));
        assert_eq!(node.need("C").unwrap().line, 5);
    }

    #[test]
    fn a_scalar_is_text_until_asked() {
        let node = Node::parse("A: '10'\nB: 10\nC: true\nD: 'OFF'\nE: OFF\n").unwrap();
        assert_eq!(node.need("A").unwrap().number::<u32>().unwrap(), 10);
        assert_eq!(node.need("B").unwrap().text().unwrap(), "10");
        assert!(node.need("C").unwrap().truth().unwrap());
        assert_eq!(node.need("D").unwrap().text().unwrap(), node.need("E").unwrap().text().unwrap());
    }

    #[test]
    fn a_fault_names_its_line() {
        for (text, part) in [("A: 1\nB: [1, 2\n", "line "), ("A: 1\nB: 2\nA: 3\n", "line 3"), ("", "line 1")] {
            let message = format!("{:#}", Node::parse(text).unwrap_err());
            assert!(message.contains(part), "{message}");
        }
        let node = Node::parse("A:\n  B: x\n").unwrap();
        assert_eq!(format!("{:#}", node.need("A").unwrap().need("C").unwrap_err()), "line 2: `C` is missing");
    }
}
