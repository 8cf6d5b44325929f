//! Challenges: answered once, in time, and never after a newer one.

use std::sync::Barrier;
use std::thread;

use qiancheng::session::{ChallengeKind, SessionKind, Step};
use qiancheng::{ErrorKind, Outcome};
use serde_json::json;

use crate::support::{Vendor, assert_refused, next_challenge, right, walk, word};

#[test]
fn a_wrong_answer_is_asked_for_again_and_the_old_challenge_is_over() {
    let vendor = Vendor::start();
    let cases = [
        (SessionKind::Telecom, "x", "telecom.captcha", "sms_captcha#2 22 41 finished"),
        (SessionKind::Telecom, "query_password", "telecom.query_password", "query_password#2 32 41 finished"),
        (SessionKind::Ebank, "x", "ebank.captcha", "sms_captcha#2 7 finished"),
        (SessionKind::Ebank, "picture", "ebank.captcha", "picture_captcha#2 5 finished"),
        (SessionKind::Ebank, "dynamic", "ebank.captcha", "dynamic_password#2 3 finished"),
        (SessionKind::EbankV2, "x", "ebank_v2.captcha", "sms_captcha#2 7 finished"),
    ];
    for (kind, password, endpoint, rest) in cases {
        let session = vendor.open(kind, password);
        let first = next_challenge(&session);
        let before = vendor.sent(endpoint);
        session.submit(&first, "000000").expect("taken, and found wrong later");
        let second = next_challenge(&session);
        assert_eq!((second.kind(), second.attempt()), (first.kind(), 2));
        assert_ne!(second.id(), first.id());
        assert_refused(
            vendor.silent(|| session.submit(&first, "123456")),
            ErrorKind::Challenge,
            "superseded",
        );
        assert_eq!(walk(&session), rest, "{} {password}", kind.name());
        assert_eq!(vendor.sent(endpoint) - before, 2);
    }
}

#[test]
fn a_captcha_sent_again_supersedes_the_one_before() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let first = next_challenge(&session);
    assert!(first.can_resend());
    session.resend(&first).expect("sent again");
    assert_refused(
        vendor.silent(|| session.submit(&first, "123456")),
        ErrorKind::Challenge,
        "no challenge is open",
    );
    assert_refused(vendor.silent(|| session.resend(&first)), ErrorKind::Challenge, "no challenge is open");
    let second = next_challenge(&session);
    assert_eq!(session.status().map(|status| status.code), Some(24));
    assert_refused(vendor.silent(|| session.submit(&first, "123456")), ErrorKind::Challenge, "superseded");
    session.submit(&second, "123456").expect("the newer one");
    assert_eq!(walk(&session), "22 41 finished");
    assert_eq!((vendor.sent("telecom.resend_captcha"), vendor.sent("telecom.captcha")), (1, 1));
}

#[test]
fn only_a_carriers_captcha_can_be_sent_again() {
    let vendor = Vendor::start();
    let cases = [
        (SessionKind::Telecom, "query_password"),
        (SessionKind::Telecom, "restart"),
        (SessionKind::Ebank, "x"),
        (SessionKind::EbankV2, "picture"),
    ];
    for (kind, password) in cases {
        let session = vendor.open(kind, password);
        let challenge = next_challenge(&session);
        assert!(!challenge.can_resend());
        assert_refused(
            vendor.silent(|| session.resend(&challenge)),
            ErrorKind::Challenge,
            "cannot be sent again",
        );
        session.submit(&challenge, right(challenge.kind())).expect("still open");
    }
}

#[test]
fn a_challenge_is_answered_once() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "captcha_x2");
    let challenge = next_challenge(&session);
    session.submit(&challenge, "123456").expect("the first answer");
    assert_refused(
        vendor.silent(|| session.submit(&challenge, "123456")),
        ErrorKind::Challenge,
        "answered already",
    );
    assert_refused(vendor.silent(|| session.resend(&challenge)), ErrorKind::Challenge, "answered already");
    assert_refused(
        vendor.silent(|| session.submit_by_id("9-no", "1".into())),
        ErrorKind::Challenge,
        "superseded",
    );
    assert_eq!(vendor.sent("telecom.captcha"), 1);
}

#[test]
fn a_challenge_is_answered_once_by_many_threads() {
    const THREADS: usize = 8;
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let challenge = next_challenge(&session);
    let together = Barrier::new(THREADS);
    let results: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    together.wait();
                    session.submit(&challenge, "123456")
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    for error in results.into_iter().filter_map(Result::err) {
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Challenge, Outcome::NotSent), "{error}");
    }
    assert_eq!(vendor.sent("telecom.captcha"), 1);
    assert_eq!(walk(&session), "22 41 finished");
}

#[test]
fn an_answer_that_is_none_is_refused_and_the_challenge_stays_open() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let challenge = next_challenge(&session);
    for answer in ["", " ", "12 34"] {
        let result = vendor.silent(|| session.submit(&challenge, answer));
        assert_refused(result, ErrorKind::InvalidInput, "must not");
    }
    assert_eq!(next_challenge(&session), challenge);
    session.submit(&challenge, "123456").expect("still open");
}

#[test]
fn an_answer_that_the_vendor_refuses_can_be_given_again() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "restart");
    let challenge = next_challenge(&session);
    assert_eq!(challenge.kind(), ChallengeKind::ServicePassword);
    let error = session.submit(&challenge, "wrong").expect_err("a wrong service password");
    assert_eq!((error.kind(), error.code()), (ErrorKind::Rejected, Some(1001)));
    assert_eq!(next_challenge(&session), challenge);
    session.submit(&challenge, "direct").expect("a right one");
    assert_eq!(walk(&session), "11 41 finished");
}

#[test]
fn a_picture_comes_as_the_bytes_of_a_png() {
    let vendor = Vendor::start();
    for kind in [SessionKind::Ebank, SessionKind::EbankV2] {
        let session = vendor.open(kind, "picture");
        let challenge = next_challenge(&session);
        let image = challenge.image().expect("a picture");
        assert_eq!(challenge.mime(), Some("image/png"));
        assert_eq!(&image[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(&image[image.len() - 8..image.len() - 4], b"IEND", "whole");
        let json = serde_json::to_value(&challenge).expect("JSON");
        assert!(json["image"].as_str().is_some_and(|text| text.starts_with("iVBORw0KGgo")), "in base64");
    }
}

#[test]
fn a_challenge_says_what_the_borrower_is_asked() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let challenge = next_challenge(&session);
    let json = serde_json::to_value(&challenge).expect("JSON");
    assert_eq!(json["kind"], "sms_captcha");
    assert_eq!(json["prompt"], challenge.prompt());
    assert_eq!((&json["attempt"], &json["can_resend"]), (&json!(1), &json!(true)));
    assert_eq!(json["expires_at"], 1_768_442_400 + 600, "ten minutes after the opening");
    assert_eq!(challenge.expires_at(), session.expires_at());
}

#[test]
fn a_state_that_nobody_knows_is_reported_and_polled_on() {
    let vendor = Vendor::start();
    for (kind, endpoint) in [
        (SessionKind::Telecom, "telecom.get_state"),
        (SessionKind::Degree, "degree.get_state"),
        (SessionKind::Ebank, "ebank.get_state"),
        (SessionKind::EbankV2, "ebank_v2.get_state"),
    ] {
        let session = vendor.open(kind, "direct");
        vendor.say(endpoint, &[json!({"state": 777, "message": "新状态"}), json!({"state": "-3"})]);
        let Step::Working { status, .. } = session.poll().expect("a step") else { panic!("working") };
        assert_eq!((status.code, status.name), (777, None));
        assert_eq!(status.message.as_deref(), Some("新状态"));
        assert_eq!(word(&session.poll().expect("a step")), "-3");
        assert!(walk(&session).ends_with("finished"));
    }
}

#[test]
fn the_vendors_pause_is_handed_on() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Ebank, "direct");
    vendor.say(
        "ebank.get_state",
        &[
            json!({"state": 1, "request_delay": "5"}),
            json!({"state": 1, "request_delay": 86_400}),
            json!({"state": 1, "request_delay": -1}),
        ],
    );
    let pauses: Vec<u64> = (0..3)
        .map(|_| match session.poll().expect("a step") {
            Step::Working { poll_after, .. } => poll_after.as_secs(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(pauses, [5, 60, 0], "as asked, within reason, or the usual one");
}
