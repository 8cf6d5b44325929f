//! What a client counts and tells, held against what the vendor saw.

use std::time::Duration;

use qiancheng::endpoint::Method;
use qiancheng::{CallOptions, ErrorKind, Event, Stats};
use qiancheng_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::{Notes, builder, client, opening, person, requests, sandbox, until};

fn state() -> Value {
    json!({"open_id": "no-such-session"})
}

fn counts(stats: &Stats) -> (u64, u64, u64, u64) {
    (stats.calls, stats.attempts, stats.repeats, stats.tokens_fetched)
}

/// Every request that reached the sandbox.
fn seen(sandbox: &Sandbox) -> u64 {
    sandbox.journal().len() as u64
}

#[test]
fn counts_are_what_the_vendor_saw() {
    let sandbox = sandbox();
    let client = client(&sandbox);
    assert_eq!(counts(&client.stats()), (0, 0, 0, 0));

    client.call("blacklist.search", person()).expect("an answer");
    assert_eq!(counts(&client.stats()), (1, 2, 0, 1));

    sandbox.add_faults(json!({"times": 2, "fault": {"kind": "html_502"}})).expect("a fault");
    client.call("blacklist.search", person()).expect("an answer");
    assert_eq!(counts(&client.stats()), (2, 5, 2, 1));

    sandbox.revoke_tokens();
    client.call("blacklist.search", person()).expect("an answer");
    assert_eq!(counts(&client.stats()), (3, 8, 2, 2), "refused, a token, again");
    assert_eq!(client.stats().attempts, seen(&sandbox));

    client.call("telecom.get_state", state()).expect_err("no such session");
    client.call("telecom.get_state", json!({"open_id": ""})).expect_err("empty");
    client.call("telecom.getstate", state()).expect_err("no such endpoint");
    let stats = client.stats();
    assert_eq!(counts(&stats), (6, 9, 2, 2));
    assert_eq!(stats.attempts, seen(&sandbox), "what is refused here does not leave");
    assert_eq!(stats.errors.get("Rejected"), Some(&1));
    assert_eq!(stats.errors.get("InvalidInput"), Some(&2));
    assert_eq!(stats.latency.iter().map(|bucket| bucket.calls).sum::<u64>(), stats.calls);
}

#[test]
fn bytes_are_what_went_over_the_wire() {
    let sandbox = sandbox();
    let client = client(&sandbox);
    let answer = client.call("telecom.open_id", opening()).expect("an answer");
    let journal = sandbox.journal();
    let header = |entry: &Value| entry["headers"]["content-length"].as_str().map(str::parse::<u64>);
    let sent: u64 = journal.iter().map(|entry| header(entry).expect("a length").expect("a number")).sum();
    assert_eq!(client.stats().bytes_sent, sent);
    assert!(client.stats().bytes_received > answer.body().len() as u64, "the token's answer counts too");
}

#[test]
fn copies_of_a_client_count_together() {
    let sandbox = sandbox();
    let client = client(&sandbox);
    let altered = client.with_options(CallOptions::new().max_retries(0).validate(false));
    let asynchronous = client.as_async().clone();
    client.call("blacklist.search", person()).expect("an answer");
    altered.call("blacklist.search", person()).expect("an answer");
    client.clone().call("blacklist.search", person()).expect("an answer");
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(asynchronous.call("blacklist.search", person()))
        .expect("an answer");
    assert_eq!(counts(&client.stats()), (4, 5, 0, 1));
    assert_eq!(client.stats(), altered.stats());
    assert_eq!(client.stats(), asynchronous.stats());
    assert_eq!(requests(&sandbox, "auth.token").len(), 1, "they share the token too");
}

#[test]
fn options_change_the_copy_only() {
    let sandbox = sandbox();
    let client = client(&sandbox);
    let altered = client.with_options(CallOptions::new().max_retries(0));
    sandbox.add_faults(json!({"fault": {"kind": "html_502"}})).expect("a fault");
    assert_eq!(altered.call("telecom.get_state", state()).expect_err("a page").attempts(), 1);
    assert_eq!(client.call("telecom.get_state", state()).expect_err("a page").attempts(), 3);
}

#[test]
fn calls_of_many_threads_are_all_counted() {
    let sandbox = sandbox();
    let client = client(&sandbox);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..25).for_each(|_| drop(client.call("telecom.get_state", state()))));
        }
    });
    let stats = client.stats();
    assert_eq!((stats.calls, stats.attempts, seen(&sandbox)), (200, 200, 200));
    assert_eq!(stats.errors.get("Rejected"), Some(&200));
}

#[test]
fn events_tell_the_story_of_a_call() {
    let sandbox = sandbox();
    let told: Notes<String> = Notes::default();
    let hook = told.clone();
    let client = builder(sandbox.base_url())
        .token_hours(2)
        .on_event(move |event| {
            hook.push(match event {
                Event::Attempt { endpoint, attempt, http_status, .. } => {
                    format!("{endpoint} attempt {attempt}: {http_status:?}")
                }
                Event::Repeat { endpoint, attempt, error, .. } => {
                    format!("{endpoint} again after {attempt}: {}", error.kind())
                }
                Event::TokenFetched { life } => format!("token for {life:?}"),
                Event::TokenRefused => "token refused".to_owned(),
                Event::Call { endpoint, error, .. } => {
                    format!("{endpoint} done: {:?}", error.map(qiancheng::Error::kind))
                }
                other => panic!("an event this test does not know: {other:?}"),
            });
        })
        .build_blocking()
        .expect("a client");
    let faults = json!([
        {"times": 1, "fault": {"kind": "processed_but_lost"}},
        {"times": 1, "fault": {"kind": "token_refused"}}
    ]);
    sandbox.add_faults(faults).expect("faults");
    client.call("blacklist.search", person()).expect("an answer");
    let hours = Duration::from_secs(7200);
    assert_eq!(
        told.take(),
        [
            "auth.token attempt 1: Some(200)".to_owned(),
            format!("token for {hours:?}"),
            "blacklist.search attempt 1: None".to_owned(),
            "blacklist.search again after 1: Connection".to_owned(),
            "blacklist.search attempt 2: Some(200)".to_owned(),
            "token refused".to_owned(),
            "auth.token attempt 1: Some(200)".to_owned(),
            format!("token for {hours:?}"),
            "blacklist.search attempt 3: Some(200)".to_owned(),
            "blacklist.search done: None".to_owned(),
        ]
    );
    client.call("telecom.get_state", state()).expect_err("no such session");
    assert_eq!(told.take().last().expect("an event"), "telecom.get_state done: Some(Rejected)");
}

#[test]
fn a_call_by_path_is_given_the_merchants_token_or_name() {
    let sandbox = sandbox();
    let client = client(&sandbox);
    let mut params = person();
    params["token"] = Value::Null;
    let answer = client.call_path(Method::POST, "/blacklist/search/single", params).expect("an answer");
    assert_eq!(answer.endpoint(), "/blacklist/search/single");
    assert_eq!(answer.value().expect("JSON")["is_in"], false);

    let opened = client.call("telecom.open_id", opening()).expect("an answer").value().expect("JSON");
    let params = json!({"open_id": opened["open_id"], "username": null});
    let answer = client.call_path(Method::POST, "/telecom/collect/get-state", params).expect("an answer");
    assert!(answer.value().expect("JSON")["state"].is_number());
    assert_eq!(requests(&sandbox, "telecom.get_state")[0]["params"]["username"], "demo");
    assert_eq!(requests(&sandbox, "auth.token").len(), 1);
}

#[test]
fn a_call_by_path_whose_token_is_refused_is_made_again_with_another() {
    let sandbox = sandbox();
    let client = client(&sandbox);
    client.call("blacklist.search", person()).expect("an answer");
    sandbox.revoke_tokens();
    let mut params = person();
    params["token"] = Value::Null;
    client.call_path(Method::POST, "/blacklist/search/single", params).expect("an answer");
    assert_eq!(requests(&sandbox, "auth.token").len(), 2);
}

#[test]
fn a_call_by_path_is_not_repeated() {
    let sandbox = sandbox();
    let client = client(&sandbox);
    sandbox.add_faults(json!({"fault": {"kind": "processed_but_lost"}})).expect("a fault");
    let mut params = person();
    params["token"] = Value::Null;
    let error = client.call_path(Method::POST, "/blacklist/search/single", params).expect_err("lost");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1));
    assert_eq!(requests(&sandbox, "blacklist.search").len(), 1);
}

#[test]
fn a_call_by_path_without_null_is_sent_as_it_is() {
    let sandbox = sandbox();
    let client = client(&sandbox);
    let error = client.call_path(Method::POST, "/blacklist/search/single", person()).expect_err("no token");
    assert_eq!(error.code(), Some(1001));
    for path in ["blacklist", "/a?b=c", "/a#b"] {
        let error = client.call_path(Method::POST, path, json!({})).expect_err("no path");
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{path}");
    }
    assert_eq!(requests(&sandbox, "auth.token").len(), 0);
    until("one request", || sandbox.journal().len() == 1);
}
