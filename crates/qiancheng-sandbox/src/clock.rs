//! The sandbox's own time: what tokens, sessions and the journal go by. It can be put forward, never back.

use std::time::Instant;

use jiff::{Timestamp, tz};

use crate::error::ControlError;

/// A hundred years: further than any test needs, and far from where dates end.
const FURTHEST_SECONDS: u64 = 100 * 366 * 24 * 3600;

/// Milliseconds since 1970, by the sandbox clock.
pub(crate) type Millis = i64;

pub(crate) struct SandboxClock {
    fixed: Option<Timestamp>,
    running: bool,
    base: Millis,
    started: Instant,
    advanced_seconds: u64,
}

impl SandboxClock {
    /// A clock that starts at `fixed`, or at the real time; a fixed one stands still unless it is to run.
    pub(crate) fn new(fixed: Option<Timestamp>, realtime: bool) -> Self {
        Self {
            fixed,
            running: realtime || fixed.is_none(),
            base: fixed.unwrap_or_else(Timestamp::now).as_millisecond(),
            started: Instant::now(),
            advanced_seconds: 0,
        }
    }

    pub(crate) fn now(&self) -> Millis {
        let run = if self.running { self.started.elapsed().as_millis() } else { 0 };
        let run = i64::try_from(run).unwrap_or(i64::MAX / 4);
        let advanced = i64::try_from(self.advanced_seconds).unwrap_or(i64::MAX / 4_000).saturating_mul(1_000);
        self.base.saturating_add(run).saturating_add(advanced)
    }

    pub(crate) fn advance(&mut self, seconds: u64) -> Result<(), ControlError> {
        let total = self.advanced_seconds.saturating_add(seconds);
        if total > FURTHEST_SECONDS {
            return Err(ControlError::new("advance_seconds: the clock goes no further than 100 years"));
        }
        self.advanced_seconds = total;
        Ok(())
    }

    pub(crate) fn reset(&mut self) {
        *self = Self::new(self.fixed, self.running && self.fixed.is_some());
    }
}

/// The instant as text, in Beijing time: `2026-01-15T10:00:00.000+08:00`.
pub(crate) fn beijing_text(at: Millis) -> String {
    let Ok(instant) = Timestamp::from_millisecond(at) else {
        return at.to_string();
    };
    instant.display_with_offset(tz::offset(8)).to_string()
}

/// The instant the vendor's way, in Beijing time: `2026-01-15 10:00:00`.
pub(crate) fn vendor_text(at: Millis) -> String {
    let Ok(instant) = Timestamp::from_millisecond(at) else {
        return at.to_string();
    };
    tz::offset(8).to_datetime(instant).strftime("%Y-%m-%d %H:%M:%S").to_string()
}
