//! The one model that every template renders from: chapters, endpoints, types, dictionaries, error kinds.
//!
//! It is plain data in the caller's terms: what a binding's function takes and gives. What the wire adds — a
//! token, a second spelling, encryption — is in [`crate::wire`].

mod build;
mod names;
mod schema;
mod tables;

use serde::Serialize;

pub(crate) use names::{constant, pascal};
pub(crate) use tables::{Features, TableKind};

/// Everything there is to say about the interface.
#[derive(Debug, Serialize)]
pub(crate) struct Model {
    /// The version of the library.
    pub(crate) version: String,
    pub(crate) servers: Servers,
    /// In the order of the vendor's document.
    pub(crate) chapters: Vec<Chapter>,
    /// The objects that fields and answers refer to by name, in order of first use.
    pub(crate) types: Vec<Type>,
    pub(crate) dictionaries: Vec<Dictionary>,
    pub(crate) contact_types: Vec<ContactType>,
    pub(crate) error_kinds: Vec<ErrorKind>,
    /// What the vendor's codes mean, by number.
    pub(crate) vendor_codes: Vec<VendorCode>,
    pub(crate) outcomes: Vec<Outcome>,
    /// The tables of each kind of document.
    pub(crate) table_kinds: Vec<TableKind>,
    pub(crate) features: Features,
}

impl Model {
    /// Every endpoint.
    pub(crate) fn endpoints(&self) -> impl Iterator<Item = &Endpoint> {
        self.chapters.iter().flat_map(|chapter| &chapter.endpoints)
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct Servers {
    pub(crate) production: String,
    pub(crate) test: String,
}

/// A chapter of the vendor's document.
#[derive(Debug, Serialize)]
pub(crate) struct Chapter {
    /// Such as `ebank_v2`.
    pub(crate) id: String,
    pub(crate) title: String,
    /// Such as `6`.
    pub(crate) section: String,
    pub(crate) endpoints: Vec<Endpoint>,
}

/// One endpoint.
#[derive(Debug, Serialize)]
pub(crate) struct Endpoint {
    /// Such as `telecom.open_id`.
    pub(crate) id: String,
    pub(crate) chapter: String,
    /// The name within the chapter: `open_id`.
    pub(crate) method_name: String,
    /// The name in languages without chapters: `telecom_open_id`.
    pub(crate) function_name: String,
    /// The name of the request's class: `TelecomOpenIdRequest`.
    pub(crate) request_name: String,
    pub(crate) section: String,
    /// One line on what it does.
    pub(crate) summary: String,
    /// What the request type says of itself.
    pub(crate) doc: String,
    /// `GET` or `POST`.
    pub(crate) method: String,
    pub(crate) path: String,
    /// `token`, `user`, `account` or `none`.
    pub(crate) auth: String,
    /// `harmless` or `never`.
    pub(crate) repeat: String,
    /// `configured` or `gzip_json`.
    pub(crate) body_format: String,
    /// Whether the timeouts for data apply.
    pub(crate) slow: bool,
    /// Observed in public clients, not in the vendor's document.
    pub(crate) extension: bool,
    /// What a caller gives, in the document's order.
    pub(crate) fields: Vec<Field>,
    pub(crate) answer: Answer,
    pub(crate) codes: Vec<Code>,
}

/// What the envelope's `data` is.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    pub(crate) shape: AnswerShape,
    /// The type of the object, or of the list's items.
    pub(crate) type_name: Option<String>,
    /// The fields of that type.
    pub(crate) fields: Vec<Field>,
    pub(crate) doc: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AnswerShape {
    /// Nothing is promised.
    None,
    Object,
    List,
    /// A document of the data source, handed on as it came.
    Document,
}

/// A code of the envelope at one endpoint.
#[derive(Debug, Serialize)]
pub(crate) struct Code {
    #[serde(rename = "code")]
    pub(crate) number: i64,
    pub(crate) meaning: String,
    /// The name of the error kind it becomes; none for success.
    pub(crate) error_kind: Option<String>,
}

/// An object type.
#[derive(Debug, Serialize)]
pub(crate) struct Type {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) direction: Direction,
    /// Whether fields that are not listed are kept.
    pub(crate) open: bool,
    pub(crate) fields: Vec<Field>,
}

/// Who writes a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Direction {
    Request,
    Answer,
}

/// A field of a request, an answer, or a type.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Field {
    /// The name in JSON.
    pub(crate) name: String,
    pub(crate) shape: Shape,
    pub(crate) required: bool,
    /// Whether the vendor may send `null`; a request's optional field is left out instead.
    pub(crate) nullable: bool,
    pub(crate) sensitivity: Sensitivity,
    /// How a text is written, where that is more than a text.
    pub(crate) notation: Option<Notation>,
    /// What a caller may give beside a text.
    pub(crate) takes: Option<Shape>,
    /// A regular expression that the text matches.
    pub(crate) pattern: Option<String>,
    pub(crate) doc: String,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Shape {
    Text,
    /// 64 bits, signed.
    Integer,
    /// A double.
    Number,
    Boolean,
    /// Any JSON.
    Any,
    /// A number of a dictionary.
    State {
        dictionary: String,
    },
    Object {
        name: String,
    },
    List {
        item: Box<Shape>,
    },
}

impl Shape {
    /// The name of the object type in it, if there is one.
    pub(crate) fn object(&self) -> Option<&str> {
        match self {
            Self::Object { name } => Some(name),
            Self::List { item } => item.object(),
            _ => None,
        }
    }
}

/// How carefully a value is to be handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Sensitivity {
    /// Harmless: prints in clear.
    Plain,
    /// About a person: prints masked.
    Personal,
    /// A password, a captcha, a token: never prints.
    Secret,
    /// An `open_id`: prints its first characters.
    Handle,
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Notation {
    /// The vendor's words, in which long numbers are masked.
    Words,
    /// A date, or a date and a time of day, in Beijing.
    Time,
    /// A picture in base64.
    Picture,
}

/// One of the vendor's lists of states.
#[derive(Debug, Serialize)]
pub(crate) struct Dictionary {
    /// The type's name, such as `TelecomState`.
    pub(crate) name: String,
    pub(crate) section: String,
    pub(crate) title: String,
    /// Whether the names are the vendor's own.
    pub(crate) vendor_names: bool,
    pub(crate) states: Vec<State>,
}

#[derive(Debug, Serialize)]
pub(crate) struct State {
    pub(crate) code: i64,
    pub(crate) name: String,
    /// The vendor's words.
    pub(crate) description: String,
}

/// The relation of an emergency contact.
#[derive(Debug, Serialize)]
pub(crate) struct ContactType {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) description: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct ErrorKind {
    pub(crate) number: i32,
    pub(crate) name: String,
    pub(crate) meaning: String,
    pub(crate) meaning_zh: String,
    pub(crate) advice: String,
    pub(crate) advice_zh: String,
}

/// A code of the vendor's, other than success, with one of its meanings.
#[derive(Debug, Serialize)]
pub(crate) struct VendorCode {
    pub(crate) code: i64,
    pub(crate) meaning: String,
    pub(crate) error_kind: String,
    /// The endpoints where it means that.
    pub(crate) endpoints: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Outcome {
    pub(crate) name: String,
    pub(crate) meaning: String,
}

#[cfg(test)]
mod tests;
