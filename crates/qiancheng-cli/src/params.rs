//! Parameters as JSON: on the command line, in a file, or on stdin — where secrets belong.

use std::io::Read;
use std::path::Path;

use serde_json::Value;
use zeroize::Zeroizing;

use crate::failure::{Failure, Result};

/// Where the parameters are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Params {
    /// In the argument itself.
    Inline(String),
    /// `@FILE`.
    File(String),
    /// `-`.
    Stdin,
}

impl Params {
    /// Reads the argument's form; its JSON is read later, so that a mistake is reported like every other.
    #[allow(clippy::unnecessary_wraps, reason = "the shape of a value parser")]
    pub(crate) fn parse(text: &str) -> std::result::Result<Self, std::convert::Infallible> {
        Ok(match text.strip_prefix('@') {
            _ if text == "-" => Self::Stdin,
            Some(path) => Self::File(path.to_owned()),
            None => Self::Inline(text.to_owned()),
        })
    }

    /// The JSON value.
    pub(crate) fn read(&self) -> Result<Value> {
        let text = match self {
            Self::Inline(text) => Zeroizing::new(text.clone().into_bytes()),
            Self::File(path) => {
                let path = Path::new(path);
                let refuse = |error| Failure::file(path, "read", &error);
                std::fs::read(path).map(Zeroizing::new).map_err(refuse)?
            }
            Self::Stdin => {
                let mut bytes = Zeroizing::new(Vec::new());
                std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| {
                    Failure::config(format!("the parameters on stdin cannot be read: {error}"))
                })?;
                bytes
            }
        };
        // The error's own words may quote what was read.
        serde_json::from_slice(&text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            Failure::invalid("", format!("the parameters are not JSON: line {line}, column {column}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_character_says_where_the_parameters_are() {
        assert_eq!(Params::parse("-"), Ok(Params::Stdin));
        assert_eq!(Params::parse("@p.json"), Ok(Params::File("p.json".to_owned())));
        assert_eq!(Params::parse("{}"), Ok(Params::Inline("{}".to_owned())));
    }

    #[test]
    fn broken_json_is_located_and_not_quoted() {
        let failure = Params::Inline("{\"captcha\": 13x}".to_owned()).read().expect_err("broken");
        assert!(failure.text().contains("column 15"), "{}", failure.text());
        assert!(!failure.text().contains("13x"));
    }
}
