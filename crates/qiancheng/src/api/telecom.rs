//! Telecom data (§3): collection with the borrower's help, raw data and report.
//!
//! [`crate::session`] drives a collection from its opening to its end; the single calls are here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answer::{Extra, object_answers};
use crate::api::blacklist::check_person;
use crate::api::{Checked, ContactType, by_open_id, contact};
use crate::dictionary::TelecomState;
use crate::endpoint::declare;
use crate::error::Result;
use crate::personal::{Handle, IdNumber, MobileNumber, PersonName, Personal, Secret};
use crate::{lenient, validate};

pub use crate::answer::{Accepted, Document};
pub use crate::api::Opened;

/// Opens a telecom collection (§3.1.1). It must end within ten minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenId {
    /// Name as on the ID card.
    pub name: PersonName,
    /// ID number, 18 or 15 characters.
    pub id_card: IdNumber,
    /// Mobile number, 11 digits.
    pub mobile: MobileNumber,
    /// The carrier's service password; empty to hand it in later through `telecom.service_password`.
    pub service_password: Secret,
    /// Addresses and emergency contacts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<Options>,
}

/// Addresses and emergency contacts (§3.1.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Work address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_addr: Option<Personal>,
    /// Work telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_tel: Option<Personal>,
    /// Home address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_addr: Option<Personal>,
    /// Home telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_tel: Option<Personal>,
    /// Emergency contacts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
}

/// An emergency contact (§3.1.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The contact's telephone number.
    pub contact_tel: MobileNumber,
    /// The contact's name.
    pub contact_name: PersonName,
    /// `"0"` spouse, `"1"` parent, `"2"` sibling, `"3"` child, `"4"` colleague, `"5"` classmate, `"6"` friend.
    pub contact_type: ContactType,
}

impl Checked for OpenId {
    fn check(&mut self) -> Result<()> {
        check_person(&self.name, &mut self.id_card, &self.mobile)?;
        for (index, one) in self.options.iter().flat_map(|options| &options.contacts).enumerate() {
            let field = |name: &str| format!("/options/contacts/{index}/{name}");
            validate::filled(&field("contact_tel"), &one.contact_tel)?;
            validate::filled(&field("contact_name"), &one.contact_name)?;
            contact::check(&field("contact_type"), &one.contact_type)?;
        }
        Ok(())
    }
}

/// Hands in the carrier's query password (§3.1.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QueryPassword {
    /// The session's key.
    pub open_id: Handle,
    /// The query password that the carrier asked the borrower for.
    pub query_password: Secret,
}

impl Checked for QueryPassword {
    fn check(&mut self) -> Result<()> {
        validate::filled("/open_id", &self.open_id)?;
        validate::captcha("/query_password", &self.query_password)
    }
}

/// Hands in the SMS captcha (§3.1.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Captcha {
    /// The session's key.
    pub open_id: Handle,
    /// The captcha that the borrower received.
    pub captcha: Secret,
}

impl Checked for Captcha {
    fn check(&mut self) -> Result<()> {
        validate::filled("/open_id", &self.open_id)?;
        validate::captcha("/captcha", &self.captcha)
    }
}

/// Hands in the service password of a session that was opened without one, or that starts over (extension).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServicePassword {
    /// The session's key.
    pub open_id: Handle,
    /// The carrier's service password.
    pub service_password: Secret,
}

impl Checked for ServicePassword {
    fn check(&mut self) -> Result<()> {
        validate::filled("/open_id", &self.open_id)?;
        validate::filled("/service_password", &self.service_password)
    }
}

by_open_id! {
    /// Has the SMS captcha sent again (§3.1.4).
    ResendCaptcha;
    /// Asks how far the collection is (§3.1.5).
    GetState;
    /// Fetches the raw data (§3.2.1).
    RawData;
    /// Fetches the report (§3.2.2).
    Report;
}

/// How far a telecom collection is (§3.1.5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct State {
    /// The state (§8.1).
    pub state: TelecomState,
    /// The vendor's words about it; long numbers in them are masked.
    #[serde(default, deserialize_with = "lenient::optional_words")]
    #[schemars(extend("x-notation" = "words"))]
    pub message: Option<String>,
    /// Fields this library does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

object_answers!(State);

macro_rules! chapter {
    ($build:ident) => {
        $build! {
            /// Telecom data (§3).
            telecom Telecom {
                /// Opens a telecom collection.
                open_id: OpenId => Opened, "3.1.1", POST "/telecom/collect/open-id", Token, Never;
                /// Hands in the carrier's query password.
                query_password: QueryPassword => Accepted, "3.1.2", POST "/telecom/collect/query-password", User, Never;
                /// Hands in the SMS captcha.
                captcha: Captcha => Accepted, "3.1.3", POST "/telecom/collect/captcha", User, Never;
                /// Has the SMS captcha sent again.
                resend_captcha: ResendCaptcha => Accepted, "3.1.4", POST "/telecom/collect/resend-captcha", User, Never;
                /// Asks how far the collection is.
                get_state: GetState => State, "3.1.5", POST "/telecom/collect/get-state", User, Harmless;
                /// Fetches the raw data.
                raw_data: RawData => Document, "3.2.1", POST "/telecom/data/raw-data", User, Harmless, Slow, Collecting;
                /// Fetches the report.
                report: Report => Document, "3.2.2", POST "/telecom/data/report", User, Harmless, Slow, Collecting;
                /// Hands in the service password of a session that was opened without one, or that starts over.
                service_password: ServicePassword => Accepted, "3.1", POST "/telecom/collect/service-password", User, Never, Extension;
            }
        }
    };
}
pub(crate) use chapter;
chapter!(declare);
