//! The client: cheap to clone, safe to share between threads, usable after a fork.

mod call;
pub mod chapters;
mod pause;
mod plan;
mod token;

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::answer::{Answer, Reply};
use crate::api::registry;
use crate::config::{CallOptions, ClientBuilder, Config, Settings};
use crate::endpoint::{Endpoint, EndpointInfo, Method, Trait};
use crate::error::{Error, ErrorKind, Result};
use crate::token::keeper::Keeper;
use crate::token::store::TokenKey;
use crate::transport::fork_cell::ForkCell;
use crate::transport::lane::Lane;
use crate::transport::process::Process;
use crate::transport::repeat::Budget;
use crate::transport::stats::{Counters, Stats};

pub(crate) use plan::Plan;

/// Speaks to the vendor; the async half. [`crate::blocking::Client`] has the same names and no runtime to bring.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    settings: Arc<Settings>,
    /// The connections to use, if not the process's own: those of the engine a blocking call runs on.
    lane: Option<Lane>,
}

/// What all clones of a client have in common.
pub(crate) struct Shared {
    pub(crate) config: Config,
    pub(crate) process: ForkCell<Process>,
    pub(crate) keeper: Keeper,
    pub(crate) counters: Counters,
    pub(crate) budget: Budget,
}

impl Client {
    /// Sets a client up from scratch.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Sets a client up from the environment; see [`ClientBuilder::from_env`].
    pub fn from_env() -> Result<Self> {
        ClientBuilder::from_env()?.build()
    }

    pub(crate) fn new(mut config: Config, settings: Settings) -> Self {
        let key = TokenKey { origin: config.base.origin().to_owned(), username: config.username.clone() };
        let keeper = Keeper::new(key, config.token_store.take(), config.clock.clone());
        let shared = Shared {
            config,
            process: ForkCell::new(Process::default),
            keeper,
            counters: Counters::default(),
            budget: Budget::default(),
        };
        Self { shared: Arc::new(shared), settings: Arc::new(settings), lane: None }
    }

    /// A client with other settings, sharing tokens, connections and counters with this one.
    pub fn with_options(&self, options: CallOptions) -> Self {
        Self { settings: Arc::new(self.settings.with(options)), ..self.clone() }
    }

    /// Makes a call by its type.
    pub async fn send<E: Endpoint>(&self, request: E) -> Result<Reply<E::Answer>> {
        let plan = self.prepare(&E::INFO, |config, settings| Plan::typed(request, config, settings)).await;
        self.carry_out(plan, Reply::read).await
    }

    /// Makes a call by its id: `client.call("telecom.get_state", json!({"open_id": …}))`. The answer's shape is
    /// checked as for a typed call, and its bytes are handed on as they came.
    pub async fn call(&self, endpoint: &str, params: Value) -> Result<Answer> {
        let entry = match registry::find(endpoint) {
            Ok(entry) => entry,
            Err(error) => return self.carry_out(Err(error), Ok).await,
        };
        let plan = self
            .prepare(&entry.info, |config, settings| Plan::by_entry(entry, params, config, settings))
            .await;
        self.carry_out(plan, |answer| entry.verify(&answer).map(|()| answer)).await
    }

    /// Makes a call that this library does not know. Nothing is checked. A parameter `token` or `username` whose
    /// value is `null` is filled in with the merchant's. The call is never sent twice, unless it surely did not
    /// leave or its token was refused.
    pub async fn call_path(&self, method: Method, path: &str, params: Value) -> Result<Answer> {
        self.carry_out(Plan::by_path(method, path, params), Ok).await
    }

    /// Where the client points: scheme, host and port.
    pub fn origin(&self) -> &str {
        self.shared.config.base.origin()
    }

    /// What this client and its clones have done so far.
    pub fn stats(&self) -> Stats {
        self.shared.counters.snapshot()
    }

    /// Checks and encodes a call. Encrypting an audit takes milliseconds: not on the threads of an async runtime.
    async fn prepare(
        &self,
        info: &EndpointInfo,
        make: impl FnOnce(&Config, &Settings) -> Result<Plan> + Send + 'static,
    ) -> Result<Plan> {
        let on_runtime_of_the_caller = self.lane.is_none();
        if !(info.is(Trait::GzipJson) && on_runtime_of_the_caller) {
            return make(&self.shared.config, &self.settings);
        }
        let (shared, settings) = (Arc::clone(&self.shared), Arc::clone(&self.settings));
        tokio::task::spawn_blocking(move || make(&shared.config, &settings))
            .await
            .unwrap_or_else(|_| Err(Error::new(ErrorKind::Panic, "encrypting the audit was interrupted")))
    }

    /// The same client on the connections of a lane.
    pub(crate) fn on(&self, lane: Lane) -> Self {
        Self { lane: Some(lane), ..self.clone() }
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }
}

impl ClientBuilder {
    /// Builds the client. Nothing is sent, and no thread is started.
    pub fn build(self) -> Result<Client> {
        let (config, settings) = self.settled()?;
        Ok(Client::new(config, settings))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("origin", &self.shared.config.base.origin()).finish_non_exhaustive()
    }
}
