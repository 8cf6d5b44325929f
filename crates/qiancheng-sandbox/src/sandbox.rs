//! A running sandbox, on its own thread.

use std::fmt;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};

use serde::Serialize;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::oneshot;

use crate::config::SandboxConfig;
use crate::control;
use crate::error::{ControlError, StartError};
use crate::server::{Shared, accept};
use crate::story::Identity;

/// What a caller needs to reach a sandbox: the line that `qiancheng sandbox` prints when it is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ready {
    /// Where it listens, `http://127.0.0.1:…`, without a slash at the end.
    pub base_url: String,
    /// The merchant's account.
    pub username: String,
    /// The merchant's password.
    pub password: String,
    /// The public key that audits are to be encrypted with, PEM (SPKI).
    pub audit_public_key: String,
}

/// A sandbox that serves until it is dropped.
///
/// It has a thread and a runtime of its own, so that it can be used from blocking and from asynchronous code alike. In a
/// process forked off after the start there is no such thread; dropping the value there does nothing.
pub struct Sandbox {
    ready: Ready,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    process: u32,
}

impl Sandbox {
    /// Starts a sandbox, which serves when this returns.
    pub fn start(config: SandboxConfig) -> Result<Self, StartError> {
        let shared = Arc::new(Shared::new(config)?);
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, told) = mpsc::channel();
        let serving = Arc::clone(&shared);
        let thread = thread::Builder::new()
            .name("qiancheng-sandbox".to_owned())
            .spawn(move || serve_here(&serving, &tell, stopped))
            .map_err(StartError::Thread)?;
        let gone = |_| StartError::Thread(std::io::Error::other("the sandbox's thread ended early"));
        let address = told.recv().map_err(gone)??;
        let ready = ready(&shared, address);
        Ok(Self { ready, shared, stop: Some(stop), thread: Some(thread), process: std::process::id() })
    }

    /// What a caller needs to reach it.
    pub fn ready(&self) -> &Ready {
        &self.ready
    }

    /// Where it listens, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.ready.base_url
    }

    /// The merchant's account.
    pub fn username(&self) -> &str {
        &self.ready.username
    }

    /// The merchant's password.
    pub fn password(&self) -> &str {
        &self.ready.password
    }

    /// The public key that audits are to be encrypted with, PEM (SPKI).
    pub fn audit_public_key_pem(&self) -> &str {
        &self.ready.audit_public_key
    }

    /// Adds fault rules, written as for `POST /__sandbox/faults`; tells how many.
    pub fn add_faults(&self, rules: Value) -> Result<usize, ControlError> {
        control::add_faults(&self.shared, rules)
    }

    /// Forgets all fault rules.
    pub fn clear_faults(&self) {
        self.shared.world().faults.clear();
    }

    /// Queues answers, written as for `POST /__sandbox/script`; tells how many.
    pub fn script(&self, script: Value) -> Result<usize, ControlError> {
        control::script(&self.shared, script)
    }

    /// Puts the clock forward.
    pub fn advance_clock(&self, seconds: u64) -> Result<(), ControlError> {
        control::advance_clock(&self.shared, seconds).map(drop)
    }

    /// Ends every token; tells how many there were.
    pub fn revoke_tokens(&self) -> usize {
        self.shared.world().tokens.revoke_all()
    }

    /// The first so many people of the population that belongs to the seed, and whether their loans went bad: the label
    /// to learn from their data.
    pub fn population(&self, count: u64) -> Vec<(Identity, bool)> {
        self.shared.writer.population(count)
    }

    /// Every request so far, oldest first, as `GET /__sandbox/journal` lists them under `entries`.
    pub fn journal(&self) -> Vec<Value> {
        self.shared.world().journal.after(0)
    }

    /// Forgets sessions, tokens, faults, scripts and the journal, and sets the clock back to where it began.
    pub fn reset(&self) {
        self.shared.world().reset();
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("base_url", &self.ready.base_url).finish_non_exhaustive()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let (stop, thread) = (self.stop.take(), self.thread.take());
        if std::process::id() != self.process {
            // Forked: the thread is the parent's, and waiting for it would take for ever.
            std::mem::forget((stop, thread));
            return;
        }
        drop(stop);
        if let Some(thread) = thread {
            // A panic over there was reported there.
            let _ = thread.join();
        }
    }
}

/// Serves on the calling task's runtime until `shutdown` is ready. `on_ready` is called once it listens.
pub async fn serve_until(
    config: SandboxConfig,
    shutdown: impl Future<Output = ()>,
    on_ready: impl FnOnce(&Ready),
) -> Result<(), StartError> {
    let shared = Arc::new(Shared::new(config)?);
    let (listener, address) = listen(&shared.config)?;
    on_ready(&ready(&shared, address));
    accept::serve(listener, shared, shutdown).await;
    Ok(())
}

/// The sandbox's thread: tells where it listens, or why it does not, then serves.
fn serve_here(
    shared: &Arc<Shared>,
    tell: &mpsc::Sender<Result<SocketAddr, StartError>>,
    stopped: oneshot::Receiver<()>,
) {
    let runtime = match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = tell.send(Err(StartError::Thread(error)));
            return;
        }
    };
    let serving = Arc::clone(shared);
    runtime.block_on(async move {
        match listen(&serving.config) {
            Ok((listener, address)) => {
                let _ = tell.send(Ok(address));
                // Whether it is told to stop or its owner is gone comes to the same.
                accept::serve(listener, serving, async { drop(stopped.await) }).await;
            }
            Err(error) => {
                let _ = tell.send(Err(error));
            }
        }
    });
    // Connections end here; work that is still being done is not waited for.
    runtime.shutdown_background();
}

fn listen(config: &SandboxConfig) -> Result<(TcpListener, SocketAddr), StartError> {
    let address = config.listen;
    if !address.ip().is_loopback() && !config.allow_remote {
        return Err(StartError::NotLoopback(address));
    }
    let failed = |source| StartError::Listen { address, source };
    let listener = accept::listen(address).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

fn ready(shared: &Shared, address: SocketAddr) -> Ready {
    Ready {
        base_url: format!("http://{address}"),
        username: shared.config.username.clone(),
        password: shared.config.password.clone(),
        audit_public_key: shared.opener.public_pem().to_owned(),
    }
}
