//! Reads the envelope `{"code", "msg", "data"}` out of an answer's bytes.
//!
//! Forgives what the vendor is known to do (section W): a byte order mark, a wrong content type, a code as a
//! string, a missing `msg`. `data` is found, not parsed: it may be megabytes that nobody has asked for yet.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::lenient;

/// The envelope of an answer; `data` shares the answer's memory.
#[derive(Debug)]
pub(crate) struct Envelope {
    pub(crate) code: i64,
    pub(crate) message: Option<String>,
    /// The JSON text of `data`; `null` if there was none.
    pub(crate) data: Bytes,
}

#[derive(Deserialize)]
struct Borrowed<'a> {
    #[serde(deserialize_with = "lenient::integer")]
    code: i64,
    #[serde(default, deserialize_with = "lenient::optional_text")]
    msg: Option<String>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

/// Reads an envelope, or says in a few words why this is none.
pub(crate) fn read(body: &Bytes) -> Result<Envelope, String> {
    let bytes = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    if bytes.trim_ascii().is_empty() {
        return Err("the body is empty".to_owned());
    }
    let text =
        std::str::from_utf8(bytes).map_err(|error| format!("not UTF-8 at byte {}", error.valid_up_to()))?;
    // serde would take a list for an object, field by field.
    if text.trim_start().starts_with('[') {
        return Err("a list instead of an envelope".to_owned());
    }
    let borrowed: Borrowed<'_> = serde_json::from_str(text).map_err(|error| reason(&error, text))?;
    let data = borrowed
        .data
        .map_or_else(|| Bytes::from_static(b"null"), |data| body.slice_ref(data.get().as_bytes()));
    Ok(Envelope { code: borrowed.code, message: borrowed.msg, data })
}

/// serde's reason without the value that it may quote.
fn reason(error: &serde_json::Error, text: &str) -> String {
    use serde_json::error::Category;
    let place = format!("at line {} column {}", error.line(), error.column());
    match error.classify() {
        Category::Eof => format!("the JSON ends too early, {place}"),
        Category::Syntax | Category::Io => {
            if text.trim_start().starts_with('<') {
                "HTML or XML instead of JSON".to_owned()
            } else {
                format!("broken JSON {place}")
            }
        }
        Category::Data => {
            let words = error.to_string();
            let named = |opening: &str| {
                words.strip_prefix(opening).and_then(|rest| rest.split('`').next()).map(str::to_owned)
            };
            if let Some(name) = named("missing field `") {
                format!("the envelope has no `{name}`")
            } else if let Some(name) = named("duplicate field `") {
                format!("the envelope has `{name}` twice")
            } else {
                format!("a value in the envelope has the wrong type {place}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn envelope(text: &str) -> Result<Envelope, String> {
        read(&Bytes::copy_from_slice(text.as_bytes()))
    }

    #[test]
    fn known_quirks_are_forgiven() {
        for text in [
            r#"{"code":0,"msg":"ok","data":{"a":1}}"#,
            "\u{feff}{\"code\":\"0\",\"data\":{\"a\":1}}",
            " \r\n{\"msg\":null,\"code\":0.0,\"data\":{\"a\":1},\"time\":3} \n",
        ] {
            let envelope = envelope(text).expect("an envelope");
            assert_eq!((envelope.code, &envelope.data[..]), (0, &b"{\"a\":1}"[..]), "{text}");
        }
    }

    #[test]
    fn missing_data_is_null() {
        assert_eq!(&envelope(r#"{"code":0}"#).expect("an envelope").data[..], b"null");
        assert_eq!(&envelope(r#"{"code":0,"data":null}"#).expect("an envelope").data[..], b"null");
    }

    #[test]
    fn what_is_no_envelope_is_said_in_a_few_words() {
        let said = |text: &str| envelope(text).expect_err("no envelope");
        assert_eq!(said("  "), "the body is empty");
        assert_eq!(said("<html>"), "HTML or XML instead of JSON");
        assert_eq!(said("{\"code\":0"), "the JSON ends too early, at line 1 column 9");
        assert_eq!(said("{\"msg\":\"\"}"), "the envelope has no `code`");
        assert_eq!(said("{\"code\":0,\"code\":1}"), "the envelope has `code` twice");
        assert_eq!(said("[1]"), "a list instead of an envelope");
        assert!(said("1").contains("wrong type"));
        assert!(!said("{\"code\":\"13800138000a\"}").contains("138"));
        assert!(
            read(&Bytes::from_static(b"{\"code\":0,\"msg\":\"\xd5\xc5\"}"))
                .expect_err("GBK")
                .contains("not UTF-8")
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&Bytes::from(body));
        }
    }
}
