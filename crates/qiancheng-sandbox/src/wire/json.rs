//! JSON bodies. A name given twice is refused: `serde_json` alone would keep the last and say nothing.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::Params;

/// Reads a JSON text.
pub(crate) fn read(text: &[u8]) -> Result<Value, String> {
    if std::str::from_utf8(text).is_err() {
        return Err("JSON 不是合法的 UTF-8".to_owned());
    }
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = Strict.deserialize(&mut reader).map_err(|error| format!("JSON 解析失败: {error}"))?;
    reader.end().map_err(|error| format!("JSON 解析失败: {error}"))?;
    Ok(value)
}

/// Reads a JSON text that holds an object.
pub(crate) fn read_object(text: &[u8]) -> Result<Params, String> {
    match read(text)? {
        Value::Object(object) => Ok(object),
        // What PHP writes for no parameters.
        Value::Array(list) if list.is_empty() => Ok(Params::new()),
        _ => Err("JSON 应为对象".to_owned()),
    }
}

struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Strict)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            if object.contains_key(&name) {
                return Err(A::Error::custom(format_args!("重复的参数 {name}")));
            }
            let value = entries.next_value_seed(Strict)?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_name_given_twice_is_refused_at_any_depth() {
        for text in [r#"{"a":1,"a":1}"#, r#"{"o":[{"a":1,"a":2}]}"#] {
            assert!(read(text.as_bytes()).expect_err(text).contains("重复的参数 a"));
        }
    }

    #[test]
    fn values_come_through_unchanged() {
        let value = json!({"n": -1, "u": u64::MAX, "f": 0.5, "s": "张𠮷", "b": [true, null, {"x": {}}]});
        assert_eq!(read(value.to_string().as_bytes()).expect("JSON"), value);
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for text in ["", "{", "1", "[1]", "{} x", "\u{feff}{}", "{\"a\":NaN}"] {
            assert!(read_object(text.as_bytes()).is_err(), "{text}");
        }
        assert!(read_object(b"{\"a\":\"\xff\"}").expect_err("bytes").contains("UTF-8"));
        let deep = "[".repeat(100_000);
        assert!(read_object(deep.as_bytes()).is_err(), "depth is bounded");
    }
}
