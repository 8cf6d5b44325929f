//! Readers for values that the vendor writes in more than one way (contract section W).

use serde::de::{self, Deserializer, Unexpected, Visitor};
use std::fmt;

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
            value.trim().parse().map_err(|_| E::custom("a string that is not an integer"))
        }
    }

    deserializer.deserialize_any(Integer)
}
