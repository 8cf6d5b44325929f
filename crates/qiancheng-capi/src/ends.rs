//! What ends calls from outside: flags that anybody may raise, and that a call looks at before it begins and about 20 times a
//! second while it waits.
//!
//! They are bare atomics and not the core's `Cancel`, for three reasons: raising one takes no lock, so that a signal handler
//! may do it; a forked child finds none held; and calls from many threads share nothing that they write to.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use qiancheng::{CallOptions, Error, ErrorKind, Result};

/// A flag that stays up once it is raised.
#[derive(Clone, Default)]
pub(crate) struct Flag(Arc<AtomicBool>);

impl Flag {
    pub(crate) fn raise(&self) {
        self.0.store(true, Relaxed);
    }

    pub(crate) fn is_up(&self) -> bool {
        self.0.load(Relaxed)
    }
}

/// The flags that end a client's calls: its own and those of the clients it was made from.
#[derive(Clone)]
pub(crate) struct Ends {
    own: Flag,
    inherited: Vec<Flag>,
    cancels: Vec<Flag>,
}

impl Ends {
    pub(crate) fn new() -> Self {
        Self { own: Flag::default(), inherited: Vec::new(), cancels: Vec::new() }
    }

    /// The flags of a client that is made from this one.
    pub(crate) fn child(&self, cancel: Option<Flag>) -> Self {
        let mut child = Self { own: Flag::default(), ..self.clone() };
        child.inherited.push(self.own.clone());
        child.cancels.extend(cancel);
        child
    }

    /// Ends the client's calls, and those of clients that are made from it.
    pub(crate) fn close(&self) {
        self.own.raise();
    }

    fn is_closed(&self) -> bool {
        self.own.is_up() || self.inherited.iter().any(Flag::is_up)
    }

    fn is_cancelled(&self) -> bool {
        self.cancels.iter().any(Flag::is_up)
    }

    /// Whether a call may begin.
    pub(crate) fn check(&self) -> Result<()> {
        if self.is_closed() {
            return Err(Error::of_binding(ErrorKind::Config, "the client is closed"));
        }
        if self.is_cancelled() {
            return Err(Error::of_binding(ErrorKind::Cancelled, "the call was cancelled before it began"));
        }
        Ok(())
    }

    /// Makes calls look at the flags while they wait.
    pub(crate) fn watched(&self, options: CallOptions) -> CallOptions {
        let ends = self.clone();
        options.watch(move || !ends.is_closed() && !ends.is_cancelled())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_a_client_ends_those_made_from_it_and_not_the_one_it_was_made_from() {
        let parent = Ends::new();
        let child = parent.child(None);
        let grandchild = child.child(None);
        child.close();
        assert!(parent.check().is_ok());
        for closed in [&child, &grandchild] {
            assert_eq!(closed.check().expect_err("closed").kind(), ErrorKind::Config);
        }
    }

    #[test]
    fn a_raised_cancel_stops_calls_that_have_not_begun() {
        let cancel = Flag::default();
        let ends = Ends::new().child(Some(cancel.clone())).child(None);
        assert!(ends.check().is_ok());
        cancel.raise();
        assert_eq!(ends.check().expect_err("cancelled").kind(), ErrorKind::Cancelled);
    }
}
