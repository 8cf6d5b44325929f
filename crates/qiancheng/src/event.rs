//! What a client reports while it works: no bodies, no personal data.

use std::time::Duration;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::error::{Error, Outcome};

/// How much an event matters to whoever reads a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Level {
    /// Work as usual: attempts, tokens, calls that went well.
    Debug,
    /// Something failed, and it is known what became of it.
    Info,
    /// A call failed, and the vendor may have done what it asked for.
    Warning,
}

impl Level {
    /// The level's number, the same in every language: 10, 20, 30.
    pub const fn number(self) -> i32 {
        match self {
            Self::Debug => 10,
            Self::Info => 20,
            Self::Warning => 30,
        }
    }

    /// The level's name in lower case, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warning => "warning",
        }
    }
}

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

impl Event<'_> {
    /// The event's name: `attempt`, `repeat`, `token_fetched`, `token_refused`, `call`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Attempt { .. } => "attempt",
            Self::Repeat { .. } => "repeat",
            Self::TokenFetched { .. } => "token_fetched",
            Self::TokenRefused => "token_refused",
            Self::Call { .. } => "call",
        }
    }

    /// How much it matters.
    pub fn level(&self) -> Level {
        match self {
            Self::Attempt { .. } | Self::TokenFetched { .. } | Self::Call { error: None, .. } => Level::Debug,
            Self::Call { error: Some(error), .. } if error.outcome() == Outcome::Unknown => Level::Warning,
            Self::Repeat { .. } | Self::TokenRefused | Self::Call { .. } => Level::Info,
        }
    }
}

/// The event as a line of a log: an object that opens with `event` and `level`; durations are in milliseconds.
impl Serialize for Event<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("event", self.name())?;
        object.serialize_entry("level", self.level().name())?;
        match *self {
            Self::Attempt { endpoint, attempt, http_status, sent, received, took } => {
                object.serialize_entry("endpoint", endpoint)?;
                object.serialize_entry("attempt", &attempt)?;
                object.serialize_entry("http_status", &http_status)?;
                object.serialize_entry("sent_bytes", &sent)?;
                object.serialize_entry("received_bytes", &received)?;
                object.serialize_entry("took_ms", &milliseconds(took))?;
            }
            Self::Repeat { endpoint, attempt, pause, error } => {
                object.serialize_entry("endpoint", endpoint)?;
                object.serialize_entry("attempt", &attempt)?;
                object.serialize_entry("pause_ms", &milliseconds(pause))?;
                object.serialize_entry("error", &Failure(error))?;
            }
            Self::TokenFetched { life } => object.serialize_entry("life_s", &life.as_secs())?,
            Self::TokenRefused => {}
            Self::Call { endpoint, took, error } => {
                object.serialize_entry("endpoint", endpoint)?;
                object.serialize_entry("took_ms", &milliseconds(took))?;
                object.serialize_entry("error", &error.map(Failure))?;
            }
        }
        object.end()
    }
}

/// An error in a log: without the vendor's words, which could hold anything.
struct Failure<'a>(&'a Error);

impl Serialize for Failure<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(error) = self;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("kind", error.kind().name())?;
        object.serialize_entry("code", &error.code())?;
        object.serialize_entry("message", error.message())?;
        object.serialize_entry("field", &error.field())?;
        object.serialize_entry("http_status", &error.http_status())?;
        object.serialize_entry("retryable", &error.is_retryable())?;
        object.serialize_entry("outcome", error.outcome().name())?;
        object.serialize_entry("attempts", &error.attempts())?;
        object.end()
    }
}

/// To the microsecond.
fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn line(event: &Event<'_>) -> String {
        serde_json::to_string(event).expect("JSON")
    }

    #[test]
    fn an_event_is_one_line_of_a_log() {
        let attempt = Event::Attempt {
            endpoint: "auth.token",
            attempt: 1,
            http_status: Some(200),
            sent: 31,
            received: 87,
            took: Duration::from_micros(1_250),
        };
        assert_eq!(
            line(&attempt),
            r#"{"event":"attempt","level":"debug","endpoint":"auth.token","attempt":1,"http_status":200,"sent_bytes":31,"received_bytes":87,"took_ms":1.25}"#
        );
        assert_eq!(line(&Event::TokenRefused), r#"{"event":"token_refused","level":"info"}"#);
    }

    #[test]
    fn a_failure_is_logged_without_the_vendors_words() {
        let error = Error::new(ErrorKind::Rejected, "the vendor refused the input")
            .with_code(1001, Some("张三 有误".into()));
        let call = Event::Call { endpoint: "telecom.open_id", took: Duration::ZERO, error: Some(&error) };
        let line = line(&call);
        assert!(line.contains(r#""kind":"Rejected","code":1001"#) && !line.contains("张三"), "{line}");
    }

    #[test]
    fn what_may_have_been_done_matters_most() {
        let level = |outcome| {
            let error = Error::new(ErrorKind::Timeout, "late").with_outcome(outcome);
            Event::Call { endpoint: "risk.audit", took: Duration::ZERO, error: Some(&error) }.level()
        };
        assert_eq!(level(Outcome::Unknown), Level::Warning);
        assert_eq!(level(Outcome::NotSent), Level::Info);
        assert!(Level::Debug < Level::Info && Level::Info < Level::Warning);
    }
}
