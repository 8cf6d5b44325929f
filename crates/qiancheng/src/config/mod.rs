//! How a client is set up: by its builder, or from the environment. Everything wrong is said at once, in `build`.

mod base;
mod builder;
mod named;
mod options;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use ::http::header::HeaderValue;
use rustls::pki_types::CertificateDer;

use crate::api::auth::Hours;
use crate::audit_cipher::AuditCipher;
use crate::clock::Clock;
use crate::event::Event;
use crate::identity::Identity;
use crate::personal::Secret;
use crate::token::store::TokenStore;
use crate::wire::body::WireFormat;

pub(crate) use base::BaseUrl;
pub use builder::ClientBuilder;
pub use options::CallOptions;
pub(crate) use options::Settings;

/// The vendor's production host.
pub const PRODUCTION_URL: &str = "https://credit.wealida.com";
/// The vendor's test host, as observed in public clients.
pub const TEST_URL: &str = "https://credit-test.wealida.com";

/// What a client is set up with; does not change after it is built.
pub(crate) struct Config {
    pub(crate) base: BaseUrl,
    pub(crate) username: String,
    pub(crate) password: Secret,
    pub(crate) wire_format: WireFormat,
    pub(crate) token_hours: Option<Hours>,
    pub(crate) token_store: Option<Arc<dyn TokenStore>>,
    pub(crate) connect_timeout: Duration,
    pub(crate) backoff: Backoff,
    pub(crate) max_answer_bytes: usize,
    pub(crate) audit_cipher: Option<AuditCipher>,
    pub(crate) paths: HashMap<String, String>,
    pub(crate) proxy: Proxy,
    pub(crate) extra_authorities: Vec<CertificateDer<'static>>,
    pub(crate) identity: Option<Identity>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) on_event: Option<EventHook>,
    pub(crate) clock: Clock,
}

/// Called for everything worth watching.
pub(crate) type EventHook = Arc<dyn Fn(&Event<'_>) + Send + Sync>;

/// Which proxy stands between.
#[derive(Clone)]
pub(crate) enum Proxy {
    /// The one in `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`.
    Environment,
    /// None, whatever the environment says.
    None,
    /// This one.
    Fixed(String),
}

/// How pauses between attempts grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Backoff {
    pub(crate) first: Duration,
    pub(crate) longest: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { first: Duration::from_millis(200), longest: Duration::from_secs(10) }
    }
}
