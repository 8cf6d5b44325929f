//! Raw data and reports as Arrow tables, by declared and versioned schemas. Knows no client and no network.
//!
//! ```
//! use qiancheng_tables::{Options, telecom_raw};
//!
//! let answer = r#"{"transactions": [{"calls": [
//!     {"start_time": "2018-01-31 12:34:56", "use_time": "61", "init_type": "主叫", "subtotal": 0.15, "toll": true}
//! ]}]}"#;
//! let tables = telecom_raw(answer.as_bytes(), &Options::default())?;
//! let calls = tables.table("calls").expect("every document of this kind has it");
//! assert_eq!(calls.num_rows(), 1);
//! assert!(tables.table("issues").expect("every document has it").is_empty());
//! # Ok::<(), qiancheng_tables::ReadError>(())
//! ```
//!
//! # What is read
//! The answer's `data`, or the vendor's whole envelope around it, in UTF-8. Empty data come as `[]`, `{}`, `null` or not at
//! all: every table is there then, with its full schema and no rows.
//!
//! Columns read what sources write: numbers as text, with thousands separators, full-width digits or a unit; `""` is
//! null. What has no column goes to the JSON column `_extra`; what does not fit its column is null and counted in the table
//! `issues`. Rows are counted, too: an item that is no record is no row, and leaves a gap in `seq`.
//!
//! Times are Beijing time, read by the fixed rule UTC+08:00, also for the years 1986 to 1991, when China had a summer time.
#![forbid(unsafe_code)]
// Options will grow.
#![allow(clippy::trivially_copy_pass_by_ref)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod coerce;
mod decode;
mod error;
pub mod features;
mod json;
mod kind;
mod options;
mod schema;
pub mod stored;
mod tables;

pub use error::{ReadError, ReadErrorKind};
pub use kind::{Kind, UnknownKind};
pub use options::{Options, SignConvention};
pub use schema::{ColumnInfo, dictionary};
pub use tables::{Table, Tables};

/// Reads a document of any kind.
pub fn read(kind: Kind, bytes: &[u8], options: &Options) -> Result<Tables, ReadError> {
    decode::read(kind, bytes, *options)
}

/// Reads telecom raw data (§3.2.1): `basic`, `calls`, `smses`, `nets`, `bills`.
pub fn telecom_raw(bytes: &[u8], options: &Options) -> Result<Tables, ReadError> {
    read(Kind::TelecomRaw, bytes, options)
}

/// Reads a telecom report (§3.2.2): a table for each of its sections, and one for each list in them.
pub fn telecom_report(bytes: &[u8], options: &Options) -> Result<Tables, ReadError> {
    read(Kind::TelecomReport, bytes, options)
}

/// Reads degree raw data (§4.2.1): `enrolments`, `qualifications`.
pub fn degree_raw(bytes: &[u8], options: &Options) -> Result<Tables, ReadError> {
    read(Kind::DegreeRaw, bytes, options)
}

/// Reads e-bank raw data (§5.2.1, §6.2.1): `accounts`, `cards`, `bills`, `transactions`.
pub fn ebank_raw(bytes: &[u8], options: &Options) -> Result<Tables, ReadError> {
    read(Kind::EbankRaw, bytes, options)
}

/// Reads the banks and how one logs in there (§5.1.1, §6.1.2): `banks`, `logins`, `inputs`.
pub fn bank_list(bytes: &[u8], options: &Options) -> Result<Tables, ReadError> {
    read(Kind::BankList, bytes, options)
}
