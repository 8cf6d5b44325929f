//! What looks at the world while a call waits, and may end it: the place for a language's signals and interrupts.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread::{self, ThreadId};
use std::time::Duration;

use qiancheng::session::{SessionKind, Step};
use qiancheng::{CallOptions, ErrorKind, Outcome};
use qiancheng_sandbox::Sandbox;
use serde_json::json;

use crate::support::{Notes, builder, client, opening, person, requests, sandbox};

/// A sandbox that takes requests and does not answer them.
fn silent() -> Arc<Sandbox> {
    let sandbox = sandbox();
    sandbox.add_faults(json!({"fault": {"kind": "latency", "ms": 600_000}})).expect("a fault");
    Arc::new(sandbox)
}

/// Lets a call wait until it has arrived and has been asked about twice more; tells how often that was.
fn ends_after_arrival(sandbox: &Arc<Sandbox>, endpoint: &'static str) -> (CallOptions, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let (sandbox, counter) = (Arc::clone(sandbox), Arc::clone(&asked));
    let options = CallOptions::new()
        .watch(move || requests(&sandbox, endpoint).is_empty() || counter.fetch_add(1, SeqCst) < 2);
    (options, asked)
}

#[test]
fn a_watch_ends_a_call_that_waits() {
    let sandbox = silent();
    let (options, asked) = ends_after_arrival(&sandbox, "telecom.open_id");
    let client = client(&sandbox);
    let error = client.with_options(options).call("telecom.open_id", opening()).expect_err("ended");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Cancelled, Outcome::Unknown), "it had left");
    assert_eq!(error.endpoint(), Some("telecom.open_id"));
    assert_eq!(asked.load(SeqCst), 3, "nothing is asked once the answer was to end");
    assert_eq!(requests(&sandbox, "telecom.open_id").len(), 1, "and nothing is sent again");

    sandbox.clear_faults();
    client.call("blacklist.search", person()).expect("the client goes on");
}

#[test]
fn a_watch_is_asked_on_the_thread_of_the_call() {
    let sandbox = silent();
    let asked_on: Notes<ThreadId> = Notes::default();
    let seen = asked_on.clone();
    let options = CallOptions::new().watch(move || {
        seen.push(thread::current().id());
        false
    });
    client(&sandbox).with_options(options).call("blacklist.search", person()).expect_err("ended");
    assert_eq!(asked_on.take(), [thread::current().id()]);
}

#[test]
fn a_watch_ends_a_pause_between_polls() {
    let sandbox = sandbox();
    let hour = Duration::from_secs(3600);
    let client = builder(sandbox.base_url()).poll_interval(hour).build_blocking().expect("a client");
    let pausing = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&pausing);
    let client = client.with_options(CallOptions::new().watch(move || !stop.load(SeqCst)));
    let mut params = opening();
    params["service_password"] = json!("slow_9");
    let session = client.open_session(SessionKind::Telecom, params).expect("opened");
    let mut steps = session.steps();
    let first = steps.next().expect("a step").expect("the first comes at once");
    assert!(matches!(first, Step::Working { .. }), "{first:?}");
    pausing.store(true, SeqCst);
    let error = steps.next().expect("an end").expect_err("ended");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Cancelled, Outcome::NotSent));
    assert!(steps.next().is_none());
}

#[test]
fn a_watch_ends_an_async_call_too() {
    let sandbox = silent();
    let (options, asked) = ends_after_arrival(&sandbox, "blacklist.search");
    let client = client(&sandbox).as_async().with_options(options);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let error = runtime.block_on(client.call("blacklist.search", person())).expect_err("ended");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Cancelled, Outcome::Unknown));
    assert_eq!(asked.load(SeqCst), 3);
}
