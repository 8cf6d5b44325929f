//! A conformance case, as `tests/case.schema.json` describes it.

use std::collections::HashMap;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) endpoint: String,
    pub(crate) params: Value,
    #[serde(default)]
    pub(crate) config: Config,
    pub(crate) request: Option<Request>,
    pub(crate) token_request: Option<Request>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(crate) answer: Vec<Value>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(crate) token_answer: Vec<Value>,
    pub(crate) outcome: Outcome,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) body_format: Option<String>,
    pub(crate) validate: Option<bool>,
    pub(crate) max_retries: Option<u32>,
    #[serde(default)]
    pub(crate) paths: HashMap<String, String>,
    #[serde(default)]
    pub(crate) audit: Audit,
    pub(crate) max_answer_bytes: Option<usize>,
    pub(crate) token_hours: Option<u32>,
    pub(crate) attempt_timeout_ms: Option<u64>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(crate) struct Audit {
    pub(crate) padding: Option<String>,
    pub(crate) encoding: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    #[serde(default)]
    pub(crate) headers: Map<String, Value>,
    pub(crate) encoding: String,
    pub(crate) content_encoding: Option<String>,
    pub(crate) body: Value,
    pub(crate) audit_data: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outcome {
    #[serde(default, deserialize_with = "present")]
    pub(crate) data: Option<Value>,
    pub(crate) error: Option<Map<String, Value>>,
    pub(crate) sent: usize,
    pub(crate) token_requests: Option<usize>,
}

/// Keeps `null` apart from nothing: the expected data may be `null`.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Value>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(answers) => answers,
        answer => vec![answer],
    })
}
