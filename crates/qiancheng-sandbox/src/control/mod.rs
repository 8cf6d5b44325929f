//! The control plane, under `/__sandbox/`: what tests use to steer the sandbox and to look at what it was sent.

use bytes::Bytes;
use http::{HeaderValue, Method, StatusCode, header, request::Parts};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::beijing_text;
use crate::error::ControlError;
use crate::faults::read_rules;
use crate::server::{Prepared, Shared};
use crate::wire::read_json;

const PREFIX: &str = "/__sandbox/";

/// Whether a path is the control plane's.
pub(crate) fn is_control(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// Adds fault rules; tells how many.
pub(crate) fn add_faults(shared: &Shared, rules: Value) -> Result<usize, ControlError> {
    let rules = read_rules(rules)?;
    let count = rules.len();
    shared.world().faults.add(rules);
    Ok(count)
}

/// Queues scripted answers; tells how many.
pub(crate) fn script(shared: &Shared, written: Value) -> Result<usize, ControlError> {
    shared.world().script.add(written)
}

/// Puts the clock forward; tells what it then shows.
pub(crate) fn advance_clock(shared: &Shared, seconds: u64) -> Result<String, ControlError> {
    let mut world = shared.world();
    world.clock.advance(seconds)?;
    Ok(beijing_text(world.clock.now()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: u64,
}

/// Answers a control request.
pub(crate) fn answer(shared: &Shared, parts: &Parts, body: &Bytes) -> Prepared {
    let name = parts.uri.path().strip_prefix(PREFIX).unwrap_or_default();
    let outcome = match (name, &parts.method) {
        ("faults", &Method::POST) => {
            read(body).and_then(|rules| Ok(json!({ "added": add_faults(shared, rules)? })))
        }
        ("faults", &Method::GET) => Ok(shared.world().faults.list()),
        ("faults", &Method::DELETE) => {
            shared.world().faults.clear();
            Ok(json!({}))
        }
        ("clock", &Method::POST) => clock(shared, body),
        ("clock", &Method::GET) => Ok(json!({ "now": beijing_text(shared.world().clock.now()) })),
        ("tokens/revoke", &Method::POST) => {
            empty(body).map(|()| json!({ "revoked": shared.world().tokens.revoke_all() }))
        }
        ("journal", &Method::GET) => journal(shared, parts.uri.query().unwrap_or_default()),
        ("script", &Method::POST) => {
            read(body).and_then(|written| Ok(json!({ "added": script(shared, written)? })))
        }
        ("reset", &Method::POST) => empty(body).map(|()| {
            shared.world().reset();
            json!({})
        }),
        ("faults", _) => return method_not_allowed("GET, POST, DELETE"),
        ("clock", _) => return method_not_allowed("GET, POST"),
        ("journal", _) => return method_not_allowed("GET"),
        ("tokens/revoke" | "script" | "reset", _) => return method_not_allowed("POST"),
        _ => {
            let known = "faults, clock, tokens/revoke, journal, script, reset";
            return message(StatusCode::NOT_FOUND, &format!("there is no {name:?} here; there is: {known}"));
        }
    };
    match outcome {
        Ok(value) => Prepared::json(StatusCode::OK, value.to_string()),
        Err(error) => message(StatusCode::BAD_REQUEST, &error.to_string()),
    }
}

fn message(status: StatusCode, text: &str) -> Prepared {
    Prepared::json(status, json!({ "message": text }).to_string())
}

fn method_not_allowed(allowed: &'static str) -> Prepared {
    message(StatusCode::METHOD_NOT_ALLOWED, &format!("allowed: {allowed}"))
        .with(header::ALLOW, HeaderValue::from_static(allowed))
}

fn read(body: &[u8]) -> Result<Value, ControlError> {
    read_json(body).map_err(ControlError::new)
}

/// Nothing, or an empty object: these take no settings.
fn empty(body: &[u8]) -> Result<(), ControlError> {
    if body.is_empty() || read(body)? == json!({}) {
        return Ok(());
    }
    Err(ControlError::new("this takes no body"))
}

fn clock(shared: &Shared, body: &[u8]) -> Result<Value, ControlError> {
    let advance: Advance =
        serde_json::from_value(read(body)?).map_err(|error| ControlError::new(error.to_string()))?;
    Ok(json!({ "now": advance_clock(shared, advance.advance_seconds)? }))
}

/// All entries, or with `?after=N` those after one.
fn journal(shared: &Shared, query: &str) -> Result<Value, ControlError> {
    let after = match query.split_once('=') {
        _ if query.is_empty() => 0,
        Some(("after", seq)) => seq.parse().map_err(|_| ControlError::new("after: expected a number"))?,
        _ => return Err(ControlError::new("journal takes only ?after=N")),
    };
    Ok(json!({ "entries": shared.world().journal.after(after) }))
}
