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
        ask: impl AsyncFnMut(&Challenge) -> Result<Response>,
        mut watch: impl FnMut(&Step),
    ) -> Result<()> {
        self.try_collect(ask, |step| {
            watch(step);
            Ok(())
        })
        .await
    }

    /// The same with a `watch` that may end it: its error is the collection's. The session goes on.
    pub async fn try_collect(
        &self,
        mut ask: impl AsyncFnMut(&Challenge) -> Result<Response>,
        mut watch: impl FnMut(&Step) -> Result<()>,
    ) -> Result<()> {
        let mut collection = self.collection();
        while let Some(step) = collection.advance().await? {
            watch(&step)?;
            if let Step::NeedsInput { challenge } = step {
                let response = ask(&challenge).await?;
                collection.respond(response).await?;
            }
        }
        Ok(())
    }

    /// The same step by step, for those whose answers come in a way of their own.
    pub fn collection(&self) -> Collection {
        Collection { session: self.clone(), pause: Duration::ZERO, failed_polls: 0, last: None }
    }

    fn usual_pause(&self) -> Duration {
        let settings = self.client().settings();
        settings.poll_interval.unwrap_or(settings.usual_poll_interval)
    }
}

/// A collection on its way to its end. What is not answered is asked again.
#[derive(Debug)]
pub struct Collection {
    session: Session,
    pause: Duration,
    failed_polls: u32,
    last: Option<Step>,
}

impl Collection {
    /// The next step, after the pause it needs, or `None` once the session has finished. A session that failed or
    /// expired says so as a step, then as an error of kind `Session`. Polls that fail on the way are repeated.
    pub async fn advance(&mut self) -> Result<Option<Step>> {
        match &self.last {
            Some(Step::Finished) => return Ok(None),
            Some(Step::Failed { reason }) => {
                return Err(Error::new(ErrorKind::Session, format!("the collection failed: {reason}"))
                    .with_outcome(Outcome::Rejected));
            }
            Some(Step::Expired) => {
                return Err(Error::new(
                    ErrorKind::Session,
                    "the session has expired: its ten minutes are over",
                ));
            }
            _ => {}
        }
        loop {
            self.session.client().sleep(self.pause).await?;
            match self.session.poll().await {
                Ok(step) => {
                    self.failed_polls = 0;
                    self.pause = match &step {
                        Step::Working { poll_after, .. } => *poll_after,
                        // Also after an answer: one that is refused again and again is not to be a tight loop.
                        _ => self.session.usual_pause(),
                    };
                    self.last = Some(step.clone());
                    return Ok(Some(step));
                }
                Err(error) if error.is_retryable() && self.failed_polls < MAX_FAILED_POLLS => {
                    self.failed_polls += 1;
                    self.pause = self.session.usual_pause();
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Does something about the challenge of the last step. An answer that the vendor refuses is no error: the next
    /// step asks again.
    pub async fn respond(&mut self, response: Response) -> Result<()> {
        let Some(Step::NeedsInput { challenge }) = &self.last else {
            return Err(Error::new(ErrorKind::Challenge, "nothing is asked at the moment"));
        };
        let result = match response {
            Response::Answer(answer) => self.session.submit(challenge, answer).await,
            // Asking again would get the same answer, for ever.
            Response::Resend if !challenge.can_resend() => return self.session.resend(challenge).await,
            Response::Resend => self.session.resend(challenge).await,
            Response::GiveUp => {
                self.session.cancel();
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

    pub(crate) fn through(&self, client: Client) -> Self {
        let session = self.session.through(client);
        Self { session, pause: self.pause, failed_polls: self.failed_polls, last: self.last.clone() }
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
