//! The one error of the crate: what happened, where, whether it may be tried again, and what to do.
//!
//! The text never holds a person's data or a secret. The vendor's own words are kept apart, in
//! [`Error::vendor_message`], with every value that was sent taken out of them.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::audit_cipher::CipherError;

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $advice:literal, $advice_zh:literal;)+) => {
        /// What kind of thing went wrong. The numbers are stable, never reused, and the same in every language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(i32)]
        pub enum ErrorKind { $($(#[$doc])* $name = $number,)+ }

        impl ErrorKind {
            /// Every kind, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable number behind the kind; 0 is success and belongs to no kind.
            pub const fn number(self) -> i32 { self as i32 }

            /// The kind's name, the same in every language.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }

            /// What a caller does about it, in one sentence.
            pub const fn advice(self) -> &'static str {
                match self { $(Self::$name => $advice,)+ }
            }

            /// What a caller does about it, in Chinese.
            pub const fn advice_zh(self) -> &'static str {
                match self { $(Self::$name => $advice_zh,)+ }
            }
        }
    };
}

kinds! {
    /// The client is set up wrongly.
    Config = 1, "Correct the client's configuration; nothing was sent.",
        "修正客户端配置；请求尚未发出。";
    /// A parameter is missing, malformed or unknown. Nothing was sent.
    InvalidInput = 2, "Correct the parameter that `field` names; nothing was sent.",
        "修正 `field` 指出的参数；请求尚未发出。";
    /// The vendor could not be reached, or the connection broke.
    Connection = 3, "Check the network and the proxy; see `outcome` before sending again.",
        "检查网络与代理；重发之前先看 `outcome`。";
    /// A time limit ran out.
    Timeout = 4, "See `outcome` before sending again; raise the timeout that the message names.",
        "重发之前先看 `outcome`；必要时调大错误信息里指明的那个超时。";
    /// The call was cancelled through its `Cancel` handle.
    Cancelled = 5, "See `outcome`: what was under way may have been processed.",
        "看 `outcome`：已在途中的请求可能已被处理。";
    /// The answer is not what the vendor's interface promises.
    Protocol = 6, "Look at `http_status` and the excerpt; a gateway may have answered in the vendor's place.",
        "看 `http_status` 和摘录；可能是网关代替对方作了应答。";
    /// The merchant's account or password is wrong.
    Auth = 7, "Correct the merchant's username or password.",
        "修正商户账号或密码。";
    /// The vendor refused a freshly issued token.
    TokenRefused = 8, "Check that the account is allowed to use this endpoint.",
        "确认该账号已开通此接口的权限。";
    /// The data is still being collected (code 1003).
    Collecting = 9, "Poll the state and ask again when it says that the data is ready.",
        "继续查询状态，待数据可用后再取。";
    /// The vendor refused the input (code 1001).
    Rejected = 10, "Read `vendor_message`; correct the input.",
        "看 `vendor_message`，修正输入。";
    /// The vendor's service failed (code 1000) or asked to slow down.
    ServiceUnavailable = 11, "Try again later.",
        "稍后再试。";
    /// The vendor answered with a code that its document does not list.
    Unknown = 12, "Read `code` and `vendor_message`; ask the vendor.",
        "看 `code` 与 `vendor_message`，并向对方询问。";
    /// A challenge was answered that is no longer, or not yet, the one to answer.
    Challenge = 13, "Poll the session and answer the challenge it returns.",
        "重新查询会话状态，回答它返回的那个验证。";
    /// The session cannot do this: it has ended, expired, or was saved elsewhere.
    Session = 14, "Open a new session, or resume it where it belongs.",
        "新开一个会话，或在其所属的主机和商户下恢复。";
    /// A key or an encryption failed.
    Crypto = 15, "Check the public key the vendor gave you.",
        "检查对方提供的公钥。";
    /// A defect in this library, caught at the language boundary.
    Panic = 16, "Report it as a defect; the process may go on.",
        "这是本库的缺陷，请报告；进程可以继续运行。";
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

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
        write!(f, "{kind}")?;
        if let Some(endpoint) = endpoint {
            write!(f, " at {endpoint}")?;
        }
        write!(f, ": {message}")?;
        if let Some(field) = field {
            write!(f, " (field {field})")?;
        }
        match (code, vendor_message) {
            (Some(code), Some(text)) if !text.is_empty() => write!(f, " (code {code}: {text})")?,
            (Some(code), _) => write!(f, " (code {code})")?,
            _ => {}
        }
        if let Some(status) = http_status.filter(|&status| status != 200) {
            write!(f, " (HTTP {status})")?;
        }
        write!(f, ". {}", kind.advice())
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

impl From<CipherError> for Error {
    fn from(error: CipherError) -> Self {
        Self::new(ErrorKind::Crypto, error.to_string())
    }
}

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
    fn kind_numbers_are_stable() {
        let numbers: Vec<(i32, &str)> =
            ErrorKind::ALL.iter().map(|kind| (kind.number(), kind.name())).collect();
        assert_eq!(
            numbers,
            [
                (1, "Config"),
                (2, "InvalidInput"),
                (3, "Connection"),
                (4, "Timeout"),
                (5, "Cancelled"),
                (6, "Protocol"),
                (7, "Auth"),
                (8, "TokenRefused"),
                (9, "Collecting"),
                (10, "Rejected"),
                (11, "ServiceUnavailable"),
                (12, "Unknown"),
                (13, "Challenge"),
                (14, "Session"),
                (15, "Crypto"),
                (16, "Panic"),
            ]
        );
    }

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
    }
}
