//! What the report says of itself: what its makers checked and counted. None of it goes by windows.

use std::collections::HashMap;

use super::FeatureError;
use super::source::{Rows, Source, text, value};

/// A report, where it says something.
#[derive(Debug, Default)]
pub(super) struct Report<'a> {
    /// Scores of the checks on behaviour, by their codes: 1 passed, 2 failed.
    checks: HashMap<&'a str, i64>,
}

impl<'a> Report<'a> {
    pub(super) fn of(source: &'a dyn Source) -> Result<Self, FeatureError> {
        let mut report = Self::default();
        if let Some(rows) = Rows::of(source, "behavior_check") {
            report.read_checks(rows)?;
        }
        Ok(report)
    }

    fn read_checks(&mut self, rows: Rows<'a>) -> Result<(), FeatureError> {
        let codes = rows.texts("check_point")?;
        let scores = rows.integers("score")?;
        for row in 0..rows.count() {
            // 0 says that there was no data to check.
            if let (Some(code), Some(score @ 1..)) = (text(codes, row), value(scores, row)) {
                let known = self.checks.entry(code).or_insert(score);
                *known = score.max(*known);
            }
        }
        Ok(())
    }

    /// The score of a check, if it was done.
    pub(super) fn check(&self, code: &str) -> f64 {
        self.checks.get(code).map_or(f64::NAN, |&score| super::number(score))
    }
}
