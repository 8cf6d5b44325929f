//! How much time a call has: four limits, a deadline, and two ways to end it before: from another thread, and by a
//! question that the waiting thread asks now and then.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

/// The four limits of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// To make a connection: name, TCP, proxy, TLS.
    pub connect: Duration,
    /// Between two pieces of an answer, and until its first.
    pub read: Duration,
    /// For one attempt, from its start to the answer's last byte.
    pub attempt: Duration,
    /// For the whole call: the token, every attempt, every pause between them.
    pub total: Duration,
}

impl Timeouts {
    /// For ordinary calls: 10 s to connect, 60 s to read, 60 s an attempt, 120 s in all.
    pub const ORDINARY: Self = Self {
        connect: Duration::from_secs(10),
        read: Duration::from_secs(60),
        attempt: Duration::from_secs(60),
        total: Duration::from_secs(120),
    };

    /// For raw data and reports, which are large and slow: 10 s to connect, 300 s for everything else.
    pub const DATA: Self = Self {
        connect: Duration::from_secs(10),
        read: Duration::from_secs(300),
        attempt: Duration::from_secs(300),
        total: Duration::from_secs(300),
    };
}

/// Ends the calls it was given to, from any thread. Clones end the same calls.
#[derive(Clone, Default)]
pub struct Cancel(CancellationToken);

impl Cancel {
    /// A handle that has not been used.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends all calls that carry this handle, now and in the future. A blocking call may take 50 ms to notice.
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// Whether [`cancel`](Self::cancel) was called.
    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }

    pub(crate) async fn cancelled(&self) {
        self.0.cancelled().await;
    }
}

impl fmt::Debug for Cancel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cancel").field("cancelled", &self.is_cancelled()).finish()
    }
}

/// Asked about 20 times a second, while a call waits, whether to go on.
#[derive(Clone)]
pub(crate) struct Watch(Arc<dyn Fn() -> bool + Send + Sync>);

impl Watch {
    pub(crate) fn new(go_on: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(go_on))
    }

    pub(crate) fn goes_on(&self) -> bool {
        (self.0)()
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}

/// The end of one call; everything inside it is clamped to this.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    /// `total` from now, or earlier if the caller wants it.
    pub(crate) fn new(total: Duration, wanted: Option<Instant>) -> Self {
        let now = Instant::now();
        // A limit beyond what the clock can say is as good as a century.
        let latest = now.checked_add(total).unwrap_or_else(|| now + Duration::from_secs(3_155_760_000));
        Self(wanted.map_or(latest, |wanted| wanted.min(latest)))
    }

    /// The earlier of this deadline and `limit` from now.
    pub(crate) fn within(self, limit: Duration) -> Self {
        Self(Instant::now().checked_add(limit).map_or(self.0, |at| at.min(self.0)))
    }

    /// What is left; zero when it has passed.
    pub(crate) fn left(self) -> Duration {
        self.left_at(Instant::now())
    }

    /// What is left at a time; zero when it has passed.
    pub(crate) fn left_at(self, now: Instant) -> Duration {
        self.0.saturating_duration_since(now)
    }

    pub(crate) fn instant(self) -> tokio::time::Instant {
        self.0.into()
    }
}
