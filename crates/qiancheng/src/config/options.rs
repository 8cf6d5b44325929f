//! What may differ from call to call.

use std::time::{Duration, Instant};

use crate::deadline::{Cancel, Timeouts, Watch};

/// Changes to a client's settings; what is not set stays as it is.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CallOptions {
    read: Option<Duration>,
    attempt: Option<Duration>,
    total: Option<Duration>,
    deadline: Option<Instant>,
    max_retries: Option<u32>,
    validate: Option<bool>,
    cancel: Option<Cancel>,
    watch: Option<Watch>,
    poll_interval: Option<Duration>,
}

macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident: $type:ty;)+) => {
        impl CallOptions {
            $($(#[$doc])* pub fn $name(mut self, $name: $type) -> Self {
                self.$name = Some($name);
                self
            })+
        }
    };
}

setters! {
    /// Longest silence while an answer is awaited or read.
    read: Duration;
    /// Longest attempt.
    attempt: Duration;
    /// Longest call, everything included.
    total: Duration;
    /// The moment at which every call ends, if `total` has not ended it before.
    deadline: Instant;
    /// How often a harmless call is sent again.
    max_retries: u32;
    /// Whether values are checked before they are sent.
    validate: bool;
    /// A handle that ends the calls from another thread.
    cancel: Cancel;
    /// The pause between two polls of a session, in place of what the vendor asks for.
    poll_interval: Duration;
}

impl CallOptions {
    /// Changes nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asked about 20 times a second, while a call or a session waits, whether to go on; with `false` the call ends as
    /// one that was cancelled. A blocking call asks on the thread that makes it, so this is where a binding looks for
    /// the signals and interrupts of its language. A call that does not wait asks nothing.
    pub fn watch(mut self, go_on: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.watch = Some(Watch::new(go_on));
        self
    }
}

/// What calls go by: the client's configuration with its changes.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) timeouts: Timeouts,
    pub(crate) data_timeouts: Timeouts,
    pub(crate) deadline: Option<Instant>,
    pub(crate) max_retries: u32,
    pub(crate) validate: bool,
    pub(crate) cancel: Option<Cancel>,
    pub(crate) watch: Option<Watch>,
    /// The pause between polls where the vendor asks for none.
    pub(crate) usual_poll_interval: Duration,
    /// A pause that overrules what the vendor asks for.
    pub(crate) poll_interval: Option<Duration>,
}

impl Settings {
    pub(crate) fn with(&self, options: CallOptions) -> Self {
        let changed = |old: Timeouts| Timeouts {
            connect: old.connect,
            read: options.read.unwrap_or(old.read),
            attempt: options.attempt.unwrap_or(old.attempt),
            total: options.total.unwrap_or(old.total),
        };
        Self {
            timeouts: changed(self.timeouts),
            data_timeouts: changed(self.data_timeouts),
            deadline: options.deadline.or(self.deadline),
            max_retries: options.max_retries.unwrap_or(self.max_retries),
            validate: options.validate.unwrap_or(self.validate),
            cancel: options.cancel.or_else(|| self.cancel.clone()),
            watch: options.watch.or_else(|| self.watch.clone()),
            usual_poll_interval: self.usual_poll_interval,
            poll_interval: options.poll_interval.or(self.poll_interval),
        }
    }

    /// The pause between two polls where the vendor asks for none.
    pub(crate) fn usual_pause(&self) -> Duration {
        self.poll_interval.unwrap_or(self.usual_poll_interval)
    }

    pub(crate) fn timeouts(&self, slow: bool) -> Timeouts {
        if slow { self.data_timeouts } else { self.timeouts }
    }
}
