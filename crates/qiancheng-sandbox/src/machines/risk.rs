//! Audits (§7): under review for two polls, then a verdict.

use serde_json::{Value, json};

use super::Moment;
use super::track::Track;
use crate::story::Verdict;

const PASS: i64 = 0;
const REJECT: i64 = 1;
const UNDER_REVIEW: i64 = 2;

#[derive(Debug)]
pub(crate) struct Audit {
    track: Track,
    verdict: Verdict,
}

impl Audit {
    pub(crate) fn open(verdict: Verdict, at: Moment) -> Self {
        let end = match verdict {
            Verdict::Pass => PASS,
            Verdict::Reject { .. } => REJECT,
        };
        Self { track: Track::new(UNDER_REVIEW, [UNDER_REVIEW, end], at), verdict }
    }

    /// One poll, as it is answered.
    pub(crate) fn poll(&mut self, at: Moment) -> Value {
        match (self.track.poll(at), &self.verdict) {
            (REJECT, Verdict::Reject { reason }) => json!({"state": REJECT, "reason": reason}),
            (state, _) => json!({"state": state}),
        }
    }
}
