//! What was sent how often: the client's events, added up by endpoint.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use qiancheng::Event;

/// A running sum.
#[derive(Default)]
pub(super) struct Ledger {
    rows: Mutex<Vec<Row>>,
    token_life: Mutex<Option<Duration>>,
}

/// One endpoint's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) endpoint: String,
    pub(super) requests: u64,
    pub(super) repeats: u64,
    pub(super) sent: u64,
    pub(super) received: u64,
    pub(super) took: Duration,
}

impl Ledger {
    /// Adds an event.
    pub(super) fn write(&self, event: &Event<'_>) {
        if let Event::TokenFetched { life } = *event {
            *self.token_life.lock().unwrap_or_else(PoisonError::into_inner) = Some(life);
        }
        if let Event::Attempt { endpoint, attempt, sent, received, took, .. } = *event {
            let mut rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
            let index = rows.iter().position(|row| row.endpoint == endpoint).unwrap_or_else(|| {
                rows.push(Row { endpoint: endpoint.to_owned(), ..Row::default() });
                rows.len() - 1
            });
            let row = &mut rows[index];
            row.requests += 1;
            row.repeats += u64::from(attempt > 1);
            row.sent += sent as u64;
            row.received += received as u64;
            row.took += took;
        }
    }

    /// For how long the last token is good.
    pub(super) fn token_life(&self) -> Option<Duration> {
        *self.token_life.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The endpoints in the order of their first requests.
    pub(super) fn rows(&self) -> Vec<Row> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// One endpoint's row.
    pub(super) fn row(&self, endpoint: &str) -> Row {
        self.rows().into_iter().find(|row| row.endpoint == endpoint).unwrap_or_default()
    }
}
