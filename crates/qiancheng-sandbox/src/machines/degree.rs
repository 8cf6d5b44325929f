//! Degree sessions (§4, states §8.2).

use qiancheng::dictionary::DegreeState as State;

use super::behaviour::Behaviour;
use super::track::Track;
use super::{LIMIT, Moment, Readiness, Shown, TIMED_OUT, unasked};
use crate::clock::Millis;
use crate::envelope::Refusal;

#[derive(Debug)]
pub(crate) struct Degree {
    opened: Millis,
    track: Track,
    timed_out: bool,
}

impl Degree {
    /// Opens a session, which waits in state 0 for its login.
    pub(crate) fn open(at: Moment) -> Self {
        Self { opened: at.now, track: Track::new(State::Init.code(), [], at), timed_out: false }
    }

    /// Logs in. With `synchronous`, collection has ended when this returns.
    pub(crate) fn login(&mut self, password: &str, synchronous: bool, at: Moment) -> Result<(), Refusal> {
        let shown = self.settle(at);
        if shown.state != State::Init.code() {
            return Err(unasked("登录", shown));
        }
        let (end, extra) = match Behaviour::of(password) {
            Behaviour::Wrong => return Err(Refusal::input("账号或密码错误 password")),
            Behaviour::Fail => (State::CollectFailed, 0),
            Behaviour::Direct { extra } => (State::CollectFinished, extra),
            _ => (State::CollectFinished, 0),
        };
        let submitted = State::PasswordSubmitted.code();
        self.track = if synchronous {
            Track::new(end.code(), [], at)
        } else {
            Track::new(submitted, std::iter::repeat_n(submitted, extra).chain([end.code()]), at)
        };
        Ok(())
    }

    pub(crate) fn poll(&mut self, at: Moment) -> Shown {
        self.settle(at);
        self.track.poll(at);
        self.shown()
    }

    pub(crate) fn readiness(&mut self, at: Moment) -> Readiness {
        let shown = self.settle(at);
        match State::from_code(shown.state) {
            State::CollectFinished => Readiness::Ready,
            State::CollectFailed => Readiness::Failed(shown.message),
            _ => Readiness::Collecting,
        }
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
