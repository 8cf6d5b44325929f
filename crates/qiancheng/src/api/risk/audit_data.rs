//! What an audit looks at (§7.1), before it is encrypted.
//!
//! Field names are the vendor's, misspellings and all. Fields the document does not know go into `extra`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answer::Extra;
use crate::personal::{IdNumber, MobileNumber, PersonName, Personal, PersonalJson};

/// Everything an audit looks at (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AuditData {
    /// The loan that is asked for.
    pub order_detail: OrderDetail,
    /// The borrower.
    pub basic_info: BasicInfo,
    /// Photographs of the borrower and the ID card (the vendor's spelling).
    pub user_proof_materia: Vec<ProofMaterial>,
    /// The address book of the borrower's telephone.
    pub user_mobile_contacts: Vec<AddressBookEntry>,
    /// Telecom bills and calls.
    pub telecom_data: TelecomData,
    /// 芝麻信用; optional but important.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zm_data: Option<ZhimaData>,
    /// Earlier loans; optional but important.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub user_loan_orders: Vec<LoanOrder>,
    /// 支付宝.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zfb_data: Option<AlipayData>,
    /// Logins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub user_login_upload_logs: Vec<LoginLog>,
    /// Bank cards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub card_info: Vec<CardInfo>,
    /// Installed applications.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub app_info: Vec<AppInfo>,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The loan that is asked for (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrderDetail {
    /// The merchant's own order number, by which the vendor recognises a repeat.
    pub order_id: i64,
    /// Amount in fen: 200 is 2 yuan.
    pub amount: i64,
    /// Term in days.
    pub loan_term: i64,
    /// `YYYY-MM-DD HH:MM:SS`, Beijing time.
    #[schemars(extend("x-notation" = "time"))]
    pub order_time: String,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The borrower (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BasicInfo {
    /// Current address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cur_address: Option<Personal>,
    /// Registered address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub perm_address: Option<Personal>,
    /// Employer's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_name: Option<Personal>,
    /// Employer's telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_phone: Option<Personal>,
    /// Employer's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_address: Option<Personal>,
    /// Emergency contacts.
    pub user_contact: Vec<UserContact>,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A photograph (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProofMaterial {
    /// Where the photograph is.
    pub url: Personal,
    /// 0 live photo, 1 front of the ID card, 2 back of the ID card.
    #[serde(rename = "type")]
    pub kind: i64,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// An entry of the address book (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AddressBookEntry {
    /// Number.
    pub mobile: Personal,
    /// Name.
    pub name: PersonName,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Telecom bills and calls (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TelecomData {
    /// 0 not verified, 1 verified.
    pub real_name_status: i64,
    /// When the name was verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-notation" = "time"))]
    pub real_name_time: Option<String>,
    /// The verified name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub real_name_name: Option<PersonName>,
    /// The verified ID number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub real_name_id_card: Option<IdNumber>,
    /// Monthly bills.
    pub bill_list: Vec<MonthlyBill>,
    /// Whom the borrower called.
    pub contact_list: Vec<CallPartner>,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A monthly bill (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MonthlyBill {
    /// Month.
    pub month: String,
    /// Amount.
    pub amount: String,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Whom the borrower called (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CallPartner {
    /// Number.
    pub phone: Personal,
    /// Last contact.
    #[schemars(extend("x-notation" = "time"))]
    pub last_contact_date: String,
    /// Seconds in all.
    pub talk_seconds: String,
    /// Calls in all.
    pub talk_cnt: String,
    /// Seconds of outgoing calls; optional but important.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_seconds: Option<String>,
    /// Outgoing calls; optional but important.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_cnt: Option<String>,
    /// Seconds of incoming calls; optional but important.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_seconds: Option<String>,
    /// Incoming calls; optional but important.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_cnt: Option<String>,
    /// First contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-notation" = "time"))]
    pub first_contact_date: Option<String>,
    /// Messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub msg_cnt: Option<i64>,
    /// Messages sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send_cnt: Option<i64>,
    /// Messages received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receive_cnt: Option<i64>,
    /// Messages whose direction is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown_cnt: Option<i64>,
    /// Contacts in the last week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_1w: Option<i64>,
    /// Contacts in the last month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_1m: Option<i64>,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// 芝麻信用 (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ZhimaData {
    /// Score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zm_score: Option<i64>,
    /// Watch list of the trade, as 芝麻信用 gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watch_info: Option<PersonalJson>,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// An earlier loan (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoanOrder {
    /// Amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// 0 repaid, 1 running, 2 overdue and unpaid, 3 rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<i64>,
    /// When it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-notation" = "time"))]
    pub order_time: Option<String>,
    /// Days overdue, for states 0 and 2; else 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue_day: Option<i64>,
    /// When it was repaid, for state 0; else `0`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-notation" = "time"))]
    pub repayment_time: Option<String>,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// 支付宝 (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AlipayData {
    /// 花呗; optional but important.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ants_lines: Option<AntsLines>,
    /// Verified name; optional but important.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub real_name: Option<PersonName>,
    /// State of the verification; optional but important.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub real_name_status: Option<String>,
    /// When this was fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-notation" = "time"))]
    pub create_time: Option<String>,
    /// All assets, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wealth: Option<f64>,
    /// Balance, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<f64>,
    /// 余额宝, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance_bao: Option<f64>,
    /// 招财宝, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fortune_bao: Option<f64>,
    /// 存金宝, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit_bao: Option<f64>,
    /// 淘宝理财, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taobao_financial: Option<f64>,
    /// Funds, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<f64>,
    /// Bank cards bound to the account; the document gives no shape.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bank_cards: Vec<PersonalJson>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Personal>,
    /// Mobile number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile: Option<MobileNumber>,
    /// When the account was registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-notation" = "time"))]
    pub register_time: Option<String>,
    /// 淘宝 member name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taobao_name: Option<Personal>,
    /// Recent friends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub friends_contact: Vec<AlipayContact>,
    /// Recent partners in trade.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trade_contact: Vec<AlipayContact>,
    /// Transactions of the last three months.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deal_record: Vec<DealRecord>,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// 花呗 (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AntsLines {
    /// Line in all, in yuan; optional but important.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ants_lines_total: Option<f64>,
    /// Line left, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ants_lines_usable: Option<f64>,
    /// Owed, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ants_arrears: Option<f64>,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A contact in 支付宝 (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AlipayContact {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<PersonName>,
    /// Account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<Personal>,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A transaction in 支付宝 (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DealRecord {
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-notation" = "time"))]
    pub deal_time: Option<String>,
    /// Amount, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deal_amount: Option<f64>,
    /// Trade number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trade_no: Option<Personal>,
    /// Order number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_no: Option<Personal>,
    /// Flow number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_no: Option<Personal>,
    /// What it was for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Personal>,
    /// State.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<i64>,
    /// The other side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_party: Option<Personal>,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A login (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoginLog {
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-notation" = "time"))]
    pub time: Option<String>,
    /// The device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_id: Option<Personal>,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A bank card (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CardInfo {
    /// 1 credit, 2 debit, 3 unknown.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<i64>,
    /// Card number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_no: Option<Personal>,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// An installed application (§7.1).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppInfo {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_name: Option<String>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_market: Option<String>,
    /// Operating system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_type: Option<String>,
    /// Version of the operating system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os_version: Option<String>,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// An emergency contact (§7.1). The document spells `mobile` as `moblie`: both are sent, either is read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "SpelledContact")]
#[schemars(!try_from)]
pub struct UserContact {
    /// Mobile number.
    #[serde(rename = "moblie")]
    pub mobile: MobileNumber,
    /// Name.
    pub name: PersonName,
    /// 0 father, 1 mother, 2 spouse, 3 friend, 4 other; optional but important.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<i64>,
    /// Fields the document does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A contact with either spelling, or both.
#[derive(Deserialize)]
struct SpelledContact {
    mobile: Option<MobileNumber>,
    moblie: Option<MobileNumber>,
    name: PersonName,
    relation: Option<i64>,
    #[serde(flatten)]
    extra: Extra,
}

impl TryFrom<SpelledContact> for UserContact {
    type Error = &'static str;

    fn try_from(contact: SpelledContact) -> Result<Self, Self::Error> {
        let SpelledContact { mobile, moblie, name, relation, extra } = contact;
        let mobile = moblie.or(mobile).ok_or("missing field `moblie`")?;
        Ok(Self { mobile, name, relation, extra })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_contact_is_read_under_either_spelling() {
        for contact in [
            json!({"mobile": "13800138000", "name": "李四"}),
            json!({"moblie": "13800138000", "name": "李四"}),
            json!({"moblie": "13800138000", "mobile": "13800138000", "name": "李四"}),
        ] {
            let read: UserContact = serde_json::from_value(contact).expect("a contact");
            assert_eq!(read.mobile.expose(), "13800138000");
        }
    }

    #[test]
    fn fields_the_document_does_not_know_are_kept() {
        let read: OrderDetail = serde_json::from_value(
            json!({"order_id": 1, "amount": 200, "loan_term": 7, "order_time": "2026-01-01 00:00:00", "product": "x"}),
        )
        .expect("an order");
        assert_eq!(serde_json::to_value(&read).expect("JSON")["product"], "x");
    }
}
