//! What can go wrong for whoever runs a sandbox. What goes wrong for its callers is an envelope, not an error.

use std::net::SocketAddr;

/// The sandbox did not start, or ended early.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address is not loopback and remote callers were not allowed.
    #[error("{0} is not a loopback address; set allow_remote to listen there")]
    NotLoopback(SocketAddr),
    /// The address could not be bound.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The thread or its runtime could not be made.
    #[error("cannot start the sandbox's thread: {0}")]
    Thread(#[source] std::io::Error),
    /// The audit key could not be read or made.
    #[error("audit key: {0}")]
    AuditKey(String),
    /// The system has no random numbers to give.
    #[error("no random numbers: {0}")]
    Random(String),
}

/// A control request that makes no sense. Over HTTP it is answered with status 400 and this text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ControlError(pub(crate) String);

impl ControlError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl ControlError {
    /// The same, with where it is.
    pub(crate) fn at(self, place: &str) -> Self {
        Self(format!("{place}: {}", self.0))
    }
}
