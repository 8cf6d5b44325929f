//! The steps of a session as an iterator.

use std::time::Duration;

use crate::client::Client;
use crate::error::Result;
use crate::session::Session;
use crate::session::challenge::Step;

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

    /// Goes on through another client.
    pub(crate) fn lend(&mut self, client: Client) {
        self.session = self.session.through(client);
    }
}

impl Session {
    /// The steps of the session. The first is polled at once.
    pub fn steps(&self) -> Steps {
        Steps { session: self.clone(), pause: Duration::ZERO, over: false }
    }

    /// The pause between two polls where the vendor says nothing.
    pub(crate) fn usual_pause(&self) -> Duration {
        self.client().settings().usual_pause()
    }
}
