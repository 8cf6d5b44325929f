//! Collections with callbacks, and the iterator of steps.

use std::time::{Duration, Instant};

use qiancheng::session::{ChallengeKind, Response, SessionKind, Step};
use qiancheng::{CallOptions, Cancel, ErrorKind, Outcome};
use serde_json::json;

use crate::support::{Vendor, assert_refused, next_challenge, right, word};

#[test]
fn a_collection_answers_resends_and_reports_every_step() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "captcha_then_query");
    let mut words = Vec::new();
    let mut asked = Vec::new();
    session
        .collect(
            |challenge| {
                asked.push(challenge.id().to_owned());
                Ok(match asked.len() {
                    1 => "000000".into(),
                    2 => Response::Resend,
                    _ => right(challenge.kind()).into(),
                })
            },
            |step| words.push(word(step)),
        )
        .expect("finished");
    let journey = "0 11 sms_captcha#1 sms_captcha#2 sms_captcha#1 22 query_password#1 32 41 finished";
    assert_eq!(words.join(" "), journey);
    assert_eq!((vendor.sent("telecom.captcha"), vendor.sent("telecom.resend_captcha")), (2, 1));
    session.raw_data().expect("raw data");
}

#[tokio::test]
async fn a_collection_waits_for_an_answer_without_blocking() {
    let vendor = Vendor::start();
    let kind = SessionKind::EbankV2;
    let opened = vendor.client.as_async().open_session(kind, vendor.parameters(kind, "picture")).await;
    let mut words = Vec::new();
    opened
        .expect("a session")
        .collect(
            async |challenge| {
                tokio::task::yield_now().await;
                assert!(challenge.image().is_some());
                Ok(right(challenge.kind()).into())
            },
            |step| words.push(word(step)),
        )
        .await
        .expect("finished");
    assert_eq!(words.join(" "), "1 picture_captcha#1 5 finished");
}

#[tokio::test]
async fn a_blocking_collection_works_inside_a_runtime() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Degree, "slow_2");
    let mut words = Vec::new();
    session.collect(|_| panic!("asks nobody"), |step| words.push(word(step))).expect("finished");
    assert_eq!(words.join(" "), "11 11 11 finished");
}

#[test]
fn giving_up_cancels_the_session() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let error = session.collect(|_| Ok(Response::GiveUp), |_| ()).expect_err("given up");
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    assert_refused(vendor.silent(|| session.poll()), ErrorKind::Session, "cancelled");
    assert_eq!(vendor.sent("telecom.captcha"), 0);
}

#[test]
fn the_callers_own_error_ends_a_collection_and_leaves_the_session() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let own = vendor.client.call("no.such", json!({})).expect_err("an error to hand on");
    let error = session.collect(|_| Err(own.clone()), |_| ()).expect_err("handed on");
    assert_eq!(error.to_string(), own.to_string());
    assert_eq!(next_challenge(&session).kind(), ChallengeKind::SmsCaptcha);
}

#[test]
fn a_collection_that_fails_or_expires_is_an_error() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Ebank, "fail");
    let error = session.collect(|_| panic!("asks nobody"), |_| ()).expect_err("failed");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Session, Outcome::Rejected));
    assert!(error.message().contains("STATE_COLLECT_FAILED"), "{error}");

    let session = vendor.open(SessionKind::Telecom, "x");
    let mut steps = Vec::new();
    let result = session.collect(
        |_| {
            vendor.advance(600);
            Ok("123456".into())
        },
        |step| steps.push(word(step)),
    );
    assert_refused(result, ErrorKind::Session, "expired");
    assert_eq!(steps.join(" "), "0 11 sms_captcha#1 expired");
    assert_eq!(vendor.sent("telecom.captcha"), 0, "too late to be sent");
}

#[test]
fn a_few_polls_may_fail_and_more_are_too_many() {
    let vendor = Vendor::start();
    let client = vendor.builder().max_retries(0).build_blocking().expect("a client");
    let open =
        || client.open_session(SessionKind::Telecom, vendor.parameters(SessionKind::Telecom, "direct"));
    let fail = |times: u32| {
        let rule = json!({"match": {"endpoint": "telecom.get_state"}, "times": times, "fault": {"kind": "html_502"}});
        vendor.sandbox.add_faults(rule).expect("a rule");
    };
    let session = open().expect("a session");
    fail(5);
    session.collect(|_| panic!("asks nobody"), |_| ()).expect("finished");

    let session = open().expect("a session");
    fail(6);
    let error = session.collect(|_| panic!("asks nobody"), |_| ()).expect_err("six in a row");
    assert_eq!((error.kind(), error.http_status()), (ErrorKind::Protocol, Some(502)), "{error}");
    session.collect(|_| panic!("asks nobody"), |_| ()).expect("and it can be taken up again");
}

#[test]
fn a_lost_answer_does_not_end_a_collection() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    vendor.fault("telecom.captcha", "processed_but_lost");
    session.collect(|challenge| Ok(right(challenge.kind()).into()), |_| ()).expect("finished");
    assert_eq!(vendor.sent("telecom.captcha"), 1);

    let session = vendor.open(SessionKind::Telecom, "x");
    vendor.fault("telecom.captcha", "reset");
    session.collect(|challenge| Ok(right(challenge.kind()).into()), |_| ()).expect("finished");
    assert_eq!(vendor.sent("telecom.captcha"), 3, "lost, asked for again, given again");
}

#[test]
fn a_refused_answer_is_asked_for_again() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "");
    let mut passwords = ["wrong", "wrong", "direct"].into_iter();
    let ask = |_: &_| Ok(passwords.next().expect("three are enough").into());
    session.collect(ask, |_| ()).expect("finished");
    assert_eq!(vendor.sent("telecom.service_password"), 3);
}

#[test]
fn what_cannot_be_sent_again_ends_a_collection_instead_of_asking_for_ever() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Ebank, "x");
    let result = session.collect(|_| Ok(Response::Resend), |_| ());
    assert_refused(result, ErrorKind::Challenge, "cannot be sent again");
}

#[test]
fn a_challenge_superseded_while_the_borrower_types_is_put_anew() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let mut asked = 0;
    session
        .collect(
            |challenge| {
                asked += 1;
                if asked == 1 {
                    session.resend(challenge).expect("sent again from elsewhere");
                }
                Ok("123456".into())
            },
            |_| (),
        )
        .expect("finished");
    assert_eq!((asked, vendor.sent("telecom.captcha")), (2, 1));
}

#[test]
fn steps_are_an_iterator_up_to_the_last() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "captcha_x2");
    let mut words = Vec::new();
    for step in session.steps() {
        let step = step.expect("a step");
        words.push(word(&step));
        if let Step::NeedsInput { challenge } = step {
            session.submit(&challenge, "123456").expect("taken");
        }
    }
    assert_eq!(words.join(" "), "0 11 sms_captcha#1 22 sms_captcha#1 22 41 finished");
    let mut steps = session.steps();
    assert!(matches!(steps.next(), Some(Ok(Step::Finished))));
    assert!(steps.next().is_none() && steps.next().is_none());
}

#[test]
fn an_error_is_the_last_step() {
    let vendor = Vendor::start();
    let client = vendor.builder().max_retries(0).build_blocking().expect("a client");
    let session = client
        .open_session(SessionKind::Telecom, vendor.parameters(SessionKind::Telecom, "direct"))
        .expect("a session");
    vendor.fault("telecom.get_state", "html_502");
    let mut steps = session.steps();
    assert!(matches!(steps.next(), Some(Err(_))));
    assert!(steps.next().is_none());
    assert_eq!(session.steps().map(|step| word(&step.expect("a step"))).last().as_deref(), Some("finished"));
}

#[test]
fn a_pause_ends_when_another_thread_wants_it_to() {
    let vendor = Vendor::start();
    let cancel = Cancel::new();
    let options = CallOptions::new().poll_interval(Duration::from_secs(3600)).cancel(cancel.clone());
    let session = vendor
        .client
        .with_options(options)
        .open_session(SessionKind::Telecom, vendor.parameters(SessionKind::Telecom, "direct"))
        .expect("a session");
    let (seen, was_seen) = std::sync::mpsc::channel();
    let error = std::thread::scope(|scope| {
        scope.spawn(move || {
            was_seen.recv().expect("a first step");
            cancel.cancel();
        });
        session
            .collect(|_| panic!("asks nobody"), |_| seen.send(()).expect("somebody waits"))
            .expect_err("cancelled")
    });
    assert_eq!((error.kind(), vendor.sent("telecom.get_state")), (ErrorKind::Cancelled, 1));
}

#[test]
fn a_pause_ends_when_the_caller_wants_it_to() {
    let vendor = Vendor::start();
    let hour = Duration::from_secs(3600);
    let slow = || CallOptions::new().poll_interval(hour);
    let through = |options: CallOptions| {
        let client = vendor.client.with_options(options);
        client
            .open_session(SessionKind::Telecom, vendor.parameters(SessionKind::Telecom, "direct"))
            .expect("a session")
    };

    let cancel = Cancel::new();
    let session = through(slow().cancel(cancel.clone()));
    let error = session.collect(|_| panic!("asks nobody"), |_| cancel.cancel()).expect_err("cancelled");
    assert_eq!(error.kind(), ErrorKind::Cancelled);

    let session = through(slow().deadline(Instant::now() + Duration::from_secs(60)));
    let mut polls = 0;
    let error =
        session.collect(|_| panic!("asks nobody"), |_| polls += 1).expect_err("no time for another poll");
    assert_eq!((error.kind(), error.is_retryable(), polls), (ErrorKind::Timeout, true, 1));
}

#[test]
fn a_collection_led_by_hand_says_how_it_ends_as_a_step_and_then_as_an_error() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "fail");
    let mut collection = session.collection();
    let refused = collection.respond("123456".into()).expect_err("nothing was asked");
    assert_eq!(refused.kind(), ErrorKind::Challenge);
    let mut last = None;
    let error = loop {
        match collection.step() {
            Ok(step) => last = Some(step.expect("does not finish")),
            Err(error) => break error,
        }
    };
    assert!(matches!(last, Some(Step::Failed { .. })), "{last:?}");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Session, Outcome::Rejected));
}
