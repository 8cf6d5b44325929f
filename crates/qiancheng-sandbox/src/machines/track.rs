//! Where a session stands and where it goes by itself.

use std::collections::VecDeque;

use super::{Moment, Pace};
use crate::clock::Millis;

/// How long a state lasts when sessions move by the clock.
const STEP: Millis = 1_000;

#[derive(Debug)]
pub(crate) struct Track {
    current: i64,
    /// Whether a poll has shown the current state.
    shown: bool,
    ahead: VecDeque<i64>,
    since: Millis,
}

impl Track {
    /// Stands at `state`, with `ahead` to come by itself.
    pub(crate) fn new(state: i64, ahead: impl IntoIterator<Item = i64>, at: Moment) -> Self {
        Self { current: state, shown: false, ahead: ahead.into_iter().collect(), since: at.now }
    }

    pub(crate) fn current(&self) -> i64 {
        self.current
    }

    /// One poll: shows the current state the first time, and moves on after that.
    pub(crate) fn poll(&mut self, at: Moment) -> i64 {
        match at.pace {
            Pace::Seconds => self.settle(at),
            Pace::Polls if self.shown => {
                if let Some(next) = self.ahead.pop_front() {
                    self.current = next;
                }
            }
            Pace::Polls => self.shown = true,
        }
        self.current
    }

    /// Moves as far as the clock says, if it is the clock that moves sessions.
    pub(crate) fn settle(&mut self, at: Moment) {
        while at.pace == Pace::Seconds && at.now - self.since >= STEP {
            let Some(next) = self.ahead.pop_front() else { return };
            self.current = next;
            self.since += STEP;
        }
    }
}
