//! Values that must not be seen: they print masked, are wiped when dropped, and leave in clear only
//! through serialisation or an explicit [`expose`](PersonName::expose).
//!
//! A request field is masked by default because its type is one of these; a field that prints in clear is
//! one whose plain type says that it is harmless (`entry_id`, `hours`, an amount).

use std::fmt;

use schemars::{JsonSchema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Stands for a value that shows nothing of itself.
pub(crate) const MASK: &str = "****";

macro_rules! masked {
    ($(#[$doc:meta])* $name:ident, sensitivity: $sensitivity:literal, mask: $mask:expr) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Eq, Hash, Zeroize, ZeroizeOnDrop)]
        pub struct $name(String);

        impl $name {
            /// Wraps a value.
            pub fn new(value: impl Into<String>) -> Self {
                Self(value.into())
            }

            /// The value in clear. Whoever prints it answers for it.
            pub fn expose(&self) -> &str {
                &self.0
            }

            /// Whether there is nothing, or nothing but white space.
            pub fn is_blank(&self) -> bool {
                self.0.trim().is_empty()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mask: fn(&str) -> String = $mask;
                f.write_str(&mask(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                Self(value.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self(value)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self)
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> schemars::Schema {
                json_schema!({ "type": "string", "x-sensitivity": $sensitivity })
            }
        }
    };
}

masked! {
    /// A person's name as on the ID card; prints as `张*`.
    PersonName, sensitivity: "personal", mask: mask_name
}

masked! {
    /// A resident ID number, 18 or 15 characters; prints as `110101********0011`, and is sent in upper case.
    IdNumber, sensitivity: "personal", mask: |text| mask_middle(text, 6, 4)
}

masked! {
    /// A mobile number; prints as `138****1234`.
    MobileNumber, sensitivity: "personal", mask: |text| mask_middle(text, 3, 4)
}

masked! {
    /// Any other text about a person — an address, a login name, a company; prints as `****`.
    Personal, sensitivity: "personal", mask: |_| MASK.to_owned()
}

masked! {
    /// A password, a captcha, a token; prints as `****`.
    Secret, sensitivity: "secret", mask: |_| MASK.to_owned()
}

masked! {
    /// An `open_id`: the key of a collection or an audit. Whoever holds it can ask for the data behind it, so it prints only
    /// its first eight characters: enough to find one's place in a log.
    Handle, sensitivity: "handle", mask: mask_handle
}

/// JSON about a person of which the vendor's document gives no shape; prints as `****`.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonalJson(Value);

impl PersonalJson {
    /// The value in clear. Whoever prints it answers for it.
    pub fn expose(&self) -> &Value {
        &self.0
    }
}

impl From<Value> for PersonalJson {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl fmt::Debug for PersonalJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl JsonSchema for PersonalJson {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PersonalJson".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> schemars::Schema {
        Value::json_schema(generator)
    }
}

impl IdNumber {
    /// Rewrites the check character `x` as the vendor expects it.
    pub(crate) fn make_upper_case(&mut self) {
        self.0.make_ascii_uppercase();
    }
}

fn mask_name(text: &str) -> String {
    text.chars().next().map_or_else(String::new, |first| format!("{first}*"))
}

/// Keeps `head` and `tail` characters, if that still hides at least half; else hides all.
fn mask_middle(text: &str, head: usize, tail: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    let Some(hidden) = characters.len().checked_sub(head + tail).filter(|&hidden| hidden >= 4) else {
        return if text.is_empty() { String::new() } else { MASK.to_owned() };
    };
    let start: String = characters[..head].iter().collect();
    let end: String = characters[head + hidden..].iter().collect();
    format!("{start}{}{end}", "*".repeat(hidden))
}

fn mask_handle(text: &str) -> String {
    if text.chars().count() < 16 {
        return if text.is_empty() { String::new() } else { MASK.to_owned() };
    }
    text.chars().take(8).chain(std::iter::once('…')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_print_masked_in_both_ways() {
        assert_eq!(format!("{:?}", PersonName::from("张三丰")), "张*");
        assert_eq!(format!("{}", IdNumber::from("110101199003070011")), "110101********0011");
        assert_eq!(format!("{:?}", MobileNumber::from("13800138000")), "138****8000");
        assert_eq!(format!("{:?}", Secret::from("hunter2")), "****");
        assert_eq!(format!("{:?}", Personal::from("北京市朝阳区")), "****");
        assert_eq!(format!("{}", Handle::from("f47e9276860685349c7ef4be67c823ab")), "f47e9276…");
    }

    #[test]
    fn a_value_too_short_to_be_masked_in_part_is_hidden_whole() {
        assert_eq!(MobileNumber::from("138001").to_string(), "****");
        assert_eq!(IdNumber::from("11010119").to_string(), "****");
        assert_eq!(Handle::from("abc").to_string(), "****");
    }

    #[test]
    fn serialisation_carries_the_value() {
        let json = serde_json::to_string(&PersonName::from("𠮷野")).expect("a string");
        assert_eq!(json, "\"𠮷野\"");
    }
}
