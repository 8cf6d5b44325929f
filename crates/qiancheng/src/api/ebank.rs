//! E-bank data, first version (§5).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::answer::{Extra, object_answers};
use crate::api::blacklist::check_person;
use crate::api::{Checked, Picture, by_open_id};
use crate::dictionary::EbankState;
use crate::endpoint::declare;
use crate::error::Result;
use crate::personal::{Handle, IdNumber, MobileNumber, PersonName, Personal, Secret};
use crate::{lenient, validate};

pub use crate::answer::{Accepted, Document};
pub use crate::api::Opened;

/// Lists the banks and how one logs in there (§5.1.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BankInfo {}

impl Checked for BankInfo {
    fn check(&mut self) -> Result<()> {
        Ok(())
    }
}

/// A bank (§5.1.1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Bank {
    /// The bank's name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub bank_name: Option<String>,
    /// The bank's code.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub bank_code: Option<String>,
    /// `true` when all its login types are disabled.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub disable: bool,
    /// Why it is disabled.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub disable_reason: Option<String>,
    /// The ways to log in.
    #[serde(default)]
    pub login_types: Vec<LoginType>,
    /// Fields this library does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A way to log in (§5.1.1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoginType {
    /// What the user is shown.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub title: Option<String>,
    /// Whether it is out of service.
    #[serde(default, deserialize_with = "lenient::flag")]
    pub disable: bool,
    /// Why it is out of service.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub disable_reason: Option<String>,
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

/// A field of a bank's login form (§5.1.1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// The field's name.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub name: Option<String>,
    /// The field's label.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub label: Option<String>,
    /// What to type there.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub desc: Option<String>,
    /// The regular expression that what is typed must match.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub valid: Option<String>,
    /// Fields this library does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Hands in the borrower's consent (§5.1.2); nothing else works before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LicenseUpload {
    /// The way to log in, from the list of banks.
    pub entry_id: String,
    /// The e-bank login name.
    pub login_name: Personal,
    /// Name as on the ID card.
    pub name: PersonName,
    /// ID number, 18 or 15 characters.
    pub id_card: IdNumber,
}

impl Checked for LicenseUpload {
    fn check(&mut self) -> Result<()> {
        validate::filled("/entry_id", &self.entry_id)?;
        validate::filled("/login_name", &self.login_name)?;
        validate::filled("/name", &self.name)?;
        validate::id_number("/id_card", &mut self.id_card)
    }
}

/// Opens an e-bank collection with the login (§5.1.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenId {
    /// Name as on the ID card.
    pub name: PersonName,
    /// Mobile number, 11 digits.
    pub mobile: MobileNumber,
    /// ID number, 18 or 15 characters.
    pub id_card: IdNumber,
    /// The way to log in, from the list of banks.
    pub entry_id: String,
    /// ID number, card number or login name, as the way to log in wants it.
    pub login_name: Personal,
    /// The e-bank password; some banks need none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
    /// Where and on what device the borrower is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_info: Option<UserInfo>,
}

/// Where and on what device the borrower is (§5.1.3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserInfo {
    /// Network address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<Personal>,
    /// City.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<Personal>,
    /// Province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<Personal>,
    /// Latitude, in degrees.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "coordinate")]
    #[schemars(extend("x-takes" = "number"))]
    pub lat: Option<Personal>,
    /// Longitude, in degrees.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "coordinate")]
    #[schemars(extend("x-takes" = "number"))]
    pub lon: Option<Personal>,
    /// The device's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub udid: Option<Personal>,
    /// 0 other, 1 iOS, 2 Android.
    pub client_type: i64,
}

/// The document does not say whether a coordinate is text; both are taken.
fn coordinate<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Personal>, D::Error> {
    Ok(lenient::optional_text(deserializer)?.map(Personal::from))
}

impl Checked for OpenId {
    fn check(&mut self) -> Result<()> {
        check_person(&self.name, &mut self.id_card, &self.mobile)?;
        validate::filled("/entry_id", &self.entry_id)?;
        validate::filled("/login_name", &self.login_name)?;
        self.user_info
            .as_ref()
            .map_or(Ok(()), |info| validate::within("/user_info/client_type", info.client_type, 0, 2))
    }
}

/// Hands in a dynamic password, a picture captcha or an SMS captcha (§5.1.5).
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
    /// Asks how far the collection is (§5.1.4).
    GetState;
}

/// Fetches the raw data (§5.2.1). The document spells the parameter `openId`; both spellings are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawData {
    /// The session's key.
    pub open_id: Handle,
}

impl Checked for RawData {
    fn check(&mut self) -> Result<()> {
        validate::filled("/open_id", &self.open_id)
    }

    fn rewrite(params: &mut Map<String, Value>) {
        if let Some(open_id) = params.get("open_id").cloned() {
            params.insert("openId".to_owned(), open_id);
        }
    }
}

/// How far an e-bank collection is (§5.1.4, §6.1.5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct State {
    /// The state (§8.3).
    pub state: EbankState,
    /// The vendor's words about it; long numbers in them are masked.
    #[serde(default, deserialize_with = "lenient::optional_words")]
    #[schemars(extend("x-notation" = "words"))]
    pub message: Option<String>,
    /// Seconds to wait before the next poll (first version only).
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "lenient::optional_number")]
    pub request_delay: Option<f64>,
    /// The picture to show the borrower, in state 4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pic_captcha: Option<Picture>,
    /// Fields this library does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

object_answers!(State);

macro_rules! chapter {
    ($build:ident) => {
        $build! {
            /// E-bank data, first version (§5).
            ebank Ebank {
                /// Lists the banks and how one logs in there.
                bank_info: BankInfo => Vec<Bank>, "5.1.1", POST "/ebank/collect/bank-info", None, Harmless;
                /// Hands in the borrower's consent.
                license_upload: LicenseUpload => Accepted, "5.1.2", POST "/ebank/collect/license-upload", Token, Never;
                /// Opens an e-bank collection with the login.
                open_id: OpenId => Opened, "5.1.3", POST "/ebank/collect/open-id", Token, Never;
                /// Asks how far the collection is.
                get_state: GetState => State, "5.1.4", POST "/ebank/collect/get-state", User, Harmless;
                /// Hands in a dynamic password, a picture captcha or an SMS captcha.
                captcha: Captcha => State, "5.1.5", POST "/ebank/collect/captcha", User, Never;
                /// Fetches the raw data.
                raw_data: RawData => Document, "5.2.1", POST "/ebank/data/raw-data", User, Harmless, Slow;
            }
        }
    };
}
pub(crate) use chapter;
chapter!(declare);
