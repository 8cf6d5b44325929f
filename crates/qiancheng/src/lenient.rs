//! Readers for values that the vendor writes in more than one way (contract section W).

use serde::Deserialize;
use serde::de::{self, Deserializer, Unexpected, Visitor};
use serde_json::Value;
use std::fmt;

/// How one value of an answer is read: what the typed answers do with each of their fields, for languages that read
/// an answer field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A boolean, 0 or 1, or the text of one; nothing is `false`.
    Flag,
    /// A whole number, or the text of one.
    Integer,
    /// A number, or the text of one.
    Number,
    /// A text, or a number as text.
    Text,
    /// A text with its long numbers masked.
    Words,
}

impl Reading {
    /// The reading with this name, in lower case.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "flag" => Self::Flag,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "text" => Self::Text,
            "words" => Self::Words,
            _ => return None,
        })
    }

    /// The value in its one form, `null` if it is absent.
    ///
    /// # Errors
    /// The text says what was expected, and never what was there.
    pub fn read(self, value: &Value) -> Result<Value, String> {
        let read = match self {
            Self::Flag => flag(value).map(Value::from),
            Self::Integer => optional_integer(value).map(Value::from),
            Self::Number => optional_number(value).map(Value::from),
            Self::Text => optional_text(value).map(Value::from),
            Self::Words => optional_words(value).map(Value::from),
        };
        read.map_err(|error| crate::mismatch::expectation(&error.to_string()))
    }
}

/// Reads an integer that may come as a number or as a numeric string.
pub(crate) fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    struct Integer;

    impl Visitor<'_> for Integer {
        type Value = i64;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an integer or a numeric string")
        }

        fn visit_i64<E: de::Error>(self, value: i64) -> Result<i64, E> {
            Ok(value)
        }

        fn visit_u64<E: de::Error>(self, value: u64) -> Result<i64, E> {
            i64::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
        }

        fn visit_f64<E: de::Error>(self, value: f64) -> Result<i64, E> {
            // PHP writes whole floats as `21.0`.
            if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
                #[allow(clippy::cast_possible_truncation)]
                return Ok(value as i64);
            }
            Err(E::invalid_value(Unexpected::Float(value), &self))
        }

        fn visit_str<E: de::Error>(self, value: &str) -> Result<i64, E> {
            // The value itself stays out of the message: it may be anything.
            value.trim().parse().map_err(|_| E::custom("expected an integer or a numeric string"))
        }
    }

    deserializer.deserialize_any(Integer)
}

/// Reads an optional integer; `""` is absent.
pub(crate) fn optional_integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    match Scalar::deserialize(deserializer)? {
        Scalar::Nothing => Ok(None),
        Scalar::Text(text) if text.trim().is_empty() => Ok(None),
        Scalar::Text(text) => text
            .trim()
            .parse()
            .map(Some)
            .map_err(|_| de::Error::custom("expected an integer or a numeric string")),
        Scalar::Integer(value) => Ok(Some(value)),
        Scalar::Float(value) => integer(de::value::F64Deserializer::new(value)).map(Some),
        Scalar::Flag(_) => Err(de::Error::custom("expected an integer or a numeric string")),
    }
}

/// Reads an optional number that may come as a numeric string; `""` is absent.
pub(crate) fn optional_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    match Scalar::deserialize(deserializer)? {
        Scalar::Nothing => Ok(None),
        Scalar::Text(text) if text.trim().is_empty() => Ok(None),
        Scalar::Text(text) => text
            .trim()
            .parse()
            .map(Some)
            .map_err(|_| de::Error::custom("expected a number or a numeric string")),
        #[allow(clippy::cast_precision_loss, reason = "seconds and the like")]
        Scalar::Integer(value) => Ok(Some(value as f64)),
        Scalar::Float(value) => Ok(Some(value)),
        Scalar::Flag(_) => Err(de::Error::custom("expected a number or a numeric string")),
    }
}

/// Reads a flag that may come as a boolean, as 0 or 1, or as text.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    let expected = || de::Error::custom("expected a boolean, 0 or 1, \"true\" or \"false\"");
    match Scalar::deserialize(deserializer)? {
        Scalar::Flag(flag) => Ok(flag),
        Scalar::Integer(0) | Scalar::Nothing => Ok(false),
        Scalar::Integer(1) => Ok(true),
        Scalar::Text(text) => match text.trim() {
            "1" => Ok(true),
            "0" | "" => Ok(false),
            word if word.eq_ignore_ascii_case("true") => Ok(true),
            word if word.eq_ignore_ascii_case("false") => Ok(false),
            _ => Err(expected()),
        },
        Scalar::Integer(_) | Scalar::Float(_) => Err(expected()),
    }
}

/// Reads an optional text that may come as a number. Long numbers are masked: the vendor's own words about a
/// state are printed and logged, and must not carry a telephone number there. The raw answer keeps them.
pub(crate) fn optional_words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(optional_text(deserializer)?.map(|text| crate::scrub::words(&text)))
}

/// Reads an optional text that may come as a number.
pub(crate) fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Scalar::deserialize(deserializer)? {
        Scalar::Nothing => None,
        Scalar::Text(text) => Some(text),
        Scalar::Integer(value) => Some(value.to_string()),
        Scalar::Float(value) => Some(value.to_string()),
        Scalar::Flag(value) => Some(value.to_string()),
    })
}

/// A scalar of any JSON type.
enum Scalar {
    Nothing,
    Flag(bool),
    Integer(i64),
    Float(f64),
    Text(String),
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyScalar;

        impl Visitor<'_> for AnyScalar {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number or a boolean")
            }
            fn visit_unit<E: de::Error>(self) -> Result<Scalar, E> {
                Ok(Scalar::Nothing)
            }
            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Scalar, E> {
                Ok(Scalar::Flag(value))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Scalar, E> {
                Ok(Scalar::Integer(value))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Scalar, E> {
                #[allow(clippy::cast_precision_loss, reason = "beyond i64 only the size matters")]
                Ok(i64::try_from(value).map_or(Scalar::Float(value as f64), Scalar::Integer))
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Scalar, E> {
                Ok(Scalar::Float(value))
            }
            fn visit_str<E: de::Error>(self, value: &str) -> Result<Scalar, E> {
                Ok(Scalar::Text(value.to_owned()))
            }
            fn visit_string<E: de::Error>(self, value: String) -> Result<Scalar, E> {
                Ok(Scalar::Text(value))
            }
        }

        deserializer.deserialize_any(AnyScalar)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_is_read_however_it_is_written() {
        for (name, given, expected) in [
            ("flag", json!("TRUE"), json!(true)),
            ("flag", json!(null), json!(false)),
            ("integer", json!(" 21 "), json!(21)),
            ("integer", json!(21.0), json!(21)),
            ("integer", json!(""), json!(null)),
            ("number", json!("2.5"), json!(2.5)),
            ("text", json!(1001), json!("1001")),
            ("words", json!("已发送至13800138000"), json!("已发送至****")),
        ] {
            let reading = Reading::named(name).expect("a reading");
            assert_eq!(reading.read(&given), Ok(expected), "{name} {given}");
        }
        assert_eq!(Reading::named("roman"), None);
    }

    #[test]
    fn what_cannot_be_read_is_not_quoted() {
        let error = Reading::Integer.read(&json!("13800138000x")).expect_err("no number");
        assert_eq!(error, "expected an integer or a numeric string");
        assert!(Reading::Text.read(&json!(["13800138000"])).is_err_and(|error| !error.contains("138")));
    }
}
