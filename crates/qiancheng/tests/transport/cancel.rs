//! Calls that are ended from another thread.

use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use qiancheng::blocking::Client;
use qiancheng::{CallOptions, Cancel, Error, ErrorKind, Outcome};
use serde_json::{Value, json};

use crate::support::{builder, client, opening, requests, sandbox, until};

/// How soon a cancelled call has to end.
const AT_ONCE: Duration = Duration::from_millis(100);

/// Makes a call on another thread, cancels it once it is under way, and says how it ended. A busy machine may take
/// the processor away at the wrong moment, so one of a few tries has to be fast; `under_way` is told which it is.
fn cancelled(client: &Client, endpoint: &str, params: &Value, under_way: impl Fn(usize) -> bool) -> Error {
    let mut slow = Vec::new();
    for already in 0..5 {
        let cancel = Cancel::new();
        let client = client.with_options(CallOptions::new().cancel(cancel.clone()));
        let (error, took) = thread::scope(|scope| {
            let call = scope.spawn(|| (client.call(endpoint, params.clone()), Instant::now()));
            until("the call is under way", || under_way(already));
            let asked = Instant::now();
            cancel.cancel();
            let (result, ended) = call.join().expect("no panic");
            (result.expect_err("the call was cancelled"), ended - asked)
        });
        assert_eq!((error.kind(), error.endpoint()), (ErrorKind::Cancelled, Some(endpoint)));
        if took < AT_ONCE {
            return error;
        }
        slow.push(took);
    }
    panic!("it took {slow:?}");
}

#[test]
fn a_call_that_waits_for_its_answer_ends_at_once_and_may_have_been_processed() {
    let sandbox = sandbox();
    sandbox.add_faults(json!({"fault": {"kind": "latency", "ms": 30_000}})).expect("a fault");
    let error = cancelled(&client(&sandbox), "telecom.open_id", &opening(), |already| {
        requests(&sandbox, "telecom.open_id").len() > already
    });
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert!(!error.is_retryable());
}

#[test]
fn a_call_that_reads_its_answer_ends_at_once() {
    let sandbox = sandbox();
    sandbox.add_faults(json!({"fault": {"kind": "dribble", "bytes": 1, "ms": 5_000}})).expect("a fault");
    let error =
        cancelled(&client(&sandbox), "telecom.get_state", &json!({"open_id": "a-session"}), |already| {
            requests(&sandbox, "telecom.get_state").len() > already
        });
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[test]
fn a_call_that_waits_for_a_token_ends_at_once_and_was_not_sent() {
    let sandbox = sandbox();
    let fault = json!({"match": {"endpoint": "auth.token"}, "fault": {"kind": "latency", "ms": 30_000}});
    sandbox.add_faults(fault).expect("a fault");
    let error = cancelled(&client(&sandbox), "telecom.open_id", &opening(), |already| {
        requests(&sandbox, "auth.token").len() > already
    });
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert_eq!(requests(&sandbox, "telecom.open_id").len(), 0);
}

#[test]
fn a_call_that_pauses_before_a_repeat_ends_at_once() {
    let sandbox = sandbox();
    sandbox.add_faults(json!({"fault": {"kind": "status_429", "retry_after": 100}})).expect("a fault");
    let error =
        cancelled(&client(&sandbox), "telecom.get_state", &json!({"open_id": "a-session"}), |already| {
            let refused = |entry: &&Value| entry["http_status"] == 429;
            requests(&sandbox, "telecom.get_state").iter().filter(refused).count() > already
        });
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[test]
fn a_call_that_waits_for_its_connection_ends_at_once_and_was_not_sent() {
    let silent = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let url = format!("https://localhost:{}", silent.local_addr().expect("its address").port());
    let client = builder(&url).build_blocking().expect("a client");
    let error = cancelled(&client, "telecom.get_state", &json!({"open_id": "a-session"}), |_| {
        // Accepted, and never spoken to.
        silent.accept().is_ok()
    });
    assert_eq!(error.outcome(), Outcome::NotSent);
}

#[test]
fn a_handle_that_was_used_before_lets_nothing_out() {
    let sandbox = sandbox();
    let cancel = Cancel::new();
    let cancelled = client(&sandbox).with_options(CallOptions::new().cancel(cancel.clone()));
    cancel.cancel();
    let error = cancelled.call("telecom.open_id", opening()).expect_err("cancelled");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Cancelled, Outcome::NotSent));
    assert_eq!(sandbox.journal().len(), 0);
}

#[test]
fn the_client_of_a_cancelled_call_goes_on() {
    let sandbox = sandbox();
    sandbox.add_faults(json!({"fault": {"kind": "latency", "ms": 30_000}})).expect("a fault");
    let client = client(&sandbox);
    cancelled(&client, "telecom.open_id", &opening(), |already| {
        requests(&sandbox, "telecom.open_id").len() > already
    });
    sandbox.clear_faults();
    client.call("telecom.open_id", opening()).expect("an answer to the right question");
}

#[test]
fn a_task_that_is_dropped_leaves_the_client_whole() {
    let sandbox = sandbox();
    sandbox.add_faults(json!({"times": 1, "fault": {"kind": "latency", "ms": 30_000}})).expect("a fault");
    let client = client(&sandbox).as_async().clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let call = client.call("telecom.open_id", opening());
        let arrived = async {
            while requests(&sandbox, "telecom.open_id").is_empty() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            _ = call => panic!("an answer too early"),
            () = arrived => {}
        }
        client.call("telecom.open_id", opening()).await.expect("an answer");
    });
}
