//! Submissions whose answers never came: asked about, never sent again.

use qiancheng::session::{SessionKind, Step};
use qiancheng::{CallOptions, Cancel, ErrorKind, Outcome};
use serde_json::json;

use crate::support::{Vendor, assert_refused, next_challenge, right, walk};

const CASES: [(SessionKind, &str, &str, &str); 5] = [
    (SessionKind::Telecom, "x", "telecom.captcha", "22 41 finished"),
    (SessionKind::Telecom, "query_password", "telecom.query_password", "32 41 finished"),
    (SessionKind::Telecom, "restart", "telecom.service_password", "11 sms_captcha#1 22 41 finished"),
    (SessionKind::Ebank, "picture", "ebank.captcha", "5 finished"),
    (SessionKind::EbankV2, "x", "ebank_v2.captcha", "7 finished"),
];

#[test]
fn an_answer_that_was_processed_is_not_sent_again() {
    for (kind, password, endpoint, rest) in CASES {
        let vendor = Vendor::start();
        let session = vendor.open(kind, password);
        let challenge = next_challenge(&session);
        vendor.fault(endpoint, "processed_but_lost");
        let error = session.submit(&challenge, right(challenge.kind())).expect_err("lost");
        assert_eq!((error.outcome(), error.is_retryable()), (Outcome::Unknown, false), "{error}");
        let again = vendor.silent(|| session.submit(&challenge, right(challenge.kind())));
        assert_refused(again, ErrorKind::Challenge, "may have been");
        assert_eq!(walk(&session), rest, "{}", kind.name());
        assert_eq!(vendor.sent(endpoint), 1, "exactly one submission");
    }
}

#[test]
fn an_answer_that_never_arrived_is_asked_for_again() {
    for (kind, password, endpoint, rest) in CASES {
        let vendor = Vendor::start();
        let session = vendor.open(kind, password);
        let first = next_challenge(&session);
        vendor.fault(endpoint, "reset");
        let error = session.submit(&first, right(first.kind())).expect_err("lost");
        assert_eq!(error.outcome(), Outcome::Unknown, "nobody on this side can know");
        let second = next_challenge(&session);
        assert_ne!(second.id(), first.id());
        assert_eq!(second.kind(), first.kind());
        assert_refused(
            vendor.silent(|| session.submit(&first, right(first.kind()))),
            ErrorKind::Challenge,
            "superseded",
        );
        session.submit(&second, right(second.kind())).expect("taken");
        assert_eq!(walk(&session), rest, "{}", kind.name());
    }
}

#[test]
fn a_resend_whose_answer_was_lost_supersedes_too() {
    for (fault, state) in [("processed_but_lost", 24), ("reset", 21)] {
        let vendor = Vendor::start();
        let session = vendor.open(SessionKind::Telecom, "x");
        let first = next_challenge(&session);
        vendor.fault("telecom.resend_captcha", fault);
        assert_eq!(session.resend(&first).expect_err("lost").outcome(), Outcome::Unknown);
        let second = next_challenge(&session);
        assert_eq!(session.status().map(|status| status.code), Some(state));
        assert_ne!(second.id(), first.id());
        assert_eq!(vendor.sent("telecom.resend_captcha"), 1);
        assert_eq!(walk(&session), "sms_captcha#1 22 41 finished");
    }
}

#[test]
fn a_poll_that_fails_changes_nothing() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let challenge = next_challenge(&session);
    let impatient = vendor.builder().max_retries(0).build_blocking().expect("a client");
    let key = qiancheng::session::SaveKey::new([1; 32]);
    let session = impatient.resume(&key, &session.save(&key).expect("saved")).expect("resumed");
    for fault in ["html_502", "broken_json", "reset", "service_unavailable"] {
        vendor.fault("telecom.get_state", fault);
        session.poll().expect_err("a poll gone wrong");
    }
    assert_eq!(next_challenge(&session), challenge);
    session.submit(&challenge, "123456").expect("still open");
}

#[test]
fn an_answer_in_a_shape_nobody_knows_may_have_been_processed() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Ebank, "x");
    let challenge = next_challenge(&session);
    vendor.say("ebank.captcha", &[json!({"status": "ok"})]);
    let error = session.submit(&challenge, "123456").expect_err("no state");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Protocol, Outcome::Unknown), "{error}");
    assert_refused(session.submit(&challenge, "123456"), ErrorKind::Challenge, "may have been");
}

#[test]
fn an_answer_cancelled_before_it_left_can_be_given_again() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let challenge = next_challenge(&session);
    let cancel = Cancel::new();
    let other = vendor.client.with_options(CallOptions::new().cancel(cancel.clone()));
    let key = qiancheng::session::SaveKey::new([1; 32]);
    let session = other.resume(&key, &session.save(&key).expect("saved")).expect("resumed");
    cancel.cancel();
    assert_refused(vendor.silent(|| session.submit(&challenge, "123456")), ErrorKind::Cancelled, "cancelled");
    let session = vendor.client.resume(&key, &session.save(&key).expect("saved")).expect("resumed");
    session.submit(&challenge, "123456").expect("it never left");
}

#[tokio::test]
async fn an_answer_that_is_dropped_half_way_counts_as_sent() {
    let vendor = Vendor::start();
    let client = vendor.client.as_async();
    let opened =
        client.open_session(SessionKind::Telecom, vendor.parameters(SessionKind::Telecom, "x")).await;
    let session = opened.expect("a session");
    let challenge = loop {
        if let Step::NeedsInput { challenge } = session.poll().await.expect("a step") {
            break challenge;
        }
    };
    {
        let mut submitting = std::pin::pin!(session.submit(&challenge, "123456"));
        let polled =
            std::future::poll_fn(|context| std::task::Poll::Ready(submitting.as_mut().poll(context))).await;
        assert!(polled.is_pending(), "it takes a round trip");
        let error = session.submit(&challenge, "123456").await.expect_err("on its way");
        assert!(error.message().contains("on its way"), "{error}");
    }
    let error = session.submit(&challenge, "123456").await.expect_err("it may have arrived");
    assert!(error.message().contains("may have been"), "{error}");
}
