//! What a caller gives: the request of each endpoint, and the objects inside parameters. Each is a class with a builder.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::Result;
use crate::java::javadoc::inline;
use crate::java::names::camel;
use crate::model::{Endpoint, Field, Model, Notation, Sensitivity, Shape, Type};

#[derive(Debug, Serialize)]
pub(crate) struct Input {
    pub(crate) class: String,
    pub(crate) doc: String,
    /// The endpoint whose request it is.
    pub(crate) endpoint: Option<String>,
    /// Whether fields that are not listed may be given.
    pub(crate) open: bool,
    pub(crate) imports: BTreeSet<&'static str>,
    pub(crate) fields: Vec<Given>,
}

/// A field of a request or of a nested object.
#[derive(Debug, Serialize)]
pub(crate) struct Given {
    pub(crate) name: String,
    /// The name in JSON.
    pub(crate) json: String,
    pub(crate) required: bool,
    pub(crate) sensitivity: Sensitivity,
    pub(crate) doc: String,
    pub(crate) setters: Vec<Setter>,
}

/// A method of the builder.
#[derive(Debug, Serialize)]
pub(crate) struct Setter {
    /// The parameter's type, with `...` where it takes any number.
    pub(crate) takes: String,
    /// The expression that is put, where that is not the parameter itself.
    pub(crate) puts: String,
    /// What is said of it beside the field's doc.
    pub(crate) note: &'static str,
}

impl Setter {
    fn new(takes: impl Into<String>, puts: impl Into<String>, note: &'static str) -> Self {
        Self { takes: takes.into(), puts: puts.into(), note }
    }
}

/// Classes from elsewhere that a type or an expression may name.
const IMPORTS: [(&str, &str); 7] = [
    ("ArrayList", "java.util.ArrayList"),
    ("Arrays", "java.util.Arrays"),
    ("Collection", "java.util.Collection"),
    ("Date", "java.util.Date"),
    ("JsonNode", "com.fasterxml.jackson.databind.JsonNode"),
    ("Map", "java.util.Map"),
    ("TemporalAccessor", "java.time.temporal.TemporalAccessor"),
];

impl Input {
    pub(super) fn request(model: &Model, endpoint: &Endpoint) -> Result<Self> {
        let doc = format!(
            "What {{@code {}}} takes. It cannot be changed, and prints masked.\n\n{}",
            endpoint.id,
            inline(&endpoint.doc)
        );
        Self::new(model, &endpoint.request_name, doc, Some(endpoint.id.clone()), false, &endpoint.fields)
    }

    pub(super) fn parameters(model: &Model, known: &Type) -> Result<Self> {
        let doc = format!("{}\n\nIt cannot be changed, and prints masked.", inline(&known.doc));
        Self::new(model, &known.name, doc, None, known.open, &known.fields)
    }

    fn new(
        model: &Model,
        class: &str,
        doc: String,
        endpoint: Option<String>,
        open: bool,
        fields: &[Field],
    ) -> Result<Self> {
        let fields: Result<Vec<Given>> = fields.iter().map(|field| given(model, field)).collect();
        let fields = fields.map_err(|error| format!("{class}: {error}"))?;
        let mut imports: BTreeSet<&str> = fields.iter().flat_map(Given::imports).collect();
        imports.extend(["io.qiancheng.Fields", "io.qiancheng.Part"]);
        if endpoint.is_some() {
            imports.insert("io.qiancheng.Request");
        }
        if open {
            imports.extend(["com.fasterxml.jackson.databind.JsonNode", "java.util.Map"]);
        }
        Ok(Self { class: class.to_owned(), doc, endpoint, open, imports, fields })
    }
}

impl Given {
    fn imports(&self) -> impl Iterator<Item = &'static str> {
        let code: Vec<&String> =
            self.setters.iter().flat_map(|setter| [&setter.takes, &setter.puts]).collect();
        let named = move |class: &str| {
            let words = |text: &&String| {
                text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == class)
            };
            code.iter().any(words)
        };
        IMPORTS.into_iter().filter(move |(class, _)| named(class)).map(|(_, import)| import)
    }
}

fn given(model: &Model, field: &Field) -> Result<Given> {
    let json = spelled(&field.name);
    let name = camel(json);
    let setters =
        setters(model, field, &name).ok_or_else(|| format!("{json}: no builder takes this shape"))?;
    Ok(Given {
        name,
        json: json.to_owned(),
        required: field.required,
        sensitivity: field.sensitivity,
        doc: inline(&field.doc),
        setters,
    })
}

/// The ways to give a field.
fn setters(model: &Model, field: &Field, name: &str) -> Option<Vec<Setter>> {
    let plain = |takes: &str| Setter::new(takes, name, "");
    let listed = || format!("{name} == null ? null : new ArrayList<>({name})");
    let spread = || format!("{name} == null ? null : Arrays.asList({name})");
    Some(match (&field.shape, field.sensitivity, field.notation) {
        (Shape::Text, Sensitivity::Secret, _) => {
            let note = "The characters are copied; wipe yours. {@link Part#wipe} wipes the copy.";
            vec![plain("String"), Setter::new("char[]", name, note)]
        }
        (Shape::Text, _, Some(Notation::Time)) => {
            let note = "An instant or a time with an offset is put into Beijing's time, a local one is taken as Beijing's.";
            vec![
                plain("String"),
                Setter::new("TemporalAccessor", name, note),
                Setter::new("Date", name, "It is put into Beijing's time."),
            ]
        }
        (Shape::Text, _, None) => match &field.takes {
            None => vec![plain("String")],
            Some(Shape::Integer) => vec![plain("String"), plain("long")],
            Some(Shape::Number) => vec![plain("String"), plain("double")],
            Some(_) => return None,
        },
        (Shape::Integer, ..) => number(plain("long"), "Long", field.required, name),
        (Shape::Number, ..) => number(plain("double"), "Double", field.required, name),
        (Shape::Any, ..) => vec![
            plain("JsonNode"),
            Setter::new("Map<String, ?>", name, "Its members go by their names in JSON."),
        ],
        (Shape::Object { name: class }, ..) => {
            let mut setters = vec![plain(class)];
            if model.types.iter().any(|known| known.name == *class && known.open) {
                setters.push(Setter::new("Map<String, ?>", name, "Its members go by their names in JSON."));
                setters.push(Setter::new("JsonNode", name, "It is sent as it is."));
            }
            setters
        }
        (Shape::List { item }, ..) => match &**item {
            Shape::Object { name: class } => vec![
                Setter::new(format!("Collection<{class}>"), listed(), ""),
                Setter::new(format!("{class}..."), spread(), ""),
            ],
            Shape::Any => vec![Setter::new(
                "Collection<?>",
                listed(),
                "Each is a text, a number, a map, a list, or a tree of Jackson's.",
            )],
            _ => return None,
        },
        _ => return None,
    })
}

/// A number in a primitive; one that may be missing in a box as well.
fn number(primitive: Setter, boxed: &str, required: bool, name: &str) -> Vec<Setter> {
    let mut setters = vec![primitive];
    if !required {
        setters.push(Setter::new(boxed, name, ""));
    }
    setters
}

/// The document's misspelling is read and sent under its right spelling as well; a caller sees the right one.
fn spelled(name: &str) -> &str {
    if name == "moblie" { "mobile" } else { name }
}
