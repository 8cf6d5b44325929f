//! Sessions for code without async; see [`crate::session`].

use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::answer::{Document, Reply};
use crate::api::{degree, ebank, ebank_v2, risk, telecom};
use crate::blocking::{Client, Degree, Ebank, EbankV2, Risk, Telecom};
use crate::error::Result;
use crate::personal::{Handle, Secret};
use crate::session::{self, Challenge, Login, Response, SaveKey, SessionKind, Status, Step};

/// A collection that is under way. Clones are the same session.
#[derive(Debug, Clone)]
pub struct Session {
    client: Client,
    inner: session::Session,
}

macro_rules! opens {
    ($($group:ident $chapter:ident $request:ty;)+) => {
        $(impl $group<'_> {
            #[doc = concat!("Opens a session; see [`crate::chapters::", stringify!($group), "::open`].")]
            pub fn open(&self, request: $request) -> Result<Session> {
                Session::from(self.0, self.0.wait(async |client| client.$chapter().open(request).await))
            }
        })+
    };
}

opens! {
    Telecom telecom telecom::OpenId;
    Degree degree degree::OpenId;
    Ebank ebank ebank::OpenId;
    EbankV2 ebank_v2 ebank_v2::OpenId;
}

impl Risk<'_> {
    /// Submits an application; see [`crate::chapters::Risk::submit`].
    pub fn submit(&self, audit: risk::Audit) -> Result<Handle> {
        self.0.wait(async |client| client.risk().submit(audit).await)
    }

    /// Waits for a verdict; see [`crate::chapters::Risk::wait`].
    pub fn wait(&self, open_id: &Handle, limit: Duration) -> Result<Reply<risk::Verdict>> {
        self.0.wait(async |client| client.risk().wait(open_id, limit).await)
    }
}

impl Client {
    /// Opens a session of a kind from JSON; see [`crate::Client::open_session`].
    pub fn open_session(&self, kind: SessionKind, params: Value) -> Result<Session> {
        Session::from(self, self.wait(async |client| client.open_session(kind, params).await))
    }

    /// Resumes a session that was saved; see [`crate::Client::resume`].
    pub fn resume(&self, key: &SaveKey, text: &str) -> Result<Session> {
        Session::from(self, self.as_async().resume(key, text))
    }
}

impl Session {
    fn from(client: &Client, opened: Result<session::Session>) -> Result<Self> {
        // The session was opened on a borrowed connection, and must not keep it.
        opened.map(|inner| Self { client: client.clone(), inner: inner.through(client.as_async().clone()) })
    }

    /// The async session beneath: the same session.
    pub fn as_async(&self) -> &session::Session {
        &self.inner
    }

    fn wait<T: Send>(&self, work: impl AsyncFnOnce(session::Session) -> Result<T> + Send) -> Result<T> {
        self.client.wait(async |client| work(self.inner.through(client)).await)
    }

    /// Asks how the session stands: one round trip, no sleep.
    pub fn poll(&self) -> Result<Step> {
        self.wait(async |session| session.poll().await)
    }

    /// Answers a challenge; see [`session::Session::submit`].
    pub fn submit(&self, challenge: &Challenge, answer: impl Into<Secret>) -> Result<()> {
        self.submit_by_id(challenge.id(), answer.into())
    }

    /// The same by the challenge's id.
    pub fn submit_by_id(&self, challenge: &str, answer: Secret) -> Result<()> {
        self.wait(async |session| session.submit_by_id(challenge, answer).await)
    }

    /// Has a challenge sent again, which supersedes it: poll for the new one.
    pub fn resend(&self, challenge: &Challenge) -> Result<()> {
        self.resend_by_id(challenge.id())
    }

    /// The same by the challenge's id.
    pub fn resend_by_id(&self, challenge: &str) -> Result<()> {
        self.wait(async |session| session.resend_by_id(challenge).await)
    }

    /// Logs in to a session that was opened without a login.
    pub fn login(&self, login: Login) -> Result<()> {
        self.wait(async |session| session.login(login).await)
    }

    /// The same from JSON; see [`session::Session::login_by_params`].
    pub fn login_by_params(&self, params: Value) -> Result<()> {
        self.wait(async |session| session.login_by_params(params).await)
    }

    /// The banks of a session of e-bank's second version.
    pub fn banks(&self) -> Result<Reply<Vec<ebank_v2::Bank>>> {
        self.wait(async |session| session.banks().await)
    }

    /// The steps of the session, with the pauses between polls.
    pub fn steps(&self) -> Steps {
        Steps { session: self.clone(), inner: self.inner.steps() }
    }

    /// A collection to lead step by step; see [`session::Session::collection`].
    pub fn collection(&self) -> Collection {
        Collection { client: self.client.clone(), inner: self.inner.collection() }
    }

    /// Leads the session to its end; see [`session::Session::collect`]. The callbacks run on this thread.
    pub fn collect(
        &self,
        mut ask: impl FnMut(&Challenge) -> Result<Response>,
        mut watch: impl FnMut(&Step),
    ) -> Result<()> {
        let mut collection = self.collection();
        while let Some(step) = collection.step()? {
            watch(&step);
            if let Step::NeedsInput { challenge } = &step {
                collection.respond(ask(challenge)?)?;
            }
        }
        Ok(())
    }

    /// The raw data of a session that has finished.
    pub fn raw_data(&self) -> Result<Reply<Document>> {
        self.wait(async |session| session.raw_data().await)
    }

    /// The report of a telecom session that has finished.
    pub fn report(&self) -> Result<Reply<Document>> {
        self.wait(async |session| session.report().await)
    }

    /// What is collected.
    pub fn kind(&self) -> SessionKind {
        self.inner.kind()
    }

    /// The session's key at the vendor.
    pub fn open_id(&self) -> Handle {
        self.inner.open_id()
    }

    /// When the session ends, whatever its state.
    pub fn expires_at(&self) -> SystemTime {
        self.inner.expires_at()
    }

    /// What the vendor said at the last poll.
    pub fn status(&self) -> Option<Status> {
        self.inner.status()
    }

    /// Whose licence text the borrower is shown, in the second version of e-bank.
    pub fn provider(&self) -> Option<i64> {
        self.inner.provider()
    }

    /// Ends the session on this side.
    pub fn cancel(&self) {
        self.inner.cancel();
    }

    /// Writes the session down, encrypted; see [`session::Session::save`].
    pub fn save(&self, key: &SaveKey) -> Result<String> {
        self.inner.save(key)
    }
}

/// The steps of a session, up to the last.
#[derive(Debug)]
pub struct Steps {
    session: Session,
    inner: session::Steps,
}

impl Iterator for Steps {
    type Item = Result<Step>;

    fn next(&mut self) -> Option<Result<Step>> {
        let own = self.session.client.as_async();
        let steps = &mut self.inner;
        let stepped = self.session.client.wait(async |client| {
            steps.lend(client);
            Ok(steps.next().await)
        });
        steps.lend(own.clone());
        stepped.unwrap_or_else(|error| Some(Err(error)))
    }
}

/// A session on the way to its end; see [`session::Collection`].
#[derive(Debug)]
pub struct Collection {
    client: Client,
    inner: session::Collection,
}

impl Collection {
    /// The next step, after the pause that is due; see [`session::Collection::step`].
    pub fn step(&mut self) -> Result<Option<Step>> {
        self.wait(async |collection| collection.step().await)
    }

    /// Responds to the challenge of the last step; see [`session::Collection::respond`].
    pub fn respond(&mut self, response: Response) -> Result<()> {
        self.wait(async |collection| collection.respond(response).await)
    }

    fn wait<T: Send>(
        &mut self,
        work: impl AsyncFnOnce(&mut session::Collection) -> Result<T> + Send,
    ) -> Result<T> {
        let inner = &mut self.inner;
        let result = self.client.wait(async |client| {
            inner.lend(client);
            work(inner).await
        });
        // What was borrowed for the call is not to be kept.
        self.inner.lend(self.client.as_async().clone());
        result
    }
}

/// The same session, for code without async.
impl From<session::Session> for Session {
    fn from(inner: session::Session) -> Self {
        Self { client: Client::from(inner.client().clone()), inner }
    }
}
