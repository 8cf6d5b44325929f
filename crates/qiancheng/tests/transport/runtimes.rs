//! The blocking client inside async code, where it should not be but will be; and the async one on several runtimes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use qiancheng::{ErrorKind, Event};
use serde_json::json;
use tokio::runtime::{Builder, Runtime};

use crate::support::{builder, client, opening, person, requests, sandbox};

fn one_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

fn two_threads() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

#[test]
fn a_blocking_call_works_inside_a_runtime() {
    let sandbox = sandbox();
    for runtime in [one_thread(), two_threads()] {
        let client = client(&sandbox);
        runtime.block_on(async {
            client.call("blacklist.search", person()).expect("on the runtime's own thread");
            let clone = client.clone();
            let task = tokio::spawn(async move { clone.call("blacklist.search", person()).map(drop) });
            task.await.expect("no panic").expect("in a task");
            let clone = client.clone();
            let task =
                tokio::task::spawn_blocking(move || clone.call("blacklist.search", person()).map(drop));
            task.await.expect("no panic").expect("where blocking is allowed");
        });
        assert_eq!(client.stats().errors.len(), 0);
    }
}

#[test]
fn a_blocking_client_may_be_dropped_inside_a_runtime() {
    let sandbox = sandbox();
    for runtime in [one_thread(), two_threads()] {
        let client = client(&sandbox);
        client.call("blacklist.search", person()).expect("on a plain thread");
        runtime.block_on(async move {
            client.call("blacklist.search", person()).expect("inside");
            drop(client);
        });
    }
}

#[test]
fn an_async_client_serves_one_runtime_after_another() {
    let sandbox = sandbox();
    let client = client(&sandbox).as_async().clone();
    for runtime in [one_thread(), two_threads(), one_thread()] {
        runtime.block_on(client.call("telecom.open_id", opening())).expect("an answer");
    }
    assert_eq!(requests(&sandbox, "telecom.open_id").len(), 3);
}

#[test]
fn an_async_client_serves_runtimes_that_are_not_always_running() {
    let sandbox = sandbox();
    let client = client(&sandbox).as_async().clone();
    // Each keeps its connection, and nobody drives it while another runs.
    let runtimes = [one_thread(), one_thread(), one_thread()];
    for _ in 0..3 {
        for runtime in &runtimes {
            runtime.block_on(client.call("telecom.open_id", opening())).expect("an answer");
        }
    }
    assert_eq!(requests(&sandbox, "telecom.open_id").len(), 9);
}

/// A client whose hook panics whenever it is told to.
fn panicking(url: &str, panics: &Arc<AtomicBool>, at: fn(&Event<'_>) -> bool) -> qiancheng::blocking::Client {
    let panics = Arc::clone(panics);
    builder(url)
        .on_event(move |event| assert!(!(at(event) && panics.load(SeqCst)), "a defect in the hook"))
        .build_blocking()
        .expect("a client")
}

#[test]
fn a_hook_that_panics_does_not_spoil_the_client() {
    let moments: [fn(&Event<'_>) -> bool; 3] = [
        |event| matches!(event, Event::Attempt { .. }),
        |event| matches!(event, Event::TokenFetched { .. }),
        |event| matches!(event, Event::Call { .. }),
    ];
    for at in moments {
        let sandbox = sandbox();
        let panics = Arc::new(AtomicBool::new(true));
        let client = panicking(sandbox.base_url(), &panics, at);
        for _ in 0..3 {
            let call = catch_unwind(AssertUnwindSafe(|| client.call("blacklist.search", person()).map(drop)));
            assert!(call.is_err() || requests(&sandbox, "auth.token").len() == 1, "the hook was not called");
        }
        panics.store(false, SeqCst);
        for _ in 0..3 {
            client.call("blacklist.search", person()).expect("an answer");
        }
    }
}

#[test]
fn a_hook_that_panics_inside_a_runtime_is_an_error() {
    let sandbox = sandbox();
    let panics = Arc::new(AtomicBool::new(true));
    let client = panicking(sandbox.base_url(), &panics, |event| matches!(event, Event::Call { .. }));
    one_thread().block_on(async {
        let error = client.call("telecom.get_state", json!({"open_id": "a"})).expect_err("a panic");
        assert_eq!(error.kind(), ErrorKind::Panic);
        panics.store(false, SeqCst);
        client.call("blacklist.search", person()).expect("an answer");
    });
}
