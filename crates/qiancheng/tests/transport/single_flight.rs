//! One token request, however many calls need a token at once.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use qiancheng::blocking::Client;
use qiancheng::{CallOptions, Cancel, Error, ErrorKind, Outcome};
use qiancheng_sandbox::Sandbox;
use serde_json::json;

use crate::support::server::{GET_STATE, OPEN_ID, Server, TOKEN, Then, healthy, json as answer};
use crate::support::{builder, client, opening, person, requests, sandbox, until};

const MANY: usize = 64;

/// A blacklist search on each of many threads, all let go at once.
fn together(client: &Client) -> Vec<Result<(), Error>> {
    let barrier = Barrier::new(MANY);
    thread::scope(|scope| {
        let calls: Vec<_> = (0..MANY)
            .map(|_| {
                scope.spawn(|| {
                    barrier.wait();
                    client.call("blacklist.search", person()).map(drop)
                })
            })
            .collect();
        calls.into_iter().map(|call| call.join().expect("no panic")).collect()
    })
}

fn all_well(results: Vec<Result<(), Error>>) {
    for result in results {
        result.expect("an answer");
    }
}

#[test]
fn many_threads_that_need_a_token_cause_one_request() {
    let sandbox = sandbox();
    all_well(together(&client(&sandbox)));
    assert_eq!(requests(&sandbox, "auth.token").len(), 1);
    assert_eq!(requests(&sandbox, "blacklist.search").len(), MANY);
}

#[test]
fn many_tasks_that_need_a_token_cause_one_request() {
    let sandbox = sandbox();
    let client = client(&sandbox).as_async().clone();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..MANY {
            let client = client.clone();
            tasks.spawn(async move { client.call("blacklist.search", person()).await.map(drop) });
        }
        all_well(tasks.join_all().await);
    });
    assert_eq!(requests(&sandbox, "auth.token").len(), 1);
    assert_eq!(requests(&sandbox, "blacklist.search").len(), MANY);
}

#[test]
fn revoked_tokens_are_renewed_once_and_no_call_fails() {
    let sandbox = sandbox();
    let client = client(&sandbox);
    all_well(together(&client));
    for round in 2..=5 {
        sandbox.revoke_tokens();
        all_well(together(&client));
        assert_eq!(requests(&sandbox, "auth.token").len(), round, "token requests in round {round}");
    }
}

#[test]
fn tasks_that_waited_for_a_token_share_the_failure() {
    let sandbox = sandbox();
    fail_tokens(&sandbox);
    let client = client(&sandbox).as_async().clone();
    // On one thread every task has come to the gate before the first answer is read.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let results = runtime.block_on(async {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..MANY {
            let client = client.clone();
            tasks.spawn(async move { client.call("telecom.open_id", opening()).await.map(drop) });
        }
        tasks.join_all().await
    });
    for result in results {
        let error = result.expect_err("no token is to be had");
        assert_eq!((error.kind(), error.code()), (ErrorKind::ServiceUnavailable, Some(1000)));
        assert_eq!(error.endpoint(), Some("auth.token"));
    }
    assert_eq!(requests(&sandbox, "auth.token").len(), 1);
    assert_eq!(requests(&sandbox, "telecom.open_id").len(), 0);
}

fn fail_tokens(sandbox: &Sandbox) {
    let fault = json!({"match": {"endpoint": "auth.token"}, "fault": {"kind": "service_unavailable"}});
    sandbox.add_faults(fault).expect("a fault");
}

#[test]
fn threads_that_waited_for_a_token_share_the_failure() {
    let calling = Arc::new(AtomicUsize::new(0));
    let server = Server::start({
        let calling = Arc::clone(&calling);
        move |request, out| {
            if request.path == TOKEN {
                until("all threads call", || calling.load(SeqCst) == MANY);
                // From having said so to waiting at the gate is a matter of microseconds.
                thread::sleep(Duration::from_millis(200));
                out.write_all(&answer(r#"{"code":1000,"msg":"系统错误","data":[]}"#))?;
            } else {
                out.write_all(&healthy(request))?;
            }
            Ok(Then::Keep)
        }
    });
    let client = builder(&server.url()).build_blocking().expect("a client");
    let barrier = Barrier::new(MANY);
    thread::scope(|scope| {
        for _ in 0..MANY {
            scope.spawn(|| {
                // Now each thread has what it calls with, and its next call goes straight to the gate.
                client.call("telecom.get_state", json!({"open_id": "a-session"})).expect("a state");
                barrier.wait();
                calling.fetch_add(1, SeqCst);
                let error = client.call("telecom.open_id", opening()).expect_err("no token is to be had");
                assert_eq!(error.kind(), ErrorKind::ServiceUnavailable);
            });
        }
    });
    assert_eq!(server.asked(GET_STATE).len(), MANY);
    assert_eq!(server.asked(OPEN_ID).len(), 0);
    let tokens = server.asked(TOKEN).len();
    assert!((1..=3).contains(&tokens), "{tokens} token requests");
}

#[test]
fn a_failed_token_request_is_made_again_by_the_next_call() {
    let sandbox = sandbox();
    let fault =
        json!({"match": {"endpoint": "auth.token"}, "times": 1, "fault": {"kind": "service_unavailable"}});
    sandbox.add_faults(fault).expect("a fault");
    let client = client(&sandbox);
    let error = client.call("blacklist.search", person()).expect_err("no token is to be had");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::ServiceUnavailable, Outcome::Rejected));
    client.call("blacklist.search", person()).expect("an answer");
}

/// Starts two calls that need a token: an impatient one, which asks for it, then a patient one, which waits for it.
/// The first token request is never answered.
fn impatient_and_patient(options: CallOptions, end: impl FnOnce()) -> (Error, Result<(), Error>, usize) {
    let sandbox = sandbox();
    let fault =
        json!({"match": {"endpoint": "auth.token"}, "times": 1, "fault": {"kind": "latency", "ms": 30_000}});
    sandbox.add_faults(fault).expect("a fault");
    let client = client(&sandbox).as_async().clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (impatient, patient) = runtime.block_on(async {
        let impatient = tokio::spawn({
            let client = client.with_options(options.max_retries(0));
            async move { client.call("blacklist.search", person()).await.map(drop) }
        });
        while requests(&sandbox, "auth.token").is_empty() {
            tokio::task::yield_now().await;
        }
        let patient = tokio::spawn(async move { client.call("blacklist.search", person()).await.map(drop) });
        // As many turns as it takes a call, and more, to come to where it waits.
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        end();
        (impatient.await.expect("no panic"), patient.await.expect("no panic"))
    });
    (impatient.expect_err("no token in its time"), patient, requests(&sandbox, "auth.token").len())
}

#[test]
fn who_waited_for_a_cancelled_call_asks_for_a_token_itself() {
    let cancel = Cancel::new();
    let options = CallOptions::new().cancel(cancel.clone());
    let (error, patient, tokens) = impatient_and_patient(options, || cancel.cancel());
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Cancelled, Outcome::NotSent));
    patient.expect("an answer");
    assert_eq!(tokens, 2);
}

#[test]
fn who_waited_for_a_call_with_less_time_asks_for_a_token_itself() {
    let options = CallOptions::new().total(Duration::from_millis(200));
    let (error, patient, tokens) = impatient_and_patient(options, || {});
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::NotSent));
    patient.expect("an answer");
    assert_eq!(tokens, 2);
}

#[test]
fn who_waits_for_a_token_does_so_no_longer_than_its_own_time() {
    let sandbox = sandbox();
    let fault = json!({"match": {"endpoint": "auth.token"}, "fault": {"kind": "latency", "ms": 30_000}});
    sandbox.add_faults(fault).expect("a fault");
    let client = client(&sandbox);
    let cancel = Cancel::new();
    thread::scope(|scope| {
        let patient = client.with_options(CallOptions::new().cancel(cancel.clone()));
        scope.spawn(move || patient.call("blacklist.search", person()).expect_err("cancelled"));
        until("a token is asked for", || !requests(&sandbox, "auth.token").is_empty());
        let options = CallOptions::new().total(Duration::from_millis(100));
        let error = client.with_options(options).call("blacklist.search", person()).expect_err("no token");
        cancel.cancel();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::NotSent));
        assert_eq!(error.endpoint(), Some("auth.token"));
    });
    assert_eq!(requests(&sandbox, "auth.token").len(), 1);
}
