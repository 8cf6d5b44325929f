//! What a session says when it is asked how things stand, and what it asks the borrower.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::session::rules::ChallengeKind;

/// A question to the borrower. It is answered once; a newer one supersedes it.
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge {
    pub(crate) id: String,
    pub(crate) kind: ChallengeKind,
    pub(crate) image: Option<Vec<u8>>,
    pub(crate) mime: Option<&'static str>,
    pub(crate) attempt: u32,
    pub(crate) can_resend: bool,
    pub(crate) expires_at: SystemTime,
}

impl Challenge {
    /// Tells it from the session's other challenges.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What is asked for.
    pub fn kind(&self) -> ChallengeKind {
        self.kind
    }

    /// What to say to the borrower.
    pub fn prompt(&self) -> &'static str {
        self.kind.prompt()
    }

    /// The picture's bytes, for a picture captcha.
    pub fn image(&self) -> Option<&[u8]> {
        self.image.as_deref()
    }

    /// The picture's type, such as `image/png`.
    pub fn mime(&self) -> Option<&'static str> {
        self.mime
    }

    /// 1 the first time, 2 when the first answer was wrong or late, and so on.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Whether the borrower can have it sent again.
    pub fn can_resend(&self) -> bool {
        self.can_resend
    }

    /// When the session ends, and the question with it.
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }
}

impl fmt::Debug for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Challenge")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("image_bytes", &self.image.as_ref().map(Vec::len))
            .field("attempt", &self.attempt)
            .field("can_resend", &self.can_resend)
            .finish_non_exhaustive()
    }
}

/// The shape in which a challenge crosses into other languages: the picture in base64, the time in seconds since 1970.
impl Serialize for Challenge {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Challenge", 9)?;
        object.serialize_field("id", &self.id)?;
        object.serialize_field("kind", self.kind.name())?;
        object.serialize_field("prompt", self.kind.prompt())?;
        object.serialize_field("prompt_zh", self.kind.prompt_zh())?;
        object.serialize_field("image", &self.image.as_ref().map(|image| STANDARD.encode(image)))?;
        object.serialize_field("mime", &self.mime)?;
        object.serialize_field("attempt", &self.attempt)?;
        object.serialize_field("can_resend", &self.can_resend)?;
        object.serialize_field("expires_at", &unix_seconds(self.expires_at))?;
        object.end()
    }
}

pub(crate) fn unix_seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// What the vendor last said of a session.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Status {
    /// The state's number (§8).
    pub code: i64,
    /// The state's name, or `None` for one that the vendor's document does not list.
    pub name: Option<&'static str>,
    /// The vendor's description of the state, in Chinese.
    pub description: Option<&'static str>,
    /// The vendor's own words this time; long numbers in them are masked.
    pub message: Option<String>,
}

/// How a session stands.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// The vendor is at work: poll again after the pause.
    Working {
        /// The pause, never beyond the session's end.
        #[serde(serialize_with = "seconds")]
        poll_after: Duration,
        /// What the vendor said.
        status: Status,
    },
    /// The borrower is asked for something.
    NeedsInput {
        /// The question.
        challenge: Challenge,
    },
    /// The data can be fetched.
    Finished,
    /// The collection failed; start over with a new session.
    Failed {
        /// The vendor's words.
        reason: String,
    },
    /// The ten minutes are over; start over with a new session.
    Expired,
}

impl Step {
    /// Whether nothing will change any more.
    pub fn is_last(&self) -> bool {
        matches!(self, Self::Finished | Self::Failed { .. } | Self::Expired)
    }
}

fn seconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}
