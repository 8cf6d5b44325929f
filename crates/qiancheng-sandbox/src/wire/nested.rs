//! Names with brackets, `options[contacts][0][contact_tel]`, into nested values, the way PHP does it.

use serde_json::{Map, Value};

use super::Params;

const DEEPEST: usize = 16;
const MOST: usize = 200_000;

/// Parameters on their way into a nested value.
#[derive(Default)]
pub(crate) struct Nest {
    root: Params,
    count: usize,
}

impl Nest {
    /// Puts one parameter in its place. A place that is taken already is a mistake of the caller's.
    pub(crate) fn put(&mut self, name: &str, value: String) -> Result<(), String> {
        self.count += 1;
        if self.count > MOST {
            return Err(format!("参数多于 {MOST} 个"));
        }
        let (head, keys) = split(name)?;
        let duplicate = || format!("重复的参数 {name}");
        let Some((last, path)) = keys.split_last() else {
            return match self.root.insert(head.to_owned(), Value::String(value)) {
                None => Ok(()),
                Some(_) => Err(duplicate()),
            };
        };
        let mut at = self.root.entry(head).or_insert_with(|| Value::Object(Map::new()));
        for key in path {
            let object = at.as_object_mut().ok_or_else(duplicate)?;
            let key = next_key(object, key);
            at = object.entry(key).or_insert_with(|| Value::Object(Map::new()));
        }
        let object = at.as_object_mut().ok_or_else(duplicate)?;
        let key = next_key(object, last);
        match object.insert(key, Value::String(value)) {
            None => Ok(()),
            Some(_) => Err(duplicate()),
        }
    }

    /// The nested value; what is numbered 0, 1, 2, … is a list.
    pub(crate) fn finish(self) -> Params {
        self.root.into_iter().map(|(name, value)| (name, listed(value))).collect()
    }
}

/// `[]` means the next number.
fn next_key(object: &Map<String, Value>, key: &str) -> String {
    if key.is_empty() { object.len().to_string() } else { key.to_owned() }
}

fn split(name: &str) -> Result<(&str, Vec<&str>), String> {
    let (head, mut rest) = name.find('[').map_or((name, ""), |at| name.split_at(at));
    if head.is_empty() {
        return Err("参数名为空".to_owned());
    }
    let mut keys = Vec::new();
    while !rest.is_empty() {
        let inner = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let Some((key, after)) = inner else { return Err(format!("参数名 {name} 的方括号不成对")) };
        keys.push(key);
        rest = after;
    }
    if keys.len() > DEEPEST {
        return Err(format!("参数 {head} 的层级超过 {DEEPEST}"));
    }
    Ok((head, keys))
}

fn listed(value: Value) -> Value {
    let Value::Object(object) = value else { return value };
    let numbered = object.keys().enumerate().all(|(at, key)| *key == at.to_string());
    if numbered && !object.is_empty() {
        Value::Array(object.into_iter().map(|(_, value)| listed(value)).collect())
    } else {
        Value::Object(object.into_iter().map(|(key, value)| (key, listed(value))).collect())
    }
}
