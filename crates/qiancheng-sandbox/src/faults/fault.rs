//! What can go wrong with an answer.

use std::time::Duration;

use serde::Deserialize;

use crate::error::ControlError;

/// The longest pause a fault may make: an hour.
const LONGEST_MS: u64 = 3_600_000;
/// The largest body a bomb may unfold to: 4 GiB, about 4 MB on the wire.
const LARGEST_BOMB: u64 = 4 << 30;

/// One way for a call to go wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Processed; answered late.
    Latency(Duration),
    /// Processed; answered a few bytes at a time.
    Dribble { bytes: usize, pause: Duration },
    /// Not processed; the connection is reset.
    Reset,
    /// Not processed; the connection is closed in order, without an answer.
    Close,
    /// Processed; the connection closes after so many bytes of the body.
    TruncateBody { after: Option<usize> },
    /// Processed; the body is gzip that ends early, in sound HTTP.
    TruncateGzip,
    /// Processed; `Content-Length` is off by this much, and the connection closes.
    WrongLength { delta: i64 },
    /// Not processed; a gateway's HTML page.
    Html502,
    /// Processed; the JSON ends in the middle, in sound HTTP.
    BrokenJson,
    /// Not processed; 429 with `Retry-After`.
    Status429 { retry_after: u64 },
    /// Not processed; the envelope that says the token is not live.
    TokenRefused,
    /// Processed; the connection is reset without an answer.
    ProcessedButLost,
    /// Not processed; code 1000.
    ServiceUnavailable,
    /// Not processed; a small gzip body that unfolds to so many bytes.
    GzipBomb { bytes: u64 },
}

impl Fault {
    /// Whether the vendor does its work before the answer goes wrong.
    pub(crate) fn is_processed(&self) -> bool {
        match self {
            Self::Latency(_)
            | Self::Dribble { .. }
            | Self::TruncateBody { .. }
            | Self::TruncateGzip
            | Self::WrongLength { .. }
            | Self::BrokenJson
            | Self::ProcessedButLost => true,
            Self::Reset
            | Self::Close
            | Self::Html502
            | Self::Status429 { .. }
            | Self::TokenRefused
            | Self::ServiceUnavailable
            | Self::GzipBomb { .. } => false,
        }
    }

    /// The name it is asked for by.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Latency(_) => "latency",
            Self::Dribble { .. } => "dribble",
            Self::Reset => "reset",
            Self::Close => "close",
            Self::TruncateBody { .. } => "truncate_body",
            Self::TruncateGzip => "truncate_gzip",
            Self::WrongLength { .. } => "wrong_length",
            Self::Html502 => "html_502",
            Self::BrokenJson => "broken_json",
            Self::Status429 { .. } => "status_429",
            Self::TokenRefused => "token_refused",
            Self::ProcessedButLost => "processed_but_lost",
            Self::ServiceUnavailable => "service_unavailable",
            Self::GzipBomb { .. } => "gzip_bomb",
        }
    }
}

/// A fault as it is written: a kind, and the settings that belong to it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    kind: String,
    ms: Option<u64>,
    bytes: Option<u64>,
    after: Option<u64>,
    delta: Option<i64>,
    retry_after: Option<u64>,
}

impl Written {
    /// The fault, or what is wrong with how it is written.
    pub(super) fn read(self) -> Result<Fault, ControlError> {
        let allowed: &[&str] = match self.kind.as_str() {
            "latency" => &["ms"],
            "dribble" => &["bytes", "ms"],
            "truncate_body" => &["after"],
            "wrong_length" => &["delta"],
            "status_429" => &["retry_after"],
            "gzip_bomb" => &["bytes"],
            _ => &[],
        };
        let given = [
            ("ms", self.ms.is_some()),
            ("bytes", self.bytes.is_some()),
            ("after", self.after.is_some()),
            ("delta", self.delta.is_some()),
            ("retry_after", self.retry_after.is_some()),
        ];
        if let Some((name, _)) = given.iter().find(|(name, given)| *given && !allowed.contains(name)) {
            return Err(ControlError::new(format!("fault {:?} takes no {name:?}", self.kind)));
        }
        let ms = |default: Option<u64>| match self.ms.or(default) {
            Some(ms) if ms <= LONGEST_MS => Ok(Duration::from_millis(ms)),
            Some(_) => Err(ControlError::new(format!("fault {:?}: ms is at most {LONGEST_MS}", self.kind))),
            None => Err(ControlError::new(format!("fault {:?} needs ms", self.kind))),
        };
        Ok(match self.kind.as_str() {
            "latency" => Fault::Latency(ms(None)?),
            "dribble" => {
                let bytes = usize::try_from(self.bytes.unwrap_or(1)).unwrap_or(usize::MAX);
                if bytes == 0 {
                    return Err(ControlError::new("fault \"dribble\": bytes is at least 1"));
                }
                Fault::Dribble { bytes, pause: ms(Some(10))? }
            }
            "reset" => Fault::Reset,
            "close" => Fault::Close,
            "truncate_body" => Fault::TruncateBody {
                after: self.after.map(|after| usize::try_from(after).unwrap_or(usize::MAX)),
            },
            "truncate_gzip" => Fault::TruncateGzip,
            "wrong_length" => Fault::WrongLength { delta: self.delta.unwrap_or(10) },
            "html_502" => Fault::Html502,
            "broken_json" => Fault::BrokenJson,
            "status_429" => Fault::Status429 { retry_after: self.retry_after.unwrap_or(1) },
            "token_refused" => Fault::TokenRefused,
            "processed_but_lost" => Fault::ProcessedButLost,
            "service_unavailable" => Fault::ServiceUnavailable,
            "gzip_bomb" => match self.bytes.unwrap_or(256 << 20) {
                bytes if bytes <= LARGEST_BOMB => Fault::GzipBomb { bytes },
                _ => {
                    return Err(ControlError::new(format!(
                        "fault \"gzip_bomb\": bytes is at most {LARGEST_BOMB}"
                    )));
                }
            },
            other => return Err(ControlError::new(format!("there is no fault {other:?}"))),
        })
    }
}
