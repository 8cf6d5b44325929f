//! What went wrong, as this command reports it: one JSON object on the last line of stderr, and an exit code.

use std::io;
use std::path::Path;

use qiancheng::{ErrorKind, Outcome};
use serde::Serialize;

/// The result of everything here.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// Why the command ends before its work is done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The client says so.
    Client {
        /// What it says.
        error: Box<qiancheng::Error>,
        /// Whether it is about a session that failed or ran out of time: the vendor's no.
        session_over: bool,
    },
    /// This command says so.
    Own(Box<Report>),
    /// Whoever read our output has seen enough.
    OutputClosed,
}

/// The shape of an error on stderr; the client's own errors have the same.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    #[serde(serialize_with = "name")]
    kind: ErrorKind,
    code: Option<i64>,
    message: String,
    vendor_message: Option<String>,
    endpoint: Option<String>,
    field: Option<String>,
    http_status: Option<u16>,
    retryable: bool,
    outcome: &'static str,
    attempts: u32,
}

impl Report {
    fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            code: None,
            message: message.into(),
            vendor_message: None,
            endpoint: None,
            field: None,
            http_status: None,
            retryable: false,
            outcome: Outcome::NotSent.name(),
            attempts: 0,
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn name<S: serde::Serializer>(kind: &ErrorKind, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.name())
}

/// The vendor said no.
const SAID_NO: u8 = 1;
/// The command was used wrongly.
const USAGE: u8 = 2;
/// The vendor could not be reached in time.
const UNREACHED: u8 = 3;
/// Anything else.
const OTHER: u8 = 4;

impl Failure {
    /// A failure of this command's own.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::Own(Box::new(Report::new(kind, message)))
    }

    /// The command was set up wrongly.
    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    /// A parameter is missing or wrong; `field` is its JSON Pointer.
    pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Self {
        let report = Report::new(ErrorKind::InvalidInput, message);
        Self::Own(Box::new(Report { field: Some(field.to_owned()), ..report }))
    }

    /// The command was ended from outside, in the middle of something.
    pub(crate) fn interrupted() -> Self {
        let report = Report::new(
            ErrorKind::Cancelled,
            "interrupted; the vendor may go on with what it was asked to do",
        );
        Self::Own(Box::new(Report { outcome: Outcome::Unknown.name(), ..report }))
    }

    /// A file cannot be read or written.
    pub(crate) fn file(path: &Path, verb: &str, error: &io::Error) -> Self {
        Self::config(format!("{} cannot be {verb}: {error}", path.display()))
    }

    /// The end of a session that failed or ran out of time.
    pub(crate) fn session_over(error: qiancheng::Error) -> Self {
        Self::Client { error: Box::new(error), session_over: true }
    }

    /// What kind of thing went wrong, if anything did.
    pub(crate) fn kind(&self) -> Option<ErrorKind> {
        match self {
            Self::Client { error, .. } => Some(error.kind()),
            Self::Own(report) => Some(report.kind),
            Self::OutputClosed => None,
        }
    }

    /// What a person reads.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Client { error, .. } => error.to_string(),
            Self::Own(report) => {
                let place =
                    report.field.as_deref().map_or_else(String::new, |field| format!(" (field {field})"));
                format!("{}: {}{place}", report.kind, report.message)
            }
            Self::OutputClosed => String::new(),
        }
    }

    /// What a program reads.
    pub(crate) fn json(&self) -> Option<String> {
        let text = match self {
            Self::Client { error, .. } => serde_json::to_string(error),
            Self::Own(report) => serde_json::to_string(report),
            Self::OutputClosed => return None,
        };
        Some(text.expect("an error's fields are texts and numbers"))
    }

    /// 0 when output was merely cut short, else by the kind.
    pub(crate) fn exit_code(&self) -> u8 {
        use ErrorKind::{
            Auth, Collecting, Config, Connection, InvalidInput, Rejected, ServiceUnavailable, Timeout,
            TokenRefused, Unknown,
        };
        match self.kind() {
            None => 0,
            _ if matches!(self, Self::Client { session_over: true, .. }) => SAID_NO,
            Some(Auth | TokenRefused | Collecting | Rejected | ServiceUnavailable | Unknown) => SAID_NO,
            Some(InvalidInput | Config) => USAGE,
            Some(Connection | Timeout) => UNREACHED,
            Some(_) => OTHER,
        }
    }
}

impl From<qiancheng::Error> for Failure {
    fn from(error: qiancheng::Error) -> Self {
        Self::Client { error: Box::new(error), session_over: false }
    }
}

/// Trouble with our own output; files are reported with their names, through [`Failure::file`].
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::OutputClosed;
        }
        Self::config(format!("the output cannot be written: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_follow_the_kind() {
        let table = [
            (ErrorKind::Config, USAGE),
            (ErrorKind::InvalidInput, USAGE),
            (ErrorKind::Connection, UNREACHED),
            (ErrorKind::Timeout, UNREACHED),
            (ErrorKind::Cancelled, OTHER),
            (ErrorKind::Protocol, OTHER),
            (ErrorKind::Auth, SAID_NO),
            (ErrorKind::TokenRefused, SAID_NO),
            (ErrorKind::Collecting, SAID_NO),
            (ErrorKind::Rejected, SAID_NO),
            (ErrorKind::ServiceUnavailable, SAID_NO),
            (ErrorKind::Unknown, SAID_NO),
            (ErrorKind::Challenge, OTHER),
            (ErrorKind::Session, OTHER),
            (ErrorKind::Crypto, OTHER),
            (ErrorKind::Panic, OTHER),
        ];
        assert_eq!(table.map(|(kind, _)| kind).as_slice(), ErrorKind::ALL, "every kind stands in the table");
        for (kind, code) in table {
            assert_eq!(Failure::new(kind, "why").exit_code(), code, "{kind}");
        }
    }

    #[test]
    fn our_own_errors_have_the_fields_of_the_clients() {
        let own: serde_json::Value =
            serde_json::from_str(&Failure::invalid("/name", "is missing").json().expect("JSON"))
                .expect("JSON");
        let refused = qiancheng::Client::builder().build().expect_err("there is no account");
        let clients: serde_json::Value = serde_json::to_value(&refused).expect("JSON");
        let keys = |value: &serde_json::Value| -> Vec<String> {
            value.as_object().expect("an object").keys().cloned().collect()
        };
        assert_eq!(keys(&own), keys(&clients));
    }

    #[test]
    fn a_closed_pipe_is_no_error() {
        let failure = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert!(failure.json().is_none());
        assert_eq!(failure.exit_code(), 0);
    }
}
