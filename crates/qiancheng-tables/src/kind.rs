//! The kinds of documents.

use std::fmt;
use std::str::FromStr;

/// A kind of document that can be read into tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Telecom raw data (§3.2.1).
    TelecomRaw,
    /// Telecom report (§3.2.2).
    TelecomReport,
    /// Degree raw data (§4.2.1).
    DegreeRaw,
    /// E-bank raw data (§5.2.1, §6.2.1).
    EbankRaw,
    /// The banks and how one logs in there (§5.1.1, §6.1.2).
    BankList,
}

impl Kind {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::TelecomRaw, Self::TelecomReport, Self::DegreeRaw, Self::EbankRaw, Self::BankList];

    /// Its name, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::TelecomRaw => "telecom_raw",
            Self::TelecomReport => "telecom_report",
            Self::DegreeRaw => "degree_raw",
            Self::EbankRaw => "ebank_raw",
            Self::BankList => "bank_list",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no kind's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such kind of document; there are telecom_raw, telecom_report, degree_raw, ebank_raw, bank_list")]
pub struct UnknownKind;

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name).ok_or(UnknownKind)
    }
}
