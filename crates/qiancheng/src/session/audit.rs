//! A risk audit from its submission to its verdict (§7).

use std::time::{Duration, Instant};

use crate::answer::Reply;
use crate::api::risk::{Audit, AuditResult, Verdict};
use crate::chapters::Risk;
use crate::client::Client;
use crate::config::CallOptions;
use crate::dictionary::AuditState;
use crate::error::{Error, ErrorKind, Result};
use crate::personal::Handle;

impl Risk<'_> {
    /// Submits an application; the verdict is waited for with [`wait`](Self::wait). The vendor knows a repeated
    /// submission by its `order_id`, but this library never repeats one.
    pub async fn submit(&self, audit: Audit) -> Result<Handle> {
        Ok(self.audit(audit).await?.into_inner().open_id)
    }

    /// Polls until there is a verdict, for at most `limit`; a state that the document does not list is polled on.
    /// When the time is up, the error is of kind `Timeout` and may be retried: the audit goes on. With a limit of zero the
    /// vendor is asked once.
    pub async fn wait(&self, open_id: &Handle, limit: Duration) -> Result<Reply<Verdict>> {
        let started = Instant::now();
        let pause = self.0.settings().usual_pause();
        let client = self.within(started.checked_add(limit).filter(|_| !limit.is_zero()));
        let too_late = || {
            Error::new(ErrorKind::Timeout, format!("no verdict within {limit:?}; the audit goes on"))
                .with_endpoint("risk.result")
                .retryable(true)
        };
        loop {
            let verdict = match client.risk().result(AuditResult { open_id: open_id.clone() }).await {
                Err(error) if error.kind() == ErrorKind::Timeout && started.elapsed() >= limit => {
                    return Err(too_late());
                }
                result => result?,
            };
            if matches!(verdict.state, AuditState::Pass | AuditState::Reject) {
                return Ok(verdict);
            }
            if started.elapsed() + pause > limit {
                return Err(too_late());
            }
            self.0.sleep(pause).await?;
        }
    }

    /// The client with its calls ended at a moment, or earlier if it had one: an answer that hangs is not waited for.
    fn within(self, limit: Option<Instant>) -> Client {
        let deadline = [limit, self.0.settings().deadline].into_iter().flatten().min();
        deadline.map_or_else(
            || self.0.clone(),
            |deadline| self.0.with_options(CallOptions::new().deadline(deadline)),
        )
    }
}
