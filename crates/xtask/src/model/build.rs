//! Builds the model from the core: its registry, its schemas, its dictionaries and its error kinds.

use std::collections::{BTreeMap, HashSet};

use qiancheng::api::{CONTACT_TYPES, registry};
use qiancheng::dictionary::{AuditState, DegreeState, EbankState, StateEntry, TelecomState};
use qiancheng::endpoint::{Auth, EndpointInfo, Trait};
use qiancheng::{PRODUCTION_URL, TEST_URL};
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::Result;
use crate::model::names::{Uses, pascal};
use crate::model::schema::{self, Reader};
use crate::model::{
    Answer, AnswerShape, Chapter, Code, ContactType, Dictionary, Direction, Endpoint, ErrorKind, Features,
    Model, Outcome, Servers, State, Type, VendorCode, tables,
};

/// The chapters by the first part of their endpoints' ids.
const CHAPTERS: [(&str, &str); 7] = [
    ("auth", "Merchant tokens"),
    ("blacklist", "Blacklist"),
    ("telecom", "Telecom data"),
    ("degree", "Degree data (学信网)"),
    ("ebank", "E-bank data, first version"),
    ("ebank_v2", "E-bank data, second version"),
    ("risk", "Risk audit"),
];

/// The names of the dictionaries' types.
const DICTIONARIES: [&str; 4] = ["TelecomState", "DegreeState", "EbankState", "AuditState"];

/// An endpoint with its schemas as JSON, before any name is decided.
pub(super) struct Described {
    pub(super) info: EndpointInfo,
    pub(super) request: Value,
    pub(super) answer: Value,
}

/// Every endpoint's schemas, and the definitions they refer to.
pub(super) fn described() -> (Vec<Described>, Map<String, Value>) {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let endpoints = registry::entries()
        .map(|entry| Described {
            info: entry.info,
            request: entry.request_schema(&mut generator).into(),
            answer: entry.answer_schema(&mut generator).into(),
        })
        .collect();
    (endpoints, generator.take_definitions(true))
}

impl Model {
    /// Reads everything from the core.
    pub(crate) fn build() -> Result<Self> {
        let (described, definitions) = described();
        let names = names(&described, &definitions)?;
        let mut builder =
            Builder { definitions: &definitions, names: &names, types: Vec::new(), known: HashSet::new() };
        let mut chapters: Vec<Chapter> = CHAPTERS
            .iter()
            .map(|(id, title)| Chapter {
                id: (*id).to_owned(),
                title: (*title).to_owned(),
                section: String::new(),
                endpoints: Vec::new(),
            })
            .collect();
        for one in &described {
            let id = one.info.id;
            let endpoint = builder.endpoint(one).map_err(|error| format!("{id}: {error}"))?;
            let chapter = chapters
                .iter_mut()
                .find(|chapter| chapter.id == endpoint.chapter)
                .ok_or_else(|| format!("{id}: the chapter has no title in the generator"))?;
            if chapter.section.is_empty() {
                endpoint.section.split('.').next().unwrap_or_default().clone_into(&mut chapter.section);
            }
            chapter.endpoints.push(endpoint);
        }
        let vendor_codes = vendor_codes(&chapters);
        Ok(Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            servers: Servers { production: PRODUCTION_URL.to_owned(), test: TEST_URL.to_owned() },
            chapters,
            types: builder.types,
            dictionaries: dictionaries(),
            contact_types: contact_types(),
            error_kinds: error_kinds(),
            vendor_codes,
            outcomes: outcomes(),
            table_kinds: tables::kinds(),
            features: Features::read(),
        })
    }
}

fn chapter_of(info: &EndpointInfo) -> &'static str {
    info.id.split('.').next().unwrap_or_default()
}

fn names(described: &[Described], definitions: &Map<String, Value>) -> Result<BTreeMap<String, String>> {
    let mut uses = Uses::default();
    for one in described {
        let chapter = chapter_of(&one.info);
        uses.note(chapter, &one.request, definitions);
        uses.note(chapter, &one.answer, definitions);
        let request = schema::reference(&one.request)
            .ok_or_else(|| format!("{}: the request is not a named type", one.info.id))?;
        uses.note_request(request, one.info.id)?;
        if let Some(answer) = schema::reference(&one.answer) {
            uses.note_answer(answer);
        }
    }
    uses.names(&DICTIONARIES)
}

struct Builder<'a> {
    definitions: &'a Map<String, Value>,
    names: &'a BTreeMap<String, String>,
    types: Vec<Type>,
    /// The raw names of definitions that have been read into `types`.
    known: HashSet<String>,
}

impl Builder<'_> {
    fn reader(&self, direction: Direction) -> Reader<'_> {
        Reader { definitions: self.definitions, names: self.names, dictionaries: &DICTIONARIES, direction }
    }

    fn definition(&self, raw: &str) -> Result<&Value> {
        self.definitions.get(raw).ok_or_else(|| format!("there is no definition of {raw}").into())
    }

    fn endpoint(&mut self, one: &Described) -> Result<Endpoint> {
        let Described { info, request, answer } = one;
        let raw = schema::reference(request).ok_or("the request is not a named type")?;
        let request = self.definition(raw)?.clone();
        let fields = self.reader(Direction::Request).fields(&request)?;
        self.types_within(&request, Direction::Request)?;
        let (chapter, method_name) = info.id.split_once('.').ok_or("the id has no chapter")?;
        Ok(Endpoint {
            id: info.id.to_owned(),
            chapter: chapter.to_owned(),
            method_name: method_name.to_owned(),
            function_name: info.id.replace('.', "_"),
            request_name: format!("{}Request", pascal(info.id)),
            section: info.section.to_owned(),
            summary: info.summary.to_owned(),
            doc: schema::doc(&request),
            method: word(&info.method)?,
            path: info.path.to_owned(),
            auth: word(&info.auth)?,
            repeat: word(&info.repeat)?,
            body_format: word(&info.body_format())?,
            slow: info.is(Trait::Slow),
            extension: info.is(Trait::Extension),
            fields,
            answer: self.answer(answer)?,
            codes: codes(info),
        })
    }

    fn answer(&mut self, schema: &Value) -> Result<Answer> {
        let list = schema.get("items").filter(|_| schema["type"] == "array");
        let Some(raw) = schema::reference(list.unwrap_or(schema)) else {
            let document = schema.get("properties").is_none() && list.is_none();
            return if document {
                let doc = schema::doc(schema);
                Ok(Answer { shape: AnswerShape::Document, type_name: None, fields: Vec::new(), doc })
            } else {
                Err("the answer is neither a document nor made of a named type".into())
            };
        };
        let definition = self.definition(raw)?.clone();
        let fields = self.reader(Direction::Answer).fields(&definition)?;
        let doc = schema::doc(&definition);
        if fields.is_empty() {
            return Ok(Answer { shape: AnswerShape::None, type_name: None, fields, doc });
        }
        self.add_type(raw, Direction::Answer)?;
        Ok(Answer {
            shape: if list.is_some() { AnswerShape::List } else { AnswerShape::Object },
            type_name: self.names.get(raw).cloned(),
            fields,
            doc,
        })
    }

    fn add_type(&mut self, raw: &str, direction: Direction) -> Result<()> {
        if DICTIONARIES.contains(&raw) || !schema::is_object(self.definition(raw)?) {
            return Ok(());
        }
        let name = self.names.get(raw).ok_or_else(|| format!("nothing is called {raw}"))?.clone();
        if !self.known.insert(raw.to_owned()) {
            let same = self.types.iter().any(|known| known.name == name && known.direction == direction);
            return if same { Ok(()) } else { Err(format!("{name} is in requests and in answers").into()) };
        }
        let definition = self.definition(raw)?.clone();
        let fields =
            self.reader(direction).fields(&definition).map_err(|error| format!("{name}: {error}"))?;
        let open = definition["additionalProperties"] == true;
        self.types.push(Type { name, doc: schema::doc(&definition), direction, open, fields });
        self.types_within(&definition, direction)
    }

    fn types_within(&mut self, schema: &Value, direction: Direction) -> Result<()> {
        schema::references(schema).iter().try_for_each(|raw| self.add_type(raw, direction))
    }
}

/// The word that a small enumeration serialises to.
fn word(value: &impl Serialize) -> Result<String> {
    match serde_json::to_value(value)? {
        Value::String(word) => Ok(word),
        _ => Err("an enumeration does not serialise to a word".into()),
    }
}

/// The codes of the contract at one endpoint.
fn codes(info: &EndpointInfo) -> Vec<Code> {
    let account = info.auth == Auth::Account;
    let failed = match chapter_of(info) {
        "auth" => "the token was not issued",
        "blacklist" => "the service is unavailable",
        _ => "system error",
    };
    let refused = match info.id {
        "auth.token" => "wrong account or password",
        "telecom.service_password" => "wrong service password",
        _ => "wrong input",
    };
    let mut codes = vec![
        code(0, "success", None),
        code(1000, failed, Some(qiancheng::ErrorKind::ServiceUnavailable)),
        code(
            1001,
            refused,
            Some(if account { qiancheng::ErrorKind::Auth } else { qiancheng::ErrorKind::Rejected }),
        ),
    ];
    if info.is(Trait::Collecting) {
        codes.push(code(1003, "still collecting", Some(qiancheng::ErrorKind::Collecting)));
    }
    codes
}

fn code(number: i64, meaning: &str, kind: Option<qiancheng::ErrorKind>) -> Code {
    Code { number, meaning: meaning.to_owned(), error_kind: kind.map(|kind| kind.name().to_owned()) }
}

/// The codes of all endpoints, those of one meaning together.
fn vendor_codes(chapters: &[Chapter]) -> Vec<VendorCode> {
    let mut found: Vec<VendorCode> = Vec::new();
    for endpoint in chapters.iter().flat_map(|chapter| &chapter.endpoints) {
        for code in &endpoint.codes {
            let Some(error_kind) = &code.error_kind else { continue };
            let same =
                found.iter_mut().find(|known| known.code == code.number && known.meaning == code.meaning);
            match same {
                Some(known) => known.endpoints.push(endpoint.id.clone()),
                None => found.push(VendorCode {
                    code: code.number,
                    meaning: code.meaning.clone(),
                    error_kind: error_kind.clone(),
                    endpoints: vec![endpoint.id.clone()],
                }),
            }
        }
    }
    // Stable: within a number, in the document's order.
    found.sort_by_key(|known| known.code);
    found
}

fn dictionaries() -> Vec<Dictionary> {
    let dictionary =
        |name: &str, section: &str, title: &str, vendor_names, states: &[StateEntry]| Dictionary {
            name: name.to_owned(),
            section: section.to_owned(),
            title: title.to_owned(),
            vendor_names,
            states: states
                .iter()
                .map(|state| State {
                    code: state.code,
                    name: state.name.to_owned(),
                    description: state.description.to_owned(),
                })
                .collect(),
        };
    vec![
        dictionary("TelecomState", "8.1", "Telecom collection", true, TelecomState::ALL),
        dictionary("DegreeState", "8.2", "Degree collection", true, DegreeState::ALL),
        dictionary("EbankState", "8.3", "E-bank collection, both versions", true, EbankState::ALL),
        dictionary("AuditState", "7.2", "Verdict of a risk audit", false, AuditState::ALL),
    ]
}

fn contact_types() -> Vec<ContactType> {
    CONTACT_TYPES
        .iter()
        .map(|(code, name, description)| ContactType {
            code: (*code).to_owned(),
            name: (*name).to_owned(),
            description: (*description).to_owned(),
        })
        .collect()
}

fn error_kinds() -> Vec<ErrorKind> {
    qiancheng::ErrorKind::ALL
        .iter()
        .map(|kind| ErrorKind {
            number: kind.number(),
            name: kind.name().to_owned(),
            meaning: kind.meaning().to_owned(),
            meaning_zh: kind.meaning_zh().to_owned(),
            advice: kind.advice().to_owned(),
            advice_zh: kind.advice_zh().to_owned(),
        })
        .collect()
}

fn outcomes() -> Vec<Outcome> {
    use qiancheng::Outcome as Core;
    [Core::NotSent, Core::Rejected, Core::Unknown]
        .into_iter()
        .map(|outcome| Outcome {
            name: outcome.name().to_owned(),
            meaning: match outcome {
                Core::NotSent => "Surely nothing reached the vendor.",
                Core::Rejected => "The vendor answered that it did not do it.",
                Core::Unknown => "The vendor may have done it: ask for the state, do not send it again.",
            }
            .to_owned(),
        })
        .collect()
}
