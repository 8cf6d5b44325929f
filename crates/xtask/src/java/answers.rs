//! What the endpoints answer: a class for each answer, and for each object inside one.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::Result;
use crate::java::javadoc::inline;
use crate::java::names::camel;
use crate::model::{AnswerShape, Direction, Endpoint, Field, Model, Notation, Sensitivity, Shape};

/// An object of an answer.
#[derive(Debug, Serialize)]
pub(crate) struct Record {
    pub(crate) class: String,
    pub(crate) doc: String,
    /// Whether it is a whole answer, and not only an object inside one.
    pub(crate) whole: bool,
    pub(crate) imports: BTreeSet<&'static str>,
    pub(crate) fields: Vec<Read>,
}

/// A field of an answer.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Read {
    pub(crate) name: String,
    /// The name in JSON.
    pub(crate) json: String,
    pub(crate) sensitivity: Sensitivity,
    pub(crate) gives: String,
    /// The expression that reads it.
    pub(crate) expression: String,
    /// Whether it is null where the vendor sent none.
    pub(crate) nullable: bool,
    pub(crate) doc: String,
}

/// An answer that is a list.
#[derive(Debug, Serialize)]
pub(crate) struct List {
    pub(crate) class: String,
    pub(crate) item: String,
    pub(crate) doc: String,
}

/// An answer that is a document of the data source.
#[derive(Debug, Serialize)]
pub(crate) struct Document {
    pub(crate) class: String,
    pub(crate) doc: String,
}

pub(super) fn records(model: &Model) -> Result<Vec<Record>> {
    let whole: BTreeSet<&str> = answered(model, AnswerShape::Object).collect();
    let items: BTreeSet<&str> = answered(model, AnswerShape::List).collect();
    let mut records = Vec::new();
    for known in model.types.iter().filter(|known| known.direction == Direction::Answer) {
        let name = known.name.as_str();
        let mut add = |class: &str, whole: bool| -> Result<()> {
            let fields = known.fields.iter().map(field).collect::<Result<Vec<_>>>();
            let fields = fields.map_err(|error| format!("{name}: {error}"))?;
            let mut imports = BTreeSet::from(["io.qiancheng.Fields"]);
            imports.extend(if whole {
                ["io.qiancheng.Answer", "io.qiancheng.Received"]
            } else {
                ["io.qiancheng.AnswerObject", "com.fasterxml.jackson.databind.JsonNode"]
            });
            if fields.iter().any(|field| field.gives == "Picture") {
                imports.insert("io.qiancheng.Picture");
            }
            if fields.iter().any(|field| field.gives.starts_with("List<")) {
                imports.insert("java.util.List");
            }
            records.push(Record { class: class.to_owned(), doc: inline(&known.doc), whole, imports, fields });
            Ok(())
        };
        if items.contains(name) || !whole.contains(name) {
            add(item_name(name), false)?;
        }
        if whole.contains(name) {
            add(name, true)?;
        }
    }
    Ok(records)
}

pub(super) fn lists(model: &Model) -> Vec<List> {
    let endpoints = model.endpoints().filter(|endpoint| endpoint.answer.shape == AnswerShape::List);
    endpoints
        .filter_map(|endpoint| Some((endpoint, endpoint.answer.type_name.as_deref()?)))
        .map(|(endpoint, item)| List {
            class: list_name(item),
            item: item_name(item).to_owned(),
            doc: inline(&format!("What `{}` answers (§{}).", endpoint.id, endpoint.section)),
        })
        .collect()
}

pub(super) fn documents(model: &Model) -> Vec<Document> {
    let endpoints = model.endpoints().filter(|endpoint| endpoint.answer.shape == AnswerShape::Document);
    endpoints
        .map(|endpoint| Document {
            class: class(endpoint),
            doc: inline(&format!(
                "What `{}` answers (§{}). {}",
                endpoint.id, endpoint.section, endpoint.answer.doc
            )),
        })
        .collect()
}

/// The types that some endpoint answers in a shape.
fn answered(model: &Model, shape: AnswerShape) -> impl Iterator<Item = &str> {
    let answers = model.endpoints().map(|one| &one.answer).filter(move |one| one.shape == shape);
    answers.filter_map(|one| one.type_name.as_deref())
}

/// What a type is called where it is an item: `BlacklistHitAnswer` → `BlacklistHit`.
fn item_name(name: &str) -> &str {
    name.strip_suffix("Answer").unwrap_or(name)
}

fn list_name(name: &str) -> String {
    format!("{}List", item_name(name))
}

/// The class of an endpoint's answer.
pub(super) fn class(endpoint: &Endpoint) -> String {
    let named = || endpoint.answer.type_name.as_deref().unwrap_or_default();
    match endpoint.answer.shape {
        AnswerShape::None => "AcceptedAnswer".to_owned(),
        AnswerShape::Object => named().to_owned(),
        AnswerShape::List => list_name(named()),
        AnswerShape::Document => {
            let name = &endpoint.request_name;
            format!("{}Answer", name.strip_suffix("Request").unwrap_or(name))
        }
    }
}

fn field(field: &Field) -> Result<Read> {
    let name = &field.name;
    let reads = |method: &str| format!("{method}(\"{name}\")");
    let (gives, expression, nullable) = match (&field.shape, field.required, field.notation) {
        (Shape::Text, false, Some(Notation::Words)) => ("String".to_owned(), reads("words"), true),
        (Shape::Text, false, Some(Notation::Picture)) => ("Picture".to_owned(), reads("picture"), true),
        (Shape::Text, true, None) => ("String".to_owned(), reads("text"), false),
        (Shape::Text, false, None) => ("String".to_owned(), reads("optionalText"), true),
        (Shape::Integer, true, None) => ("long".to_owned(), reads("integer"), false),
        (Shape::Integer, false, None) => ("Long".to_owned(), reads("optionalInteger"), true),
        (Shape::Number, false, None) => ("Double".to_owned(), reads("optionalNumber"), true),
        (Shape::Boolean, _, None) => ("boolean".to_owned(), reads("flag"), false),
        (Shape::State { dictionary }, true, None) => {
            (dictionary.clone(), format!("state(\"{name}\", {dictionary}::of)"), false)
        }
        (Shape::List { item }, _, None) => match &**item {
            Shape::Object { name: item } => {
                (format!("List<{item}>"), format!("objects(\"{name}\", {item}::new)"), false)
            }
            _ => return Err(format!("{name}: no class reads a list of plain values").into()),
        },
        _ => return Err(format!("{name}: no class reads this shape").into()),
    };
    Ok(Read {
        name: camel(name),
        json: name.clone(),
        sensitivity: field.sensitivity,
        gives,
        expression,
        nullable,
        doc: inline(&field.doc),
    })
}
