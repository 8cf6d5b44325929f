//! What a client reports while it works: no bodies, no personal data.

use std::time::Duration;

use crate::error::Error;

/// Something worth watching.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A request was answered, or failed on the way.
    Attempt {
        /// The endpoint's id.
        endpoint: &'a str,
        /// The number of the attempt within its call, from 1.
        attempt: u32,
        /// The HTTP status, if there was an answer.
        http_status: Option<u16>,
        /// Bytes of the request's body.
        sent: usize,
        /// Bytes of the answer's body, as they came over the wire.
        received: usize,
        /// How long it took.
        took: Duration,
    },
    /// An attempt will be repeated.
    Repeat {
        /// The endpoint's id.
        endpoint: &'a str,
        /// The number of the attempt that failed.
        attempt: u32,
        /// The pause before the next.
        pause: Duration,
        /// Why it failed.
        error: &'a Error,
    },
    /// A token was fetched.
    TokenFetched {
        /// For how long it is good.
        life: Duration,
    },
    /// The vendor refused a token.
    TokenRefused,
    /// A call ended.
    Call {
        /// The endpoint's id.
        endpoint: &'a str,
        /// How long it took, everything included.
        took: Duration,
        /// How it failed, if it did.
        error: Option<&'a Error>,
    },
}
