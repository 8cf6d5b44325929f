//! Builds clients.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ::http::header::HeaderValue;
use rustls::pki_types::CertificateDer;

use crate::api::auth::{Hours, MAX_TOKEN_HOURS};
use crate::api::registry;
use crate::audit_cipher::{AuditCipher, Padding, TextEncoding};
use crate::clock::Clock;
use crate::config::{Backoff, BaseUrl, Config, EventHook, PRODUCTION_URL, Proxy, Settings, TEST_URL};
use crate::deadline::Timeouts;
use crate::error::{Error, ErrorKind, Result};
use crate::event::Event;
use crate::identity::{self, Identity};
use crate::personal::Secret;
use crate::token::store::TokenStore;
use crate::wire::body::WireFormat;

/// Answers larger than this are refused unless the builder says otherwise: 64 MiB, after decompression.
const MAX_ANSWER_BYTES: usize = 64 << 20;
const MAX_RETRIES: u32 = 2;
const POLL_INTERVAL: Duration = Duration::from_secs(2);

/// Builds a [`crate::Client`]; see [`crate::Client::builder`]. What is not set has the default that its method names.
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    base_url: String,
    plain_http_allowed: bool,
    username: String,
    password: Secret,
    wire_format: WireFormat,
    token_hours: Option<u32>,
    token_store: Option<Arc<dyn TokenStore>>,
    timeouts: Timeouts,
    data_timeouts: Timeouts,
    max_retries: u32,
    backoff: Backoff,
    max_answer_bytes: usize,
    poll_interval: Duration,
    validate: bool,
    audit_public_key: Option<Vec<u8>>,
    audit_padding: Padding,
    audit_encoding: TextEncoding,
    paths: HashMap<String, String>,
    proxy: Proxy,
    ca_pem: Option<Vec<u8>>,
    identity_pem: Option<(Vec<u8>, Secret)>,
    user_agent: Option<String>,
    on_event: Option<EventHook>,
    clock: Clock,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            base_url: PRODUCTION_URL.to_owned(),
            plain_http_allowed: false,
            username: String::new(),
            password: Secret::default(),
            wire_format: WireFormat::Form,
            token_hours: None,
            token_store: None,
            timeouts: Timeouts::ORDINARY,
            data_timeouts: Timeouts::DATA,
            max_retries: MAX_RETRIES,
            backoff: Backoff::default(),
            max_answer_bytes: MAX_ANSWER_BYTES,
            poll_interval: POLL_INTERVAL,
            validate: true,
            audit_public_key: None,
            audit_padding: Padding::default(),
            audit_encoding: TextEncoding::default(),
            paths: HashMap::new(),
            proxy: Proxy::Environment,
            ca_pem: None,
            identity_pem: None,
            user_agent: None,
            on_event: None,
            clock: Clock::default(),
        }
    }
}

impl ClientBuilder {
    /// Reads `QIANCHENG_USERNAME`, `QIANCHENG_PASSWORD`, `QIANCHENG_BASE_URL`, `QIANCHENG_ENV` (`production` or
    /// `test`) and `QIANCHENG_AUDIT_PUBLIC_KEY` (a PEM, or a path to one). What is not there stays as it is.
    pub fn from_env() -> Result<Self> {
        let refuse = |words: String| Error::new(ErrorKind::Config, words);
        let read = |name: &str| match std::env::var(name) {
            Ok(text) => Ok(Some(text).filter(|text| !text.is_empty())),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => Err(refuse(format!("{name} is not UTF-8"))),
        };
        let mut builder = Self::default();
        match read("QIANCHENG_ENV")?.as_deref() {
            None | Some("production") => {}
            Some("test") => builder = builder.test_environment(),
            Some(_) => return Err(refuse("QIANCHENG_ENV must be production or test".to_owned())),
        }
        if let Some(url) = read("QIANCHENG_BASE_URL")? {
            builder.base_url = url;
        }
        if let Some(username) = read("QIANCHENG_USERNAME")? {
            builder.username = username;
        }
        if let Some(password) = read("QIANCHENG_PASSWORD")? {
            builder.password = password.into();
        }
        if let Some(key) = read("QIANCHENG_AUDIT_PUBLIC_KEY")? {
            let pem = if key.contains("-----BEGIN") {
                key.into_bytes()
            } else {
                std::fs::read(Path::new(&key)).map_err(|error| {
                    refuse(format!("QIANCHENG_AUDIT_PUBLIC_KEY names a file that cannot be read: {error}"))
                })?
            };
            builder.audit_public_key = Some(pem);
        }
        Ok(builder)
    }

    /// The merchant's account. Required.
    pub fn account(mut self, username: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.username = username.into();
        self.password = password.into();
        self
    }

    /// The merchant's account name alone, where its password comes from the environment.
    pub fn username(mut self, username: impl Into<String>) -> Self {
        self.username = username.into();
        self
    }

    /// The merchant's password alone, where its account name comes from the environment.
    pub fn password(mut self, password: impl Into<Secret>) -> Self {
        self.password = password.into();
        self
    }

    /// The vendor's address; [`PRODUCTION_URL`] by default.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Speaks to the vendor's test host.
    pub fn test_environment(self) -> Self {
        self.base_url(TEST_URL)
    }

    /// Allows `http://` to hosts other than this machine. Everyone in between can then read people's data:
    /// for test networks without certificates only.
    pub fn allow_plain_http_to_remote_hosts(mut self, allowed: bool) -> Self {
        self.plain_http_allowed = allowed;
        self
    }

    /// How ordinary requests are encoded; forms by default.
    pub fn wire_format(mut self, format: WireFormat) -> Self {
        self.wire_format = format;
        self
    }

    /// Asks for tokens of this life, 1 to 8760 hours; by default the vendor's own choice, 24.
    pub fn token_hours(mut self, hours: u32) -> Self {
        self.token_hours = Some(hours);
        self
    }

    /// Where tokens are kept beside memory; nowhere by default.
    pub fn token_store(mut self, store: impl TokenStore + 'static) -> Self {
        self.token_store = Some(Arc::new(store));
        self
    }

    /// The limits of ordinary calls; [`Timeouts::ORDINARY`] by default.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// The limits of calls for raw data and reports; [`Timeouts::DATA`] by default.
    pub fn data_timeouts(mut self, timeouts: Timeouts) -> Self {
        self.data_timeouts = timeouts;
        self
    }

    /// How often a call that is harmless to repeat is sent again after a failure on the way; 2 by default.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// The limit of the pause before the first repeat, which doubles with each further one, and the longest;
    /// 200 ms and 10 s by default.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.backoff = Backoff { first, longest };
        self
    }

    /// The largest answer that is read, after decompression; 64 MiB by default.
    pub fn max_answer_bytes(mut self, bytes: usize) -> Self {
        self.max_answer_bytes = bytes;
        self
    }

    /// The pause between two polls of a session, where the vendor does not ask for one; 2 s by default.
    pub fn poll_interval(mut self, interval: Duration) -> Self {
        self.poll_interval = interval;
        self
    }

    /// Whether values are checked before they are sent; `true` by default. Types are always checked.
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = validate;
        self
    }

    /// The vendor's public key for risk audits: PEM or DER, SPKI or PKCS#1, 1024 to 4096 bits.
    pub fn audit_public_key(mut self, key: impl Into<Vec<u8>>) -> Self {
        self.audit_public_key = Some(key.into());
        self
    }

    /// How audit data is padded; PKCS#1 v1.5 by default. [`Padding::None`] sends it unencrypted, without a key.
    pub fn audit_padding(mut self, padding: Padding) -> Self {
        self.audit_padding = padding;
        self
    }

    /// How encrypted audit data is written; base64 by default.
    pub fn audit_encoding(mut self, encoding: TextEncoding) -> Self {
        self.audit_encoding = encoding;
        self
    }

    /// Another path for an endpoint, by its id: `path("degree.login", "/degree/collect/login")`.
    pub fn path(mut self, endpoint: impl Into<String>, path: impl Into<String>) -> Self {
        self.paths.insert(endpoint.into(), path.into());
        self
    }

    /// A proxy: `http://[user:password@]host:port`, `socks5://…` or `socks5h://…` (names are resolved by the
    /// proxy). By default the one in `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, and none for this machine.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Proxy::Fixed(url.into());
        self
    }

    /// No proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// Certificate authorities to trust beside the platform's, in PEM.
    pub fn extra_ca_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.ca_pem = Some(pem.into());
        self
    }

    /// The client's own certificate with its chain, and its private key, in PEM.
    pub fn client_certificate_pem(
        mut self,
        certificates: impl Into<Vec<u8>>,
        key: impl Into<Secret>,
    ) -> Self {
        self.identity_pem = Some((certificates.into(), key.into()));
        self
    }

    /// What stands in `User-Agent` behind this library's own name and version.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// Called for everything worth watching, on the thread of the call; must be quick and must not panic.
    pub fn on_event(mut self, hook: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Self {
        self.on_event = Some(Arc::new(hook));
        self
    }

    /// Another source of time for the lives of tokens and sessions; for tests.
    #[doc(hidden)]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Checks everything that was set, and says the first thing that is wrong.
    pub(crate) fn settled(self) -> Result<(Config, Settings)> {
        let refuse = |words: &str| Error::new(ErrorKind::Config, words.to_owned());
        if self.username.trim().is_empty() || self.password.expose().is_empty() {
            return Err(refuse(
                "there is no merchant account: set username and password, or QIANCHENG_USERNAME and QIANCHENG_PASSWORD",
            ));
        }
        if self.token_hours.is_some_and(|hours| hours == 0 || hours > MAX_TOKEN_HOURS) {
            return Err(refuse("the life of tokens must be 1 to 8760 hours"));
        }
        if let Proxy::Fixed(url) = &self.proxy {
            check_proxy(url)?;
        }
        for (id, path) in &self.paths {
            registry::find(id)
                .map_err(|error| refuse(&format!("a path is set for {id}: {}", error.message())))?;
            if !path.starts_with('/') {
                return Err(refuse(&format!("the path set for {id} must start with /")));
            }
        }
        let product = self.user_agent.as_deref().map_or_else(String::new, |product| format!(" {product}"));
        // A header's value may be other bytes as well, which servers read as they like.
        let user_agent = Some(format!("qiancheng/{}{product}", env!("CARGO_PKG_VERSION")))
            .filter(|text| text.is_ascii())
            .and_then(|text| HeaderValue::from_str(&text).ok())
            .ok_or_else(|| refuse("the user agent must be visible ASCII"))?;
        let authorities = |pem: &Vec<u8>| identity::authorities(pem, "the extra certificate authority");
        let extra_authorities: Vec<CertificateDer<'static>> =
            self.ca_pem.as_ref().map(authorities).transpose()?.unwrap_or_default();
        let identity = self
            .identity_pem
            .as_ref()
            .map(|(certificates, key)| Identity::from_pem(certificates, key.expose().as_bytes()))
            .transpose()?;
        let audit_cipher = self.audit_cipher()?;
        let settings = Settings {
            timeouts: self.timeouts,
            data_timeouts: self.data_timeouts,
            deadline: None,
            max_retries: self.max_retries,
            validate: self.validate,
            cancel: None,
            watch: None,
            usual_poll_interval: self.poll_interval,
            poll_interval: None,
        };
        let config = Config {
            base: BaseUrl::parse(&self.base_url, self.plain_http_allowed)?,
            username: self.username,
            password: self.password,
            wire_format: self.wire_format,
            token_hours: self.token_hours.map(Hours),
            token_store: self.token_store,
            connect_timeout: self.timeouts.connect,
            backoff: self.backoff,
            max_answer_bytes: self.max_answer_bytes,
            audit_cipher,
            paths: self.paths,
            proxy: self.proxy,
            extra_authorities,
            identity,
            user_agent,
            on_event: self.on_event,
            clock: self.clock,
        };
        Ok((config, settings))
    }

    fn audit_cipher(&self) -> Result<Option<AuditCipher>> {
        if self.audit_padding == Padding::None {
            return Ok(Some(AuditCipher::unencrypted()));
        }
        self.audit_public_key
            .as_ref()
            .map(|key| {
                AuditCipher::from_public_key(key)
                    .map(|cipher| cipher.padding(self.audit_padding).encoding(self.audit_encoding))
                    .map_err(Error::from)
            })
            .transpose()
    }
}

/// Says where it points and how long it waits; an address may hold a password until it is checked, keys always do.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base = BaseUrl::parse(&self.base_url, self.plain_http_allowed);
        f.debug_struct("ClientBuilder")
            .field("origin", &base.as_ref().map_or("not one to be used", BaseUrl::origin))
            .field("wire_format", &self.wire_format)
            .field("timeouts", &self.timeouts)
            .field("data_timeouts", &self.data_timeouts)
            .field("max_retries", &self.max_retries)
            .field("validate", &self.validate)
            .finish_non_exhaustive()
    }
}

fn check_proxy(text: &str) -> Result<()> {
    let refuse = |words: &str| Error::new(ErrorKind::Config, format!("the proxy {words}"));
    // The address may hold a password, so it is never repeated.
    let url = url::Url::parse(text).map_err(|_| refuse("is not a URL"))?;
    if !["http", "socks5", "socks5h"].contains(&url.scheme()) {
        return Err(refuse("must start with http://, socks5:// or socks5h://"));
    }
    if url.host().is_none() {
        return Err(refuse("has no host"));
    }
    Ok(())
}
