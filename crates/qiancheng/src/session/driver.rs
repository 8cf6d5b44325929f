//! The I/O around the rules: which endpoint a step goes through, and what comes back from it.

use std::time::{Duration, Instant};

use crate::answer::{Document, Reply};
use crate::api::{degree, ebank, ebank_v2, telecom};
use crate::error::{Error, ErrorKind, Result};
use crate::personal::{Personal, Secret};
use crate::session::Session;
use crate::session::challenge::{Challenge, Step};
use crate::session::progress::Observation;
use crate::session::rules::{ChallengeKind, SessionKind};
use crate::{CallOptions, Client};

/// A pause that the vendor may ask for at most; more is taken for a mistake.
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// The login of a session that is opened without one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Login {
    /// The borrower's 学信网 account (§4.1.2).
    Degree {
        /// Account.
        account: Personal,
        /// Password.
        password: Secret,
        /// [`degree::SYNCHRONOUS`] or [`degree::ASYNCHRONOUS`].
        sync: i64,
    },
    /// The borrower's bank (§6.1.3, §6.1.4).
    EbankV2 {
        /// The way to log in, from [`Session::banks`].
        entry_id: String,
        /// ID number, card number, login name or mobile number, as the way to log in wants it.
        login_name: Personal,
        /// Password; some banks need none.
        password: Option<Secret>,
    },
}

impl Login {
    /// A 学信网 account; the collection goes on while the session is polled.
    pub fn degree(account: impl Into<Personal>, password: impl Into<Secret>) -> Self {
        Self::Degree { account: account.into(), password: password.into(), sync: degree::ASYNCHRONOUS }
    }

    /// A bank that needs a password.
    pub fn ebank_v2(
        entry_id: impl Into<String>,
        login_name: impl Into<Personal>,
        password: impl Into<Secret>,
    ) -> Self {
        Self::EbankV2 {
            entry_id: entry_id.into(),
            login_name: login_name.into(),
            password: Some(password.into()),
        }
    }
}

impl Session {
    /// Asks how the session stands: one round trip, no sleep. A session that has ended says so without asking.
    pub async fn poll(&self) -> Result<Step> {
        let (epoch, kind) = {
            let mut progress = self.progress();
            if let Some(step) = progress.before_poll(self.now())? {
                return Ok(step);
            }
            (progress.epoch(), progress.kind)
        };
        let open_id = self.open_id();
        let client = self.in_time();
        let seen = match kind {
            SessionKind::Telecom => {
                let state = client.telecom().get_state(telecom::GetState { open_id }).await?.into_inner();
                self.seen(state.state.code(), state.message)
            }
            SessionKind::Degree => {
                let state = client.degree().get_state(degree::GetState { open_id }).await?.into_inner();
                self.seen(state.state.code(), state.message)
            }
            SessionKind::Ebank => {
                self.seen_ebank(client.ebank().get_state(ebank::GetState { open_id }).await?)
            }
            SessionKind::EbankV2 => {
                self.seen_ebank(client.ebank_v2().get_state(ebank_v2::GetState { open_id }).await?)
            }
        };
        Ok(self.progress().observe(seen, epoch, self.now()))
    }

    /// Answers a challenge. One that is superseded, answered or over is refused, and nothing is sent. If the
    /// answer's fate is unknown ([`crate::Outcome::Unknown`]), poll: it must not be sent again, and is not.
    pub async fn submit(&self, challenge: &Challenge, answer: impl Into<Secret>) -> Result<()> {
        self.submit_by_id(challenge.id(), answer.into()).await
    }

    /// The same by the challenge's id, for those who keep no challenges: web pages, other languages.
    pub async fn submit_by_id(&self, challenge: &str, answer: Secret) -> Result<()> {
        let asked = self.progress().begin_answer(challenge, self.now())?;
        let mut guard = Unfinished { session: self, end: Some(Kind::Answer) };
        let result = self.hand_in(asked, answer).await;
        guard.end = None;
        self.progress().end_answer(result.as_ref().err());
        let seen = result?;
        if let Some(seen) = seen {
            let mut progress = self.progress();
            let epoch = progress.epoch();
            progress.observe(seen, epoch, self.now());
        }
        Ok(())
    }

    /// Has a challenge sent again, which supersedes it: poll for the new one.
    pub async fn resend(&self, challenge: &Challenge) -> Result<()> {
        self.resend_by_id(challenge.id()).await
    }

    /// The same by the challenge's id.
    pub async fn resend_by_id(&self, challenge: &str) -> Result<()> {
        self.progress().begin_resend(challenge, self.now())?;
        let mut guard = Unfinished { session: self, end: Some(Kind::Resend) };
        let request = telecom::ResendCaptcha { open_id: self.open_id() };
        let result = self.in_time().telecom().resend_captcha(request).await;
        guard.end = None;
        self.progress().end_resend(result.as_ref().err());
        result.map(drop)
    }

    /// Logs in to a session that was opened without a login. If its fate is unknown, poll.
    pub async fn login(&self, login: Login) -> Result<()> {
        self.progress().begin_login(self.now())?;
        let open_id = self.open_id();
        let client = self.in_time();
        let result = match (self.kind(), login) {
            (SessionKind::Degree, Login::Degree { account, password, sync }) => {
                client.degree().login(degree::Login { open_id, account, password, sync }).await.map(drop)
            }
            (SessionKind::EbankV2, Login::EbankV2 { entry_id, login_name, password }) => {
                let consent = ebank_v2::LicenseUpload {
                    open_id: open_id.clone(),
                    entry_id: entry_id.clone(),
                    login_name: login_name.clone(),
                };
                // The borrower's consent can be handed in again; only the login itself counts.
                client.ebank_v2().license_upload(consent).await?;
                client
                    .ebank_v2()
                    .login(ebank_v2::Login { open_id, entry_id, login_name, password })
                    .await
                    .map(drop)
            }
            _ => return Err(Error::new(ErrorKind::Session, "this login is for another kind of session")),
        };
        self.progress().end_login(result.as_ref().err());
        result
    }

    /// The banks of a session of e-bank's second version, to choose a login from.
    pub async fn banks(&self) -> Result<Reply<Vec<ebank_v2::Bank>>> {
        if self.kind() != SessionKind::EbankV2 {
            return Err(Error::new(ErrorKind::Session, "only sessions of ebank_v2 have a list of banks"));
        }
        self.in_time().ebank_v2().bank_list(ebank_v2::BankList { open_id: self.open_id() }).await
    }

    /// The raw data of a session that has finished.
    pub async fn raw_data(&self) -> Result<Reply<Document>> {
        let open_id = self.open_id();
        let client = self.client();
        match self.kind() {
            SessionKind::Telecom => client.telecom().raw_data(telecom::RawData { open_id }).await,
            SessionKind::Degree => client.degree().raw_data(degree::RawData { open_id }).await,
            SessionKind::Ebank => client.ebank().raw_data(ebank::RawData { open_id }).await,
            SessionKind::EbankV2 => client.ebank_v2().raw_data(ebank_v2::RawData { open_id }).await,
        }
    }

    /// The report of a telecom session that has finished.
    pub async fn report(&self) -> Result<Reply<Document>> {
        if self.kind() != SessionKind::Telecom {
            return Err(Error::new(ErrorKind::Session, "only telecom sessions have a report"));
        }
        self.client().telecom().report(telecom::Report { open_id: self.open_id() }).await
    }

    async fn hand_in(&self, asked: ChallengeKind, answer: Secret) -> Result<Option<Observation>> {
        let open_id = self.open_id();
        let client = self.in_time();
        match (self.kind(), asked) {
            (SessionKind::Telecom, ChallengeKind::QueryPassword) => {
                let request = telecom::QueryPassword { open_id, query_password: answer };
                client.telecom().query_password(request).await?;
            }
            (SessionKind::Telecom, ChallengeKind::ServicePassword) => {
                let request = telecom::ServicePassword { open_id, service_password: answer };
                client.telecom().service_password(request).await?;
            }
            (SessionKind::Telecom, _) => {
                client.telecom().captcha(telecom::Captcha { open_id, captcha: answer }).await?;
            }
            (SessionKind::Ebank, _) => {
                let request = ebank::Captcha { open_id, verify_code: answer };
                return Ok(Some(self.seen_ebank(client.ebank().captcha(request).await?)));
            }
            (SessionKind::EbankV2, _) => {
                let request = ebank_v2::Captcha { open_id, verify_code: answer };
                return Ok(Some(self.seen_ebank(client.ebank_v2().captcha(request).await?)));
            }
            (SessionKind::Degree, _) => {
                return Err(Error::new(ErrorKind::Session, "degree sessions ask the borrower for nothing"));
            }
        }
        Ok(None)
    }

    fn seen(&self, state: i64, message: Option<String>) -> Observation {
        Observation { state, message, picture: None, poll_after: self.pause(None) }
    }

    fn seen_ebank(&self, state: Reply<ebank::State>) -> Observation {
        let ebank::State { state, message, request_delay, pic_captcha, .. } = state.into_inner();
        Observation {
            state: state.code(),
            message,
            picture: pic_captcha,
            poll_after: self.pause(request_delay),
        }
    }

    /// The pause before the next poll: the caller's, else the vendor's, else the usual one.
    fn pause(&self, asked: Option<f64>) -> Duration {
        let settings = self.client.settings();
        let asked = asked
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
            .map(|asked| asked.min(LONGEST_DELAY));
        settings.poll_interval.or(asked).unwrap_or(settings.usual_poll_interval)
    }

    /// A client whose calls end with the session.
    fn in_time(&self) -> Client {
        let left = self.progress().left(self.now());
        let ends = Instant::now().checked_add(left);
        let sooner = match (ends, self.client.settings().deadline) {
            (Some(ends), Some(wanted)) => Some(ends.min(wanted)),
            (ends, wanted) => ends.or(wanted),
        };
        sooner.map_or_else(
            || self.client.clone(),
            |at| self.client.with_options(CallOptions::new().deadline(at)),
        )
    }

    pub(super) fn now(&self) -> std::time::SystemTime {
        self.client.shared().config.clock.now()
    }
}

/// What is under way.
#[derive(Clone, Copy)]
enum Kind {
    Answer,
    Resend,
}

/// Ends an answer whose future was dropped half-way: it may have arrived, so it is never sent again.
struct Unfinished<'a> {
    session: &'a Session,
    end: Option<Kind>,
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        match self.end {
            Some(Kind::Answer) => self.session.progress().end_answer(None),
            Some(Kind::Resend) => self.session.progress().end_resend(None),
            None => {}
        }
    }
}
