//! What a socket outside of the event queue may do: said by whoever drives its connection, who knows what is due.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// So many reads, and whoever drives the connection has its say again: a vendor who sends faster than it is read would
/// never let go of the thread.
const READS: u32 = 64;

/// What a read may do.
#[derive(Clone, Copy)]
pub(crate) enum Allowed {
    /// Come back with nothing, as if nothing were there.
    Nothing,
    /// Take what is there.
    Look,
    /// Wait until something is there.
    Wait,
}

/// Shared by a socket and the link that drives its connection. Only one thread at a time uses them; the atomics let
/// both move from thread to thread together.
#[derive(Default)]
pub(crate) struct Direct {
    allowed: AtomicU8,
    /// How many reads that is for.
    reads: AtomicU32,
    /// How long a read or a write may wait.
    milliseconds: AtomicU64,
    /// The last read that was allowed to wait brought nothing, or did not come to pass.
    in_vain: AtomicBool,
    /// The last write was not taken.
    blocked: AtomicBool,
}

// For the link.
impl Direct {
    /// Reads take what is there until nothing is.
    pub(crate) fn look(&self) {
        self.allow(Allowed::Look);
    }

    /// Begins a turn: reads come back with nothing, and writes wait so long at most. Only if the vendor has not taken
    /// what was to be written last, what is there is read: it may say why.
    pub(crate) fn begin(&self, patience: Duration) {
        // Never zero, which the system takes for ever.
        let milliseconds = u64::try_from(patience.as_millis()).unwrap_or(u64::MAX).max(1);
        self.milliseconds.store(milliseconds, Relaxed);
        self.in_vain.store(false, Relaxed);
        self.allow(if self.blocked.load(Relaxed) { Allowed::Look } else { Allowed::Nothing });
    }

    /// The next read may wait.
    pub(crate) fn wait(&self) {
        self.in_vain.store(true, Relaxed);
        self.allow(Allowed::Wait);
    }

    /// Whether waiting for more in this turn is of use.
    pub(crate) fn goes_on(&self) -> bool {
        !self.in_vain.load(Relaxed) && !self.blocked.load(Relaxed)
    }

    fn allow(&self, allowed: Allowed) {
        self.allowed.store(allowed as u8, Relaxed);
        self.reads.store(READS, Relaxed);
    }
}

// For the socket.
impl Direct {
    pub(crate) fn allowed(&self) -> Allowed {
        match self.allowed.load(Relaxed) {
            0 => Allowed::Nothing,
            1 => Allowed::Look,
            _ => Allowed::Wait,
        }
    }

    pub(crate) fn patience(&self) -> Duration {
        Duration::from_millis(self.milliseconds.load(Relaxed))
    }

    /// A read brought something; there may be more if it filled its buffer. What is there of a connection at rest is
    /// read to its end all the same, for the end is what matters then.
    pub(crate) fn has_read(&self, filled: bool) {
        self.in_vain.store(false, Relaxed);
        let left = self.reads.load(Relaxed).saturating_sub(1);
        match self.allowed() {
            Allowed::Wait if filled => self.allow(Allowed::Look),
            Allowed::Wait => self.allow(Allowed::Nothing),
            Allowed::Look if left == 0 => self.allow(Allowed::Nothing),
            Allowed::Look | Allowed::Nothing => self.reads.store(left, Relaxed),
        }
    }

    /// A read brought nothing.
    pub(crate) fn has_read_nothing(&self) {
        self.allow(Allowed::Nothing);
    }

    /// A write was taken, at least in part, or was not.
    pub(crate) fn has_written(&self, taken: bool) {
        self.blocked.store(!taken, Relaxed);
    }
}
