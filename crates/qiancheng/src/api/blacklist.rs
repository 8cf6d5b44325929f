//! Blacklist (§2).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answer::{Extra, object_answers};
use crate::api::Checked;
use crate::endpoint::declare;
use crate::error::Result;
use crate::personal::{IdNumber, MobileNumber, PersonName, Personal};
use crate::{lenient, validate};

/// Looks one person up in the blacklist (§2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Name as on the ID card.
    pub name: PersonName,
    /// ID number, 18 or 15 characters.
    pub id_card: IdNumber,
    /// Mobile number, 11 digits.
    pub mobile: MobileNumber,
}

impl Checked for Search {
    fn check(&mut self) -> Result<()> {
        check_person(&self.name, &mut self.id_card, &self.mobile)
    }
}

/// Looks one person up, with the network address and a bank card beside (extension).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchV2 {
    /// Name as on the ID card.
    pub name: PersonName,
    /// ID number, 18 or 15 characters.
    pub id_card: IdNumber,
    /// Mobile number, 11 digits.
    pub mobile: MobileNumber,
    /// The applicant's network address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<Personal>,
    /// The number of a bank card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank_card: Option<Personal>,
}

impl Checked for SearchV2 {
    fn check(&mut self) -> Result<()> {
        check_person(&self.name, &mut self.id_card, &self.mobile)
    }
}

/// Name, ID number and mobile: what most openings ask for.
pub(crate) fn check_person(name: &PersonName, id_card: &mut IdNumber, mobile: &MobileNumber) -> Result<()> {
    validate::filled("/name", name)?;
    validate::id_number("/id_card", id_card)?;
    validate::mobile("/mobile", mobile)
}

/// Whether the person is listed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Hit {
    /// `true`: the person is on the blacklist.
    #[serde(deserialize_with = "lenient::flag")]
    pub is_in: bool,
    /// Fields this library does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

object_answers!(Hit);

macro_rules! chapter {
    ($build:ident) => {
        $build! {
            /// Blacklist (§2).
            blacklist Blacklist {
                /// Looks one person up in the blacklist.
                search: Search => Hit, "2", POST "/blacklist/search/single", Token, Harmless;
                /// Looks one person up, with the network address and a bank card beside.
                search_v2: SearchV2 => Vec<Hit>, "2", POST "/v2/blacklist/black-list/search-one", Token, Harmless, Extension;
            }
        }
    };
}
pub(crate) use chapter;
chapter!(declare);
