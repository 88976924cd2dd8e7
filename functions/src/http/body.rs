//! Reading a JSON body.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer},
};

use super::ApiError;

/// The body as a `T`. What is wrong is not told: serde's words repeat field names and values.
pub(super) fn parse<T: DeserializeOwned>(content_type: Option<&str>, body: &[u8], limit: usize) -> Result<T, ApiError> {
    // Exactly this: a form can't send it, and the gateway joins repeated headers with commas.
    if !content_type.is_some_and(|value| value.eq_ignore_ascii_case("application/json")) {
        return Err(ApiError::UnsupportedMediaType);
    }
    if body.len() > limit {
        return Err(ApiError::BodyTooLarge);
    }
    let Object(value) = serde_json::from_slice(body).map_err(|_| ApiError::Malformed)?;
    Ok(value)
}

/// A value that was an object, where [`object`] can't be named: within an `Option` or a [`super::Patch`].
#[derive(Debug)]
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        object(deserializer).map(Self)
    }
}

/// Reads a struct from an object only. Serde's derived structs accept an array as well, field by field; for a struct
/// within a body say `#[serde(deserialize_with = "object")]`.
///
/// # Errors
/// The deserializer's, for anything that is no object or no `T`.
pub fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct ObjectVisitor<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map))
        }
    }

    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// Reads a field that may be left out, but is not `null`: for it say `#[serde(default, deserialize_with = "present")]`.
/// In an edit `null` takes a value away; where nothing can be taken away it is refused, so that nobody reads that into it.
///
/// # Errors
/// The deserializer's, for anything that is no `T`.
pub fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        a: u32,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        name: Option<String>,
        #[serde(default, deserialize_with = "object")]
        inner: Inner,
    }

    fn read(body: &[u8]) -> Result<Outer, &'static str> {
        parse(Some("application/json"), body, 64).map_err(|error| error.code().0)
    }

    #[test]
    fn an_object_is_read() {
        let outer = read(br#" {"name":"x","inner":{"a":1}} "#).unwrap();
        assert_eq!(outer, Outer { name: Some("x".to_owned()), inner: Inner { a: 1 } });
    }

    #[test]
    fn everything_else_is_malformed() {
        let hostile: [&[u8]; 16] = [
            b"",
            b"null",
            b"1",
            b"\"x\"",
            br#"["x",{"a":1}]"#,
            br#"{"inner":[1]}"#,
            br#"{"nme":"x"}"#,
            br#"{"inner":{"a":1,"b":2}}"#,
            br#"{"name":1}"#,
            br#"{"name":"a","name":"b"}"#,
            br#"{"name":"x"} {}"#,
            b"\xef\xbb\xbf{}",
            b"{\"name\":\"\xff\"}",
            br#"{"name":"\ud800"}"#,
            br#"{"inner":{"a":NaN}}"#,
            b"name=x",
        ];
        for body in hostile {
            assert_eq!(read(body), Err("malformed"), "{}", String::from_utf8_lossy(body));
        }
    }

    #[test]
    fn only_json_is_read_and_only_so_much() {
        for content_type in [None, Some("text/plain"), Some("application/json, text/plain"), Some("application/jsonp")]
        {
            let refusal = parse::<Outer>(content_type, b"{}", 64).unwrap_err();
            assert_eq!(refusal.code().0, "unsupported_media_type", "{content_type:?}");
        }
        assert_eq!(read(format!("{{\"name\":\"{}\"}}", "x".repeat(60)).as_bytes()), Err("body_too_large"));
    }
}
