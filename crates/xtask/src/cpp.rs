//! What the C++ header makes of the model: a struct for each request, a class for each chapter, and how their texts
//! reach the C functions.

use serde::Serialize;

use crate::Result;
use crate::c::ascii;
use crate::model::{self, Endpoint, Model, Shape, pascal};

#[cfg(test)]
mod tests;

/// What the templates of `include/qiancheng.hpp` see beside the model.
#[derive(Debug, Serialize)]
pub(crate) struct Cpp {
    chapters: Vec<Chapter>,
    /// What logs in to a session that was opened without its login.
    logins: Vec<Login>,
}

#[derive(Debug, Serialize)]
struct Login {
    /// The session's kind.
    kind: String,
    /// The declarations of the parameters, the names of those that are texts with their texts, and what C is given.
    parameters: Vec<String>,
    texts: Vec<String>,
    arguments: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Chapter {
    id: String,
    class_name: String,
    title: String,
    section: String,
    requests: Vec<Request>,
    methods: Vec<Method>,
}

/// The parameters of an endpoint that takes more than one text.
#[derive(Debug, Serialize)]
struct Request {
    name: String,
    doc: String,
    fields: Vec<Field>,
    required: Vec<Field>,
}

#[derive(Debug, Clone, Serialize)]
struct Field {
    name: String,
    type_name: &'static str,
    /// What follows the name in its declaration.
    default: &'static str,
    /// Whether it is a text, in which a NUL character could be.
    is_text: bool,
    doc: String,
    #[serde(skip)]
    required: bool,
}

/// What a field is in C++.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    Text,
    Integer,
    Number,
    Boolean,
}

#[derive(Debug, Serialize)]
struct Method {
    id: String,
    name: String,
    doc: String,
    /// Whether the call is never repeated.
    once: bool,
    /// The C function.
    function: String,
    /// The C function that opens a session with the same parameters, at an endpoint that opens one.
    opens: Option<String>,
    /// The declaration of the only parameter; empty if there is none.
    parameter: String,
    /// The expression for the name of the first text that holds a NUL character; empty if there are no texts.
    first_cut: String,
    /// What the C function is given between the client and the results.
    arguments: Vec<String>,
}

impl Cpp {
    pub(crate) fn of(model: &Model) -> Result<Self> {
        let chapters = model.chapters.iter().map(Chapter::of).collect::<Result<_>>()?;
        let logins = model.endpoints().filter(|endpoint| endpoint.method_name == "login");
        Ok(Self { chapters, logins: logins.map(Login::of).collect::<Result<_>>()? })
    }
}

impl Login {
    fn of(endpoint: &Endpoint) -> Result<Self> {
        // The session knows its own key.
        let given = endpoint.fields.iter().filter(|field| field.name != "open_id");
        let fields = given.map(Field::of).collect::<Result<Vec<_>>>()?;
        let parameter = |field: &Field| {
            let by_reference = field.is_text || !field.required;
            let (open, close, none) = match (by_reference, field.required) {
                (true, true) => ("const ", "&", String::new()),
                (true, false) => ("const ", "&", format!(" = {}()", field.type_name)),
                (false, _) => ("", "", String::new()),
            };
            format!("{open}{}{close} {}{none}", field.type_name, field.name)
        };
        Ok(Self {
            kind: endpoint.chapter.clone(),
            parameters: fields.iter().map(parameter).collect(),
            texts: fields.iter().filter_map(Field::text).collect(),
            arguments: fields.iter().map(|field| format!("detail::c({})", field.name)).collect(),
        })
    }
}

impl Chapter {
    fn of(chapter: &model::Chapter) -> Result<Self> {
        let mut requests = Vec::new();
        let mut methods = Vec::new();
        for endpoint in &chapter.endpoints {
            let fields = endpoint.fields.iter().map(Field::of).collect::<Result<Vec<_>>>()?;
            methods.push(Method::of(endpoint, &fields)?);
            if !is_alone(&fields) && !fields.is_empty() {
                requests.push(Request {
                    name: endpoint.request_name.clone(),
                    doc: line(&endpoint.doc)?,
                    required: fields.iter().filter(|field| field.required).cloned().collect(),
                    fields,
                });
            }
        }
        Ok(Self {
            id: name(&chapter.id)?,
            class_name: pascal(&chapter.id),
            title: ascii(&chapter.title)?,
            section: chapter.section.clone(),
            requests,
            methods,
        })
    }
}

/// Whether an endpoint's fields are one text, which needs no struct around it.
fn is_alone(fields: &[Field]) -> bool {
    matches!(fields, [only] if only.required && only.is_text)
}

impl Method {
    fn of(endpoint: &Endpoint, fields: &[Field]) -> Result<Self> {
        let alone = is_alone(fields);
        let parameter = match fields {
            [] => String::new(),
            [only] if alone => format!("const std::string& {}", only.name),
            _ if fields.iter().any(|field| field.required) => {
                format!("const {}& request", endpoint.request_name)
            }
            _ => format!("const {0}& request = {0}()", endpoint.request_name),
        };
        let place = if alone { "" } else { "request." };
        let first_cut = match fields {
            _ if !fields.iter().any(|field| field.is_text) => String::new(),
            [only] if alone => format!("detail::first_cut(\"{0}\", {0})", only.name),
            _ => "detail::first_cut(request)".to_owned(),
        };
        let opens = endpoint.method_name == "open_id";
        Ok(Self {
            id: endpoint.id.clone(),
            name: name(&endpoint.method_name)?,
            doc: line(&endpoint.doc)?,
            once: endpoint.repeat == "never",
            function: format!("qc_{}", endpoint.function_name),
            opens: opens.then(|| format!("qc_{}_open", endpoint.chapter)),
            parameter,
            first_cut,
            arguments: fields.iter().map(|field| format!("detail::c({place}{})", field.name)).collect(),
        })
    }
}

impl Field {
    fn of(field: &model::Field) -> Result<Self> {
        // What may be given as a number is one, as in C.
        let shape = match &field.takes {
            Some(also) if !field.required => also,
            _ => &field.shape,
        };
        let (value, suffix) = match shape {
            Shape::Text => (Value::Text, ""),
            Shape::Integer | Shape::State { .. } => (Value::Integer, ""),
            Shape::Number => (Value::Number, ""),
            Shape::Boolean => (Value::Boolean, ""),
            Shape::Any | Shape::Object { .. } | Shape::List { .. } => (Value::Text, "_json"),
        };
        let (type_name, default) = match (value, field.required) {
            (Value::Text, true) => ("std::string", ""),
            (Value::Integer, true) => ("std::int64_t", " = 0"),
            (Value::Number, true) => ("double", " = 0"),
            (Value::Boolean, true) => ("bool", " = false"),
            (Value::Text, false) => ("Optional<std::string>", ""),
            (Value::Integer, false) => ("Optional<std::int64_t>", ""),
            (Value::Number, false) => ("Optional<double>", ""),
            (Value::Boolean, false) => ("Optional<bool>", ""),
        };
        Ok(Self {
            name: name(&format!("{}{suffix}", field.name))?,
            type_name,
            default,
            is_text: value == Value::Text,
            doc: line(&field.doc)?,
            required: field.required,
        })
    }

    /// Its name and its text, if it is one.
    fn text(&self) -> Option<String> {
        let value = if self.required { "" } else { ".value()" };
        self.is_text.then(|| format!("\"{0}\", {0}{value}", self.name))
    }
}

/// A documentation text as one line, in ASCII like all of the header.
fn line(text: &str) -> Result<String> {
    ascii(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The words of C++ that the vendor's document could use as a name.
const KEYWORDS: [&str; 24] = [
    "and",
    "auto",
    "bool",
    "case",
    "char",
    "class",
    "const",
    "default",
    "delete",
    "double",
    "export",
    "float",
    "friend",
    "int",
    "long",
    "namespace",
    "new",
    "not",
    "operator",
    "or",
    "private",
    "public",
    "register",
    "union",
];

/// A name that C++ takes.
fn name(name: &str) -> Result<String> {
    let mut letters = name.chars();
    let fits = letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if !fits {
        return Err(format!("{name:?} is no name in C++").into());
    }
    Ok(if KEYWORDS.contains(&name) { format!("{name}_") } else { name.to_owned() })
}
