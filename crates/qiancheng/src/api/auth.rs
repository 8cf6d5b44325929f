//! Merchant tokens (§1). The client fetches and renews them by itself; this is for those who want one in hand.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::answer::{Extra, object_answers};
use crate::api::Checked;
use crate::endpoint::declare;
use crate::error::Result;
use crate::personal::Secret;
use crate::validate;

/// The longest life of a token that is asked for, in hours: a year.
pub const MAX_TOKEN_HOURS: u32 = 8760;

/// Asks for a token (§1). The account comes from the client's configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// Life of the token in hours, 1 to 8760; the vendor's default is 24.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
}

/// A number of hours; the vendor takes it as a text of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours(pub u32);

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WholeHours;

        impl Visitor<'_> for WholeHours {
            type Value = Hours;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number of hours, as a number or as text")
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Hours, E> {
                u32::try_from(value)
                    .map(Hours)
                    .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
            }
            fn visit_str<E: de::Error>(self, value: &str) -> Result<Hours, E> {
                value.parse().map(Hours).map_err(|_| E::invalid_value(de::Unexpected::Str(value), &self))
            }
        }

        deserializer.deserialize_any(WholeHours)
    }
}

impl JsonSchema for Hours {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Hours".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[1-9][0-9]{0,3}$", "x-takes": "integer" })
    }
}

impl Checked for Token {
    fn check(&mut self) -> Result<()> {
        self.hours.map_or(Ok(()), |hours| {
            validate::within("/hours", i64::from(hours.0), 1, i64::from(MAX_TOKEN_HOURS))
        })
    }
}

/// A token was issued.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Issued {
    /// The token.
    pub token: Secret,
    /// Fields this library does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

object_answers!(Issued);

macro_rules! chapter {
    ($build:ident) => {
        $build! {
            /// Merchant tokens (§1).
            auth Auth {
                /// Fetches a merchant token.
                token: Token => Issued, "1", POST "/client/authorize/token", Account, Harmless;
            }
        }
    };
}
pub(crate) use chapter;
chapter!(declare);
