//! What the short messages say.

use std::collections::HashSet;

use super::FeatureError;
use super::source::{Rows, text, value};
use super::window::{Tally, Window, Windows, accumulate};

/// Short messages before `as_of`.
#[derive(Debug)]
pub(super) struct Messages {
    tallies: [MessageTally; Window::ALL.len()],
    /// Distinct numbers within the last 180 days.
    pub(super) peers: usize,
}

/// Counts of messages.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct MessageTally {
    pub(super) messages: u64,
    pub(super) sent: u64,
    pub(super) received: u64,
}

impl Messages {
    /// `None`: there is no message that says when it was.
    pub(super) fn of(rows: Rows<'_>, windows: Windows) -> Result<Option<Self>, FeatureError> {
        let starts = rows.times("start_time")?;
        let directions = rows.texts("direction")?;
        let peers = rows.texts("peer")?;
        let mut tallies = [MessageTally::default(); Window::ALL.len()];
        let mut seen = HashSet::new();
        let mut any = false;
        for row in 0..rows.count() {
            let Some(start) = value(starts, row) else { continue };
            any = true;
            let Some(window) = windows.shortest(start) else { continue };
            let direction = text(directions, row);
            tallies[window.place()].add(MessageTally {
                messages: 1,
                sent: u64::from(direction == Some("out")),
                received: u64::from(direction == Some("in")),
            });
            seen.extend(text(peers, row));
        }
        accumulate(&mut tallies);
        Ok(any.then_some(Self { tallies, peers: seen.len() }))
    }

    /// Counts within a window.
    pub(super) fn within(&self, window: Window) -> &MessageTally {
        &self.tallies[window.place()]
    }
}

impl Tally for MessageTally {
    fn add(&mut self, other: Self) {
        self.messages += other.messages;
        self.sent += other.sent;
        self.received += other.received;
    }
}
