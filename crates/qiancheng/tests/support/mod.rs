//! What the tests of the transport share: clients of a sandbox, what its journal says, and servers that misbehave
//! in ways the sandbox does not.

pub(crate) mod alone;
pub(crate) mod proxy;
pub(crate) mod server;
pub(crate) mod tls;

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use qiancheng::blocking::Client;
use qiancheng::{ClientBuilder, Error};
use qiancheng_sandbox::{Sandbox, SandboxConfig};
use serde_json::{Value, json};

/// No call of these tests takes this long; whoever waits longer waits in vain.
pub(crate) const FOR_EVER: Duration = Duration::from_secs(30);

/// A sandbox with nothing in it.
pub(crate) fn sandbox() -> Sandbox {
    Sandbox::start(SandboxConfig::default()).expect("a sandbox")
}

/// A builder for clients that repeat at once instead of after a while.
pub(crate) fn builder(base_url: &str) -> ClientBuilder {
    Client::builder()
        .base_url(base_url)
        .account("demo", "demo-password")
        .backoff(Duration::from_millis(1), Duration::from_millis(1))
}

/// A client of a sandbox.
pub(crate) fn client(sandbox: &Sandbox) -> Client {
    builder(sandbox.base_url()).build_blocking().expect("a client")
}

/// A person who does not exist.
pub(crate) fn person() -> Value {
    json!({"name": "张三", "id_card": "11010519491231002X", "mobile": "13800138001"})
}

/// The same person, for `telecom.open_id`, which is never sent twice.
pub(crate) fn opening() -> Value {
    let mut person = person();
    person["service_password"] = json!("direct");
    person
}

/// The journal's entries of one endpoint.
pub(crate) fn requests(sandbox: &Sandbox, endpoint: &str) -> Vec<Value> {
    sandbox.journal().into_iter().filter(|entry| entry["endpoint"] == endpoint).collect()
}

/// Waits until something has come about elsewhere; fails if it does not.
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < FOR_EVER, "in vain: {what}");
        thread::sleep(Duration::from_millis(1));
    }
}

/// Everything an error shows, in every way it can be shown.
pub(crate) fn shown(error: &Error) -> String {
    format!("{error}\n{error:?}\n{}", serde_json::to_string(error).expect("an error is JSON"))
}

/// A list that hooks and servers write and tests read.
pub(crate) struct Notes<T>(Arc<Mutex<Vec<T>>>);

impl<T> Clone for Notes<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Notes<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Notes<T> {
    pub(crate) fn push(&self, note: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(note);
    }

    pub(crate) fn take(&self) -> Vec<T> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
