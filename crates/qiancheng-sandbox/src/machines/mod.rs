//! How sessions move. Each machine is a value that is polled and submitted to; none of them knows HTTP.
//!
//! A session moves by polls: the first poll shows where it stands, each further one moves it a step until it needs
//! something or has ended. With [`Pace::Seconds`] it moves by the sandbox clock instead, one step a second.

mod behaviour;
pub(crate) mod degree;
pub(crate) mod ebank;
pub(crate) mod risk;
pub(crate) mod telecom;
mod track;

use crate::clock::Millis;
use crate::envelope::Refusal;

/// Collection must finish within ten minutes of its opening.
pub(crate) const LIMIT: Millis = 10 * 60 * 1000;

/// What a session says when it ran out of time.
const TIMED_OUT: &str = "采集超时";

/// What moves sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    Polls,
    Seconds,
}

/// When something happens to a session.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) now: Millis,
    pub(crate) pace: Pace,
}

/// A state as it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) state: i64,
    pub(crate) message: &'static str,
}

/// Where the data of a session are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readiness {
    Ready,
    Collecting,
    Failed(&'static str),
}

impl Readiness {
    /// Refuses what is not ready.
    pub(crate) fn require(self) -> Result<(), Refusal> {
        match self {
            Self::Ready => Ok(()),
            Self::Collecting => Err(Refusal::collecting()),
            Self::Failed(message) => Err(Refusal::input(format!("采集失败: {message}"))),
        }
    }
}

/// Refuses a submission that nothing asked for.
fn unasked(what: &str, shown: Shown) -> Refusal {
    Refusal::input(format!("当前状态 {} ({}) 不接受{what}", shown.state, shown.message))
}
