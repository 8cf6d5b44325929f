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
//! # Labels
//! [`Applicant::audit_verdict`] is the fixed rule that tests rely on. To learn from, there are
//! [`Applicant::audit_verdict_from_risk`] and [`Applicant::defaulted`], drawn from the latent risk like everything else;
//! each side of life shows that risk through noise of its own, so that no single figure gives anybody away.
//!
//! ```
//! use qiancheng_sandbox::story::{Applicant, synthetic_applicant};
//!
//! let as_of = "2026-01-15T02:00:00Z".parse().expect("a valid instant");
//! let defaulted = (0..200).filter(|&index| {
//!     let person = synthetic_applicant(7, index);
//!     Applicant::new(7, &person.name, &person.id_card, &person.mobile, as_of, &[]).defaulted()
//! });
//! assert!((20..80).contains(&defaulted.count()));
//! ```
//!
//! This module knows nothing of HTTP, states or faults: the server asks it for data and decides when to hand them out.

// The story is told in small numbers — seconds of a call, fen of a bill, shares of a day — far from any type's limits.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]
// In a test an unwrap is an assertion, and the figures compared are whole numbers or copies of each other.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::float_cmp))]

mod banks;
mod bills;
mod calendar;
mod calls;
mod degree;
mod ebank;
mod form;
mod identity;
mod life;
mod messages;
mod names;
mod peers;
mod places;
mod population;
mod report;
mod rng;
mod shopping;
mod telecom;
#[cfg(test)]
mod tests;
mod verdict;

use std::fmt;
use std::sync::OnceLock;

use jiff::Timestamp;
use serde_json::Value;

use calendar::Calendar;
use identity::{Papers, masked};
use life::Life;
use telecom::Telecom;

pub use banks::{BankChoice, bank_by_entry, banks_v1, banks_v2};
pub use population::synthetic_applicant;
pub use verdict::Verdict;

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

impl fmt::Debug for Contact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Contact")
            .field("tel", &masked(&self.tel))
            .field("name", &masked(&self.name))
            .field("contact_type", &self.contact_type)
            .finish()
    }
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

impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Identity")
            .field("name", &masked(&self.name))
            .field("id_card", &masked(&self.id_card))
            .field("mobile", &masked(&self.mobile))
            .finish()
    }
}

/// One applicant and the whole of their data.
///
/// Making one is cheap. The telecom records are drawn when they are first asked for, and kept.
#[derive(Clone)]
pub struct Applicant {
    papers: Papers,
    life: Life,
    contacts: Vec<Contact>,
    telecom: OnceLock<Telecom>,
}

impl fmt::Debug for Applicant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Applicant")
            .field("name", &masked(&self.papers.name))
            .field("id_card", &masked(&self.papers.id_card))
            .field("mobile", &masked(&self.papers.mobile))
            .finish_non_exhaustive()
    }
}

/// More emergency contacts than these play no part: the vendor asks for a handful.
const MAX_CONTACTS: usize = 20;

impl Applicant {
    /// The applicant with these papers, as seen at `as_of`; `contacts` are the emergency contacts they named.
    ///
    /// Papers may be any text. Spaces around them and the case of the ID number make no difference. What they don't say (a
    /// birth date, a region) is drawn from them. `as_of` is used to the second, and within the years 2010 to 2099.
    pub fn new(
        seed: u64,
        name: &str,
        id_card: &str,
        mobile: &str,
        as_of: Timestamp,
        contacts: &[Contact],
    ) -> Self {
        let papers = Papers::read(seed, name, id_card, mobile);
        let life = Life::new(&papers, Calendar::new(as_of));
        let contacts = contacts.iter().take(MAX_CONTACTS).cloned().collect();
        Self { papers, life, contacts, telecom: OnceLock::new() }
    }

    /// The risk everything else is drawn from, between 0 and 1. It depends on seed and papers alone.
    pub fn latent_risk(&self) -> f64 {
        self.life.risk
    }

    /// Telecom raw data (§3.2.1), `{"transactions": [T]}` with the one record object `T`.
    pub fn telecom_raw_data(&self) -> Value {
        telecom::raw_data(&self.papers, &self.life, self.telecom())
    }

    /// Telecom report (§3.2.2), of the newer generation: computed from the same calls, messages and bills.
    pub fn telecom_report(&self) -> Value {
        report::report(&self.papers, &self.life, self.telecom(), &self.contacts)
    }

    /// Degree raw data (§4.2.1): `{"student_info_list": [enrolments], "education_info_list": [qualifications]}`.
    pub fn degree_raw_data(&self) -> Value {
        degree::raw_data(&self.papers, &self.life)
    }

    /// E-bank raw data (§5.2.1, §6.2.1): a map with one entry, whose key is the bank's code.
    pub fn ebank_raw_data(&self, bank: &BankChoice) -> Value {
        ebank::raw_data(&self.papers, &self.life, self.telecom(), &self.contacts, bank)
    }

    /// The fixed rule: over 1,000,000 fen, or a mobile number that ends in 4444, is rejected; everything else passes.
    pub fn audit_verdict(&self, amount_fen: i64) -> Verdict {
        verdict::by_rule(&self.papers, amount_fen)
    }

    /// A verdict drawn from the latent risk: the same applicant always gets the same one, the riskier are rejected more
    /// often. It leaves the amount aside.
    pub fn audit_verdict_from_risk(&self) -> Verdict {
        verdict::by_risk(&self.papers, &self.life)
    }

    /// Whether the applicant's loan later went bad: the label to learn. Drawn from the latent risk, apart from the verdict.
    pub fn defaulted(&self) -> bool {
        verdict::defaulted(&self.papers, &self.life)
    }

    fn telecom(&self) -> &Telecom {
        self.telecom.get_or_init(|| Telecom::new(&self.papers, &self.life, &self.contacts))
    }
}
