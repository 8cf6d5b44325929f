//! Pauses between calls, which whatever ends a call ends too.

use std::time::{Duration, Instant};

use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};

impl Client {
    /// Sleeps, unless the caller or the calls' deadline ends it.
    pub(crate) async fn sleep(&self, pause: Duration) -> Result<()> {
        let cancelled = || Err(Error::new(ErrorKind::Cancelled, "the wait was cancelled"));
        let settings = self.settings();
        if let Some(deadline) = settings.deadline
            && deadline.saturating_duration_since(Instant::now()) < pause
        {
            return Err(Error::new(ErrorKind::Timeout, "the caller's deadline ends before the next poll")
                .retryable(true));
        }
        match &settings.cancel {
            Some(cancel) if cancel.is_cancelled() => cancelled(),
            _ if pause.is_zero() => Ok(()),
            _ if !self.can_be_ended() => {
                tokio::time::sleep(pause).await;
                Ok(())
            }
            _ => tokio::select! {
                biased;
                () = self.ended() => cancelled(),
                () = tokio::time::sleep(pause) => Ok(()),
            },
        }
    }
}
