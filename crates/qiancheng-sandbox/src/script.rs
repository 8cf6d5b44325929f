//! Answers written beforehand: the next calls get them instead of the vendor's own.

use std::collections::VecDeque;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::error::ControlError;
use crate::faults::{Fault, read_fault};
use crate::matching::{Match, Target};

/// How a connection ends after a scripted answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Then {
    Close,
    Reset,
}

/// One answer.
#[derive(Debug, Clone)]
pub(crate) enum Scripted {
    /// The vendor's own.
    Pass,
    /// The vendor's own, gone wrong.
    Fault(Fault),
    /// This one.
    Response { status: StatusCode, headers: HeaderMap, body: Bytes, gzip: bool, then: Option<Then> },
    /// These bytes, whatever they are; then the connection ends.
    Raw { bytes: Bytes, then: Then },
}

struct Queue {
    matching: Match,
    answers: VecDeque<Scripted>,
}

/// The answers still to be given.
#[derive(Default)]
pub(crate) struct Script {
    queues: Vec<Queue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenScript {
    #[serde(default, rename = "match")]
    matching: Match,
    answers: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    status: Option<u16>,
    headers: Option<Map<String, Value>>,
    #[serde(default, deserialize_with = "present")]
    body: Option<Value>,
    text: Option<String>,
    base64: Option<String>,
    raw: Option<String>,
    then: Option<Then>,
    gzip: Option<bool>,
    fault: Option<Value>,
    pass: Option<bool>,
}

/// Keeps `null` apart from nothing: a scripted body may be `null`.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Script {
    /// Queues what is written; tells how many answers it has.
    pub(crate) fn add(&mut self, written: Value) -> Result<usize, ControlError> {
        let script: WrittenScript =
            serde_json::from_value(written).map_err(|error| ControlError::new(error.to_string()))?;
        script.matching.validate()?;
        let answers = script
            .answers
            .into_iter()
            .enumerate()
            .map(|(at, answer)| read(answer).map_err(|why| why.at(&format!("answers[{at}]"))))
            .collect::<Result<VecDeque<_>, _>>()?;
        let count = answers.len();
        if count > 0 {
            self.queues.push(Queue { matching: script.matching, answers });
        }
        Ok(count)
    }

    /// The answer written for this call, if there is one left: of the oldest script that covers it.
    pub(crate) fn take(&mut self, target: &Target<'_>) -> Option<Scripted> {
        let at = self.queues.iter().position(|queue| queue.matching.covers(target))?;
        let answer = self.queues[at].answers.pop_front();
        self.queues.retain(|queue| !queue.answers.is_empty());
        answer
    }

    pub(crate) fn clear(&mut self) {
        self.queues.clear();
    }
}

fn read(written: Value) -> Result<Scripted, ControlError> {
    let answer: Written =
        serde_json::from_value(written).map_err(|error| ControlError::new(error.to_string()))?;
    let bodies = usize::from(answer.body.is_some())
        + usize::from(answer.text.is_some())
        + usize::from(answer.base64.is_some())
        + usize::from(answer.raw.is_some())
        + usize::from(answer.fault.is_some())
        + usize::from(answer.pass.is_some());
    if bodies > 1 {
        return Err(ControlError::new("body, text, base64, raw, fault and pass exclude each other"));
    }
    let framed = answer.status.is_some() || answer.headers.is_some() || answer.gzip.is_some();
    let unframed = answer.raw.is_some() || answer.fault.is_some() || answer.pass.is_some();
    if framed && unframed {
        return Err(ControlError::new("status, headers and gzip go with body, text or base64 only"));
    }
    if answer.then.is_some() && (answer.fault.is_some() || answer.pass.is_some()) {
        return Err(ControlError::new("then goes with an answer only"));
    }
    if let Some(raw) = answer.raw {
        return Ok(Scripted::Raw { bytes: decoded(&raw, "raw")?, then: answer.then.unwrap_or(Then::Close) });
    }
    if let Some(fault) = answer.fault {
        return Ok(Scripted::Fault(read_fault(fault)?));
    }
    match answer.pass {
        Some(true) => return Ok(Scripted::Pass),
        Some(false) => return Err(ControlError::new("pass can only be true")),
        None => {}
    }
    let mut headers = read_headers(answer.headers.unwrap_or_default())?;
    let (body, kind) = match (answer.body, answer.text, answer.base64) {
        (Some(value), _, _) => (Bytes::from(value.to_string()), "application/json;charset=utf-8"),
        (_, Some(text), _) => (Bytes::from(text), "text/plain;charset=utf-8"),
        (_, _, Some(encoded)) => (decoded(&encoded, "base64")?, "application/octet-stream"),
        (None, None, None) => (Bytes::new(), "text/plain;charset=utf-8"),
    };
    headers.entry(header::CONTENT_TYPE).or_insert(HeaderValue::from_static(kind));
    let status = match answer.status {
        None => StatusCode::OK,
        // 1xx are not answers.
        Some(code @ 200..=599) => {
            StatusCode::from_u16(code).map_err(|error| ControlError::new(format!("status: {error}")))?
        }
        Some(code) => return Err(ControlError::new(format!("status: {code} is not between 200 and 599"))),
    };
    Ok(Scripted::Response { status, headers, body, gzip: answer.gzip.unwrap_or(false), then: answer.then })
}

fn decoded(text: &str, field: &str) -> Result<Bytes, ControlError> {
    BASE64_STANDARD
        .decode(text)
        .map(Bytes::from)
        .map_err(|error| ControlError::new(format!("{field}: {error}")))
}

fn read_headers(written: Map<String, Value>) -> Result<HeaderMap, ControlError> {
    let mut headers = HeaderMap::new();
    for (name, value) in written {
        let wrong = || ControlError::new(format!("headers: {name:?} can't be sent"));
        let text =
            value.as_str().ok_or_else(|| ControlError::new(format!("headers: {name:?} is not a string")))?;
        let value = HeaderValue::from_str(text).map_err(|_| wrong())?;
        headers.append(HeaderName::try_from(&name).map_err(|_| wrong())?, value);
    }
    for framing in [header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::CONNECTION] {
        if headers.contains_key(&framing) {
            return Err(ControlError::new(format!(
                "headers: {framing} is the server's; use raw to choose it"
            )));
        }
    }
    Ok(headers)
}
