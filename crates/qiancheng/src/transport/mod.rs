//! From a prepared request to an answer's bytes: one attempt, whether and when again, and within what time.

pub(crate) mod connector;
mod direct;
pub(crate) mod fork_cell;
pub(crate) mod http;
pub(crate) mod lane;
mod link;
pub(crate) mod outbound;
pub(crate) mod process;
pub(crate) mod repeat;
mod socket;
pub(crate) mod stats;
pub(crate) mod tls;
