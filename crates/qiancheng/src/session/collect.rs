//! What stands on polls: an iterator of steps, and a collection with callbacks.

use std::time::Duration;

use crate::client::Client;
use crate::error::{Error, ErrorKind, Outcome, Result};
use crate::personal::Secret;
use crate::session::Session;
use crate::session::challenge::{Challenge, Step};

/// Polls that may fail one after the other before a collection gives up.
const MAX_FAILED_POLLS: u32 = 5;

/// What to do about a challenge.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Response {
    /// Hand this in.
    Answer(Secret),
    /// Have it sent again.
    Resend,
    /// Give up: the session is cancelled.
    GiveUp,
}

impl<T: Into<Secret>> From<T> for Response {
    fn from(answer: T) -> Self {
        Self::Answer(answer.into())
    }
}

/// The steps of a session, one poll after the other with the pauses between them, up to the last.
#[derive(Debug)]
pub struct Steps {
    session: Session,
    pause: Duration,
    over: bool,
}

impl Steps {
    /// The next step, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Step>> {
        if self.over {
            return None;
        }
        let result = self.step().await;
        self.over = result.as_ref().map_or(true, Step::is_last);
        Some(result)
    }

    async fn step(&mut self) -> Result<Step> {
        self.session.client().sleep(self.pause).await?;
        let step = self.session.poll().await?;
        self.pause = match &step {
            Step::Working { poll_after, .. } => *poll_after,
            // Whoever does not answer at once is not to be asked in a tight loop.
            Step::NeedsInput { .. } => self.session.usual_pause(),
            _ => Duration::ZERO,
        };
        Ok(step)
    }

    pub(crate) fn through(&self, client: Client) -> Self {
        Self { session: self.session.through(client), pause: self.pause, over: self.over }
    }
}

impl Session {
    /// The steps of the session. The first is polled at once.
    pub fn steps(&self) -> Steps {
        Steps { session: self.clone(), pause: Duration::ZERO, over: false }
    }

    /// Leads the session to its end. `ask` answers challenges; `watch` sees every step. A session that fails or
    /// expires is an error of kind `Session`; one that finishes has its data ready.
    pub async fn collect(
        &self,
        mut ask: impl AsyncFnMut(&Challenge) -> Result<Response>,
        mut watch: impl FnMut(&Step),
    ) -> Result<()> {
        let mut failed_polls = 0;
        let mut pause = Duration::ZERO;
        loop {
            self.client().sleep(pause).await?;
            let step = match self.poll().await {
                Ok(step) => step,
                Err(error) if error.is_retryable() && failed_polls < MAX_FAILED_POLLS => {
                    failed_polls += 1;
                    pause = self.usual_pause();
                    continue;
                }
                Err(error) => return Err(error),
            };
            failed_polls = 0;
            watch(&step);
            match step {
                Step::Working { poll_after, .. } => pause = poll_after,
                Step::NeedsInput { challenge } => {
                    let response = ask(&challenge).await?;
                    self.respond(&challenge, response).await?;
                    // Also after an answer: one that is refused again and again is not to be a tight loop.
                    pause = self.usual_pause();
                }
                Step::Finished => return Ok(()),
                Step::Failed { reason } => {
                    return Err(Error::new(ErrorKind::Session, format!("the collection failed: {reason}"))
                        .with_outcome(Outcome::Rejected));
                }
                Step::Expired => {
                    return Err(Error::new(
                        ErrorKind::Session,
                        "the session has expired: its ten minutes are over",
                    ));
                }
            }
        }
    }

    async fn respond(&self, challenge: &Challenge, response: Response) -> Result<()> {
        let result = match response {
            Response::Answer(answer) => self.submit(challenge, answer).await,
            // Asking again would get the same answer, for ever.
            Response::Resend if !challenge.can_resend() => return self.resend(challenge).await,
            Response::Resend => self.resend(challenge).await,
            Response::GiveUp => {
                self.cancel();
                return Err(Error::new(ErrorKind::Cancelled, "the challenge was not answered"));
            }
        };
        match result {
            // The vendor refused it or it may be lost: the next poll says how things stand.
            Err(error) if error.kind() == ErrorKind::Rejected => Ok(()),
            Err(error) if error.outcome() == Outcome::Unknown && error.kind() != ErrorKind::Cancelled => {
                Ok(())
            }
            // The borrower was too slow for this one; there is a newer one, or the session is over.
            Err(error) if matches!(error.kind(), ErrorKind::Challenge | ErrorKind::Session) => Ok(()),
            result => result,
        }
    }

    fn usual_pause(&self) -> Duration {
        let settings = self.client().settings();
        settings.poll_interval.unwrap_or(settings.usual_poll_interval)
    }
}

impl Client {
    /// Sleeps, unless the caller or the calls' deadline ends it.
    pub(crate) async fn sleep(&self, pause: Duration) -> Result<()> {
        let cancelled = || Err(Error::new(ErrorKind::Cancelled, "the wait was cancelled"));
        let settings = self.settings();
        if let Some(deadline) = settings.deadline
            && deadline.saturating_duration_since(std::time::Instant::now()) < pause
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
