//! One request and its answer, held against the description.

use serde_json::{Value, json};

use super::{Description, Operation};

/// A request and its answer.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// In upper case.
    pub method: &'a str,
    /// Without the query.
    pub path: &'a str,
    /// Without the question mark; empty when there is none.
    pub query: &'a str,
    /// The request's body.
    pub sent: &'a [u8],
    /// The answer's status.
    pub status: u16,
    /// The answer's headers, with names in lower case.
    pub headers: &'a [(&'a str, &'a str)],
    /// The answer's body.
    pub body: &'a [u8],
}

impl Description {
    /// Holds an answer against the description, and the request too, if it was taken.
    ///
    /// # Errors
    /// What is not as described.
    pub fn check(&self, exchange: &Exchange<'_>) -> Result<(), String> {
        let Some((operation, parameters)) = self.find(exchange.method, exchange.path) else {
            let served = exchange.status != 404 || !matches!(exchange.body, b"" | br#"{"message":"Not Found"}"#);
            return if served { Err("the description has no such operation".to_owned()) } else { Ok(()) };
        };
        self.check_answer(operation, exchange).map_err(|fault| format!("{}: {fault}", operation.id))?;
        if (200..300).contains(&exchange.status) {
            self.check_request(operation, exchange, &parameters)
                .map_err(|fault| format!("{}: the request was taken, and yet {fault}", operation.id))?;
        }
        Ok(())
    }

    fn check_answer(&self, operation: &Operation, exchange: &Exchange<'_>) -> Result<(), String> {
        let status = exchange.status;
        let response = format!("{}/responses/{status}", operation.pointer);
        let Some((pointer, response)) = self.schemas.resolve(&response) else {
            return Err(format!("no answer {status} is described"));
        };
        for (name, header) in response["headers"].as_object().into_iter().flatten() {
            let sent = exchange.headers.iter().find(|(sent, _)| name.eq_ignore_ascii_case(sent));
            match sent {
                Some((_, text)) => self.check_text(&format!("{pointer}/headers/{name}"), text)?,
                None if header["required"] == true => return Err(format!("{status} has no header {name}")),
                None => {}
            }
        }
        let content_type = exchange.headers.iter().find(|(name, _)| *name == "content-type").map(|(_, value)| *value);
        let media_type = content_type.and_then(|value| value.split(';').next()).unwrap_or_default();
        let Some(content) = response["content"].as_object() else {
            let nothing = exchange.body.is_empty() && media_type.is_empty();
            return if nothing { Ok(()) } else { Err(format!("{status} has a body")) };
        };
        if !content.contains_key(media_type) {
            return Err(format!("{status} comes as {media_type:?}"));
        }
        let value = read(media_type, exchange.body).map_err(|fault| format!("{status}: {fault}"))?;
        let schema = format!("{pointer}/content/{}/schema", super::schemas::escape(media_type));
        self.schemas.validate(&schema, &value).map_err(|fault| format!("{status} {value}:{fault}"))
    }

    fn check_request(
        &self,
        operation: &Operation,
        exchange: &Exchange<'_>,
        of_path: &[(&str, &str)],
    ) -> Result<(), String> {
        let query: Vec<(String, String)> =
            serde_urlencoded::from_str(exchange.query).map_err(|error| error.to_string())?;
        let of_query = query.iter().map(|(name, value)| ("query", name.as_str(), value.as_str()));
        let of_path = of_path.iter().map(|(name, value)| ("path", *name, *value));
        for (place, name, value) in of_path.chain(of_query) {
            let Some(pointer) = self.parameter(operation, place, name) else {
                return Err(format!("no parameter {name} is described"));
            };
            self.check_text(&pointer, value).map_err(|fault| format!("{name}={value}:{fault}"))?;
        }
        let Some(body) = self.at(&format!("{}/requestBody/content", operation.pointer)) else { return Ok(()) };
        let Some(media_type) = body.as_object().and_then(|content| content.keys().next()) else { return Ok(()) };
        let value = read(media_type, exchange.sent)?;
        let schema = super::schemas::escape(media_type);
        let schema = format!("{}/requestBody/content/{schema}/schema", operation.pointer);
        self.schemas.validate(&schema, &value).map_err(|fault| format!("{value}:{fault}"))
    }

    /// Whether an operation takes this header.
    #[must_use]
    pub fn takes_header(&self, operation: &Operation, name: &str) -> bool {
        self.parameter(operation, "header", name).is_some()
    }

    /// Where a parameter of an operation, or of its path, is described.
    fn parameter(&self, operation: &Operation, place: &str, name: &str) -> Option<String> {
        let of_path = operation.pointer.rsplit_once('/')?.0;
        [operation.pointer.as_str(), of_path].into_iter().find_map(|owner| {
            let list = format!("{owner}/parameters");
            let count = self.at(&list)?.as_array()?.len();
            let described = (0..count).filter_map(|number| self.schemas.resolve(&format!("{list}/{number}")));
            described
                .filter(|(_, parameter)| parameter["in"] == place && parameter["name"] == name)
                .map(|(pointer, _)| pointer)
                .next()
        })
    }

    /// Holds a text against the schema of a parameter or a header: as the number or truth value that it spells, where it may
    /// be one, or as the list that it is where the description says so.
    fn check_text(&self, owner: &str, text: &str) -> Result<(), String> {
        let (pointer, described) = self.schemas.resolve(owner).ok_or("nothing is described there")?;
        let schema = format!("{pointer}/schema");
        if described["explode"] == false {
            return self.schemas.validate(&schema, &text.split(',').collect());
        }
        let spelled = serde_json::from_str::<Value>(text).ok().filter(|value| value.is_number() || value.is_boolean());
        let as_text = self.schemas.validate(&schema, &json!(text));
        match spelled {
            Some(value) if as_text.is_err() => self.schemas.validate(&schema, &value),
            _ => as_text,
        }
    }
}

fn read(media_type: &str, body: &[u8]) -> Result<Value, String> {
    if media_type == "application/json" {
        serde_json::from_slice(body).map_err(|error| format!("not JSON: {error}"))
    } else {
        // A file of people may be in any encoding.
        Ok(Value::from(String::from_utf8_lossy(body)))
    }
}
