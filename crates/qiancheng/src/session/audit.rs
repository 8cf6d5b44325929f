//! A risk audit from its submission to its verdict (§7).

use std::time::{Duration, Instant};

use crate::answer::Reply;
use crate::api::risk::{Audit, AuditResult, Verdict};
use crate::chapters::Risk;
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
    /// When the time is up, the error is of kind `Timeout` and may be retried: the audit goes on.
    pub async fn wait(&self, open_id: &Handle, limit: Duration) -> Result<Reply<Verdict>> {
        let started = Instant::now();
        let pause = self.0.settings().usual_pause();
        // A poll that is on its way ends with the wait. One poll there is in any case.
        let end = started.checked_add(limit).filter(|_| !limit.is_zero());
        let end = end.map(|end| self.0.settings().deadline.map_or(end, |sooner| sooner.min(end)));
        let client =
            end.map_or_else(|| self.0.clone(), |end| self.0.with_options(CallOptions::new().deadline(end)));
        loop {
            let verdict = match client.risk().result(AuditResult { open_id: open_id.clone() }).await {
                Err(error) if error.kind() == ErrorKind::Timeout && started.elapsed() >= limit => {
                    return Err(too_long(limit));
                }
                polled => polled?,
            };
            if matches!(verdict.state, AuditState::Pass | AuditState::Reject) {
                return Ok(verdict);
            }
            if started.elapsed() + pause > limit {
                return Err(too_long(limit));
            }
            client.sleep(pause).await?;
        }
    }
}

fn too_long(limit: Duration) -> Error {
    Error::new(ErrorKind::Timeout, format!("no verdict within {limit:?}; the audit goes on"))
        .with_endpoint("risk.result")
        .retryable(true)
}
