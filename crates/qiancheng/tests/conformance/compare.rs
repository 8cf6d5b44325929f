//! Compares what happened with what a case says.

use qiancheng::{Answer, Error};
use qiancheng_sandbox::Sandbox;
use serde_json::{Map, Value};

use crate::case::{Case, Request};

/// The answer or the error.
pub(crate) fn outcome(case: &Case, result: &Result<Answer, Error>) -> Vec<String> {
    match (result, &case.outcome.data, &case.outcome.error) {
        (Ok(answer), Some(expected), None) => {
            let data: Value = serde_json::from_str(answer.data()).expect("data is JSON");
            differs("data", expected, &data).into_iter().collect()
        }
        (Err(error), None, Some(expected)) => error_members(expected, error),
        (Ok(answer), None, Some(expected)) => vec![format!("went well ({answer:?}), expected {expected:?}")],
        (Err(error), Some(_), None) => vec![format!("failed: {error:?}")],
        _ => panic!("{}: an outcome has either data or an error", case.name),
    }
}

fn error_members(expected: &Map<String, Value>, error: &Error) -> Vec<String> {
    let written = serde_json::to_value(error).expect("an error is JSON");
    let printed = format!("{error}\n{error:?}\n{written}");
    let mut differences = Vec::new();
    for (member, value) in expected {
        match member.as_str() {
            "message_contains" => {
                let text = value.as_str().expect("a text");
                if !error.message().contains(text) {
                    differences.push(format!("the message does not contain {text:?}: {:?}", error.message()));
                }
            }
            "message_lacks" => {
                let texts = value.as_array().expect("a list of texts");
                for text in texts.iter().map(|text| text.as_str().expect("a text")) {
                    if printed.contains(text) {
                        differences.push(format!("the error shows {text:?}: {printed}"));
                    }
                }
            }
            _ => {
                let actual = written.get(member).unwrap_or_else(|| panic!("errors have no member {member}"));
                differences.extend(differs(&format!("error.{member}"), value, actual));
            }
        }
    }
    if !differences.is_empty() {
        differences.push(format!("the error was {error:?}"));
    }
    differences
}

/// The requests that left, and how many.
pub(crate) fn requests(case: &Case, sandbox: &Sandbox, journal: &[Value]) -> Vec<String> {
    let mut differences = Vec::new();
    let mut token = String::new();
    let (mut sent, mut tokens) = (0, 0);
    for entry in journal {
        let is_token = entry["endpoint"] == "auth.token";
        if entry["endpoint"] == case.endpoint.as_str() {
            sent += 1;
            match &case.request {
                Some(expected) => differences.extend(request(expected, entry, sandbox, &token)),
                None => differences.push(format!("sent what should not leave: {entry}")),
            }
        }
        if is_token {
            tokens += 1;
            if let Some(expected) = &case.token_request {
                differences.extend(request(expected, entry, sandbox, &token));
            }
            if let Some(issued) = entry.pointer("/answer/data/token").and_then(Value::as_str) {
                issued.clone_into(&mut token);
            }
        }
    }
    if sent != case.outcome.sent {
        differences.push(format!("sent {sent} times, expected {}", case.outcome.sent));
    }
    if case.outcome.token_requests.is_some_and(|expected| expected != tokens) {
        differences.push(format!("{tokens} token requests, expected {:?}", case.outcome.token_requests));
    }
    differences
}

fn request(expected: &Request, entry: &Value, sandbox: &Sandbox, token: &str) -> Vec<String> {
    let mut differences = Vec::new();
    let mut member = |name: &str, expected: Value| differences.extend(differs(name, &expected, &entry[name]));
    member("method", expected.method.as_str().into());
    member("path", expected.path.as_str().into());
    member("encoding", expected.encoding.as_str().into());
    member("content_encoding", expected.content_encoding.as_deref().into());
    if let Some(data) = &expected.audit_data {
        member("audit_data", data.clone());
    }
    for (name, value) in &expected.headers {
        let actual = match &entry["headers"][name] {
            Value::String(text) if name == "content-type" => {
                text.split(';').next().unwrap_or_default().trim().into()
            }
            other => other.clone(),
        };
        differences.extend(differs(&format!("header {name}"), value, &actual));
    }
    let mut body = expected.body.clone();
    let mut actual = entry["params"].clone();
    if body.get("data").is_some_and(|data| data == "$ENCRYPTED") && actual["data"].is_string() {
        actual["data"] = "$ENCRYPTED".into();
    }
    fill_in(
        &mut body,
        &[("$USERNAME", sandbox.username()), ("$PASSWORD", sandbox.password()), ("$TOKEN", token)],
    );
    differences.extend(differs("body", &body, &actual));
    differences
}

fn fill_in(value: &mut Value, places: &[(&str, &str)]) {
    match value {
        Value::String(text) => {
            if let Some((_, filling)) = places.iter().find(|(place, _)| place == text) {
                (*filling).clone_into(text);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill_in(item, places)),
        Value::Object(map) => map.values_mut().for_each(|item| fill_in(item, places)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn differs(what: &str, expected: &Value, actual: &Value) -> Option<String> {
    (!equal(expected, actual)).then(|| format!("{what}: expected {expected}, was {actual}"))
}

/// By value: members in any order, 1 equal to 1.0, and integers with every digit.
fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || (one.is_f64() || other.is_f64()) && one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| equal(value, other)))
        }
        (one, other) => one == other,
    }
}
