//! A session as a value: what it knows, what it is waiting for, and which answers it still takes.
//!
//! Pure: time is handed in, nothing is sent. The rules say what a state means; this remembers what has been asked
//! and answered, so that no challenge is answered twice and none is answered too late.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::api::Picture;
use crate::error::{Error, ErrorKind, Outcome, Result};
use crate::personal::Handle;
use crate::session::challenge::{Challenge, Status, Step};
use crate::session::rules::{self, ChallengeKind, Memory, Next, SessionKind, Why};

/// A collection must end within ten minutes of its opening (§3, §4).
pub(crate) const LIFE: Duration = Duration::from_secs(600);

/// A session as a value.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Progress {
    pub(crate) kind: SessionKind,
    pub(crate) open_id: Handle,
    pub(crate) opened: SystemTime,
    /// Whose licence text the borrower is shown (e-bank, second version).
    pub(crate) provider: Option<i64>,
    login: Login,
    pub(crate) has_service_password: bool,
    asked: Option<ChallengeKind>,
    pending: Option<Pending>,
    /// The picture that was shown last: a state that asks for it again may come without it.
    #[serde(skip)]
    shown: Option<Picture>,
    /// Challenges so far.
    challenges: u32,
    /// Grows with everything that is handed in, so that an older answer to a poll is known as such.
    epoch: u32,
    end: Option<End>,
    last: Option<(i64, Option<String>)>,
}

/// Whether the session has its login. It is handed in once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Login {
    Due,
    /// It is on its way.
    Sending,
    /// It was handed in, or may have been; or the session was opened with it.
    Done,
}

/// The challenge that was put last.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Pending {
    id: String,
    kind: ChallengeKind,
    attempt: u32,
    /// The state that put it.
    state: i64,
    /// Tells pictures apart without keeping them.
    picture: Option<String>,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    Open,
    /// An answer is on its way.
    Sending,
    /// An answer was handed in, or may have been.
    Answered,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum End {
    Finished,
    Failed(String),
    Expired,
    Cancelled,
}

/// What a poll said.
#[derive(Debug, Default)]
pub(crate) struct Observation {
    pub(crate) state: i64,
    pub(crate) message: Option<String>,
    pub(crate) picture: Option<Picture>,
    /// The pause before the next poll.
    pub(crate) poll_after: Duration,
}

impl Progress {
    pub(crate) fn new(kind: SessionKind, open_id: Handle, opened: SystemTime) -> Self {
        Self {
            kind,
            open_id,
            opened,
            provider: None,
            login: match kind {
                SessionKind::Degree | SessionKind::EbankV2 => Login::Due,
                SessionKind::Telecom | SessionKind::Ebank => Login::Done,
            },
            has_service_password: false,
            asked: None,
            pending: None,
            shown: None,
            challenges: 0,
            epoch: 0,
            end: None,
            last: None,
        }
    }

    pub(crate) fn expires_at(&self) -> SystemTime {
        self.opened.checked_add(LIFE).unwrap_or(self.opened)
    }

    /// What is left of the ten minutes.
    pub(crate) fn left(&self, now: SystemTime) -> Duration {
        self.expires_at().duration_since(now).unwrap_or(Duration::ZERO)
    }

    pub(crate) fn epoch(&self) -> u32 {
        self.epoch
    }

    /// What the vendor said last.
    pub(crate) fn status(&self) -> Option<Status> {
        self.last.as_ref().map(|(code, message)| self.status_of(*code, message.clone()))
    }

    /// The step of a session that needs no poll any more, because it has ended; or the error that a poll would be.
    pub(crate) fn before_poll(&mut self, now: SystemTime) -> Result<Option<Step>> {
        if self.end.is_none() && self.left(now).is_zero() {
            self.end = Some(End::Expired);
        }
        match &self.end {
            Some(End::Finished) => Ok(Some(Step::Finished)),
            Some(End::Failed(reason)) => Ok(Some(Step::Failed { reason: reason.clone() })),
            Some(End::Expired) => Ok(Some(Step::Expired)),
            Some(End::Cancelled) => Err(self.over()),
            None if self.login == Login::Due => Err(Error::new(
                ErrorKind::Session,
                "the session is not logged in yet: hand in the login first",
            )),
            None => Ok(None),
        }
    }

    /// Takes in what a poll said that was sent in `epoch`.
    pub(crate) fn observe(&mut self, seen: Observation, epoch: u32, now: SystemTime) -> Step {
        let Observation { state, message, picture, poll_after } = seen;
        let status = self.status_of(state, message.clone());
        let working = Step::Working { poll_after: poll_after.min(self.left(now)), status };
        if epoch != self.epoch {
            // Something was handed in while the poll was on its way: what it saw is history.
            return working;
        }
        self.last = Some((state, message.clone()));
        let memory = Memory {
            asked: self.asked,
            has_service_password: self.has_service_password,
            has_picture: picture.is_some(),
        };
        match rules::next(self.kind, state, memory) {
            Next::Ask(kind, why) => match self.ask(kind, why, state, picture) {
                Some(challenge) => Step::NeedsInput { challenge },
                None => working,
            },
            Next::Wait => {
                if self.pending.as_ref().is_some_and(|pending| pending.stage == Stage::Open) {
                    self.pending = None;
                }
                working
            }
            Next::Finished => {
                self.end = Some(End::Finished);
                Step::Finished
            }
            Next::Failed => {
                let description = self.kind.state_entry(state).map_or("", |entry| entry.description);
                let reason =
                    message.filter(|text| !text.is_empty()).unwrap_or_else(|| description.to_owned());
                self.end = Some(End::Failed(reason.clone()));
                Step::Failed { reason }
            }
        }
    }

    /// Begins to answer a challenge: what it asks for. Refuses one that is superseded, answered, or over.
    pub(crate) fn begin_answer(&mut self, id: &str, now: SystemTime) -> Result<ChallengeKind> {
        self.alive(now)?;
        let pending = self.open_challenge(id)?;
        pending.stage = Stage::Sending;
        Ok(pending.kind)
    }

    /// Ends what [`begin_answer`](Self::begin_answer) began.
    pub(crate) fn end_answer(&mut self, error: Option<&Error>) {
        let may_have_arrived = error.is_none_or(|error| error.outcome() == Outcome::Unknown);
        if let Some(pending) = self.pending.as_mut().filter(|pending| pending.stage == Stage::Sending) {
            pending.stage = if may_have_arrived { Stage::Answered } else { Stage::Open };
            if may_have_arrived {
                self.epoch += 1;
                self.has_service_password |= pending.kind == ChallengeKind::ServicePassword;
            }
        }
    }

    /// Begins to have a challenge sent again.
    pub(crate) fn begin_resend(&mut self, id: &str, now: SystemTime) -> Result<()> {
        self.alive(now)?;
        let telecom = self.kind == SessionKind::Telecom;
        let pending = self.open_challenge(id)?;
        if !can_resend(telecom, pending.kind) {
            return Err(Error::new(ErrorKind::Challenge, "this kind of challenge cannot be sent again"));
        }
        pending.stage = Stage::Sending;
        Ok(())
    }

    /// Ends what [`begin_resend`](Self::begin_resend) began: the challenge is superseded by the one that was sent.
    pub(crate) fn end_resend(&mut self, error: Option<&Error>) {
        if error.is_none_or(|error| error.outcome() == Outcome::Unknown) {
            self.pending = None;
            self.epoch += 1;
        } else if let Some(pending) = &mut self.pending {
            pending.stage = Stage::Open;
        }
    }

    /// Begins a login, which can be handed in once.
    pub(crate) fn begin_login(&mut self, now: SystemTime) -> Result<()> {
        self.alive(now)?;
        let refuse = |words: &'static str| Err(Error::new(ErrorKind::Session, words));
        match self.login {
            Login::Due => {
                self.login = Login::Sending;
                Ok(())
            }
            Login::Sending => refuse("a login to this session is on its way"),
            Login::Done => refuse("the session is logged in, or needs no login"),
        }
    }

    /// Ends what [`begin_login`](Self::begin_login) began; a login that may have arrived counts.
    pub(crate) fn end_login(&mut self, error: Option<&Error>) {
        if error.is_none_or(|error| error.outcome() == Outcome::Unknown) {
            self.login = Login::Done;
            self.epoch += 1;
        } else {
            self.login = Login::Due;
        }
    }

    /// Ends a login that was given up before it was sent.
    pub(crate) fn abandon_login(&mut self) {
        self.login = Login::Due;
    }

    /// The session as it is written down: without the vendor's words, which may name the borrower, and with
    /// everything that is on its way taken for arrived, for nobody else will hear how it ended.
    pub(crate) fn for_saving(&self) -> Self {
        let mut saved = self.clone();
        if let Some((_, message)) = &mut saved.last {
            *message = None;
        }
        if let (Some(End::Failed(reason)), Some((state, _))) = (&mut saved.end, &saved.last) {
            self.kind.state_entry(*state).map_or("", |entry| entry.description).clone_into(reason);
        }
        saved.end_answer(None);
        if saved.login == Login::Sending {
            saved.end_login(None);
        }
        saved
    }

    /// Ends the session on this side. The vendor's side runs out by itself.
    pub(crate) fn cancel(&mut self) {
        self.end.get_or_insert(End::Cancelled);
    }

    /// Refuses a session that was cancelled; one that ended otherwise may have its data fetched.
    pub(crate) fn not_cancelled(&self) -> Result<()> {
        if self.end == Some(End::Cancelled) { Err(self.over()) } else { Ok(()) }
    }

    /// Refuses a session that has ended.
    pub(crate) fn alive(&mut self, now: SystemTime) -> Result<()> {
        if self.end.is_none() && self.left(now).is_zero() {
            self.end = Some(End::Expired);
        }
        if self.end.is_some() { Err(self.over()) } else { Ok(()) }
    }

    fn over(&self) -> Error {
        let words = match &self.end {
            Some(End::Finished) => "the session has finished",
            Some(End::Failed(_)) => "the session has failed",
            Some(End::Cancelled) => "the session was cancelled",
            Some(End::Expired) | None => "the session has expired: its ten minutes are over",
        };
        Error::new(ErrorKind::Session, words)
    }

    fn open_challenge(&mut self, id: &str) -> Result<&mut Pending> {
        let refuse = |words: &'static str| Err(Error::new(ErrorKind::Challenge, words));
        match &mut self.pending {
            Some(pending) if pending.id == id => match pending.stage {
                Stage::Open => Ok(pending),
                Stage::Sending => refuse("an answer to this challenge is on its way"),
                Stage::Answered => refuse("this challenge was answered already, or may have been"),
            },
            Some(_) => refuse("this challenge has been superseded by a newer one"),
            None => refuse("no challenge is open"),
        }
    }

    /// The challenge that a state puts: the one that is open, or a new one.
    fn ask(
        &mut self,
        kind: ChallengeKind,
        why: Why,
        state: i64,
        picture: Option<Picture>,
    ) -> Option<Challenge> {
        let digest = picture.as_ref().map(|picture| hex::encode(&Sha256::digest(picture.base64())[..16]));
        let same = match &self.pending {
            Some(pending) if pending.stage == Stage::Sending => return None,
            Some(pending) => {
                pending.stage == Stage::Open
                    && pending.kind == kind
                    && pending.state == state
                    // A poll without a picture says nothing about the one that is shown.
                    && (digest.is_none() || pending.picture == digest)
            }
            None => false,
        };
        if !same {
            let before = self
                .pending
                .as_ref()
                .filter(|pending| pending.kind == kind)
                .map_or(0, |pending| pending.attempt);
            self.challenges += 1;
            self.asked = Some(kind);
            self.pending = Some(Pending {
                id: format!("{}-{}", self.challenges, kind.name()),
                kind,
                attempt: if why == Why::Refused { before + 1 } else { 1 },
                state,
                picture: digest,
                stage: Stage::Open,
            });
        }
        let pending = self.pending.as_ref()?;
        if kind == ChallengeKind::PictureCaptcha {
            self.shown = picture.or_else(|| self.shown.take());
        }
        let image =
            self.shown.as_ref().filter(|_| kind == ChallengeKind::PictureCaptcha).and_then(Picture::bytes);
        Some(Challenge {
            id: pending.id.clone(),
            kind,
            mime: image.as_deref().map(Picture::mime),
            image,
            attempt: pending.attempt,
            can_resend: can_resend(self.kind == SessionKind::Telecom, kind),
            expires_at: self.expires_at(),
        })
    }

    fn status_of(&self, code: i64, message: Option<String>) -> Status {
        let entry = self.kind.state_entry(code);
        Status {
            code,
            name: entry.map(|entry| entry.name),
            description: entry.map(|entry| entry.description),
            message,
        }
    }
}

/// Only the carrier's SMS has an endpoint that sends it again (§3.1.4).
fn can_resend(telecom: bool, kind: ChallengeKind) -> bool {
    telecom && kind == ChallengeKind::SmsCaptcha
}

#[cfg(test)]
mod tests;
