//! The banks an applicant can log in to, and the forms they ask for.

use serde_json::{Value, json};

/// One way to log in to one bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankChoice {
    /// The bank's name.
    pub bank_name: &'static str,
    /// The bank's code.
    pub bank_code: &'static str,
    /// The later calls' `entry_id`.
    pub entry_id: &'static str,
    /// 0 credit and debit cards, 1 credit only, 2 debit only.
    pub entry_type: u8,
    /// Why one can't log in this way at the moment, if so.
    pub disabled: Option<&'static str>,
}

/// The banks of §5.1.1.
pub fn banks_v1() -> Value {
    json!([])
}

/// The banks of §6.1.2.
pub fn banks_v2() -> Value {
    json!([])
}

/// The way to log in that `entry_id` names.
pub fn bank_by_entry(_entry_id: &str) -> Option<BankChoice> {
    None
}
