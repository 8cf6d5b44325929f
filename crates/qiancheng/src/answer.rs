//! An answer of the vendor: the bytes as they came, the envelope around them, and the typed value inside.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind, Outcome, Result};
use crate::wire::envelope;
use crate::{mismatch, scrub};

pub use crate::lenient::Reading;

/// An answer with `code` 0. Cheap to clone; prints sizes, never contents.
#[derive(Clone)]
pub struct Answer {
    pub(crate) endpoint: Cow<'static, str>,
    pub(crate) http_status: u16,
    pub(crate) code: i64,
    pub(crate) message: Option<String>,
    pub(crate) body: Bytes,
    pub(crate) data: Bytes,
    pub(crate) attempts: u32,
}

impl Answer {
    /// An answer that was recorded: `body` is the whole body, as it came. Nothing is taken out of the envelope's own
    /// `msg`, for what was sent is not known here: `message` is what the answer said when it came.
    pub fn recorded(
        endpoint: impl Into<String>,
        body: impl Into<Bytes>,
        http_status: u16,
        attempts: u32,
        message: Option<String>,
    ) -> Result<Self> {
        let (endpoint, body) = (endpoint.into(), body.into());
        let refuse = |words: String| {
            Error::new(ErrorKind::Protocol, words)
                .with_endpoint(endpoint.clone())
                .with_http_status(http_status)
                .with_outcome(Outcome::Unknown)
        };
        let envelope = envelope::read(&body)
            .map_err(|reason| refuse(format!("the recording is not the vendor's envelope: {reason}")))?;
        if envelope.code != 0 {
            return Err(refuse(format!("the recording is a refusal, code {}", envelope.code)));
        }
        let data = envelope.data;
        Ok(Self { endpoint: endpoint.into(), http_status, code: 0, message, body, data, attempts })
    }

    /// The endpoint's id, or the path for a call by path.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The vendor's `code`.
    pub fn code(&self) -> i64 {
        self.code
    }

    /// The vendor's `msg`, with everything that was sent taken out of it.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The HTTP status.
    pub fn http_status(&self) -> u16 {
        self.http_status
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The JSON text of `data`, byte for byte as the vendor sent it; `null` if there was none.
    pub fn data(&self) -> &str {
        // The envelope was read from text, and `data` is a part of it.
        std::str::from_utf8(&self.data).unwrap_or("null")
    }

    /// The bytes of `data`, sharing the answer's memory.
    pub fn data_bytes(&self) -> Bytes {
        self.data.clone()
    }

    /// The whole body, byte for byte as the vendor sent it (after decompression).
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// `data` as a JSON value.
    pub fn value(&self) -> Result<Value> {
        self.read()
    }

    /// `data` read into a type of the caller's.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        self.read_text(self.data())
    }

    fn read_text<T: DeserializeOwned>(&self, text: &str) -> Result<T> {
        // The path is tracked only once something is known to be wrong: tracking costs as much as reading.
        serde_json::from_str(text).or_else(|_| {
            let mut deserializer = serde_json::Deserializer::from_str(text);
            serde_path_to_error::deserialize(&mut deserializer).map_err(|error| self.unexpected(&error))
        })
    }

    /// Reads an object where an empty PHP array, `null` or nothing stands for an empty one.
    pub(crate) fn object<T: DeserializeOwned>(&self) -> Result<T> {
        self.read_text(if self.is_empty() { "{}" } else { self.data() })
    }

    /// Whether `data` is `null`, `[]`, `{}` or missing.
    pub fn is_empty(&self) -> bool {
        let text = self.data().trim_ascii();
        text == "null"
            || ["[]", "{}"]
                .iter()
                .any(|empty| text.chars().filter(|c| !c.is_ascii_whitespace()).eq(empty.chars()))
    }

    fn unexpected(&self, error: &serde_path_to_error::Error<serde_json::Error>) -> Error {
        mismatch::in_answer(error)
            .with_endpoint(self.endpoint.clone())
            .with_http_status(self.http_status)
            .with_attempts(self.attempts)
            .with_outcome(Outcome::Unknown)
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("endpoint", &self.endpoint)
            .field("http_status", &self.http_status)
            .field("code", &self.code)
            .field("attempts", &self.attempts)
            .field("data_bytes", &self.data.len())
            .finish_non_exhaustive()
    }
}

/// A typed answer beside the bytes it was read from.
#[derive(Clone)]
pub struct Reply<T> {
    value: T,
    answer: Answer,
}

impl<T: AnswerData> Reply<T> {
    pub(crate) fn read(answer: Answer) -> Result<Self> {
        Ok(Self { value: T::decode(&answer)?, answer })
    }
}

impl<T> Reply<T> {
    /// The answer as it came.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// The typed value alone.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// A type that the envelope's `data` is read into.
pub trait AnswerData: Sized + Send + 'static {
    /// Reads it out of an answer.
    fn decode(answer: &Answer) -> Result<Self>;

    /// Its JSON Schema.
    fn schema(generator: &mut SchemaGenerator) -> Schema;
}

/// Answers that are one object.
macro_rules! object_answers {
    ($($name:ty),+ $(,)?) => {
        $(impl crate::answer::AnswerData for $name {
            fn decode(answer: &crate::Answer) -> crate::Result<Self> { answer.object() }
            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
        })+
    };
}
pub(crate) use object_answers;

/// No `data` is promised, and whatever comes is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Accepted {}

impl AnswerData for Accepted {
    fn decode(_: &Answer) -> Result<Self> {
        Ok(Self {})
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }
}

/// A list; an empty PHP array, `null` or `{}` is an empty one.
impl<T: DeserializeOwned + JsonSchema + Send + 'static> AnswerData for Vec<T> {
    fn decode(answer: &Answer) -> Result<Self> {
        if answer.is_empty() { Ok(Self::new()) } else { answer.read() }
    }
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }
}

/// A document that is handed on as it came: raw data, reports. Nothing of it is parsed or lost here.
#[derive(Clone, PartialEq, Eq)]
pub struct Document(Bytes);

impl Document {
    /// The JSON text, byte for byte as the vendor sent it.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("null")
    }

    /// The same as bytes, sharing the answer's memory.
    pub fn bytes(&self) -> &Bytes {
        &self.0
    }

    /// The document as a JSON value.
    pub fn value(&self) -> Result<Value> {
        serde_json::from_str(self.text()).map_err(|error| {
            Error::new(ErrorKind::Protocol, format!("the document is broken JSON at byte {}", error.column()))
        })
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({} bytes)", self.0.len())
    }
}

impl AnswerData for Document {
    fn decode(answer: &Answer) -> Result<Self> {
        Ok(Self(answer.data_bytes()))
    }
    fn schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "type": ["object", "array"],
            "description": "A document of the data source; its shape is described in docs/data-formats.md.",
        })
    }
}

/// Fields that the vendor sent and this library does not know; kept, and printed by name only.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Extra(Map<String, Value>);

impl Extra {
    /// The unknown fields by name.
    pub fn fields(&self) -> &Map<String, Value> {
        &self.0
    }

    /// One unknown field.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys().map(|name| scrub::name(name))).finish()
    }
}
