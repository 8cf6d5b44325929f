//! The one error of the crate: what happened, where, whether it may be tried again, and what to do.
//!
//! The text never holds a person's data or a secret. The vendor's own words are kept apart, in
//! [`Error::vendor_message`], with every value that was sent taken out of them.

mod kind;

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

pub use kind::ErrorKind;

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What is known about the request's effect on the vendor's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Outcome {
    /// Surely nothing reached the vendor.
    NotSent,
    /// The vendor answered that it did not do it.
    Rejected,
    /// The vendor may have done it: do not send it again, ask for the state instead.
    Unknown,
}

impl Outcome {
    /// The outcome's name, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotSent => "NotSent",
            Self::Rejected => "Rejected",
            Self::Unknown => "Unknown",
        }
    }
}

/// What went wrong. Small to move, cheap to clone.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: Cow<'static, str>,
    endpoint: Option<Cow<'static, str>>,
    field: Option<String>,
    code: Option<i64>,
    vendor_message: Option<String>,
    http_status: Option<u16>,
    attempts: u32,
    retryable: bool,
    outcome: Outcome,
}

impl Error {
    /// An error that stopped a call before anything was sent.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            endpoint: None,
            field: None,
            code: None,
            vendor_message: None,
            http_status: None,
            attempts: 0,
            retryable: false,
            outcome: Outcome::NotSent,
        }))
    }

    /// A parameter that may not be sent; `field` is its JSON Pointer, such as `/options/contacts/0/contact_tel`.
    pub(crate) fn invalid(field: impl Into<String>, message: impl Into<Cow<'static, str>>) -> Self {
        let mut error = Self::new(ErrorKind::InvalidInput, message);
        error.0.field = Some(field.into());
        error
    }

    /// What a caught panic is to the callers of a binding. The panic's own words may quote anything, and are left out.
    #[doc(hidden)]
    pub fn from_panic() -> Self {
        Self::new(ErrorKind::Panic, "the library panicked").with_outcome(Outcome::Unknown)
    }

    /// What a binding's callback gives back when its language's own exception is to end what called it.
    #[doc(hidden)]
    pub fn interrupted() -> Self {
        Self::new(ErrorKind::Cancelled, "a callback ended it")
    }

    /// An argument that a binding cannot take; `field` names it, or is the JSON Pointer of a value. The message must not
    /// repeat what was given.
    #[doc(hidden)]
    pub fn refused_argument(field: impl Into<String>, message: impl Into<Cow<'static, str>>) -> Self {
        Self::invalid(field, message)
    }

    /// A binding's own error of a kind, about something that was not sent.
    #[doc(hidden)]
    pub fn of_binding(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(kind, message)
    }

    /// The same with what is at fault.
    #[doc(hidden)]
    pub fn with_field(mut self, field: impl Into<String>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    pub(crate) fn with_endpoint(mut self, endpoint: impl Into<Cow<'static, str>>) -> Self {
        self.0.endpoint = Some(endpoint.into());
        self
    }

    pub(crate) fn with_code(mut self, code: i64, vendor_message: Option<String>) -> Self {
        self.0.code = Some(code);
        self.0.vendor_message = vendor_message;
        self
    }

    pub(crate) fn with_http_status(mut self, status: u16) -> Self {
        self.0.http_status = Some(status);
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }

    pub(crate) fn retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What happened, in English, without personal data.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The endpoint's id, such as `telecom.open_id`.
    pub fn endpoint(&self) -> Option<&str> {
        self.0.endpoint.as_deref()
    }

    /// The parameter at fault, as a JSON Pointer (`/id_card`).
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The vendor's `code`, if the vendor answered.
    pub fn code(&self) -> Option<i64> {
        self.0.code
    }

    /// The vendor's `msg`, with everything that was sent taken out of it.
    pub fn vendor_message(&self) -> Option<&str> {
        self.0.vendor_message.as_deref()
    }

    /// The HTTP status, if there was an answer.
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// How often the request was sent or tried.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether the same call may be made again without doing or billing anything twice, and may then succeed.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// What is known about the request's effect.
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, message, endpoint, field, code, vendor_message, http_status, .. } = &*self.0;
        let mut what = kind.to_string();
        if let Some(endpoint) = endpoint {
            write!(what, " at {endpoint}")?;
        }
        write!(what, ": {message}")?;
        if let Some(field) = field {
            write!(what, " (field {field})")?;
        }
        match (code, vendor_message) {
            (Some(code), Some(text)) if !text.is_empty() => write!(what, " (code {code}: {text})")?,
            (Some(code), _) => write!(what, " (code {code})")?,
            _ => {}
        }
        if let Some(status) = http_status.filter(|&status| status != 200) {
            write!(what, " (HTTP {status})")?;
        }
        let stop = if what.ends_with('?') { "" } else { "." };
        write!(f, "{what}{stop} {}", kind.advice())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{self} [outcome {}, attempts {}, retryable {}]",
            self.0.outcome.name(),
            self.0.attempts,
            self.0.retryable
        )
    }
}

impl std::error::Error for Error {}

/// The shape in which an error crosses into scripts and other languages.
impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Error", 10)?;
        object.serialize_field("kind", self.kind().name())?;
        object.serialize_field("code", &self.code())?;
        object.serialize_field("message", self.message())?;
        object.serialize_field("vendor_message", &self.vendor_message())?;
        object.serialize_field("endpoint", &self.endpoint())?;
        object.serialize_field("field", &self.field())?;
        object.serialize_field("http_status", &self.http_status())?;
        object.serialize_field("retryable", &self.is_retryable())?;
        object.serialize_field("outcome", self.outcome().name())?;
        object.serialize_field("attempts", &self.attempts())?;
        object.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_says_what_where_and_what_to_do() {
        let error = Error::new(ErrorKind::Rejected, "the vendor refused the input")
            .with_endpoint("telecom.open_id")
            .with_code(1001, Some("输入错误".into()));
        assert_eq!(
            error.to_string(),
            "Rejected at telecom.open_id: the vendor refused the input (code 1001: 输入错误). \
             Read `vendor_message`; correct the input."
        );
        let error =
            Error::new(ErrorKind::InvalidInput, "there is no such endpoint; did you mean auth.token?");
        assert!(error.to_string().contains("did you mean auth.token? Correct"), "{error}");
    }
}
