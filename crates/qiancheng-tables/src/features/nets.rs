//! What the data sessions say.

use super::FeatureError;
use super::instant::day;
use super::peers::ActiveDays;
use super::source::{Rows, value};
use super::window::{Tally, Window, Windows, accumulate};

/// Data sessions before `as_of`.
#[derive(Debug)]
pub(super) struct Nets {
    tallies: [NetTally; Window::ALL.len()],
    /// Days with a session within the last 180 days.
    pub(super) active_days: usize,
}

/// Counts of data sessions.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NetTally {
    sessions: u64,
    /// Sessions whose volume is known.
    measured: u64,
    /// Bytes, so that their sum does not depend on their order.
    bytes: u64,
    pub(super) seconds: u64,
}

/// A kilobyte of the carriers.
const KILOBYTE: f64 = 1_024.0;

impl Nets {
    /// `None`: there is no session that says when it was.
    pub(super) fn of(rows: Rows<'_>, windows: Windows) -> Result<Option<Self>, FeatureError> {
        let starts = rows.times("start_time")?;
        let lengths = rows.integers("use_time")?;
        let volumes = rows.floats("subflow")?;
        let mut tallies = [NetTally::default(); Window::ALL.len()];
        let mut days = ActiveDays::before(&windows);
        let mut any = false;
        for row in 0..rows.count() {
            let Some(start) = value(starts, row) else { continue };
            any = true;
            let Some(window) = windows.shortest(start) else { continue };
            days.note(start, day(start));
            let seconds = value(lengths, row).and_then(|seconds| u64::try_from(seconds).ok());
            let bytes = value(volumes, row).and_then(bytes);
            tallies[window.place()].add(NetTally {
                sessions: 1,
                measured: u64::from(bytes.is_some()),
                bytes: bytes.unwrap_or_default(),
                seconds: seconds.unwrap_or_default(),
            });
        }
        accumulate(&mut tallies);
        let active_days = days.count(&windows, Window::Days180);
        Ok(any.then_some(Self { tallies, active_days }))
    }

    /// Counts within a window.
    pub(super) fn within(&self, window: Window) -> &NetTally {
        &self.tallies[window.place()]
    }
}

impl NetTally {
    /// Volume in megabytes; NaN if there are sessions, and none of them says.
    pub(super) fn megabytes(&self) -> f64 {
        if self.sessions > 0 && self.measured == 0 {
            return f64::NAN;
        }
        super::number(self.bytes) / KILOBYTE / KILOBYTE
    }
}

impl Tally for NetTally {
    fn add(&mut self, other: Self) {
        self.sessions += other.sessions;
        self.measured += other.measured;
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.seconds = self.seconds.saturating_add(other.seconds);
    }
}

/// A volume in whole bytes, if it is one.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative, and the cast saturates"
)]
fn bytes(kilobytes: f64) -> Option<u64> {
    (kilobytes >= 0.0).then(|| (kilobytes * KILOBYTE).round() as u64)
}
