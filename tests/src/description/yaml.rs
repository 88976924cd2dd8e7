//! YAML as JSON.

use anyhow::{Context, Result, bail};
use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value};

/// The one document of this text.
pub(super) fn parse(text: &str) -> Result<Value> {
    let documents = Yaml::load_from_str(text).map_err(|error| anyhow::anyhow!("{error}"))?;
    let [document] = documents.as_slice() else { bail!("not one document") };
    json(document)
}

fn json(yaml: &Yaml<'_>) -> Result<Value> {
    Ok(match yaml {
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Value(Scalar::Boolean(value)) => Value::Bool(*value),
        Yaml::Value(Scalar::Integer(value)) => Value::from(*value),
        Yaml::Value(Scalar::FloatingPoint(value)) => Value::from(value.into_inner()),
        Yaml::Value(Scalar::String(value)) => Value::String(value.to_string()),
        Yaml::Sequence(items) => Value::Array(items.iter().map(json).collect::<Result<_>>()?),
        Yaml::Mapping(entries) => {
            let mut object = Map::new();
            for (key, value) in entries {
                let key = key.as_str().with_context(|| format!("a key that is no text: {key:?}"))?;
                object.insert(key.to_owned(), json(value)?);
            }
            Value::Object(object)
        }
        other => bail!("not plain: {other:?}"),
    })
}
