//! Degree data from 学信网 (§4).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answer::{Extra, object_answers};
use crate::api::blacklist::check_person;
use crate::api::{Checked, ContactType, by_open_id, contact};
use crate::dictionary::DegreeState;
use crate::endpoint::declare;
use crate::error::Result;
use crate::personal::{Handle, IdNumber, MobileNumber, PersonName, Personal, Secret};
use crate::{lenient, validate};

pub use crate::answer::{Accepted, Document};
pub use crate::api::Opened;

/// Opens a degree collection (§4.1.1). It must end within ten minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenId {
    /// Name as on the ID card.
    pub name: PersonName,
    /// ID number, 18 or 15 characters.
    pub id_card: IdNumber,
    /// Mobile number, 11 digits.
    pub mobile: MobileNumber,
    /// Addresses and emergency contacts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<Options>,
}

/// Addresses and emergency contacts (§4.1.1): what §3.1.1 has, under other names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Work address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_address: Option<Personal>,
    /// Work telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work_phone_number_tel: Option<Personal>,
    /// Home address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_address: Option<Personal>,
    /// Home telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home_phone_number: Option<Personal>,
    /// Emergency contacts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
}

/// An emergency contact (§4.1.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The contact's telephone number.
    pub contact_cell_phone_number: MobileNumber,
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
            validate::filled(&field("contact_cell_phone_number"), &one.contact_cell_phone_number)?;
            validate::filled(&field("contact_name"), &one.contact_name)?;
            contact::check(&field("contact_type"), &one.contact_type)?;
        }
        Ok(())
    }
}

/// Hands in the borrower's 学信网 account (§4.1.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The session's key.
    pub open_id: Handle,
    /// 学信网 account.
    pub account: Personal,
    /// 学信网 password.
    pub password: Secret,
    /// 0: the answer comes when the collection has ended; 1: it comes at once.
    pub sync: i64,
}

/// [`Login::sync`]: the answer comes when the collection has ended.
pub const SYNCHRONOUS: i64 = 0;
/// [`Login::sync`]: the answer comes at once, and the state is polled.
pub const ASYNCHRONOUS: i64 = 1;

impl Checked for Login {
    fn check(&mut self) -> Result<()> {
        validate::filled("/open_id", &self.open_id)?;
        validate::filled("/account", &self.account)?;
        validate::filled("/password", &self.password)?;
        validate::within("/sync", self.sync, SYNCHRONOUS, ASYNCHRONOUS)
    }
}

by_open_id! {
    /// Asks how far the collection is (§4.1.3).
    GetState;
    /// Fetches the raw data (§4.2.1).
    RawData;
}

/// How far a degree collection is (§4.1.3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct State {
    /// The state (§8.2).
    pub state: DegreeState,
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
            /// Degree data from 学信网 (§4).
            degree Degree {
                /// Opens a degree collection.
                open_id: OpenId => Opened, "4.1.1", POST "/degree/collect/open-id", Token, Never;
                /// Hands in the borrower's 学信网 account.
                login: Login => Accepted, "4.1.2", POST "/telecom/collect/login", User, Never, Slow;
                /// Asks how far the collection is.
                get_state: GetState => State, "4.1.3", POST "/degree/collect/get-state", None, Harmless;
                /// Fetches the raw data.
                raw_data: RawData => Document, "4.2.1", POST "/degree/data/raw-data", User, Harmless, Slow, Collecting;
            }
        }
    };
}
pub(crate) use chapter;
chapter!(declare);
