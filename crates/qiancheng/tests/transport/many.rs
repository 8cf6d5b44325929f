//! Many calls at a time: in order, bounded, lazy, an error for a call instead of an end for all.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread;

use qiancheng::{CallOptions, ErrorKind};
use serde_json::{Value, json};

use crate::support::server::{GET_STATE, Server, Then, healthy};
use crate::support::{builder, client, person, requests, sandbox, until};

/// People whose answers tell them apart: every third is on the list, every seventh is no person at all.
fn rows(count: usize) -> impl Iterator<Item = Value> {
    (0..count).map(|number| {
        let mut row = person();
        if number % 3 == 0 {
            row["mobile"] = json!("13800134444");
        }
        if number % 7 == 0 {
            row["mobile"] = json!("12");
        }
        row
    })
}

fn check(number: usize, answer: qiancheng::Result<qiancheng::Answer>) {
    if number.is_multiple_of(7) {
        let error = answer.expect_err("no mobile number");
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some("/mobile")), "row {number}");
    } else {
        let value = answer.expect("an answer").value().expect("JSON");
        assert_eq!(value["is_in"], number.is_multiple_of(3), "row {number}");
    }
}

#[test]
fn answers_come_in_order_and_an_error_ends_nothing() {
    let sandbox = sandbox();
    let mut seen = 0;
    for (number, answer) in client(&sandbox).call_many("blacklist.search", rows(100), 8).enumerate() {
        check(number, answer);
        seen += 1;
    }
    assert_eq!(seen, 100);
}

#[test]
fn on_a_runtime_of_the_caller_calls_run_there() {
    let sandbox = sandbox();
    let client = client(&sandbox).as_async().clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut many = client.call_many("blacklist.search", rows(50), 8);
        let mut seen = 0;
        while let Some(answer) = many.next().await {
            check(seen, answer);
            seen += 1;
        }
        assert_eq!(seen, 50);
    });
}

#[test]
fn no_more_are_under_way_than_there_is_room_for_and_none_is_taken_ahead() {
    let (now, most) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let seen = Arc::clone(&most);
    let server = Server::start(move |request, out| {
        if request.path == GET_STATE {
            seen.fetch_max(now.fetch_add(1, SeqCst) + 1, SeqCst);
            thread::yield_now();
            now.fetch_sub(1, SeqCst);
        }
        out.write_all(&healthy(request))?;
        Ok(Then::Keep)
    });
    let client = builder(&server.url()).build_blocking().expect("a client");
    let taken = Cell::new(0);
    let rows = (0..40).map(|_| {
        taken.set(taken.get() + 1);
        json!({"open_id": "a"})
    });
    let mut answers = client.call_many("telecom.get_state", rows, 4);
    for number in 0..40_usize {
        answers.next().expect("an answer for each row").expect("a good one");
        assert!(taken.get() <= number + 4, "{} rows taken for answer {number}", taken.get());
    }
    assert!(answers.next().is_none());
    assert!(answers.next().is_none());
    assert!((1..=4).contains(&most.load(SeqCst)), "{most:?} at a time");
}

#[test]
fn calls_go_on_while_nobody_waits_and_end_when_nobody_can() {
    let sandbox = sandbox();
    let client = client(&sandbox);
    let mut answers = client.call_many("blacklist.search", std::iter::repeat_with(person), 4);
    answers.next().expect("an answer").expect("a good one");
    // The calls that were started for the first answer are made, though no further answer is asked for.
    until("four calls", || requests(&sandbox, "blacklist.search").len() >= 4);
    drop(answers);
}

#[test]
fn dropping_the_answers_drops_the_calls() {
    // Takes the call and says nothing.
    let server = Server::start(|_, _| Ok(Then::Keep));
    let client = builder(&server.url()).build_blocking().expect("a client");
    let mut answers = client.as_async().window("telecom.get_state", 2);
    answers.push(json!({"open_id": "a"}));
    until("the call to arrive", || !server.asked(GET_STATE).is_empty());
    drop(answers);
    until("its connection to be closed", || server.closed() > 0);
}

#[test]
fn a_watch_ends_the_wait() {
    let sandbox = sandbox();
    sandbox.add_faults(json!({"fault": {"kind": "latency", "ms": 600_000}})).expect("a fault");
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    let client = client(&sandbox).with_options(CallOptions::new().watch(move || !seen.load(SeqCst)));
    let mut answers = client.call_many("blacklist.search", std::iter::repeat_with(person), 2);
    stop.store(true, SeqCst);
    let error = answers.next().expect("an end").expect_err("ended");
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    assert!(answers.next().is_none());
}
