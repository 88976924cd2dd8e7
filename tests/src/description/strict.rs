//! What the description says beside its schemas, put into them, so that values are held to all of it.
//!
//! The schemas in the file are those that every tool reads alike. What they cannot say there stands beside them: which codes
//! an answer may have (`x-error-codes`), or which statuses (`x-status-values`), and that a text shows what it holds (`format: visible-text`). Nor has a
//! pattern a comma, with which some tools part rules.

use serde_json::{Value, json};

/// Control characters, as the patterns of texts name them.
const CONTROL: &str = r"\x00-\x1F\x7F-\x9F";

/// What a text may not hold beside control characters. Joiners and variation selectors are judged by their neighbours.
const INVISIBLE: &str = concat!(
    r"\xAD\u034F\u0600-\u0605\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F",
    r"\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\uFFFE\uFFFF",
    "\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}"
);

/// Narrows the schemas of a document to all that it says.
pub(super) fn tighten(document: &mut Value) {
    match document {
        Value::Object(object) => {
            if object.get("format").is_some_and(|format| format == "visible-text")
                && let Some(Value::String(pattern)) = object.get_mut("pattern")
            {
                *pattern = pattern.replace(CONTROL, &format!("{CONTROL}{INVISIBLE}"));
            }
            if object.get("format").is_some_and(|format| format == "idn-email")
                && let Some(Value::String(pattern)) = object.get_mut("pattern")
            {
                *pattern = pattern.replace("]+@", "]{1,64}@");
            }
            if let Some(codes) = object.get("x-error-codes").cloned() {
                let schema = &mut object["content"]["application/json"]["schema"];
                *schema = with_codes(schema["$ref"].as_str().unwrap_or_default(), &codes);
            }
            if let Some(statuses) = object.get("x-status-values").cloned() {
                let schema = &mut object["content"]["application/json"]["schema"];
                schema["properties"] = json!({"status": {"enum": statuses}});
            }
            object.values_mut().for_each(tighten);
        }
        Value::Array(items) => items.iter_mut().for_each(tighten),
        _ => {}
    }
}

/// The schema of an error with one of these codes, or what the gateway says in its place.
fn with_codes(schema: &str, codes: &Value) -> Value {
    let error = json!({
        "$ref": "#/components/schemas/Error",
        "properties": {"error": {
            "properties": {"code": {"enum": codes}},
            "allOf": [
                {"if": {"properties": {"code": {"const": "invalid_fields"}}}, "then": {"required": ["fields"]}},
                {"if": {"properties": {"code": {"enum": ["internal", "unavailable"]}}}, "then": {"required": ["request_id"]}},
            ],
        }},
    });
    match schema {
        "#/components/schemas/Failure" => json!({"anyOf": [error, {"$ref": "#/components/schemas/GatewayError"}]}),
        _ => error,
    }
}
