//! The body, or the query string, of a request.

use bytes::Bytes;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::audit_cipher::{AuditCipher, CipherError};
use crate::endpoint::{BodyFormat, Method};
use crate::error::Result;
use crate::wire::form;

/// How ordinary requests are encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum WireFormat {
    /// `application/x-www-form-urlencoded`, nested values with PHP brackets.
    #[default]
    Form,
    /// `application/json`.
    Json,
}

/// What goes out for one call. The bytes are wiped when the last user is done with them.
#[derive(Clone)]
pub(crate) struct Outgoing {
    pub(crate) query: Option<String>,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) gzip: bool,
    pub(crate) bytes: Bytes,
}

/// Encodes the parameters; `cipher` compresses what goes out as [`BodyFormat::GzipJson`], as it knows the contents.
pub(crate) fn encode(
    params: &Map<String, Value>,
    method: Method,
    format: BodyFormat,
    configured: WireFormat,
    cipher: Option<&AuditCipher>,
) -> Result<Outgoing> {
    if method == Method::GET {
        let mut query = Vec::with_capacity(estimate(params));
        form::encode(params, &mut query);
        // Percent-encoding leaves nothing but ASCII.
        let query = String::from_utf8(query).unwrap_or_default();
        return Ok(Outgoing { query: Some(query), content_type: None, gzip: false, bytes: Bytes::new() });
    }
    // Room for everything from the start: a buffer that grows leaves unwiped copies behind.
    let mut body = Zeroizing::new(Vec::with_capacity(estimate(params)));
    let (content_type, gzip) = match (format, configured) {
        (BodyFormat::Configured, WireFormat::Form) => {
            form::encode(params, &mut body);
            ("application/x-www-form-urlencoded", false)
        }
        (BodyFormat::Configured, WireFormat::Json) => {
            json(params, &mut body);
            ("application/json", false)
        }
        (BodyFormat::GzipJson, _) => {
            json(params, &mut body);
            let cipher = cipher.ok_or(CipherError::KeyMissing)?;
            body = Zeroizing::new(cipher.gzip(&body)?);
            ("application/json", true)
        }
    };
    Ok(Outgoing { query: None, content_type: Some(content_type), gzip, bytes: Bytes::from_owner(body) })
}

fn json(params: &Map<String, Value>, out: &mut Vec<u8>) {
    serde_json::to_writer(out, params).expect("a JSON object can always be written to memory");
}

/// An upper bound for the encoded size: every byte may become three, every number has at most 24 digits.
fn estimate(params: &Map<String, Value>) -> usize {
    fn size(value: &Value, name: usize) -> usize {
        match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => name + 26,
            Value::String(text) => name + text.len() * 3 + 8,
            Value::Array(items) => items.iter().map(|item| size(item, name + 10)).sum::<usize>() + name,
            Value::Object(map) => {
                map.iter().map(|(key, item)| size(item, name + key.len() + 8)).sum::<usize>() + name
            }
        }
    }
    params.iter().map(|(key, value)| size(value, key.len() + 8)).sum::<usize>() + 16
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_get_carries_its_parameters_in_the_query() {
        let params = json!({"open_id": "a b"});
        let params = params.as_object().expect("object");
        let out =
            encode(params, Method::GET, BodyFormat::Configured, WireFormat::Json, None).expect("encoded");
        assert_eq!(out.query.as_deref(), Some("open_id=a+b"));
        assert!(out.bytes.is_empty() && out.content_type.is_none());
    }

    proptest! {
        #[test]
        fn the_estimate_holds(name in "\\PC{0,20}", texts in proptest::collection::vec("\\PC{0,20}", 0..6)) {
            let params = json!({"name": name, "options": {"contacts": texts.iter().map(|t| json!({"contact_name": t})).collect::<Vec<_>>()}});
            let params = params.as_object().expect("object");
            let mut out = Vec::new();
            form::encode(params, &mut out);
            prop_assert!(out.len() <= estimate(params));
            out.clear();
            json(params, &mut out);
            prop_assert!(out.len() <= estimate(params));
        }
    }
}
