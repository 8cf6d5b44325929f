//! Tokens that outlive a client: shared through a store, and done without when the store fails.

use std::fmt::Write;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use qiancheng::personal::Secret;
use qiancheng::{FileStore, StoredToken, TokenKey, TokenStore};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::support::alone::{alone, given};
use crate::support::{Notes, builder, person, requests, sandbox};

#[test]
fn a_second_client_finds_the_first_ones_token() {
    let sandbox = sandbox();
    let directory = tempfile::tempdir().expect("a directory");
    for _ in 0..3 {
        let store = FileStore::new(directory.path()).expect("a store");
        let client = builder(sandbox.base_url()).token_store(store).build_blocking().expect("a client");
        client.call("blacklist.search", person()).expect("an answer");
    }
    assert_eq!(requests(&sandbox, "auth.token").len(), 1);
}

#[test]
fn another_process_finds_the_token() {
    const TEST: &str = "stores::another_process_finds_the_token";
    let search = |url: &str, directory: &str| {
        let store = FileStore::new(directory).expect("a store");
        let client = builder(url).token_store(store).build_blocking().expect("a client");
        client.call("blacklist.search", person()).expect("an answer");
    };
    if std::env::var_os("TEST_URL").is_some() {
        return alone(TEST, &[], || search(&given("TEST_URL"), &given("TEST_DIRECTORY")));
    }
    let sandbox = sandbox();
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().to_str().expect("a path in UTF-8");
    search(sandbox.base_url(), path);
    alone(TEST, &[("TEST_URL", sandbox.base_url()), ("TEST_DIRECTORY", path)], || unreachable!("not here"));
    assert_eq!(requests(&sandbox, "auth.token").len(), 1);
    assert_eq!(requests(&sandbox, "blacklist.search").len(), 2);
}

#[test]
fn a_token_that_one_client_saw_refused_is_replaced_for_all() {
    let sandbox = sandbox();
    let directory = tempfile::tempdir().expect("a directory");
    let new = || {
        let store = FileStore::new(directory.path()).expect("a store");
        builder(sandbox.base_url()).token_store(store).build_blocking().expect("a client")
    };
    let (one, other) = (new(), new());
    one.call("blacklist.search", person()).expect("an answer");
    other.call("blacklist.search", person()).expect("an answer");
    sandbox.revoke_tokens();
    one.call("blacklist.search", person()).expect("an answer");
    // Its token is refused, and the one that replaces it is in the store already.
    other.call("blacklist.search", person()).expect("an answer");
    assert_eq!(requests(&sandbox, "auth.token").len(), 2);
}

/// A store on a disk that has failed.
struct Broken;

impl TokenStore for Broken {
    fn load(&self, _: &TokenKey) -> io::Result<Option<StoredToken>> {
        Err(io::Error::other("the disk has failed"))
    }
    fn save(&self, _: &TokenKey, _: &StoredToken) -> io::Result<()> {
        Err(io::Error::other("the disk has failed"))
    }
    fn remove(&self, _: &TokenKey, _: &Secret) -> io::Result<()> {
        Err(io::Error::other("the disk has failed"))
    }
}

#[test]
fn a_store_that_fails_is_warned_of_and_done_without() {
    let sandbox = sandbox();
    let client = builder(sandbox.base_url()).token_store(Broken).build_blocking().expect("a client");
    let warnings = Warnings::default();
    tracing::subscriber::with_default(warnings.clone(), || {
        client.call("blacklist.search", person()).expect("an answer");
        sandbox.revoke_tokens();
        client.call("blacklist.search", person()).expect("an answer");
    });
    assert_eq!(requests(&sandbox, "auth.token").len(), 2);
    let said = warnings.said.take();
    assert!(said.iter().any(|text| text.contains("cannot be read")), "{said:?}");
    assert!(said.iter().filter(|text| text.contains("cannot be written")).count() >= 3, "{said:?}");
    assert!(said.iter().all(|text| text.contains("the disk has failed")), "{said:?}");
}

#[test]
fn a_directory_that_has_gone_is_done_without() {
    let sandbox = sandbox();
    let directory = tempfile::tempdir().expect("a directory");
    let store = FileStore::new(directory.path().join("tokens")).expect("a store");
    drop(directory);
    let client = builder(sandbox.base_url()).token_store(store).build_blocking().expect("a client");
    client.call("blacklist.search", person()).expect("an answer");
    client.call("blacklist.search", person()).expect("an answer");
    assert_eq!(requests(&sandbox, "auth.token").len(), 1);
}

/// Listens to what is traced at the level of warnings.
#[derive(Clone, Default)]
struct Warnings {
    said: Notes<String>,
}

/// Subscribers have to number spans.
static SPANS: AtomicU64 = AtomicU64::new(1);

impl Subscriber for Warnings {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(SPANS.fetch_add(1, SeqCst))
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        struct Text(String);
        impl Visit for Text {
            fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
                write!(self.0, "{field}={value:?} ").expect("memory");
            }
        }
        let mut text = Text(String::new());
        event.record(&mut text);
        self.said.push(text.0);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
