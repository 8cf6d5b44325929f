//! What C makes of the model: functions with arguments and types. The header and its reference page are made from the
//! crate's sources, in the modules below.

mod header;
mod reference;
mod sources;
mod table;

use serde::Serialize;

use crate::Result;
use crate::model::{Chapter, Endpoint, Field, Model, Shape};

pub(crate) use header::{ascii, header};
pub(crate) use reference::reference;
pub(crate) use table::table;

/// What the template of the endpoints' functions sees.
#[derive(Debug, Serialize)]
pub(crate) struct C {
    functions: Vec<Function>,
    /// Those that open a session instead of giving its key, and those that log in to one.
    openings: Vec<SessionFunction>,
    logins: Vec<SessionFunction>,
}

#[derive(Debug, Serialize)]
struct SessionFunction {
    name: String,
    /// The session's kind, and its words for people.
    kind: String,
    title: String,
    parameters: Vec<Parameter>,
}

#[derive(Debug, Serialize)]
struct Function {
    id: String,
    name: String,
    doc: String,
    extension: bool,
    once: bool,
    parameters: Vec<Parameter>,
}

#[derive(Debug, Serialize)]
struct Parameter {
    argument: String,
    rust_type: &'static str,
    doc: String,
    /// The function that gathers it, its arguments, and whether it may fail.
    reader: &'static str,
    arguments: String,
    fails: bool,
}

/// Names that a C or C++ compiler keeps for itself, or that every function has already.
const TAKEN: [&str; 12] = [
    "client", "out", "err", "class", "default", "delete", "new", "operator", "private", "register", "this",
    "union",
];

impl C {
    pub(crate) fn of(model: &Model) -> Result<Self> {
        let functions = model.endpoints().map(function).collect::<Result<_>>()?;
        let mut openings = Vec::new();
        let mut logins = Vec::new();
        for chapter in &model.chapters {
            // A chapter whose endpoints begin with an `open_id` is a kind of session.
            let endpoint = |name: &str| chapter.endpoints.iter().find(|one| one.method_name == name);
            let Some(opening) = endpoint("open_id") else { continue };
            openings.push(session_function(chapter, format!("qc_{}_open", chapter.id), &opening.fields)?);
            if let Some(login) = endpoint("login") {
                let given: Vec<Field> =
                    login.fields.iter().filter(|field| field.name != "open_id").cloned().collect();
                logins.push(session_function(chapter, format!("qc_session_login_{}", chapter.id), &given)?);
            }
        }
        Ok(Self { functions, openings, logins })
    }
}

fn session_function(chapter: &Chapter, name: String, fields: &[Field]) -> Result<SessionFunction> {
    let mut fields = fields.to_vec();
    // A session whose opening lacks it asks for it as a challenge.
    for field in fields.iter_mut().filter(|field| field.name == "service_password") {
        field.required = false;
    }
    Ok(SessionFunction {
        name,
        kind: chapter.id.clone(),
        title: chapter.title.clone(),
        parameters: fields.iter().map(parameter).collect::<Result<_>>()?,
    })
}

fn function(endpoint: &Endpoint) -> Result<Function> {
    Ok(Function {
        id: endpoint.id.clone(),
        name: format!("qc_{}", endpoint.function_name),
        doc: endpoint.doc.clone(),
        extension: endpoint.extension,
        once: endpoint.repeat == "never",
        parameters: endpoint.fields.iter().map(parameter).collect::<Result<_>>()?,
    })
}

fn parameter(field: &Field) -> Result<Parameter> {
    let name = &field.name;
    if TAKEN.contains(&name.as_str()) || name.chars().any(|letter| letter.is_ascii_uppercase()) {
        return Err(format!("no argument of C can be called {name}").into());
    }
    let known = |argument: &str, rust_type, reader, fails| Parameter {
        argument: argument.to_owned(),
        rust_type,
        doc: doc(field),
        reader,
        arguments: format!("\"{name}\", {argument}"),
        fails,
    };
    // What may be given as a number is one, where it may also be left out: a text would only be a number in quotes.
    let shape = match &field.takes {
        Some(also) if !field.required => also,
        _ => &field.shape,
    };
    Ok(match (shape, field.required) {
        (Shape::Text, _) => known(name, "*const c_char", "text", true),
        (Shape::Integer | Shape::State { .. }, true) => known(name, "i64", "required", false),
        (Shape::Integer | Shape::State { .. }, false) => known(name, "*const i64", "optional", true),
        (Shape::Number, true) => known(name, "f64", "required", false),
        (Shape::Number, false) => known(name, "*const f64", "optional", true),
        (Shape::Boolean, true) => known(name, "bool", "required", false),
        (Shape::Boolean, false) => known(name, "*const bool", "optional", true),
        (Shape::Any | Shape::Object { .. } | Shape::List { .. }, _) => {
            let argument = format!("{name}_json");
            Parameter {
                arguments: format!("\"{name}\", \"{argument}\", {argument}"),
                ..known(&argument, "*const c_char", "json", true)
            }
        }
    })
}

/// What the field is, as one phrase behind a parameter's name.
fn doc(field: &Field) -> String {
    let mut doc = field.doc.trim_end_matches('.').to_owned();
    let mut letters = doc.chars();
    // An abbreviation keeps its capitals.
    if let (Some(first), Some(second)) = (letters.next(), letters.next())
        && first.is_ascii_uppercase()
        && !second.is_ascii_uppercase()
    {
        doc.replace_range(..1, &first.to_ascii_lowercase().to_string());
    }
    if let Some(object) = field.shape.object() {
        doc = format!("{doc}: a JSON text of the type {object}");
    }
    if !field.required {
        doc += "; may be NULL";
    }
    doc
}

#[cfg(test)]
mod tests;
