//! The parameters of a call: read from a JSON text, or gathered one by one.

use std::ffi::c_char;
use std::mem;

use qiancheng::{Error, Result};
use serde_json::{Map, Value};
use zeroize::Zeroize;

use crate::argument::{optional, optional_text};
use crate::text::Charset;

/// Reads a JSON text that may be NULL; what it holds stays out of the error.
///
/// # Safety
/// As for [`optional_text`].
pub(crate) unsafe fn optional_json(
    charset: Charset,
    json: *const c_char,
    argument: &str,
) -> Result<Option<Value>> {
    // SAFETY: the same is asked of the caller.
    let Some(text) = (unsafe { optional_text(charset, json, argument) })? else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let words = format!("the argument {argument} is not JSON: line {line}, column {column}");
        Error::refused_argument(argument, words)
    })
}

/// Reads a JSON object that may be NULL, which is an empty one.
///
/// # Safety
/// As for [`optional_text`].
pub(crate) unsafe fn optional_object(charset: Charset, json: *const c_char, argument: &str) -> Result<Value> {
    // SAFETY: the same is asked of the caller.
    match unsafe { optional_json(charset, json, argument) }? {
        None => Ok(Value::Object(Map::new())),
        Some(object @ Value::Object(_)) => Ok(object),
        Some(_) => {
            let words = format!("the argument {argument} is JSON, but not an object");
            Err(Error::refused_argument(argument, words))
        }
    }
}

/// Reads a JSON object.
///
/// # Safety
/// As for [`optional_text`].
pub(crate) unsafe fn object(charset: Charset, json: *const c_char, argument: &str) -> Result<Value> {
    if json.is_null() {
        return Err(Error::refused_argument(argument, format!("the argument {argument} is NULL")));
    }
    // SAFETY: the same is asked of the caller.
    unsafe { optional_object(charset, json, argument) }
}

/// Parameters that come one by one. What is NULL is left out: whether that may be is the endpoint's to say, which names the
/// parameter.
pub(crate) struct Gathered {
    charset: Charset,
    map: Map<String, Value>,
}

impl Gathered {
    pub(crate) fn new(charset: Charset) -> Self {
        Self { charset, map: Map::new() }
    }

    fn insert(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.map.insert(name.to_owned(), value.into());
        }
    }

    /// # Safety
    /// As for [`optional_text`].
    pub(crate) unsafe fn text(&mut self, name: &str, value: *const c_char) -> Result<()> {
        // SAFETY: the same is asked of the caller.
        let text = unsafe { optional_text(self.charset, value, name) }?;
        self.insert(name, text.as_deref());
        Ok(())
    }

    /// # Safety
    /// As for [`optional_text`].
    pub(crate) unsafe fn json(&mut self, name: &str, argument: &str, value: *const c_char) -> Result<()> {
        // SAFETY: the same is asked of the caller.
        let json = unsafe { optional_json(self.charset, value, argument) }?;
        self.insert(name, json);
        Ok(())
    }

    /// A number or a flag that may be NULL.
    ///
    /// # Safety
    /// As for [`optional`].
    pub(crate) unsafe fn optional<T: Copy + Into<Value>>(
        &mut self,
        name: &str,
        value: *const T,
    ) -> Result<()> {
        // SAFETY: the same is asked of the caller.
        let value = unsafe { optional(value, name) }?;
        self.insert(name, value);
        Ok(())
    }

    /// A number or a flag.
    pub(crate) fn required(&mut self, name: &str, value: impl Into<Value>) {
        self.insert(name, Some(value));
    }

    pub(crate) fn into_value(mut self) -> Value {
        Value::Object(mem::take(&mut self.map))
    }
}

/// Passwords may be among them, if it never came to a call; what is called with wipes itself.
impl Drop for Gathered {
    fn drop(&mut self) {
        for value in self.map.values_mut() {
            if let Value::String(text) = value {
                text.zeroize();
            }
        }
    }
}
