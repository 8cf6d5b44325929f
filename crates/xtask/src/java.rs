//! What the Java library makes of the model: classes, their names, and how each field is given, written and read.

mod answers;
mod chapters;
mod inputs;
mod javadoc;
mod names;

use serde::Serialize;

use crate::Result;
use crate::model::{Direction, ErrorKind, Model, constant};

use answers::{Document, List, Record};
use chapters::Chapter;
use inputs::Input;

pub(crate) use javadoc::{comment, inline};

#[cfg(test)]
mod tests;

/// What the templates of `bindings/java` see beside the model.
#[derive(Debug, Serialize)]
pub(crate) struct Java {
    /// What a call takes.
    pub(crate) requests: Vec<Input>,
    /// What a caller gives inside a parameter.
    pub(crate) parameters: Vec<Input>,
    /// Objects of answers.
    pub(crate) records: Vec<Record>,
    pub(crate) lists: Vec<List>,
    pub(crate) documents: Vec<Document>,
    pub(crate) chapters: Vec<Chapter>,
    /// The error kinds, and the exception of each.
    pub(crate) errors: Vec<Exception>,
}

impl Java {
    pub(crate) fn of(model: &Model) -> Result<Self> {
        Ok(Self {
            requests: model
                .endpoints()
                .filter(|endpoint| !endpoint.fields.is_empty())
                .map(|endpoint| Input::request(model, endpoint))
                .collect::<Result<_>>()?,
            parameters: model
                .types
                .iter()
                .filter(|known| known.direction == Direction::Request)
                .map(|known| Input::parameters(model, known))
                .collect::<Result<_>>()?,
            records: answers::records(model)?,
            lists: answers::lists(model),
            documents: answers::documents(model),
            chapters: chapters::all(model),
            errors: model.error_kinds.iter().map(Exception::of).collect(),
        })
    }
}

/// An error kind, and what is thrown for it.
#[derive(Debug, Serialize)]
pub(crate) struct Exception {
    pub(crate) class: String,
    /// The name in the enumeration: `SERVICE_UNAVAILABLE`.
    pub(crate) constant: String,
    pub(crate) name: String,
    pub(crate) number: i32,
    pub(crate) meaning: String,
    pub(crate) meaning_zh: String,
    pub(crate) advice: String,
    pub(crate) advice_zh: String,
}

impl Exception {
    fn of(kind: &ErrorKind) -> Self {
        // One that would hide `java.util.concurrent.TimeoutException` is called otherwise, and one that says too little.
        let name = match kind.name.as_str() {
            "Timeout" => "CallTimeout",
            "Unknown" => "UnknownCode",
            other => other,
        };
        Self {
            class: format!("{name}Exception"),
            constant: constant(&kind.name),
            name: kind.name.clone(),
            number: kind.number,
            meaning: inline(&kind.meaning),
            meaning_zh: inline(&kind.meaning_zh),
            advice: kind.advice.clone(),
            advice_zh: kind.advice_zh.clone(),
        }
    }
}
