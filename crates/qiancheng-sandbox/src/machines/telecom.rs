//! Telecom sessions (§3, states §8.1).

use std::collections::VecDeque;

use qiancheng::dictionary::TelecomState as State;

use super::behaviour::Behaviour;
use super::track::Track;
use super::{LIMIT, Moment, Readiness, Shown, TIMED_OUT, unasked};
use crate::clock::Millis;
use crate::envelope::Refusal;

const CAPTCHA: &str = "123456";
const QUERY_PASSWORD: &str = "654321";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// State 1: the service password is asked for again.
    Restart,
    Captcha,
    QueryPassword,
    /// The end, in failure.
    Fail,
}

#[derive(Debug)]
pub(crate) struct Telecom {
    opened: Millis,
    track: Track,
    /// What is still to come before the data, in this order.
    stages: VecDeque<Stage>,
    /// Polls to wait beyond the usual ones before the end.
    extra: usize,
    /// Opened without a service password.
    lacks_password: bool,
    timed_out: bool,
}

impl Telecom {
    /// Opens a session. Without a service password it waits in state 0 for one.
    pub(crate) fn open(service_password: &str, at: Moment) -> Result<Self, Refusal> {
        let mut session = Self {
            opened: at.now,
            track: Track::new(State::Init.code(), [], at),
            stages: VecDeque::new(),
            extra: 0,
            lacks_password: service_password.is_empty(),
            timed_out: false,
        };
        if !session.lacks_password {
            session.take(Behaviour::of(service_password))?;
            let ahead = std::iter::once(State::ServicePasswordSubmitted.code()).chain(session.next());
            session.track = Track::new(State::Init.code(), ahead, at);
        }
        Ok(session)
    }

    /// Takes the service password of a session that has none yet, or that asked for it again.
    pub(crate) fn service_password(&mut self, password: &str, at: Moment) -> Result<(), Refusal> {
        let shown = self.settle(at);
        let restarted = shown.state == State::Restart.code();
        let awaited = self.lacks_password && shown.state == State::Init.code();
        if !(restarted || awaited) {
            return Err(unasked("服务密码", shown));
        }
        self.take(Behaviour::of(password))?;
        if restarted && self.stages.front() == Some(&Stage::Restart) {
            // Once is enough.
            self.stages.pop_front();
        }
        self.lacks_password = false;
        let ahead = self.next();
        self.track = Track::new(State::ServicePasswordSubmitted.code(), ahead, at);
        Ok(())
    }

    pub(crate) fn captcha(&mut self, captcha: &str, at: Moment) -> Result<(), Refusal> {
        let asking = [State::CaptchaRequired, State::CaptchaError, State::CaptchaResend];
        self.answer("验证码", &asking, captcha == CAPTCHA, [State::CaptchaSubmitted, State::CaptchaError], at)
    }

    pub(crate) fn query_password(&mut self, password: &str, at: Moment) -> Result<(), Refusal> {
        let asking = [State::QueryPasswordRequired, State::QueryPasswordError];
        let after = [State::QueryPasswordSubmitted, State::QueryPasswordError];
        self.answer("查询密码", &asking, password == QUERY_PASSWORD, after, at)
    }

    pub(crate) fn resend_captcha(&mut self, at: Moment) -> Result<(), Refusal> {
        let shown = self.settle(at);
        match State::from_code(shown.state) {
            State::CaptchaRequired | State::CaptchaError | State::CaptchaResend => {
                self.track = Track::new(State::CaptchaResend.code(), [], at);
                Ok(())
            }
            _ => Err(unasked("重发验证码", shown)),
        }
    }

    pub(crate) fn poll(&mut self, at: Moment) -> Shown {
        self.settle(at);
        self.track.poll(at);
        self.shown()
    }

    pub(crate) fn readiness(&mut self, at: Moment) -> Readiness {
        let shown = self.settle(at);
        match State::from_code(shown.state) {
            State::DataReady => Readiness::Ready,
            State::CollectFailed => Readiness::Failed(shown.message),
            _ => Readiness::Collecting,
        }
    }

    fn take(&mut self, behaviour: Behaviour) -> Result<(), Refusal> {
        use Stage::{Captcha, Fail, QueryPassword, Restart};
        self.stages.clear();
        match behaviour {
            Behaviour::Wrong => return Err(Refusal::input("服务密码错误 service_password")),
            Behaviour::Fail => self.stages.push_back(Fail),
            Behaviour::Direct { extra } => self.extra = extra,
            Behaviour::Captchas(count) => self.stages.extend(std::iter::repeat_n(Captcha, count)),
            Behaviour::QueryPassword => self.stages.push_back(QueryPassword),
            Behaviour::CaptchaThenQuery => self.stages.extend([Captcha, QueryPassword]),
            Behaviour::Restart => self.stages.extend([Restart, Captcha]),
            // Magic of the e-bank's only.
            Behaviour::Picture | Behaviour::Dynamic => self.stages.push_back(Captcha),
        }
        Ok(())
    }

    /// What comes by itself once the last submission is dealt with.
    fn next(&self) -> Vec<i64> {
        let states = match self.stages.front() {
            Some(Stage::Restart) => vec![State::Restart],
            Some(Stage::Captcha) => vec![State::CaptchaRequired],
            Some(Stage::QueryPassword) => vec![State::QueryPasswordRequired],
            Some(Stage::Fail) => vec![State::CollectFailed],
            None => {
                let mut states = vec![State::CollectFinished; 1 + self.extra];
                states.push(State::DataReady);
                states
            }
        };
        states.into_iter().map(State::code).collect()
    }

    /// Deals with an answer to a challenge: where it stands while it is worked on, or that it was wrong.
    fn answer(
        &mut self,
        what: &str,
        asking: &[State],
        right: bool,
        [submitted, error]: [State; 2],
        at: Moment,
    ) -> Result<(), Refusal> {
        let shown = self.settle(at);
        if !asking.contains(&State::from_code(shown.state)) {
            return Err(unasked(what, shown));
        }
        if right {
            self.stages.pop_front();
            self.track = Track::new(submitted.code(), self.next(), at);
        } else {
            self.track = Track::new(error.code(), [], at);
        }
        Ok(())
    }

    /// Brings the session up to the present.
    fn settle(&mut self, at: Moment) -> Shown {
        self.track.settle(at);
        let ended = [State::DataReady, State::CollectFailed].map(State::code).contains(&self.track.current());
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
