//! Everything of a client that belongs to one process, and the engines that blocking calls run on.
//!
//! A blocking call runs on the caller's own thread, on a runtime that it borrows for its duration: no other
//! thread is woken, and that is where the time would go. A runtime keeps its connection, so the next call finds
//! it warm. There are as many runtimes as there ever were calls at once, up to a limit.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use once_cell::sync::OnceCell;
use rustls::ClientConfig;
use tokio::runtime::{Builder, Handle, Id, Runtime};
use tokio::sync::Notify;

use crate::config::Config;
use crate::error::{Error, ErrorKind, Result};
use crate::token::gate::Gate;
use crate::transport::lane::Lane;
use crate::transport::tls;

/// Engines beyond this many are dropped when their call ends.
const MAX_IDLE_ENGINES: usize = 64;
/// Runtimes beyond this many take each other's lanes away.
const MAX_LANES: usize = 64;
/// How often a call that waits asks whether to go on; an engine's clock ticks as often while the engine runs.
pub(crate) const PULSE: Duration = Duration::from_millis(50);

/// What a client has in this process.
#[derive(Default)]
pub(crate) struct Process {
    tls: OnceCell<Arc<ClientConfig>>,
    /// The lanes of async calls, by runtime: a connection is served by the runtime that made it, and by no other.
    lanes: Mutex<Vec<(Id, Lane)>>,
    idle: Mutex<Vec<Engine>>,
    pub(crate) token_gate: Gate,
}

/// A runtime for one blocking call at a time, and its connection.
pub(crate) struct Engine {
    /// Always there until the engine is dropped.
    runtime: Option<Runtime>,
    pub(crate) lane: Lane,
}

impl Engine {
    /// Runs work on the calling thread.
    pub(crate) fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        let runtime = self.runtime.as_ref().expect("taken only when the engine is dropped");
        runtime.block_on(work)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // A plain drop waits for the runtime's helpers, and panics where waiting is forbidden: inside async code.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Process {
    /// The lane of async calls on the caller's runtime.
    pub(crate) fn lane(&self, config: &Config) -> Result<Lane> {
        let runtime = Handle::try_current()
            .map_err(|_| Error::new(ErrorKind::Config, "an async call needs a Tokio runtime to run on"))?
            .id();
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, lane)) = lanes.iter().find(|(of, _)| *of == runtime) {
            return Ok(lane.clone());
        }
        let lane = Lane::new(config, self.tls(config)?, None)?;
        if lanes.len() == MAX_LANES {
            // Its runtime may have ended long ago; if not, it gets another.
            lanes.remove(0);
        }
        lanes.push((runtime, lane.clone()));
        Ok(lane)
    }

    /// An engine for one blocking call.
    pub(crate) fn engine(&self, config: &Config) -> Result<Engine> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(engine) = idle {
            return Ok(engine);
        }
        let runtime = Builder::new_current_thread().enable_io().enable_time().build().map_err(|error| {
            Error::new(ErrorKind::Config, format!("the system gives no event queue for a call: {error}"))
        })?;
        // tokio wakes its event queue through the kernel whenever a timer is set that is due before all others: for
        // every call's timeout, as long as it is the only one. With a clock that ticks earlier, none is the first, and a
        // call that is to look at something while it waits needs no timer of its own.
        let pulse = Arc::new(Notify::new());
        let lane = Lane::new(config, self.tls(config)?, Some(Arc::clone(&pulse)))?;
        runtime.spawn(async move {
            loop {
                tokio::time::sleep(PULSE).await;
                pulse.notify_waiters();
            }
        });
        Ok(Engine { runtime: Some(runtime), lane })
    }

    /// Takes an engine back. The one used last is used next: its connection is the warmest.
    pub(crate) fn give_back(&self, engine: Engine) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE_ENGINES {
            idle.push(engine);
        }
    }

    fn tls(&self, config: &Config) -> Result<Arc<ClientConfig>> {
        self.tls
            .get_or_try_init(|| {
                if config.base.is_https() {
                    tls::client_config(&config.extra_authorities, config.identity.as_ref())
                } else {
                    tls::trusting_nobody()
                }
            })
            .cloned()
    }
}
