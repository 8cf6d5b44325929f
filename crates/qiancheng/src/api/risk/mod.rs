//! Risk audit (§7): an application is encrypted, submitted, and decided.

mod audit_data;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::answer::{Answer, AnswerData, Extra};
use crate::api::{Checked, by_open_id};
use crate::dictionary::AuditState;
use crate::endpoint::declare;
use crate::error::{Error, Result};
use crate::params::{drop_nulls, wipe};
use crate::personal::{IdNumber, MobileNumber, PersonName};
use crate::{ErrorKind, lenient, mismatch, scrub, validate};

pub use crate::api::Opened;
pub use audit_data::*;

/// Submits an application for audit (§7.1). `data` is encrypted with the vendor's public key on its way out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// Name as on the ID card.
    pub name: PersonName,
    /// Mobile number, 11 digits; leaves as a JSON number.
    pub phone: MobileNumber,
    /// ID number, 18 or 15 characters.
    pub id_card: IdNumber,
    /// The application: an [`AuditData`], or JSON of the caller's own.
    pub data: Application,
}

/// What an audit is about: built from an [`AuditData`], or from JSON for fields this library does not know.
///
/// Its JSON is kept as it is given, less members that are `null`. Only a contact's `moblie` — the document's spelling — and `mobile` are
/// made to stand beside each other, whichever was given.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(with = "AuditData")]
#[serde(transparent)]
pub struct Application(Value);

impl Application {
    /// The JSON.
    pub fn json(&self) -> &Value {
        &self.0
    }

    /// Sets whichever spelling of a contact's mobile number is missing.
    fn spell_mobile_both_ways(&mut self) {
        let contacts = self.0.pointer_mut("/basic_info/user_contact").and_then(Value::as_array_mut);
        for contact in contacts.into_iter().flatten().filter_map(Value::as_object_mut) {
            for (given, missing) in [("mobile", "moblie"), ("moblie", "mobile")] {
                if let Some(number) = contact.get(given).filter(|_| !contact.contains_key(missing)).cloned() {
                    contact.insert(missing.to_owned(), number);
                }
            }
        }
    }
}

impl From<Value> for Application {
    fn from(json: Value) -> Self {
        Self(json)
    }
}

impl From<AuditData> for Application {
    fn from(data: AuditData) -> Self {
        Self(serde_json::to_value(data).expect("audit data has text keys and finite numbers only"))
    }
}

impl Drop for Application {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

impl std::fmt::Debug for Application {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sections: Vec<&str> =
            self.0.as_object().into_iter().flat_map(Map::keys).map(|name| scrub::name(name)).collect();
        write!(f, "Application{sections:?}")
    }
}

impl Checked for Audit {
    fn check(&mut self) -> Result<()> {
        validate::filled("/name", &self.name)?;
        validate::mobile("/phone", &self.phone)?;
        validate::id_number("/id_card", &mut self.id_card)?;
        serde_path_to_error::deserialize::<_, AuditData>(&self.data.0).map(drop).map_err(|error| {
            let error = mismatch::in_request(&error);
            Error::invalid(format!("/data{}", error.field().unwrap_or_default()), error.message().to_owned())
        })
    }

    fn rewrite(params: &mut Map<String, Value>) {
        // §7.1 wants `phone` as an int; what is no number stays text, for the vendor to refuse.
        if let Some(number) =
            params.get("phone").and_then(Value::as_str).and_then(|text| text.parse::<u64>().ok())
        {
            params.insert("phone".to_owned(), number.into());
        }
        if let Some(data) = params.get_mut("data") {
            let mut application = Application(data.take());
            drop_nulls(&mut application.0);
            application.spell_mobile_both_ways();
            *data = application.0.take();
        }
    }
}

by_open_id! {
    /// Asks for an audit's verdict (§7.2).
    AuditResult;
}

/// An audit's verdict (§7.2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// Pass, reject, or still under review.
    pub state: AuditState,
    /// Why the vendor advises to reject; long numbers in it are masked.
    #[serde(default, deserialize_with = "lenient::optional_words")]
    #[schemars(extend("x-notation" = "words"))]
    pub reason: Option<String>,
    /// Fields this library does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// An object, or a list with one object: the document says "array".
impl AnswerData for Verdict {
    fn decode(answer: &Answer) -> Result<Self> {
        if !answer.data().trim_ascii_start().starts_with('[') || answer.is_empty() {
            return answer.object();
        }
        let mut verdicts: Vec<Self> = answer.read()?;
        match (verdicts.pop(), verdicts.is_empty()) {
            (Some(verdict), true) => Ok(verdict),
            _ => Err(Error::new(ErrorKind::Protocol, "`data` is a list of more than one verdict")
                .with_endpoint(answer.endpoint().to_owned())
                .with_http_status(answer.http_status())
                .with_outcome(crate::Outcome::Unknown)),
        }
    }

    fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        generator.subschema_for::<Self>()
    }
}

macro_rules! chapter {
    ($build:ident) => {
        $build! {
            /// Risk audit (§7).
            risk Risk {
                /// Submits an application for audit.
                audit: Audit => Opened, "7.1", POST "/risk-model/audit/open-id", Token, Never, GzipJson;
                /// Asks for an audit's verdict.
                result: AuditResult => Verdict, "7.2", GET "/risk-model/audit/result", None, Harmless;
            }
        }
    };
}
pub(crate) use chapter;
chapter!(declare);
