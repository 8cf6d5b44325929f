//! What the Python package makes of the model: names, annotations, and which base class reads a field.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::Result;
use crate::model::{AnswerShape, Direction, Endpoint, Field, Model, Notation, Sensitivity, Shape, Type};

#[cfg(test)]
mod tests;

/// What the templates of `python/qiancheng` see beside the model.
#[derive(Debug, Serialize)]
pub(crate) struct Python {
    /// Objects of answers: a class each.
    records: Vec<Record>,
    /// Answers that are lists.
    lists: Vec<List>,
    /// Answers that are documents.
    documents: Vec<Document>,
    /// What a caller gives inside a parameter: a `TypedDict` each.
    parameters: Vec<Parameters>,
    chapters: Vec<Chapter>,
    /// The exception of each error kind.
    errors: BTreeMap<String, Exception>,
    /// The names that `answers.py` takes from `states.py`.
    states_in_answers: BTreeSet<String>,
    /// The names that `_chapters.py` takes from `answers.py` and from `params.py`.
    answers_in_chapters: BTreeSet<String>,
    parameters_in_chapters: BTreeSet<String>,
}

#[derive(Debug, Serialize)]
struct Record {
    name: String,
    doc: String,
    /// `Record` inside answers, an `Answer` as well for a whole one.
    base: &'static str,
    /// A record that the same object is, where it is a whole answer here and an item there.
    fields_of: Option<String>,
    fields: Vec<Property>,
}

#[derive(Debug, Clone, Serialize)]
struct Property {
    attribute: String,
    /// The name in JSON.
    name: String,
    sensitivity: Sensitivity,
    annotation: String,
    /// The expression that reads it.
    read: String,
    doc: String,
}

#[derive(Debug, Serialize)]
struct List {
    name: String,
    item: String,
    doc: String,
}

#[derive(Debug, Serialize)]
struct Document {
    name: String,
    doc: String,
}

#[derive(Debug, Serialize)]
struct Parameters {
    name: String,
    doc: String,
    required: Vec<Parameter>,
    optional: Vec<Parameter>,
}

#[derive(Debug, Serialize)]
struct Parameter {
    name: String,
    annotation: String,
    required: bool,
    doc: String,
}

#[derive(Debug, Serialize)]
struct Chapter {
    id: String,
    class: String,
    title: String,
    section: String,
    methods: Vec<Method>,
}

#[derive(Debug, Serialize)]
struct Method {
    id: String,
    name: String,
    /// The first sentence of what it does, and the rest.
    summary: String,
    more: String,
    once: bool,
    answer: String,
    parameters: Vec<Parameter>,
}

/// An exception class.
#[derive(Debug, Serialize)]
struct Exception {
    name: String,
    /// The exception of Python's own that it is as well.
    also: Option<&'static str>,
}

/// The exceptions of Python's own that an error of ours is as well, so that code which knows only those catches it.
const ALSO: [(&str, &str); 3] =
    [("Timeout", "TimeoutError"), ("Connection", "ConnectionError"), ("InvalidInput", "ValueError")];

impl Exception {
    fn of(kind: &str) -> Self {
        let also = ALSO.iter().find(|(known, _)| *known == kind).map(|(_, also)| *also);
        let plain = format!("{kind}Error");
        // One that would hide Python's own is called otherwise.
        let name = if also == Some(plain.as_str()) { format!("Request{plain}") } else { plain };
        Self { name, also }
    }
}

impl Python {
    pub(crate) fn of(model: &Model) -> Result<Self> {
        let whole: BTreeSet<&str> = answered(model, AnswerShape::Object).collect();
        let items: BTreeSet<&str> = answered(model, AnswerShape::List).collect();
        let mut records = Vec::new();
        for known in model.types.iter().filter(|known| known.direction == Direction::Answer) {
            let fields = known.fields.iter().map(property).collect::<Result<Vec<_>>>();
            let fields = fields.map_err(|error| format!("{}: {error}", known.name))?;
            let record = |name: &str, base, fields_of, fields| Record {
                name: name.to_owned(),
                doc: known.doc.clone(),
                base,
                fields_of,
                fields,
            };
            let name = known.name.as_str();
            match (whole.contains(name), items.contains(name)) {
                (true, true) => {
                    records.push(record(item_name(name), "Record", None, fields));
                    records.push(record(name, "Answer", Some(item_name(name).to_owned()), Vec::new()));
                }
                (true, false) => records.push(record(name, "Answer, Record", None, fields)),
                (false, _) => records.push(record(name, "Record", None, fields)),
            }
        }
        let lists = model
            .endpoints()
            .filter(|endpoint| endpoint.answer.shape == AnswerShape::List)
            .filter_map(|endpoint| Some((endpoint, endpoint.answer.type_name.as_deref()?)))
            .map(|(endpoint, item)| List {
                name: list_name(item),
                item: item_name(item).to_owned(),
                doc: format!(
                    "What `{}` answers (§{}): a list of `{}`.",
                    endpoint.id,
                    endpoint.section,
                    item_name(item)
                ),
            })
            .collect();
        let documents = model
            .endpoints()
            .filter(|endpoint| endpoint.answer.shape == AnswerShape::Document)
            .map(|endpoint| Document {
                name: answer_name(endpoint),
                doc: format!(
                    "What `{}` answers (§{}): {}",
                    endpoint.id,
                    endpoint.section,
                    lower_first(&endpoint.answer.doc)
                ),
            })
            .collect();
        let chapters = model.chapters.iter().map(|chapter| self::chapter(model, chapter)).collect();
        let fields = model.types.iter().filter(|known| known.direction == Direction::Answer);
        let states_in_answers = fields
            .flat_map(|known| &known.fields)
            .filter_map(|field| match &field.shape {
                Shape::State { dictionary } => Some(dictionary.clone()),
                _ => None,
            })
            .collect();
        Ok(Self {
            records,
            lists,
            documents,
            parameters: model
                .types
                .iter()
                .filter(|known| known.direction == Direction::Request)
                .map(|known| parameters(model, known))
                .collect(),
            chapters,
            errors: model
                .error_kinds
                .iter()
                .map(|kind| (kind.name.clone(), Exception::of(&kind.name)))
                .collect(),
            states_in_answers,
            answers_in_chapters: model.endpoints().map(answer_name).collect(),
            parameters_in_chapters: model
                .endpoints()
                .flat_map(|endpoint| &endpoint.fields)
                .filter_map(|field| field.shape.object().map(str::to_owned))
                .collect(),
        })
    }
}

/// The types that some endpoint answers in a shape.
fn answered(model: &Model, shape: AnswerShape) -> impl Iterator<Item = &str> {
    model
        .endpoints()
        .map(|one| &one.answer)
        .filter(move |one| one.shape == shape)
        .filter_map(|one| one.type_name.as_deref())
}

/// What a type is called where it is an item: `BlacklistHitAnswer` → `BlacklistHit`.
fn item_name(name: &str) -> &str {
    name.strip_suffix("Answer").unwrap_or(name)
}

fn list_name(name: &str) -> String {
    format!("{}List", item_name(name))
}

/// The class of an endpoint's answer.
fn answer_name(endpoint: &Endpoint) -> String {
    let named = || endpoint.answer.type_name.as_deref().unwrap_or_default();
    match endpoint.answer.shape {
        AnswerShape::None => "AcceptedAnswer".to_owned(),
        AnswerShape::Object => named().to_owned(),
        AnswerShape::List => list_name(named()),
        AnswerShape::Document => {
            format!(
                "{}Answer",
                endpoint.request_name.strip_suffix("Request").unwrap_or(&endpoint.request_name)
            )
        }
    }
}

/// A field of an answer, and how it is read.
fn property(field: &Field) -> Result<Property> {
    let name = &field.name;
    let reads = |method: &str| format!("self.{method}(\"{name}\")");
    let (annotation, read) = match (&field.shape, field.required, field.notation) {
        (Shape::Text, false, Some(Notation::Words)) => ("str | None".to_owned(), reads("_words")),
        (Shape::Text, false, Some(Notation::Picture)) => ("Picture | None".to_owned(), reads("_picture")),
        (Shape::Text, true, None) => ("str".to_owned(), reads("_text")),
        (Shape::Text, false, None) => ("str | None".to_owned(), reads("_optional_text")),
        (Shape::Integer, true, None) => ("int".to_owned(), reads("_integer")),
        (Shape::Integer, false, None) => ("int | None".to_owned(), reads("_optional_integer")),
        (Shape::Number, false, None) => ("float | None".to_owned(), reads("_optional_number")),
        (Shape::Boolean, _, None) => ("bool".to_owned(), reads("_flag")),
        (Shape::State { dictionary }, true, None) => {
            (dictionary.clone(), format!("{dictionary}({})", reads("_integer")))
        }
        (Shape::List { item }, _, None) => match &**item {
            Shape::Object { name: item } => {
                (format!("list[{item}]"), format!("self._records(\"{name}\", {item})"))
            }
            _ => return Err(format!("{name}: no class reads a list of plain values").into()),
        },
        _ => return Err(format!("{name}: no class reads this shape").into()),
    };
    Ok(Property {
        attribute: snake(name),
        name: name.clone(),
        sensitivity: field.sensitivity,
        annotation,
        read,
        doc: field.doc.clone(),
    })
}

fn chapter(model: &Model, chapter: &crate::model::Chapter) -> Chapter {
    Chapter {
        id: chapter.id.clone(),
        class: crate::model::pascal(&chapter.id),
        title: chapter.title.clone(),
        section: chapter.section.clone(),
        methods: chapter
            .endpoints
            .iter()
            .map(|endpoint| {
                let (summary, more) = first_sentence(&endpoint.doc);
                Method {
                    id: endpoint.id.clone(),
                    name: endpoint.method_name.clone(),
                    summary: summary.to_owned(),
                    more: more.to_owned(),
                    once: endpoint.repeat == "never",
                    answer: answer_name(endpoint),
                    parameters: endpoint.fields.iter().map(|field| parameter(model, field, true)).collect(),
                }
            })
            .collect(),
    }
}

fn parameters(model: &Model, known: &Type) -> Parameters {
    let (required, optional) =
        known.fields.iter().map(|field| parameter(model, field, false)).partition(|one| one.required);
    Parameters { name: known.name.clone(), doc: known.doc.clone(), required, optional }
}

/// What a caller gives; at the top of a call an open type may also be any mapping.
fn parameter(model: &Model, field: &Field, top: bool) -> Parameter {
    let mut annotation = taken(&field.shape);
    match (&field.takes, field.notation) {
        (Some(also), _) => annotation = format!("{} | {annotation}", taken(also)),
        (None, Some(Notation::Time)) => "Time".clone_into(&mut annotation),
        _ => {}
    }
    let open = |name: &str| model.types.iter().any(|known| known.name == name && known.open);
    if top && field.shape.object().is_some_and(open) {
        annotation += " | Mapping[str, Any]";
    }
    Parameter {
        name: spelled(&field.name).to_owned(),
        annotation,
        required: field.required,
        doc: field.doc.clone(),
    }
}

fn taken(shape: &Shape) -> String {
    match shape {
        Shape::Text => "str".to_owned(),
        Shape::Integer | Shape::State { .. } => "int".to_owned(),
        Shape::Number => "float".to_owned(),
        Shape::Boolean => "bool".to_owned(),
        Shape::Any => "Any".to_owned(),
        Shape::Object { name } => name.clone(),
        Shape::List { item } => format!("Sequence[{}]", taken(item)),
    }
}

/// The document's misspelling is read and sent under its right spelling as well; a caller sees the right one.
fn spelled(name: &str) -> &str {
    if name == "moblie" { "mobile" } else { name }
}

/// `bankName` → `bank_name`.
fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(character.to_ascii_lowercase());
    }
    out
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A text's first sentence, and what follows it.
fn first_sentence(text: &str) -> (&str, &str) {
    text.find(". ").map_or((text, ""), |end| (&text[..=end], text[end + 2..].trim()))
}
