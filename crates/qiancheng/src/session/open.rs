//! Opens sessions: by the chapter's methods, or by a kind's name and JSON for other languages.

use serde_json::{Map, Value};

use crate::api::{degree, ebank, ebank_v2, registry, telecom};
use crate::chapters::{Degree, Ebank, EbankV2, Telecom};
use crate::client::Client;
use crate::error::{Error, ErrorKind, Outcome, Result};
use crate::session::progress::Progress;
use crate::session::rules::SessionKind;
use crate::session::{Login, Session};

impl Telecom<'_> {
    /// Opens a session (§3.1.1). Without a service password, the first challenge asks for it.
    pub async fn open(&self, request: telecom::OpenId) -> Result<Session> {
        let opened_at = self.0.now();
        let has_service_password = !request.service_password.is_blank();
        let opened = self.open_id(request).await?.into_inner();
        let mut progress = Progress::new(SessionKind::Telecom, opened.open_id, opened_at);
        progress.has_service_password = has_service_password;
        Ok(Session::new(self.0.clone(), progress))
    }
}

impl Degree<'_> {
    /// Opens a session (§4.1.1); [`Session::login`] comes next.
    pub async fn open(&self, request: degree::OpenId) -> Result<Session> {
        let opened_at = self.0.now();
        let opened = self.open_id(request).await?.into_inner();
        Ok(Session::new(self.0.clone(), Progress::new(SessionKind::Degree, opened.open_id, opened_at)))
    }
}

impl Ebank<'_> {
    /// Hands in the borrower's consent (§5.1.2) and opens a session with the login (§5.1.3).
    pub async fn open(&self, request: ebank::OpenId) -> Result<Session> {
        let consent = ebank::LicenseUpload {
            entry_id: request.entry_id.clone(),
            login_name: request.login_name.clone(),
            name: request.name.clone(),
            id_card: request.id_card.clone(),
        };
        self.license_upload(consent).await?;
        let opened_at = self.0.now();
        let opened = self.open_id(request).await?.into_inner();
        Ok(Session::new(self.0.clone(), Progress::new(SessionKind::Ebank, opened.open_id, opened_at)))
    }
}

impl EbankV2<'_> {
    /// Opens a session (§6.1.1); [`Session::banks`] and [`Session::login`] come next.
    pub async fn open(&self, request: ebank_v2::OpenId) -> Result<Session> {
        let opened_at = self.0.now();
        let opened = self.open_id(request).await?.into_inner();
        let mut progress = Progress::new(SessionKind::EbankV2, opened.open_id, opened_at);
        progress.provider = opened.provider;
        Ok(Session::new(self.0.clone(), progress))
    }
}

/// What a login needs, beside what its opening needs.
const DEGREE_LOGIN: [&str; 3] = ["account", "password", "sync"];
const EBANK_V2_LOGIN: [&str; 3] = ["entry_id", "login_name", "password"];

impl Client {
    /// Opens a session of a kind from JSON: the parameters of the kind's `open_id` endpoint and, for `degree`
    /// (`account`, `password`, `sync`) and `ebank_v2` (`entry_id`, `login_name`, `password`), those of its login
    /// beside them. Without these the session waits for [`Session::login`].
    ///
    /// A login whose fate is unknown leaves a session that is polled; one that is refused is an error.
    pub async fn open_session(&self, kind: SessionKind, params: Value) -> Result<Session> {
        let validate = self.settings().validate;
        let id = format!("{}.open_id", kind.name());
        let (mut params, login) = self.split_login(kind, params)?;
        // The entry's own reading of the parameters, for its errors name the nearest right name.
        params = registry::find(&id)?
            .params(Value::Object(params), validate)
            .map_err(|error| error.with_endpoint(id))?;
        let params = Value::Object(params);
        let session = match kind {
            SessionKind::Telecom => self.telecom().open(typed(params)?).await?,
            SessionKind::Degree => self.degree().open(typed(params)?).await?,
            SessionKind::Ebank => self.ebank().open(typed(params)?).await?,
            SessionKind::EbankV2 => self.ebank_v2().open(typed(params)?).await?,
        };
        if let Some(login) = login {
            session.login(login).await.or_else(|error| match error.outcome() {
                Outcome::Unknown if error.kind() != ErrorKind::Cancelled => Ok(()),
                _ => Err(error),
            })?;
        }
        Ok(session)
    }

    /// Takes a login's parameters out of an opening's.
    fn split_login(&self, kind: SessionKind, params: Value) -> Result<(Map<String, Value>, Option<Login>)> {
        let Value::Object(mut params) = params else {
            return Err(Error::new(ErrorKind::InvalidInput, "the parameters must be a JSON object"));
        };
        // A login whose parameters are all null is none: it follows later.
        params.retain(|_, value| !value.is_null());
        if kind == SessionKind::Telecom {
            // Empty is how the vendor is told that it follows; left out, it would be refused (§3.1.1).
            params.entry("service_password").or_insert_with(|| "".into());
        }
        let names: &[&str] = match kind {
            SessionKind::Degree => &DEGREE_LOGIN,
            SessionKind::EbankV2 => &EBANK_V2_LOGIN,
            SessionKind::Telecom | SessionKind::Ebank => &[],
        };
        if !names.iter().any(|name| params.contains_key(*name)) {
            return Ok((params, None));
        }
        let login: Map<String, Value> =
            names.iter().filter_map(|&name| Some((name.to_owned(), params.shift_remove(name)?))).collect();
        // Before anything is opened.
        Ok((params, Some(self.read_login(kind, login)?)))
    }

    /// Reads and checks a login as its own request.
    fn read_login(&self, kind: SessionKind, mut login: Map<String, Value>) -> Result<Login> {
        login.insert("open_id".to_owned(), "to be opened".into());
        let id = format!("{}.login", kind.name());
        let entry = registry::find(&id)?;
        if kind == SessionKind::Degree {
            login.entry("sync").or_insert_with(|| degree::ASYNCHRONOUS.into());
        }
        let read = entry
            .params(Value::Object(login), self.settings().validate)
            .map_err(|error| error.with_endpoint(id))?;
        if kind == SessionKind::Degree {
            let degree::Login { account, password, sync, .. } = typed(Value::Object(read))?;
            Ok(Login::Degree { account, password, sync })
        } else {
            let ebank_v2::Login { entry_id, login_name, password, .. } = typed(Value::Object(read))?;
            Ok(Login::EbankV2 { entry_id, login_name, password })
        }
    }

    pub(crate) fn now(&self) -> std::time::SystemTime {
        self.shared().config.clock.now()
    }
}

impl Session {
    /// Logs in from JSON: `account`, `password` and `sync` for `degree`; `entry_id`, `login_name` and `password` for
    /// `ebank_v2`.
    pub async fn login_by_params(&self, params: Value) -> Result<()> {
        let kind = self.kind();
        if !matches!(kind, SessionKind::Degree | SessionKind::EbankV2) {
            return Err(Error::new(ErrorKind::Session, "sessions of this kind are opened with their login"));
        }
        let Value::Object(params) = params else {
            return Err(Error::new(ErrorKind::InvalidInput, "the parameters must be a JSON object"));
        };
        self.login(self.client().read_login(kind, params)?).await
    }
}

/// Reads parameters that their entry has read before.
fn typed<T: serde::de::DeserializeOwned>(params: Value) -> Result<T> {
    serde_json::from_value(params)
        .map_err(|_| Error::new(ErrorKind::InvalidInput, "the parameters do not fit"))
}
