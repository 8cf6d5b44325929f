//! What the documents say, gathered in one pass over each table; features are read off it.

use super::FeatureError;
use super::bills::Bills;
use super::calls::Calls;
use super::messages::Messages;
use super::nets::Nets;
use super::report::Report;
use super::source::{Rows, Source, value};
use super::window::Windows;

/// Everything that features are computed from. What is `None` is missing from the documents.
pub(super) struct Facts<'a> {
    /// The time that windows count back from.
    pub(super) as_of: Option<i64>,
    /// When the number entered the network.
    pub(super) registered: Option<i64>,
    pub(super) calls: Option<Calls<'a>>,
    pub(super) messages: Option<Messages>,
    pub(super) nets: Option<Nets>,
    pub(super) bills: Option<Bills>,
    pub(super) report: Option<Report<'a>>,
}

impl<'a> Facts<'a> {
    /// Without `as_of`, the time of the fetch is taken; if the document doesn't know it either, nothing can be counted back.
    pub(super) fn gather(
        raw: &'a dyn Source,
        report: Option<&'a dyn Source>,
        as_of: Option<i64>,
    ) -> Result<Self, FeatureError> {
        let (registered, fetched) = match Rows::of(raw, "basic") {
            Some(basic) => (times(basic, "reg_time")?.min(), times(basic, "update_time")?.max()),
            None => (None, None),
        };
        let as_of = as_of.or(fetched);
        let mut facts = Self {
            as_of,
            registered,
            calls: None,
            messages: None,
            nets: None,
            bills: None,
            report: report.map(Report::of).transpose()?,
        };
        if let Some(as_of) = as_of {
            let windows = Windows::before(as_of);
            let rows = |table| Rows::of(raw, table);
            facts.calls = rows("calls").map(|rows| Calls::of(rows, windows)).transpose()?.flatten();
            facts.messages = rows("smses").map(|rows| Messages::of(rows, windows)).transpose()?.flatten();
            facts.nets = rows("nets").map(|rows| Nets::of(rows, windows)).transpose()?.flatten();
            facts.bills = rows("bills").map(|rows| Bills::of(rows, as_of)).transpose()?.flatten();
        }
        Ok(facts)
    }
}

/// A column's times. A document has one record, as a rule; of several, the order decides nothing.
fn times<'a>(
    rows: Rows<'a>,
    column: &'static str,
) -> Result<impl Iterator<Item = i64> + use<'a>, FeatureError> {
    let times = rows.times(column)?;
    Ok((0..rows.count()).filter_map(move |row| value(times, row)))
}
