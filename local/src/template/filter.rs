//! Event filtering as Lambda and EventBridge do it, in the forms this project uses.

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// One pattern: a record passes when it holds, at each path, one of the values listed there.
///
/// Understood are nested objects with, at each leaf, a list of exact values, `{"prefix": ".."}`,
/// `{"exists": true|false}` or `{"anything-but": [..]}`.
/// See <https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html>.
#[derive(Debug, Clone)]
pub struct Filter(Pattern);

#[derive(Debug, Clone)]
enum Pattern {
    All(Vec<(String, Pattern)>),
    OneOf(Vec<Test>),
}

#[derive(Debug, Clone)]
enum Test {
    Is(Value),
    Prefix(String),
    Exists(bool),
    AnythingBut(Vec<Value>),
}

impl Filter {
    /// Reads a pattern from its JSON text.
    ///
    /// # Errors
    /// When it is no JSON object, or uses a form that is not understood.
    pub fn parse(text: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(text).context("not JSON")?;
        match pattern(&value)? {
            pattern @ Pattern::All(_) => Ok(Self(pattern)),
            Pattern::OneOf(_) => bail!("a pattern must be an object"),
        }
    }

    /// Whether a record passes.
    #[must_use]
    pub fn matches(&self, record: &Value) -> bool {
        self.0.matches(Some(record))
    }
}

fn pattern(value: &Value) -> Result<Pattern> {
    match value {
        Value::Object(entries) => entries
            .iter()
            .map(|(name, value)| Ok((name.clone(), pattern(value)?)))
            .collect::<Result<_>>()
            .map(Pattern::All),
        Value::Array(values) if !values.is_empty() => {
            values.iter().map(test).collect::<Result<_>>().map(Pattern::OneOf)
        }
        _ => bail!("`{value}` must be a list of what may stand there, or an object"),
    }
}

fn test(value: &Value) -> Result<Test> {
    let Value::Object(entries) = value else {
        if value.is_array() {
            bail!("`{value}` is not understood here");
        }
        return Ok(Test::Is(value.clone()));
    };
    let mut entries = entries.iter();
    match (entries.next(), entries.next()) {
        (Some((name, Value::String(text))), None) if name == "prefix" => Ok(Test::Prefix(text.clone())),
        (Some((name, Value::Bool(exists))), None) if name == "exists" => Ok(Test::Exists(*exists)),
        (Some((name, Value::Array(values))), None) if name == "anything-but" => Ok(Test::AnythingBut(values.clone())),
        _ => bail!("`{value}` is not understood here; exact values, prefix, exists and anything-but are"),
    }
}

impl Pattern {
    fn matches(&self, value: Option<&Value>) -> bool {
        match self {
            Self::All(entries) => {
                entries.iter().all(|(name, pattern)| pattern.matches(value.and_then(|value| value.get(name))))
            }
            // Of a list, one element is enough.
            Self::OneOf(tests) => match value {
                Some(Value::Array(elements)) if !elements.is_empty() => {
                    elements.iter().any(|element| tests.iter().any(|test| test.matches(Some(element))))
                }
                _ => tests.iter().any(|test| test.matches(value)),
            },
        }
    }
}

impl Test {
    fn matches(&self, value: Option<&Value>) -> bool {
        match (self, value) {
            (Self::Exists(wanted), found) => *wanted == found.is_some(),
            (_, None) => false,
            (Self::Is(wanted), Some(found)) => wanted == found,
            (Self::Prefix(prefix), Some(found)) => found.as_str().is_some_and(|text| text.starts_with(prefix)),
            (Self::AnythingBut(unwanted), Some(found)) => !unwanted.contains(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mail(state: &str) -> Value {
        json!({"eventName": "INSERT", "dynamodb": {"NewImage": {"entity": {"S": "mail"}, "state": {"S": state}}}})
    }

    #[test]
    fn a_record_passes_when_every_path_holds_a_listed_value() {
        let filter =
            Filter::parse(r#"{"dynamodb":{"NewImage":{"entity":{"S":["mail"]},"state":{"S":["queued","again"]}}}}"#)
                .unwrap();
        assert!(filter.matches(&mail("queued")) && filter.matches(&mail("again")));
        assert!(!filter.matches(&mail("sent")));
        assert!(!filter.matches(&json!({"eventName": "REMOVE", "dynamodb": {}})), "a removal has no new image");
    }

    #[test]
    fn of_a_list_one_element_is_enough() {
        let filter = Filter::parse(r#"{"detail":{"tags":{"set":["ours"]}}}"#).unwrap();
        let event = |sets: Value| json!({"detail": {"tags": {"set": sets}}});
        assert!(filter.matches(&event(json!(["other", "ours"]))) && filter.matches(&event(json!("ours"))));
        assert!(!filter.matches(&event(json!(["other"]))) && !filter.matches(&event(json!([]))));
    }

    #[test]
    fn prefix_existence_and_exclusion_are_understood() {
        let filter = Filter::parse(
            r#"{"eventName":[{"anything-but":["REMOVE"]}],"dynamodb":{"NewImage":{"state":{"S":[{"prefix":"que"}]},"x":[{"exists":false}]}}}"#,
        )
        .unwrap();
        assert!(filter.matches(&mail("queued")));
        assert!(!filter.matches(&mail("sent")));
    }

    #[test]
    fn other_forms_are_refused() {
        for text in
            ["[]", "\"x\"", "{\"a\":\"b\"}", "{\"a\":[]}", "{\"a\":[{\"numeric\":[\">\",1]}]}", "{\"a\":[[1]]}", "{"]
        {
            assert!(Filter::parse(text).is_err(), "{text}");
        }
    }
}
