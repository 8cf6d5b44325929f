//! How sessions end: finished, failed, expired, cancelled.

use qiancheng::ErrorKind;
use qiancheng::session::{SessionKind, Step};

use crate::support::{Vendor, assert_refused, next_challenge, walk};

#[test]
fn after_ten_minutes_nothing_is_sent() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let challenge = next_challenge(&session);
    vendor.advance(599);
    assert_eq!(next_challenge(&session), challenge, "a second is left");
    vendor.advance(1);
    assert_refused(vendor.silent(|| session.submit(&challenge, "123456")), ErrorKind::Session, "expired");
    assert_refused(vendor.silent(|| session.resend(&challenge)), ErrorKind::Session, "expired");
    for _ in 0..2 {
        assert_eq!(vendor.silent(|| session.poll()).expect("a step"), Step::Expired);
    }
}

#[test]
fn the_vendors_clock_counts_too() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let challenge = next_challenge(&session);
    vendor.sandbox.advance_clock(600).expect("forward");
    let error = session.submit(&challenge, "123456").expect_err("too late for the vendor");
    assert_eq!(error.kind(), ErrorKind::Rejected, "{error}");
    let step = session.poll().expect("a step");
    assert_eq!(step, Step::Failed { reason: "采集超时".to_owned() });
}

#[test]
fn what_waits_for_a_login_expires_too() {
    let vendor = Vendor::start();
    let session =
        vendor.client.open_session(SessionKind::EbankV2, crate::support::person()).expect("a session");
    vendor.advance(600);
    assert_eq!(vendor.silent(|| session.poll()).expect("a step"), Step::Expired);
    assert_refused(vendor.silent(|| session.banks()), ErrorKind::Session, "expired");
    let login = qiancheng::session::Login::ebank_v2("1", "n", "x");
    assert_refused(vendor.silent(|| session.login(login)), ErrorKind::Session, "expired");
}

#[test]
fn a_finished_session_says_so_without_asking_and_keeps_its_data() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let challenge = next_challenge(&session);
    assert_eq!(walk(&session), "sms_captcha#1 22 41 finished");
    assert_refused(vendor.silent(|| session.submit(&challenge, "123456")), ErrorKind::Session, "finished");
    assert_refused(vendor.silent(|| session.resend(&challenge)), ErrorKind::Session, "finished");
    assert_eq!(vendor.silent(|| session.poll()).expect("a step"), Step::Finished);
    session.cancel();
    vendor.advance(10_000);
    assert_eq!(vendor.silent(|| session.poll()).expect("a step"), Step::Finished);
    assert!(session.raw_data().is_ok() && session.report().is_ok());
}

#[test]
fn a_failed_session_says_why_and_says_it_again() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Ebank, "fail");
    assert_eq!(walk(&session), "0 1 failed:STATE_COLLECT_FAILED");
    let again = vendor.silent(|| session.poll()).expect("a step");
    assert_eq!(again, Step::Failed { reason: "STATE_COLLECT_FAILED".to_owned() });
}

#[test]
fn data_that_is_not_ready_is_said_to_be_collected() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    for result in [session.raw_data(), session.report()] {
        let error = result.expect_err("not ready");
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Collecting, true));
    }
}

#[test]
fn a_cancelled_session_sends_nothing_more() {
    let vendor = Vendor::start();
    let session = vendor.open(SessionKind::Telecom, "x");
    let challenge = next_challenge(&session);
    session.clone().cancel();
    assert_refused(vendor.silent(|| session.poll()), ErrorKind::Session, "cancelled");
    assert_refused(vendor.silent(|| session.submit(&challenge, "123456")), ErrorKind::Session, "cancelled");
    assert_refused(vendor.silent(|| session.resend(&challenge)), ErrorKind::Session, "cancelled");
    assert_refused(vendor.silent(|| session.raw_data()), ErrorKind::Session, "cancelled");
    assert_refused(vendor.silent(|| session.report()), ErrorKind::Session, "cancelled");
    let refused = vendor.silent(|| session.collect(|_| panic!("asks nobody"), |_| panic!("says nothing")));
    assert_refused(refused, ErrorKind::Session, "cancelled");
}

#[test]
fn what_a_kind_does_not_have_is_refused() {
    let vendor = Vendor::start();
    let degree = vendor.open(SessionKind::Degree, "direct");
    assert_refused(vendor.silent(|| degree.report()), ErrorKind::Session, "only telecom");
    assert_refused(vendor.silent(|| degree.banks()), ErrorKind::Session, "only sessions of ebank_v2");
    let login = qiancheng::session::Login::ebank_v2("1", "n", "x");
    assert_refused(vendor.silent(|| degree.login(login)), ErrorKind::Session, "another kind of session");
}
