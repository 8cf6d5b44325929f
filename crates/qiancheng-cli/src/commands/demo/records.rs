//! Reads telecom raw data, as loosely as it is written: numbers come as text, times and numbers may be missing.

use jiff::civil::DateTime;
use serde_json::Value;

/// Where the record object is found, by the ways it has been seen.
const PLACES: [&str; 4] =
    ["/transactions/0", "/members/transactions/0", "/raw_data/members/transactions/0", "/transactions"];

/// What is read of the raw data.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// When the data was fetched.
    pub(super) fetched: Option<DateTime>,
    /// When the number entered the network.
    pub(super) registered: Option<DateTime>,
    pub(super) calls: Vec<Call>,
    pub(super) bills: Vec<Bill>,
    pub(super) smses: usize,
    pub(super) nets: usize,
}

/// A call.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) start: Option<DateTime>,
    pub(super) seconds: u64,
    pub(super) direction: Option<Direction>,
    /// The other side: digits, without the country's code before a mobile number.
    pub(super) peer: Option<String>,
}

/// Who called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Out,
    In,
}

/// A monthly bill.
#[derive(Debug)]
pub(super) struct Bill {
    pub(super) month: DateTime,
    /// In yuan.
    pub(super) total: f64,
}

impl Records {
    /// Reads a document.
    pub(super) fn read(document: &Value) -> Self {
        let Some(record) =
            PLACES.iter().find_map(|place| document.pointer(place).filter(|at| at.is_object()))
        else {
            return Self::default();
        };
        let list = |name: &str| record.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        Self {
            fetched: record.pointer("/basic/update_time").and_then(time),
            registered: record.pointer("/basic/reg_time").and_then(time),
            calls: list("calls").iter().map(call).collect(),
            // The source calls them so.
            bills: list("transactions").iter().chain(list("bills")).filter_map(bill).collect(),
            smses: list("smses").len(),
            nets: list("nets").len(),
        }
    }
}

fn call(row: &Value) -> Call {
    let words = row.get("init_type").and_then(Value::as_str).unwrap_or_default();
    Call {
        start: row.get("start_time").and_then(time),
        seconds: row.get("use_time").and_then(number).map_or(0, whole),
        direction: match (words.contains('主'), words.contains('被')) {
            (true, _) => Some(Direction::Out),
            (_, true) => Some(Direction::In),
            _ => None,
        },
        peer: row.get("other_cell_phone").and_then(Value::as_str).and_then(peer),
    }
}

fn bill(row: &Value) -> Option<Bill> {
    Some(Bill { month: row.get("bill_cycle").and_then(time)?, total: row.get("total_amt").and_then(number)? })
}

fn time(value: &Value) -> Option<DateTime> {
    value.as_str()?.trim().parse().ok()
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => text.trim().replace(',', "").parse().ok(),
        other => other.as_f64(),
    }
    .filter(|number| number.is_finite())
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a call's seconds, held within limits"
)]
fn whole(number: f64) -> u64 {
    number.clamp(0.0, 1e9).round() as u64
}

/// A number without the country's code, as far as it is a mobile number; `None` for nothing.
fn peer(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|character| !matches!(character, ' ' | '-' | '+')).collect();
    let mobile = |rest: &&str| rest.len() == 11 && rest.starts_with('1');
    let without_code = ["0086", "86"].iter().find_map(|code| plain.strip_prefix(code).filter(mobile));
    let plain = without_code.unwrap_or(&plain);
    (!plain.is_empty()).then(|| plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_country_code_goes_before_a_mobile_number_only() {
        for spelled in ["13800138000", "+8613800138000", "008613800138000", "8613800138000"] {
            assert_eq!(peer(spelled).as_deref(), Some("13800138000"));
        }
        assert_eq!(peer("86101234").as_deref(), Some("86101234"));
        assert_eq!(peer(""), None);
    }

    #[test]
    fn numbers_come_as_text_too() {
        let records = Records::read(&json!({"transactions": [{
            "basic": {"update_time": "2026-01-15 10:00:00", "reg_time": ""},
            "calls": [{"use_time": "61", "init_type": "国内被叫", "start_time": null}, {"use_time": 3.6}],
            "transactions": [{"bill_cycle": "2025-12-01 00:00:00", "total_amt": "1,058.5"}, {"total_amt": 3}],
        }]}));
        assert_eq!((records.calls[0].seconds, records.calls[1].seconds), (61, 4));
        assert_eq!(records.calls[0].direction, Some(Direction::In));
        assert_eq!(records.bills.len(), 1, "a bill without a month says nothing");
        assert!((records.bills[0].total - 1058.5).abs() < 1e-9);
        assert!(records.registered.is_none() && records.fetched.is_some());
    }

    #[test]
    fn empty_data_is_empty() {
        assert!(Records::read(&json!([])).calls.is_empty());
        assert!(Records::read(&json!({"transactions": {"calls": [{}]}})).calls.len() == 1);
    }
}
