//! A collection led to its end: what a failed poll, a challenge and an answer to it mean, in one place for all who
//! ask the borrower, whatever their language.

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

/// A session on the way to its end. Unlike [`Steps`](crate::session::Steps) it forgives polls that fail, and knows what
/// to make of an answer that was refused, came too late or may be lost.
#[derive(Debug)]
pub struct Collection {
    session: Session,
    pause: Duration,
    failed_polls: u32,
    asked: Option<Challenge>,
    end: Option<Step>,
}

impl Collection {
    /// The next step, after the pause that is due; `None` after `Finished`. A session that fails or expires says so
    /// as a step, and then as an error of kind `Session`.
    pub async fn step(&mut self) -> Result<Option<Step>> {
        if let Some(end) = &self.end {
            return end_of(end).map(|()| None);
        }
        let step = self.poll().await?;
        self.asked = None;
        match &step {
            Step::Working { poll_after, .. } => self.pause = *poll_after,
            Step::NeedsInput { challenge } => {
                self.asked = Some(challenge.clone());
                // Also after an answer: one that is refused again and again is not to be a tight loop.
                self.pause = self.session.usual_pause();
            }
            Step::Finished | Step::Failed { .. } | Step::Expired => self.end = Some(step.clone()),
        }
        Ok(Some(step))
    }

    async fn poll(&mut self) -> Result<Step> {
        loop {
            self.session.client().sleep(self.pause).await?;
            match self.session.poll().await {
                Err(error) if error.is_retryable() && self.failed_polls < MAX_FAILED_POLLS => {
                    self.failed_polls += 1;
                    self.pause = self.session.usual_pause();
                }
                Err(error) => return Err(error),
                Ok(step) => {
                    self.failed_polls = 0;
                    return Ok(step);
                }
            }
        }
    }

    /// Responds to the challenge of the last step. An answer that the vendor refused, or that may be lost, is no
    /// error: the next step says how things stand.
    pub async fn respond(&mut self, response: Response) -> Result<()> {
        let Some(challenge) = self.asked.take() else {
            return Err(Error::new(ErrorKind::Challenge, "no challenge is open"));
        };
        let session = &self.session;
        let result = match response {
            Response::Answer(answer) => session.submit(&challenge, answer).await,
            // Asking again would get the same answer, for ever.
            Response::Resend if !challenge.can_resend() => return session.resend(&challenge).await,
            Response::Resend => session.resend(&challenge).await,
            Response::GiveUp => {
                session.cancel();
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

    /// Goes on through another client.
    pub(crate) fn lend(&mut self, client: Client) {
        self.session = self.session.through(client);
    }
}

/// What the last step means for a collection.
fn end_of(step: &Step) -> Result<()> {
    match step {
        Step::Failed { reason } => {
            Err(Error::new(ErrorKind::Session, format!("the collection failed: {reason}"))
                .with_outcome(Outcome::Rejected))
        }
        Step::Expired => {
            Err(Error::new(ErrorKind::Session, "the session has expired: its ten minutes are over"))
        }
        _ => Ok(()),
    }
}

impl Session {
    /// A collection to lead step by step; [`collect`](Self::collect) does so with callbacks.
    pub fn collection(&self) -> Collection {
        Collection { session: self.clone(), pause: Duration::ZERO, failed_polls: 0, asked: None, end: None }
    }

    /// Leads the session to its end. `ask` answers challenges; `watch` sees every step. A session that fails or
    /// expires is an error of kind `Session`; one that finishes has its data ready.
    pub async fn collect(
        &self,
        mut ask: impl AsyncFnMut(&Challenge) -> Result<Response>,
        mut watch: impl FnMut(&Step),
    ) -> Result<()> {
        let mut collection = self.collection();
        while let Some(step) = collection.step().await? {
            watch(&step);
            if let Step::NeedsInput { challenge } = &step {
                let response = ask(challenge).await?;
                collection.respond(response).await?;
            }
        }
        Ok(())
    }
}
