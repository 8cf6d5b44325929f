//! The parameters of one call, wiped when they are no longer needed.

use serde_json::{Map, Value};
use zeroize::Zeroize;

/// A JSON object whose texts are overwritten when it is dropped.
#[derive(Default)]
pub(crate) struct Params {
    map: Map<String, Value>,
    /// What leaves encrypted, in clear: the vendor may repeat it all the same.
    encrypted: Option<Value>,
}

impl Params {
    pub(crate) fn new(map: Map<String, Value>) -> Self {
        Self { map, encrypted: None }
    }

    /// Parameters one of which is encrypted; `clear` is what it was before.
    pub(crate) fn with_encrypted(map: Map<String, Value>, clear: Option<Value>) -> Self {
        Self { map, encrypted: clear }
    }

    pub(crate) fn map(&self) -> &Map<String, Value> {
        &self.map
    }

    /// Sets one text; the one that was there is wiped.
    pub(crate) fn set(&mut self, name: &str, text: &str) {
        if let Some(mut old) = self.map.insert(name.to_owned(), Value::String(text.to_owned())) {
            wipe(&mut old);
        }
    }

    /// Every text among the values, at any depth, also of what was encrypted.
    pub(crate) fn texts(&self) -> Vec<&str> {
        fn walk<'a>(value: &'a Value, into: &mut Vec<&'a str>) {
            match value {
                Value::String(text) => into.push(text),
                Value::Array(items) => items.iter().for_each(|item| walk(item, into)),
                Value::Object(map) => map.values().for_each(|item| walk(item, into)),
                Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
        let mut texts = Vec::new();
        self.map.values().chain(&self.encrypted).for_each(|value| walk(value, &mut texts));
        texts
    }
}

impl Drop for Params {
    fn drop(&mut self) {
        self.map.values_mut().chain(&mut self.encrypted).for_each(wipe);
    }
}

/// Takes members that are `null` out of all objects: they stand for members that are not there.
pub(crate) fn drop_nulls(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        Value::Object(map) => {
            map.retain(|_, item| !item.is_null());
            map.values_mut().for_each(drop_nulls);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Overwrites every text in a value.
pub(crate) fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(map) => map.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
