//! E-bank data, second version (§6): the same journey in another order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answer::{Extra, object_answers};
use crate::api::blacklist::check_person;
use crate::api::{Checked, by_open_id};
use crate::endpoint::declare;
use crate::error::Result;
use crate::personal::{Handle, IdNumber, MobileNumber, PersonName, Personal, Secret};
use crate::{lenient, validate};

pub use crate::answer::{Accepted, Document};
pub use crate::api::ebank::{Input, State};

/// Opens an e-bank collection (§6.1.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenId {
    /// Name as on the ID card.
    pub name: PersonName,
    /// Mobile number, 11 digits.
    pub mobile: MobileNumber,
    /// ID number, 18 or 15 characters.
    pub id_card: IdNumber,
}

impl Checked for OpenId {
    fn check(&mut self) -> Result<()> {
        check_person(&self.name, &mut self.id_card, &self.mobile)
    }
}

/// A collection was opened with a provider (§6.1.1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Opened {
    /// The key of all further calls.
    pub open_id: Handle,
    /// Whose licence text the borrower is shown: 1 卡牛, 2 坚果, 3 新颜.
    #[serde(rename = "type", default, deserialize_with = "lenient::optional_integer")]
    pub provider: Option<i64>,
    /// Fields this library does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

object_answers!(Opened);

/// A bank (§6.1.2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bank {
    /// The bank's name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub bank_name: Option<String>,
    /// The bank's code.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub bank_code: Option<String>,
    /// The ways to log in.
    #[serde(default)]
    pub login_types: Vec<LoginType>,
    /// Fields this library does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A way to log in (§6.1.2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoginType {
    /// What the user is shown.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub title: Option<String>,
    /// The later calls' `entry_id`.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub entry_id: Option<String>,
    /// 0 credit and debit cards, 1 credit cards only, 2 debit cards only.
    #[serde(default, deserialize_with = "lenient::optional_integer")]
    pub entry_type: Option<i64>,
    /// The fields of the login form.
    #[serde(default)]
    pub inputs: Vec<Input>,
    /// Fields this library does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Hands in the borrower's consent (§6.1.3); nothing else works before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LicenseUpload {
    /// The session's key.
    pub open_id: Handle,
    /// The way to log in, from the list of banks.
    pub entry_id: String,
    /// The e-bank login name.
    pub login_name: Personal,
}

impl Checked for LicenseUpload {
    fn check(&mut self) -> Result<()> {
        validate::filled("/open_id", &self.open_id)?;
        validate::filled("/entry_id", &self.entry_id)?;
        validate::filled("/login_name", &self.login_name)
    }
}

/// Hands in the login (§6.1.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The session's key.
    pub open_id: Handle,
    /// The way to log in, from the list of banks.
    pub entry_id: String,
    /// ID number, card number, login name or mobile number, as the way to log in wants it.
    pub login_name: Personal,
    /// The e-bank password; some banks need none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
}

impl Checked for Login {
    fn check(&mut self) -> Result<()> {
        validate::filled("/open_id", &self.open_id)?;
        validate::filled("/entry_id", &self.entry_id)?;
        validate::filled("/login_name", &self.login_name)
    }
}

/// Hands in a dynamic password, a picture captcha or an SMS captcha (§6.1.6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Captcha {
    /// The session's key.
    pub open_id: Handle,
    /// What the borrower read or received.
    pub verify_code: Secret,
}

impl Checked for Captcha {
    fn check(&mut self) -> Result<()> {
        validate::filled("/open_id", &self.open_id)?;
        validate::captcha("/verify_code", &self.verify_code)
    }
}

by_open_id! {
    /// Lists the banks and how one logs in there (§6.1.2).
    BankList;
    /// Asks how far the collection is (§6.1.5).
    GetState;
    /// Fetches the raw data (§6.2.1).
    RawData;
}

macro_rules! chapter {
    ($build:ident) => {
        $build! {
            /// E-bank data, second version (§6).
            ebank_v2 EbankV2 {
                /// Opens an e-bank collection.
                open_id: OpenId => Opened, "6.1.1", POST "/v2/ebank/collect/open-id", Token, Never;
                /// Lists the banks and how one logs in there.
                bank_list: BankList => Vec<Bank>, "6.1.2", POST "/v2/ebank/collect/bank-list", User, Harmless;
                /// Hands in the borrower's consent.
                license_upload: LicenseUpload => Accepted, "6.1.3", POST "/v2/ebank/collect/license-upload", User, Never;
                /// Hands in the login.
                login: Login => State, "6.1.4", POST "/v2/ebank/collect/login", User, Never;
                /// Asks how far the collection is.
                get_state: GetState => State, "6.1.5", POST "/v2/ebank/collect/get-state", User, Harmless;
                /// Hands in a dynamic password, a picture captcha or an SMS captcha.
                captcha: Captcha => State, "6.1.6", POST "/v2/ebank/collect/captcha", User, Never;
                /// Fetches the raw data.
                raw_data: RawData => Document, "6.2.1", POST "/v2/ebank/data/raw-data", User, Harmless, Slow;
            }
        }
    };
}
pub(crate) use chapter;
chapter!(declare);
