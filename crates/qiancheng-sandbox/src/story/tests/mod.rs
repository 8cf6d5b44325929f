//! The story as a whole: does it hang together, is it the same every time, can one learn from it?

mod coherence;
mod learnable;
mod shapes;
mod stability;

use jiff::Timestamp;
use serde_json::Value;

use super::{Applicant, Contact};

/// 2018-06-15 10:00:00 in Beijing.
fn as_of() -> Timestamp {
    "2018-06-15T02:00:00Z".parse().unwrap()
}

fn contacts() -> Vec<Contact> {
    let contact = |tel: &str, name: &str, contact_type: &str| Contact {
        tel: tel.into(),
        name: name.into(),
        contact_type: contact_type.into(),
    };
    vec![contact("+86 13900001111", "王秀英", "1"), contact("15800002222", "李雷", "6")]
}

fn applicant(mobile: &str) -> Applicant {
    Applicant::new(42, "李小龙", "310104199003070021", mobile, as_of(), &contacts())
}

/// The record object of the raw data.
fn record(applicant: &Applicant) -> Value {
    applicant.telecom_raw_data()["transactions"][0].take()
}

fn rows<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap()
}

/// A number or a number in text.
fn number(value: &Value) -> f64 {
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).unwrap_or_else(|| panic!("{value} is no number"))
}

/// Yuan as fen.
fn fen(value: &Value) -> i64 {
    (number(value) * 100.0).round() as i64
}
