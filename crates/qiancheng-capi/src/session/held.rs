//! A session, with what C needs beside it.

use std::ffi::c_char;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use qiancheng::blocking::{self, Collection};
use qiancheng::personal::Secret;
use qiancheng::session::{Response, SaveKey, SessionKind, Step};
use qiancheng::{Answer, Error, ErrorKind, Result};
use serde_json::Value;

use crate::answer::document::Document;
use crate::client::Client;
use crate::session::step::Shown;
use crate::text::{Charset, Crossing, Spoken};

/// A session of a client's.
pub(crate) struct Session {
    core: blocking::Session,
    client: Arc<Client>,
    /// Where the steps with their pauses stand. A thread that waits for the next step keeps others that do from asking.
    steps: Mutex<Steps>,
    open_id: OnceLock<Crossing>,
}

struct Steps {
    collection: Collection,
    last: Option<Step>,
}

impl Spoken for Session {
    fn charset(&self) -> Charset {
        self.client.charset()
    }
}

impl Session {
    fn new(core: blocking::Session, client: Arc<Client>) -> Self {
        let steps = Mutex::new(Steps { collection: core.collection(), last: None });
        Self { core, client, steps, open_id: OnceLock::new() }
    }

    pub(crate) fn open(client: Arc<Client>, kind: &[u8], params: Value) -> Result<Self> {
        let core = client.ready()?.open_session(self::kind(kind)?, params)?;
        Ok(Self::new(core, client))
    }

    pub(crate) fn resume(client: Arc<Client>, key: &[u8], saved: &str) -> Result<Self> {
        let core = client.ready()?.resume(&SaveKey::from_slice(key)?, saved)?;
        Ok(Self::new(core, client))
    }

    fn ready(&self) -> Result<&blocking::Session> {
        self.client.ready().map(|_| &self.core)
    }

    fn shown(&self, step: Step) -> Shown {
        Shown::new(step, self.charset())
    }

    pub(crate) fn poll(&self) -> Result<Shown> {
        Ok(self.shown(self.ready()?.poll()?))
    }

    pub(crate) fn next(&self) -> Result<Shown> {
        let mut steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        self.ready()?;
        let over = steps.last.clone().filter(Step::is_last);
        let step = match over {
            Some(step) => step,
            None => steps.collection.step()?.unwrap_or(Step::Finished),
        };
        steps.last = Some(step.clone());
        Ok(self.shown(step))
    }

    pub(crate) fn submit(&self, challenge: &str, answer: &str) -> Result<()> {
        self.ready()?.submit_by_id(challenge, Secret::from(answer))
    }

    pub(crate) fn resend(&self, challenge: &str) -> Result<()> {
        self.ready()?.resend_by_id(challenge)
    }

    /// Answers the challenge of the last step, or has it sent again.
    pub(crate) fn respond(&self, answer: Option<&str>) -> Result<()> {
        let mut steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        self.ready()?;
        steps.collection.respond(answer.map_or(Response::Resend, Response::from))
    }

    pub(crate) fn login(&self, params: Value) -> Result<()> {
        self.ready()?.login_by_params(params)
    }

    pub(crate) fn cancel(&self) {
        self.core.cancel();
    }

    fn document(&self, answer: &Answer) -> Document {
        Document::new(answer.clone(), self.charset())
    }

    pub(crate) fn banks(&self) -> Result<Document> {
        Ok(self.document(self.ready()?.banks()?.answer()))
    }

    pub(crate) fn raw_data(&self) -> Result<Document> {
        Ok(self.document(self.ready()?.raw_data()?.answer()))
    }

    pub(crate) fn report(&self) -> Result<Document> {
        Ok(self.document(self.ready()?.report()?.answer()))
    }

    pub(crate) fn save(&self, key: &[u8]) -> Result<Crossing> {
        let saved = self.core.save(&SaveKey::from_slice(key)?)?;
        Ok(self.charset().message(&saved))
    }

    pub(crate) fn status(&self) -> Result<Document> {
        let status = serde_json::to_string(&self.core.status())
            .map_err(|_| Error::of_binding(ErrorKind::Panic, "the status could not be written"))?;
        Ok(Document::ours(status, self.charset()))
    }

    pub(crate) fn kind(&self) -> *const c_char {
        let name = match self.core.kind() {
            SessionKind::Telecom => c"telecom",
            SessionKind::Degree => c"degree",
            SessionKind::Ebank => c"ebank",
            SessionKind::EbankV2 => c"ebank_v2",
        };
        name.as_ptr()
    }

    pub(crate) fn open_id(&self) -> *const c_char {
        self.open_id.get_or_init(|| self.charset().message(self.core.open_id().expose())).as_ptr()
    }

    pub(crate) fn expires_at(&self) -> i64 {
        unix_seconds(self.core.expires_at())
    }

    pub(crate) fn provider(&self) -> Option<i64> {
        self.core.provider()
    }
}

pub(crate) fn unix_seconds(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .unwrap_or_default()
}

fn kind(name: &[u8]) -> Result<SessionKind> {
    let known = std::str::from_utf8(name).ok().and_then(SessionKind::from_name);
    known.ok_or_else(|| {
        let names = SessionKind::ALL.map(SessionKind::name).join(", ");
        Error::refused_argument("kind", format!("there is no such kind of session; there are {names}"))
    })
}
