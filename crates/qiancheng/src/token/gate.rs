//! Lets one caller fetch a token while all others wait for it, and share what comes of it.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use tokio::sync::MutexGuard;
use tokio::time::timeout_at;

use crate::deadline::Deadline;
use crate::error::{Error, ErrorKind, Result};

/// The gate of one process.
#[derive(Default)]
pub(crate) struct Gate {
    entrance: tokio::sync::Mutex<()>,
    /// How the last fetch failed, and when: those who waited for it do not each fail anew.
    failure: Mutex<Option<(Instant, Error)>>,
}

/// The right to fetch a token.
pub(crate) struct Turn<'a> {
    gate: &'a Gate,
    _entrance: MutexGuard<'a, ()>,
}

impl Gate {
    /// Waits for one's turn. If the fetch that was waited for failed, its error is this caller's too.
    pub(crate) async fn enter(&self, deadline: Deadline) -> Result<Turn<'_>> {
        let waiting_since = Instant::now();
        let entrance = timeout_at(deadline.instant(), self.entrance.lock()).await.map_err(|_| {
            Error::new(ErrorKind::Timeout, "no token came within the call's time").retryable(true)
        })?;
        let failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        match failure.as_ref().filter(|(at, _)| *at > waiting_since) {
            Some((_, error)) => Err(error.clone()),
            None => Ok(Turn { gate: self, _entrance: entrance }),
        }
    }
}

impl Turn<'_> {
    /// Remembers that fetching failed just now.
    pub(crate) fn failed(&self, error: &Error) {
        let mut failure = self.gate.failure.lock().unwrap_or_else(PoisonError::into_inner);
        *failure = Some((Instant::now(), error.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn deadline() -> Deadline {
        Deadline::new(Duration::from_secs(10), None)
    }

    #[tokio::test]
    async fn those_who_waited_share_a_failure_and_later_ones_do_not() {
        let gate = Gate::default();
        let turn = gate.enter(deadline()).await.expect("the first turn");
        let waiting = async { gate.enter(deadline()).await.map(drop) };
        let failing = async {
            tokio::task::yield_now().await;
            turn.failed(&Error::new(ErrorKind::Auth, "wrong account"));
            drop(turn);
        };
        let (waited, ()) = tokio::join!(waiting, failing);
        assert_eq!(waited.expect_err("shared").kind(), ErrorKind::Auth);
        assert!(gate.enter(deadline()).await.is_ok());
    }
}
