//! A JSON document that is read when it is asked for, and what was read of it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use once_cell::sync::OnceCell;
use qiancheng::answer::Reading;
use qiancheng::{Answer, Error, ErrorKind, Result};
use serde_json::Value;

use crate::answer::qc_json_type;
use crate::text::{Charset, Crossing, Spoken};

/// An answer of the vendor, or something of our own in the same clothes.
pub(crate) struct Document {
    source: Source,
    charset: Charset,
    value: OnceCell<Value>,
    /// Texts that were asked for. They stay where they are, so that asking again gives the same one.
    texts: Mutex<HashMap<(Piece, String), Crossing>>,
    endpoint: Option<Crossing>,
    message: Option<Crossing>,
}

enum Source {
    Vendor(Answer),
    Ours(String),
}

/// What a text is of the value it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Piece {
    /// The value as JSON.
    Json,
    /// The value, which is a text.
    Text,
    /// The name of a member.
    Key(usize),
}

impl Spoken for Document {
    fn charset(&self) -> Charset {
        self.charset
    }
}

impl Document {
    pub(crate) fn new(answer: Answer, charset: Charset) -> Self {
        let endpoint = Some(charset.message(answer.endpoint()));
        let message = answer.message().map(|message| charset.message(message));
        Self { endpoint, message, ..Self::of(Source::Vendor(answer), charset) }
    }

    /// A document of this library's own.
    pub(crate) fn ours(json: String, charset: Charset) -> Self {
        Self::of(Source::Ours(json), charset)
    }

    fn of(source: Source, charset: Charset) -> Self {
        let (value, texts) = (OnceCell::new(), Mutex::default());
        Self { source, charset, value, texts, endpoint: None, message: None }
    }

    /// The answer's data as JSON, in UTF-8, as it came.
    pub(crate) fn data(&self) -> &str {
        match &self.source {
            Source::Vendor(answer) => answer.data(),
            Source::Ours(json) => json,
        }
    }

    /// The whole answer, as it came.
    pub(crate) fn raw(&self) -> &[u8] {
        match &self.source {
            Source::Vendor(answer) => answer.body(),
            Source::Ours(json) => json.as_bytes(),
        }
    }

    pub(crate) fn endpoint(&self) -> Option<&Crossing> {
        self.endpoint.as_ref()
    }

    pub(crate) fn message(&self) -> Option<&Crossing> {
        self.message.as_ref()
    }

    pub(crate) fn http_status(&self) -> i32 {
        self.answer().map_or(0, |answer| answer.http_status().into())
    }

    pub(crate) fn attempts(&self) -> u32 {
        self.answer().map_or(0, Answer::attempts)
    }

    fn answer(&self) -> Option<&Answer> {
        match &self.source {
            Source::Vendor(answer) => Some(answer),
            Source::Ours(_) => None,
        }
    }

    fn value(&self) -> Result<&Value> {
        self.value.get_or_try_init(|| match &self.source {
            Source::Vendor(answer) => answer.value(),
            Source::Ours(json) => serde_json::from_str(json)
                .map_err(|_| Error::of_binding(ErrorKind::Panic, "our own document is no JSON")),
        })
    }

    fn at(&self, pointer: &str) -> Result<&Value> {
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return Err(refuse(pointer, "a JSON Pointer is empty or begins with a slash"));
        }
        self.value()?
            .pointer(pointer)
            .ok_or_else(|| refuse(pointer, "the answer has nothing at this pointer"))
    }

    /// What kind of value there is, if there is one.
    pub(crate) fn kind(&self, pointer: &str) -> Result<qc_json_type> {
        if pointer.is_empty() || pointer.starts_with('/') {
            return Ok(self.value()?.pointer(pointer).map_or(qc_json_type::QC_JSON_MISSING, kind));
        }
        self.at(pointer).map(kind)
    }

    /// The whole number here, or the text that is one.
    pub(crate) fn int(&self, pointer: &str) -> Result<i64> {
        let value = self.at(pointer)?;
        let read = Reading::Integer.read(value).ok().and_then(|read| read.as_i64());
        read.ok_or_else(|| another(pointer, value, "a whole number of 64 bits"))
    }

    /// The number here, or the text that is one.
    pub(crate) fn double(&self, pointer: &str) -> Result<f64> {
        let value = self.at(pointer)?;
        let read = Reading::Number.read(value).ok().and_then(|read| read.as_f64());
        read.ok_or_else(|| another(pointer, value, "a number"))
    }

    /// The flag here: a boolean, 0 or 1, or the text of one.
    pub(crate) fn bool(&self, pointer: &str) -> Result<bool> {
        let value = self.at(pointer)?;
        let read =
            Reading::Flag.read(value).ok().filter(|_| !value.is_null()).and_then(|read| read.as_bool());
        read.ok_or_else(|| another(pointer, value, "a flag"))
    }

    /// How many items or members there are.
    pub(crate) fn size(&self, pointer: &str) -> Result<usize> {
        match self.at(pointer)? {
            Value::Array(items) => Ok(items.len()),
            Value::Object(members) => Ok(members.len()),
            other => Err(another(pointer, other, "a list or an object")),
        }
    }

    /// The text here.
    pub(crate) fn string(&self, pointer: &str, take: impl FnOnce(&Crossing)) -> Result<()> {
        self.text(Piece::Text, pointer, take, || match self.at(pointer)? {
            Value::String(text) => self.whole(pointer, text),
            other => Err(another(pointer, other, "a text")),
        })
    }

    /// The name of a member of the object here.
    pub(crate) fn key(&self, pointer: &str, index: usize, take: impl FnOnce(&Crossing)) -> Result<()> {
        self.text(Piece::Key(index), pointer, take, || match self.at(pointer)? {
            Value::Object(members) => {
                let name = members.keys().nth(index);
                let name = name.ok_or_else(|| refuse(pointer, "the object has fewer members than that"))?;
                self.whole(pointer, name)
            }
            other => Err(another(pointer, other, "an object")),
        })
    }

    /// The value here as JSON.
    pub(crate) fn json(&self, pointer: &str, take: impl FnOnce(&Crossing)) -> Result<()> {
        self.text(Piece::Json, pointer, take, || {
            if pointer.is_empty() {
                return Ok(self.charset.json(self.data()));
            }
            Ok(self.charset.json(&self.at(pointer)?.to_string()))
        })
    }

    fn whole(&self, pointer: &str, text: &str) -> Result<Crossing> {
        self.charset.value(text).ok_or_else(|| {
            let name = self.charset.name();
            let words = format!(
                "the text has a character that {name} lacks: set the encoding GB18030, or ask for the value as JSON"
            );
            Error::refused_argument(pointer, words)
        })
    }

    /// A text that was asked for before, or that is made now.
    fn text(
        &self,
        piece: Piece,
        pointer: &str,
        take: impl FnOnce(&Crossing),
        make: impl FnOnce() -> Result<Crossing>,
    ) -> Result<()> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (piece, pointer.to_owned());
        if let Some(text) = texts.get(&key) {
            take(text);
            return Ok(());
        }
        let text = make()?;
        take(texts.entry(key).or_insert(text));
        Ok(())
    }
}

fn kind(value: &Value) -> qc_json_type {
    match value {
        Value::Null => qc_json_type::QC_JSON_NULL,
        Value::Bool(_) => qc_json_type::QC_JSON_BOOL,
        Value::Number(number) if number.is_i64() => qc_json_type::QC_JSON_INTEGER,
        Value::Number(_) => qc_json_type::QC_JSON_NUMBER,
        Value::String(_) => qc_json_type::QC_JSON_STRING,
        Value::Array(_) => qc_json_type::QC_JSON_ARRAY,
        Value::Object(_) => qc_json_type::QC_JSON_OBJECT,
    }
}

fn refuse(pointer: &str, words: &'static str) -> Error {
    Error::refused_argument(pointer, words)
}

/// Says what is there, and not what it holds.
fn another(pointer: &str, value: &Value, wanted: &str) -> Error {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "another number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    Error::refused_argument(pointer, format!("the value is not {wanted}, but {found}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(json: &str, charset: &str) -> Document {
        Document::ours(json.to_owned(), Charset::named(charset.as_bytes()).expect("an encoding"))
    }

    fn refusal<T>(result: Result<T>) -> (String, String) {
        let error = result.err().expect("refused");
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        (error.field().unwrap_or_default().to_owned(), error.message().to_owned())
    }

    #[test]
    fn values_are_read_as_the_vendor_writes_them() {
        let read = document(r#"{"a": "1", "b": 1, "c": "true", "d": [0.5, 7], "e": {"x/y": null}}"#, "utf-8");
        assert_eq!((read.int("/a"), read.int("/b"), read.int("/d/1")).0.expect("a number"), 1);
        assert_eq!(read.int("/d/1").expect("a number"), 7);
        assert!(read.bool("/c").expect("a flag") && read.bool("/b").expect("a flag"));
        assert!((read.double("/d/0").expect("a number") - 0.5).abs() < f64::EPSILON);
        assert_eq!((read.size("/d").expect("a list"), read.size("").expect("an object")), (2, 5));
        assert_eq!(read.kind("/e/x~1y").expect("a kind"), qc_json_type::QC_JSON_NULL);
        assert_eq!(read.kind("/e/z").expect("a kind"), qc_json_type::QC_JSON_MISSING);
    }

    #[test]
    fn what_is_not_there_or_of_another_type_is_said_and_not_repeated() {
        let read = document(r#"{"a": "13800138000x", "b": null}"#, "utf-8");
        assert_eq!(refusal(read.int("/c")), ("/c".into(), "the answer has nothing at this pointer".into()));
        assert_eq!(
            refusal(read.int("/a")),
            ("/a".into(), "the value is not a whole number of 64 bits, but a text".into())
        );
        assert_eq!(refusal(read.bool("/b")).1, "the value is not a flag, but null");
        assert_eq!(refusal(read.size("/a")).1, "the value is not a list or an object, but a text");
        assert_eq!(refusal(read.kind("a")).1, "a JSON Pointer is empty or begins with a slash");
        assert_eq!(refusal(read.string("/b", |_| ())).1, "the value is not a text, but null");
        assert_eq!(refusal(read.key("", 2, |_| ())).1, "the object has fewer members than that");
    }

    #[test]
    fn a_text_that_is_asked_for_twice_is_the_same() {
        let read = document(r#"{"a": "x", "b": [1]}"#, "utf-8");
        let string = || {
            let mut at = std::ptr::null();
            read.string("/a", |text| at = text.as_ptr()).expect("a text");
            at
        };
        let json = || {
            let mut at = std::ptr::null();
            read.json("/b", |text| at = text.as_ptr()).expect("JSON");
            at
        };
        assert_eq!(string(), string());
        assert_eq!(json(), json());
        assert_ne!(string(), json());
    }

    #[test]
    fn a_rare_character_is_escaped_in_json_and_refused_in_a_text_where_the_encoding_lacks_it() {
        let read = document(r#"{"name": "𠮷"}"#, "GBK");
        let mut length = 0;
        read.json("", |text| length = text.len()).expect("JSON");
        assert_eq!(length, r#"{"name": "\ud842\udfb7"}"#.len());
        let (field, message) = refusal(read.string("/name", |_| ()));
        assert!(field == "/name" && message.contains("GB18030"), "{message}");
    }
}
