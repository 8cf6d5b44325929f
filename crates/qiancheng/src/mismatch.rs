//! Says where JSON differs from the shape it should have, without saying what it holds.
//!
//! serde's own messages quote the value they stumbled over, which may be a person's; only the part that says
//! what was *expected*, and names of fields, are taken from them.

use serde_json::Value;

use crate::error::{Error, ErrorKind, Result};
use crate::scrub;

/// How alike an unknown name must be to a known one to be suggested.
const SUGGESTION_THRESHOLD: f64 = 0.75;

/// A parameter that does not fit.
pub(crate) fn in_request<E: std::error::Error>(error: &serde_path_to_error::Error<E>) -> Error {
    let at = pointer(error.path());
    let text = error.inner().to_string();
    if let Some((name, allowed)) = named(&text, "unknown field `") {
        let hint = nearest(name, allowed.iter().copied()).map_or_else(
            || format!("; it takes {}", allowed.join(", ")),
            |near| format!("; did you mean {near}?"),
        );
        return Error::invalid(child(&at, name), format!("there is no such parameter{hint}"));
    }
    if let Some((name, _)) = named(&text, "missing field `") {
        return Error::invalid(child(&at, name), "is required");
    }
    Error::invalid(at, format!("has the wrong type: {}", expectation(&text)))
}

/// A setting that does not fit.
pub(crate) fn in_settings<E: std::error::Error>(error: &serde_path_to_error::Error<E>) -> Error {
    let at = pointer(error.path());
    let text = error.inner().to_string();
    let what = if let Some((name, allowed)) = named(&text, "unknown field `") {
        let hint = nearest(name, allowed.iter().copied()).map_or_else(
            || format!("there are {}", allowed.join(", ")),
            |near| format!("did you mean {near}?"),
        );
        format!("there is no setting `{}`; {hint}", scrub::name(name))
    } else {
        format!("the setting `{}` has the wrong type: {}", at.trim_start_matches('/'), expectation(&text))
    };
    Error::new(ErrorKind::Config, what)
}

/// An answer that does not fit what the endpoint promises.
pub(crate) fn in_answer<E: std::error::Error>(error: &serde_path_to_error::Error<E>) -> Error {
    let at = pointer(error.path());
    let text = error.inner().to_string();
    let what = match named(&text, "missing field `") {
        Some((name, _)) => format!("`data{}` is missing", child(&at, name)),
        None => format!("`data{at}` is not what the interface promises: {}", expectation(&text)),
    };
    Error::new(ErrorKind::Protocol, what)
}

/// Refuses a list that was read as an object: serde takes one, field by field. `read` gives what was read.
pub(crate) fn list_for_object(given: &Value, read: impl FnOnce() -> Value) -> Result<()> {
    // Most requests have no list at all.
    match has_list(given).then(|| listed_object(given, &read())).flatten() {
        Some(at) => Err(Error::invalid(at, "has the wrong type: expected an object")),
        None => Ok(()),
    }
}

fn has_list(value: &Value) -> bool {
    match value {
        Value::Array(_) => true,
        Value::Object(map) => map.values().any(has_list),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Where a list was read as an object.
fn listed_object(given: &Value, read: &Value) -> Option<String> {
    match (given, read) {
        (Value::Array(_), Value::Object(_)) => Some(String::new()),
        (Value::Array(given), Value::Array(read)) => {
            given.iter().zip(read).enumerate().find_map(|(index, (given, read))| {
                listed_object(given, read).map(|below| format!("/{index}{below}"))
            })
        }
        (Value::Object(given), Value::Object(read)) => given.iter().find_map(|(name, given)| {
            let below = listed_object(given, read.get(name)?)?;
            Some(format!("/{}{below}", scrub::name(name)))
        }),
        _ => None,
    }
}

/// The nearest of the known names, if one is near enough.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= SUGGESTION_THRESHOLD)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate)
}

/// The path as a JSON Pointer (RFC 6901).
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } | Segment::Enum { variant: key } => child("", key),
            Segment::Unknown => "/?".to_owned(),
        })
        .collect()
}

fn child(parent: &str, name: &str) -> String {
    // serde_path_to_error already ends the path at an unknown field.
    // What is no name may be a person's: an object may be keyed by one.
    let segment = format!("/{}", scrub::name(name));
    if parent.ends_with(&segment) { parent.to_owned() } else { format!("{parent}{segment}") }
}

/// The name that follows `opening` and the names in backticks after it.
fn named<'a>(text: &'a str, opening: &str) -> Option<(&'a str, Vec<&'a str>)> {
    let rest = text.strip_prefix(opening)?;
    let (name, rest) = rest.split_once('`')?;
    Some((name, rest.split('`').skip(1).step_by(2).collect()))
}

/// The part of a message of serde's that says what was expected.
pub(crate) fn expectation(text: &str) -> String {
    // A trailing ` at line 1 column 9` is a place, not a value, but the place is said by the pointer.
    let expected = text.rfind("expected ").map_or("a value of another shape", |start| &text[start..]);
    expected.split(" at line ").next().unwrap_or(expected).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Inner {
        contact_tel: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Outer {
        id_card: String,
        contacts: Vec<Inner>,
    }

    fn refuse(json: Value) -> Error {
        in_request(&serde_path_to_error::deserialize::<_, Outer>(json).expect_err("does not fit"))
    }

    #[test]
    fn an_unknown_parameter_is_named_with_the_nearest_right_one() {
        let error = refuse(serde_json::json!({"idcard": "1"}));
        assert_eq!(error.field(), Some("/idcard"));
        assert!(error.message().contains("did you mean id_card?"), "{error}");
    }

    #[test]
    fn a_nested_parameter_is_named_by_its_pointer() {
        let error = refuse(serde_json::json!({"id_card": "1", "contacts": [{"contact_phone": "1"}]}));
        assert_eq!(error.field(), Some("/contacts/0/contact_phone"));
        let error = refuse(serde_json::json!({"id_card": "1", "contacts": [{}]}));
        assert_eq!(error.field(), Some("/contacts/0/contact_tel"));
    }

    #[test]
    fn a_wrong_type_is_named_without_its_value() {
        let error = refuse(serde_json::json!({"id_card": 13_800_138_000_i64}));
        assert_eq!(error.field(), Some("/id_card"));
        assert_eq!(error.message(), "has the wrong type: expected a string");
    }
}
