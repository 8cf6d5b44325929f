//! The facade for code without async: the same names, a result instead of a future.
//!
//! A call runs on the thread that makes it. Inside an async runtime, where a thread must not be blocked that
//! way, it runs on a thread of its own instead of failing.

mod many;
mod session;

use std::pin::pin;
use std::sync::Arc;
use std::{fmt, thread};

use serde_json::Value;
use tokio::runtime::Handle;

use crate::answer::{Answer, Reply};
use crate::config::{CallOptions, ClientBuilder};
use crate::endpoint::{Endpoint, Method};
use crate::error::{Error, ErrorKind, Result};
use crate::transport::process::{Engine, Process};
use crate::transport::stats::Stats;

pub use many::Many;
pub use session::{Collection, Session, Steps};

/// Speaks to the vendor and waits for the answer. Cheap to clone, safe to share between threads, usable after a fork.
#[derive(Clone)]
pub struct Client {
    inner: crate::Client,
}

impl Client {
    /// Sets a client up from scratch; end with [`ClientBuilder::build_blocking`].
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Sets a client up from the environment; see [`ClientBuilder::from_env`].
    pub fn from_env() -> Result<Self> {
        ClientBuilder::from_env()?.build_blocking()
    }

    /// A client with other settings, sharing tokens, connections and counters with this one.
    pub fn with_options(&self, options: CallOptions) -> Self {
        Self { inner: self.inner.with_options(options) }
    }

    /// Makes a call by its type.
    pub fn send<E: Endpoint>(&self, request: E) -> Result<Reply<E::Answer>>
    where
        E::Answer: Send,
    {
        self.wait(async |client| client.send(request).await)
    }

    /// Makes a call by its id; see [`crate::Client::call`].
    pub fn call(&self, endpoint: &str, params: Value) -> Result<Answer> {
        self.wait(async |client| client.call(endpoint, params).await)
    }

    /// Makes a call that this library does not know; see [`crate::Client::call_path`].
    pub fn call_path(&self, method: Method, path: &str, params: Value) -> Result<Answer> {
        self.wait(async |client| client.call_path(method, path, params).await)
    }

    /// What this client and its clones have done so far.
    pub fn stats(&self) -> Stats {
        self.inner.stats()
    }

    /// The async client beneath, with the same tokens and counters.
    pub fn as_async(&self) -> &crate::Client {
        &self.inner
    }

    /// Runs async work on an engine, with a client that uses the engine's connection.
    pub(crate) fn wait<T: Send>(
        &self,
        work: impl AsyncFnOnce(crate::Client) -> Result<T> + Send,
    ) -> Result<T> {
        if Handle::try_current().is_ok() {
            let died = |_| Err(Error::new(ErrorKind::Panic, "the call's thread panicked"));
            return thread::scope(|scope| {
                thread::Builder::new()
                    .name("qiancheng-call".to_owned())
                    .spawn_scoped(scope, || self.wait_here(work))
                    .map_err(|error| {
                        Error::new(ErrorKind::Config, format!("no thread for a blocking call: {error}"))
                    })
                    .and_then(|call| call.join().unwrap_or_else(died))
            });
        }
        self.wait_here(work)
    }

    fn wait_here<T>(&self, work: impl AsyncFnOnce(crate::Client) -> Result<T>) -> Result<T> {
        let shared = self.inner.shared();
        let process = shared.process.get();
        let borrowed = Borrowed { engine: Some(process.engine(&shared.config)?), process };
        let Some(engine) = &borrowed.engine else { unreachable!("borrowed above") };
        // A call is kilobytes: it is made where it runs, and not handed on.
        let call = pin!(work(self.inner.on(engine.lane.clone())));
        engine.block_on(call)
    }
}

/// An engine on loan; goes back when the call ends, also by a panic.
struct Borrowed {
    engine: Option<Engine>,
    process: Arc<Process>,
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        if let Some(engine) = self.engine.take() {
            self.process.give_back(engine);
        }
    }
}

impl From<crate::Client> for Client {
    fn from(inner: crate::Client) -> Self {
        Self { inner }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl ClientBuilder {
    /// Builds a blocking client. Nothing is sent, and no thread is started.
    pub fn build_blocking(self) -> Result<Client> {
        self.build().map(Client::from)
    }
}

macro_rules! blocking_methods {
    ($(#[$chapter_doc:meta])* $chapter:ident $group:ident {
        $($(#[doc = $summary:literal])+ $name:ident: $request:ty => $answer:ty,
          $section:literal, $method:ident $path:literal, $auth:ident, $repeat:ident $(, $trait:ident)*;)+
    }) => {
        $(#[$chapter_doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $group<'a>(pub(crate) &'a crate::blocking::Client);

        impl $group<'_> {
            $($(#[doc = $summary])+
            #[doc = concat!("\n\n`", stringify!($chapter), ".", stringify!($name), "`, §", $section, ", `", stringify!($method), " ", $path, "`.")]
            pub fn $name(&self, request: $request) -> crate::Result<crate::Reply<$answer>> {
                self.0.send(request)
            })+
        }

        impl crate::blocking::Client {
            $(#[$chapter_doc])*
            pub fn $chapter(&self) -> $group<'_> {
                $group(self)
            }
        }
    };
}

macro_rules! chapters {
    ($($chapter:ident $group:ident),+) => {
        $(mod $chapter {
            #[allow(clippy::wildcard_imports, reason = "the chapter's own names, as its declaration spells them")]
            use crate::api::$chapter::*;
            crate::api::$chapter::chapter!(blocking_methods);
        }
        pub use $chapter::$group;)+
    };
}

chapters!(
    auth Auth,
    blacklist Blacklist,
    telecom Telecom,
    degree Degree,
    ebank Ebank,
    ebank_v2 EbankV2,
    risk Risk
);
