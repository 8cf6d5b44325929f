//! What Java holds: numbers that stand for objects of this side.
//!
//! A number is never given out twice. One that is closed, of another kind or made up finds nothing, so that no mistake of
//! Java's can reach memory that is not there. A call holds what it found until it ends, whatever is closed meanwhile.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};
use std::sync::{Arc, LazyLock, Mutex, PoisonError, RwLock};

use foldhash::fast::FixedState;
use jni::sys::jlong;
use qiancheng::blocking::{Client, Collection, Session, Steps};
use qiancheng::{Cancel, Error, ErrorKind, Result};

/// A session, and where its steps stand.
pub(crate) struct OpenSession {
    pub(crate) session: Session,
    pub(crate) steps: Mutex<Steps>,
}

/// What a number stands for.
#[derive(Clone)]
pub(crate) enum Held {
    Client(Client),
    Session(Arc<OpenSession>),
    Collection(Arc<Mutex<Collection>>),
    Cancel(Cancel),
}

static HELD: LazyLock<RwLock<HashMap<jlong, Held, FixedState>>> = LazyLock::new(RwLock::default);
static LAST: AtomicI64 = AtomicI64::new(0);

/// Keeps an object for Java; 0 is never given out.
pub(crate) fn keep(held: Held) -> jlong {
    let handle = LAST.fetch_add(1, Relaxed) + 1;
    HELD.write().unwrap_or_else(PoisonError::into_inner).insert(handle, held);
    handle
}

pub(crate) fn keep_session(session: Session) -> jlong {
    let steps = Mutex::new(session.steps());
    keep(Held::Session(Arc::new(OpenSession { session, steps })))
}

/// Lets go of an object. One that is gone already is no mistake.
pub(crate) fn release(handle: jlong) {
    let held = HELD.write().unwrap_or_else(PoisonError::into_inner).remove(&handle);
    // Connections are closed without the lock.
    drop(held);
}

/// Lets go of everything.
pub(crate) fn release_all() {
    let all = std::mem::take(&mut *HELD.write().unwrap_or_else(PoisonError::into_inner));
    drop(all);
}

/// How many objects are held.
pub(crate) fn count() -> usize {
    HELD.read().unwrap_or_else(PoisonError::into_inner).len()
}

fn find(handle: jlong) -> Option<Held> {
    HELD.read().unwrap_or_else(PoisonError::into_inner).get(&handle).cloned()
}

fn gone(what: &'static str) -> Error {
    Error::of_binding(ErrorKind::Config, what)
}

pub(crate) fn client(handle: jlong) -> Result<Client> {
    match find(handle) {
        Some(Held::Client(client)) => Ok(client),
        _ => Err(gone("the client is closed")),
    }
}

pub(crate) fn session(handle: jlong) -> Result<Arc<OpenSession>> {
    match find(handle) {
        Some(Held::Session(session)) => Ok(session),
        _ => Err(gone("the session is closed")),
    }
}

pub(crate) fn collection(handle: jlong) -> Result<Arc<Mutex<Collection>>> {
    match find(handle) {
        Some(Held::Collection(collection)) => Ok(collection),
        _ => Err(gone("the collection is closed")),
    }
}

/// The cancellation with this number; none for 0.
pub(crate) fn cancel(handle: jlong) -> Result<Option<Cancel>> {
    if handle == 0 {
        return Ok(None);
    }
    match find(handle) {
        Some(Held::Cancel(cancel)) => Ok(Some(cancel)),
        _ => Err(gone("the cancellation is closed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_client() -> Client {
        Client::builder()
            .account("demo", "demo-password")
            .base_url("http://127.0.0.1:1")
            .build_blocking()
            .expect("holds")
    }

    #[test]
    fn a_number_finds_what_it_stands_for_until_it_is_released() {
        let handle = keep(Held::Client(a_client()));
        assert_eq!(client(handle).expect("holds").as_async().origin(), "http://127.0.0.1:1");
        release(handle);
        release(handle);
        assert_eq!(client(handle).expect_err("released").message(), "the client is closed");
    }

    #[test]
    fn a_number_of_another_kind_or_made_up_finds_nothing() {
        let handle = keep(Held::Cancel(Cancel::new()));
        assert!(client(handle).is_err() && session(handle).is_err() && collection(handle).is_err());
        for made_up in [0, -1, jlong::MAX, jlong::MIN] {
            assert!(client(made_up).is_err() && session(made_up).is_err(), "{made_up}");
        }
        assert!(cancel(0).expect("holds").is_none() && cancel(jlong::MAX).is_err());
        release(handle);
    }

    #[test]
    fn a_number_is_never_given_out_again() {
        let first = keep(Held::Cancel(Cancel::new()));
        release(first);
        let second = keep(Held::Cancel(Cancel::new()));
        assert!(second > first);
        release(second);
    }

    #[test]
    fn what_is_in_use_outlives_its_release() {
        let handle = keep(Held::Client(a_client()));
        let in_use = client(handle).expect("holds");
        release(handle);
        assert_eq!(in_use.as_async().origin(), "http://127.0.0.1:1");
    }
}
