//! Sessions opened from JSON, as other languages do it.

use qiancheng::ErrorKind;
use qiancheng::session::SessionKind;
use serde_json::{Value, json};

use crate::support::{Vendor, merged, person, walk};

#[track_caller]
fn assert_invalid(vendor: &Vendor, kind: SessionKind, params: Value, field: Option<&str>, words: &str) {
    let error = vendor.silent(|| vendor.client.open_session(kind, params)).expect_err("refused");
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, field), "{error}");
    assert!(error.message().contains(words), "{words:?} is not in {error}");
    let chapter = format!("{}.", kind.name());
    assert!(
        field.is_none() || error.endpoint().is_some_and(|endpoint| endpoint.starts_with(&chapter)),
        "{error}"
    );
}

#[test]
fn an_unknown_parameter_is_named_with_the_nearest_right_one() {
    let vendor = Vendor::start();
    for kind in SessionKind::ALL {
        let params = merged(vendor.parameters(kind, "direct"), json!({"mobil": "1"}));
        assert_invalid(&vendor, kind, params, Some("/mobil"), "did you mean mobile?");
    }
}

#[test]
fn a_missing_or_malformed_parameter_is_named_before_anything_is_sent() {
    let vendor = Vendor::start();
    for kind in SessionKind::ALL {
        let without_name = json!({"id_card": "11010519491231002X", "mobile": "13800138000"});
        assert_invalid(&vendor, kind, without_name, Some("/name"), "is required");
        let malformed = merged(vendor.parameters(kind, "direct"), json!({"id_card": "110105194912310021"}));
        assert_invalid(&vendor, kind, malformed, Some("/id_card"), "check character");
        let mistyped = merged(vendor.parameters(kind, "direct"), json!({"mobile": 13_800_138_000_i64}));
        assert_invalid(&vendor, kind, mistyped, Some("/mobile"), "expected a string");
        for no_object in [json!([]), json!("x"), Value::Null] {
            assert_invalid(&vendor, kind, no_object, None, "must be a JSON object");
        }
    }
}

#[test]
fn half_a_login_opens_nothing() {
    let vendor = Vendor::start();
    let degree = |login: Value| (SessionKind::Degree, merged(person(), login));
    let bank = |login: Value| (SessionKind::EbankV2, merged(person(), login));
    let cases = [
        (degree(json!({"account": "a@example.com"})), "/password", "is required"),
        (degree(json!({"sync": 0})), "/account", "is required"),
        (degree(json!({"account": "a", "password": "x", "sync": 2})), "/sync", "from 0 to 1"),
        (bank(json!({"login_name": "n", "password": "x"})), "/entry_id", "is required"),
        (bank(json!({"entry_id": "1", "login_name": " "})), "/login_name", "must not be empty"),
    ];
    for ((kind, params), field, words) in cases {
        assert_invalid(&vendor, kind, params, Some(field), words);
    }
}

#[test]
fn a_login_that_is_null_is_none() {
    let vendor = Vendor::start();
    let params = merged(person(), json!({"service_password": "direct", "options": null}));
    assert_eq!(
        walk(&vendor.client.open_session(SessionKind::Telecom, params).expect("a session")),
        "0 11 41 finished"
    );
    let params = merged(person(), json!({"account": null, "password": null}));
    let session = vendor.client.open_session(SessionKind::Degree, params).expect("a session without a login");
    assert_eq!(vendor.sent("degree.login"), 0);
    assert_eq!(session.kind(), SessionKind::Degree);
}

#[test]
fn a_synchronous_login_comes_with_the_opening() {
    let vendor = Vendor::start();
    let params = merged(vendor.parameters(SessionKind::Degree, "direct"), json!({"sync": 0}));
    assert_eq!(
        walk(&vendor.client.open_session(SessionKind::Degree, params).expect("a session")),
        "finished"
    );
    let sent = vendor.sandbox.journal();
    let login = sent.iter().find(|entry| entry["endpoint"] == "degree.login").expect("a login");
    assert_eq!(login["params"]["sync"], "0");
}

#[test]
fn consent_comes_before_the_bank() {
    let vendor = Vendor::start();
    vendor.open(SessionKind::Ebank, "direct");
    let journal = vendor.sandbox.journal();
    let order: Vec<&str> = journal.iter().filter_map(|entry| entry["endpoint"].as_str()).collect();
    assert_eq!(order, ["ebank.bank_info", "auth.token", "ebank.license_upload", "ebank.open_id"]);
}

#[test]
fn an_opening_whose_answer_was_lost_is_not_sent_again() {
    let vendor = Vendor::start();
    for kind in SessionKind::ALL {
        let endpoint = format!("{}.open_id", kind.name());
        vendor.fault(&endpoint, "processed_but_lost");
        let error = vendor.client.open_session(kind, vendor.parameters(kind, "direct")).expect_err("lost");
        assert_eq!((error.outcome(), error.is_retryable()), (qiancheng::Outcome::Unknown, false), "{error}");
        assert_eq!(vendor.sent(&endpoint), 1);
    }
}
