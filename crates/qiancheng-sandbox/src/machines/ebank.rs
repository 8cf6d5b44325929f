//! E-bank sessions, both versions (§5 and §6, states §8.3).

use std::collections::VecDeque;

use qiancheng::dictionary::EbankState as State;

use super::behaviour::Behaviour;
use super::track::Track;
use super::{LIMIT, Moment, Readiness, Shown, TIMED_OUT, unasked};
use crate::clock::Millis;
use crate::envelope::Refusal;
use crate::picture;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Sms,
    Picture,
    Dynamic,
}

impl Stage {
    fn required(self) -> State {
        match self {
            Self::Sms => State::SmsCaptchaRequired,
            Self::Picture => State::PictureCaptchaRequired,
            Self::Dynamic => State::DynamicPasswordRequired,
        }
    }

    fn submitted(self) -> State {
        match self {
            Self::Sms => State::SmsCaptchaSubmitted,
            Self::Picture => State::PictureCaptchaSubmitted,
            Self::Dynamic => State::DynamicPasswordSubmitted,
        }
    }

    fn right_answer(self) -> &'static str {
        match self {
            Self::Sms => "123456",
            Self::Picture => picture::TEXT,
            Self::Dynamic => "135790",
        }
    }
}

#[derive(Debug)]
pub(crate) struct Ebank {
    opened: Millis,
    track: Track,
    stages: VecDeque<Stage>,
    extra: usize,
    fails: bool,
    logged_in: bool,
    timed_out: bool,
}

impl Ebank {
    /// Opens a session, which waits in state 0 for its login.
    pub(crate) fn open(at: Moment) -> Self {
        Self {
            opened: at.now,
            track: Track::new(State::Init.code(), [], at),
            stages: VecDeque::new(),
            extra: 0,
            fails: false,
            logged_in: false,
            timed_out: false,
        }
    }

    /// Opens a session that brings its login with it (§5.1.3).
    pub(crate) fn open_with_login(password: &str, at: Moment) -> Result<Self, Refusal> {
        let mut session = Self::open(at);
        session.take(password)?;
        let ahead = std::iter::once(State::AccountSubmitted.code()).chain(session.next());
        session.track = Track::new(State::Init.code(), ahead, at);
        Ok(session)
    }

    /// Logs in (§6.1.4).
    pub(crate) fn login(&mut self, password: &str, at: Moment) -> Result<Shown, Refusal> {
        let shown = self.settle(at);
        if self.logged_in || shown.state != State::Init.code() {
            return Err(unasked("登录", shown));
        }
        self.take(password)?;
        let ahead = self.next();
        self.track = Track::new(State::AccountSubmitted.code(), ahead, at);
        Ok(self.shown())
    }

    /// Takes what was asked for last, of whichever kind.
    pub(crate) fn verify(&mut self, code: &str, at: Moment) -> Result<Shown, Refusal> {
        let shown = self.settle(at);
        let asking =
            |stage: &Stage| [stage.required(), State::CaptchaError].contains(&State::from_code(shown.state));
        let Some(stage) = self.stages.front().copied().filter(asking) else {
            return Err(unasked("验证码", shown));
        };
        if code == stage.right_answer() {
            self.stages.pop_front();
            let ahead = self.next();
            self.track = Track::new(stage.submitted().code(), ahead, at);
        } else {
            self.track = Track::new(State::CaptchaError.code(), [], at);
        }
        Ok(self.shown())
    }

    pub(crate) fn poll(&mut self, at: Moment) -> Shown {
        self.settle(at);
        self.track.poll(at);
        self.shown()
    }

    /// Whether the state shown last comes with a picture.
    pub(crate) fn shows_picture(&self) -> bool {
        self.track.current() == State::PictureCaptchaRequired.code()
    }

    pub(crate) fn readiness(&mut self, at: Moment) -> Readiness {
        let shown = self.settle(at);
        match State::from_code(shown.state) {
            State::CollectFinished => Readiness::Ready,
            State::CollectFailed => Readiness::Failed(shown.message),
            _ => Readiness::Collecting,
        }
    }

    fn take(&mut self, password: &str) -> Result<(), Refusal> {
        match Behaviour::of(password) {
            Behaviour::Wrong => return Err(Refusal::input("登录名或密码错误 password")),
            Behaviour::Fail => self.fails = true,
            Behaviour::Direct { extra } => self.extra = extra,
            Behaviour::Captchas(count) => self.stages.extend(std::iter::repeat_n(Stage::Sms, count)),
            Behaviour::Picture => self.stages.push_back(Stage::Picture),
            Behaviour::Dynamic => self.stages.push_back(Stage::Dynamic),
            // Magic of the telecom's only.
            Behaviour::QueryPassword | Behaviour::CaptchaThenQuery | Behaviour::Restart => {
                self.stages.push_back(Stage::Sms);
            }
        }
        self.logged_in = true;
        Ok(())
    }

    /// What comes by itself once the last submission is dealt with.
    fn next(&self) -> Vec<i64> {
        if self.fails {
            return vec![State::CollectFailed.code()];
        }
        if let Some(stage) = self.stages.front() {
            return vec![stage.required().code()];
        }
        let mut states = vec![State::AccountSubmitted.code(); self.extra];
        states.push(State::CollectFinished.code());
        states
    }

    fn settle(&mut self, at: Moment) -> Shown {
        self.track.settle(at);
        let ended =
            [State::CollectFinished, State::CollectFailed].map(State::code).contains(&self.track.current());
        if !ended && at.now - self.opened >= LIMIT {
            self.timed_out = true;
            self.track = Track::new(State::CollectFailed.code(), [], at);
        }
        self.shown()
    }

    fn shown(&self) -> Shown {
        let state = State::from_code(self.track.current());
        let name = state.entry().map_or("", |entry| entry.name);
        Shown { state: state.code(), message: if self.timed_out { TIMED_OUT } else { name } }
    }
}
