//! What each password of the sandbox leads to, poll by poll, blocking and async.

use qiancheng::session::SessionKind::{self, Degree, Ebank, EbankV2, Telecom};

use crate::support::{Vendor, walk, walk_async};

/// A kind of session, a password, and everything that is said until the end.
const JOURNEYS: &[(SessionKind, &str, &str)] = &[
    (Telecom, "direct", "0 11 41 finished"),
    (Telecom, "captcha_x2", "0 11 sms_captcha#1 22 sms_captcha#1 22 41 finished"),
    (Telecom, "query_password", "0 11 query_password#1 32 41 finished"),
    (Telecom, "captcha_then_query", "0 11 sms_captcha#1 22 query_password#1 32 41 finished"),
    (Telecom, "picture", "0 11 sms_captcha#1 22 41 finished"),
    (Telecom, "dynamic", "0 11 sms_captcha#1 22 41 finished"),
    (Telecom, "restart", "0 11 service_password#1 11 sms_captcha#1 22 41 finished"),
    (Telecom, "fail", "0 11 failed:STATE_COLLECT_FAILED"),
    (Telecom, "slow_0", "0 11 41 finished"),
    (Telecom, "slow_3", "0 11 41 41 41 41 finished"),
    (Telecom, "hunter2", "0 11 sms_captcha#1 22 41 finished"),
    (Telecom, "", "service_password#1 11 sms_captcha#1 22 41 finished"),
    (Degree, "direct", "11 finished"),
    (Degree, "captcha_x2", "11 finished"),
    (Degree, "fail", "11 failed:STATE_COLLECT_FAILED"),
    (Degree, "slow_3", "11 11 11 11 finished"),
    (Degree, "hunter2", "11 finished"),
    (Ebank, "direct", "0 1 finished"),
    (Ebank, "captcha_x2", "0 1 sms_captcha#1 7 sms_captcha#1 7 finished"),
    (Ebank, "query_password", "0 1 sms_captcha#1 7 finished"),
    (Ebank, "captcha_then_query", "0 1 sms_captcha#1 7 finished"),
    (Ebank, "picture", "0 1 picture_captcha#1 5 finished"),
    (Ebank, "dynamic", "0 1 dynamic_password#1 3 finished"),
    (Ebank, "restart", "0 1 sms_captcha#1 7 finished"),
    (Ebank, "fail", "0 1 failed:STATE_COLLECT_FAILED"),
    (Ebank, "slow_3", "0 1 1 1 1 finished"),
    (Ebank, "hunter2", "0 1 sms_captcha#1 7 finished"),
    (EbankV2, "direct", "1 finished"),
    (EbankV2, "captcha_x2", "1 sms_captcha#1 7 sms_captcha#1 7 finished"),
    (EbankV2, "picture", "1 picture_captcha#1 5 finished"),
    (EbankV2, "dynamic", "1 dynamic_password#1 3 finished"),
    (EbankV2, "fail", "1 failed:STATE_COLLECT_FAILED"),
    (EbankV2, "slow_3", "1 1 1 1 finished"),
    (EbankV2, "hunter2", "1 sms_captcha#1 7 finished"),
];

#[test]
fn every_password_leads_where_it_should() {
    let vendor = Vendor::start();
    for &(kind, password, journey) in JOURNEYS {
        let session = vendor.open(kind, password);
        assert_eq!(walk(&session), journey, "{} {password}", kind.name());
        if journey.ends_with("finished") {
            assert!(session.raw_data().expect("raw data").text().len() > 100, "{}", kind.name());
            assert_eq!(session.report().is_ok(), kind == Telecom, "only telecom has a report");
        }
    }
}

#[tokio::test]
async fn every_password_leads_there_without_blocking_too() {
    let vendor = Vendor::start();
    let client = vendor.client.as_async();
    for &(kind, password, journey) in JOURNEYS {
        let opened = client.open_session(kind, vendor.parameters(kind, password)).await;
        let session = opened.expect("a session");
        assert_eq!(walk_async(&session).await, journey, "{} {password}", kind.name());
        if journey.ends_with("finished") {
            assert!(session.raw_data().await.expect("raw data").text().len() > 100, "{}", kind.name());
            assert_eq!(session.report().await.is_ok(), kind == Telecom, "only telecom has a report");
        }
    }
}

#[test]
fn a_wrong_password_opens_nothing() {
    let vendor = Vendor::start();
    for kind in SessionKind::ALL {
        let error =
            vendor.client.open_session(kind, vendor.parameters(kind, "wrong")).expect_err("a wrong password");
        assert_eq!(error.kind(), qiancheng::ErrorKind::Rejected, "{error}");
        assert_eq!(error.code(), Some(1001));
        assert!(error.vendor_message().is_some_and(|text| text.contains("password")), "{error}");
    }
}
