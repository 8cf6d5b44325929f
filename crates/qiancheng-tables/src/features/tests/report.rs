//! Features from the report, and documents read from their bytes.

use crate::features::{FeatureError, Features, telecom};
use crate::{Kind, Options, Tables, telecom_raw, telecom_report};

fn raw() -> Tables {
    let document = r#"{"members": {"transactions": [{
        "basic": {"cell_phone": "13800138000", "reg_time": "2017-07-02 12:00:00", "update_time": "2018-07-02 12:00:00"},
        "calls": [
            {"start_time": "2018-07-01 12:00:00", "use_time": "10", "init_type": "主叫", "other_cell_phone": "+8613900000001"},
            {"start_time": "2018-06-01 12:00:00", "use_time": "10", "init_type": "主叫", "other_cell_phone": "13900000002"},
            {"start_time": "2018-06-02 12:00:00", "use_time": "10", "init_type": "被叫", "other_cell_phone": "8613900000002"},
            {"start_time": "2018-06-03 00:00:00", "use_time": "10", "init_type": "未知", "other_cell_phone": "13900000003"},
            {"start_time": "2017-10-01 12:00:00", "use_time": "10", "init_type": "主叫", "other_cell_phone": "13900000004"}
        ],
        "transactions": [{"bill_cycle": "2018-06-01 00:00:00", "total_amt": "1,058.00"}]
    }]}}"#;
    telecom_raw(document.as_bytes(), &Options::default()).unwrap()
}

fn report(contacts: &str) -> Tables {
    let document = format!(
        r#"{{"report": {{"version": "4.2"}},
        "application_check": [
            {{"app_point": "id_card", "check_points": {{"age": "31", "court_blacklist": {{"arised": false}},
                "financial_blacklist": {{"arised": true}}}}}},
            {{"app_point": "cell_phone", "check_points": {{"key_value": "13800138000", "reliability": "未实名认证"}}}}
            {contacts}
        ],
        "behavior_check": [
            {{"check_point": "contact_night", "score": 2}}, {{"check_point": "contact_night", "score": "1"}},
            {{"check_point": "phone_silent", "score": 1}}, {{"check_point": "contact_loan", "score": 0}},
            {{"check_point": "lottery_buying", "score": 2}}
        ],
        "contact_list": [{{"phone_num": "13900000001"}}, {{"phone_num": "13900000002"}}],
        "user_info_check": {{
            "check_search_info": {{"searched_org_cnt": 5}},
            "check_black_info": {{"phone_gray_score": 0, "contacts_class1_cnt": "40", "contacts_router_ratio": 0.25}}
        }}}}"#
    );
    telecom_report(document.as_bytes(), &Options::default()).unwrap()
}

fn contact(number: &str) -> String {
    format!(r#", {{"app_point": "contact", "check_points": {{"key_value": "{number}"}}}}"#)
}

fn expect(features: &Features, expected: &[(&str, f64)]) {
    for &(name, value) in expected {
        let found = features.get(name).unwrap();
        assert!(
            (found - value).abs() < 1e-9 || (found.is_nan() && value.is_nan()),
            "{name} is {found}, not {value}"
        );
    }
}

#[test]
fn a_document_becomes_a_row() {
    let features = telecom(&raw(), None, None).unwrap();
    expect(
        &features,
        &[("call_cnt_7d", 1.0), ("call_cnt_30d", 2.0), ("call_cnt_180d", 4.0), ("peer_cnt_180d", 3.0)],
    );
    expect(
        &features,
        &[("night_call_cnt_180d", 1.0), ("mutual_peer_cnt_180d", 1.0), ("bill_mean_6m", 1058.0)],
    );
    expect(&features, &[("in_network_months", 365.0 / 30.0), ("sms_cnt_30d", f64::NAN)]);
    assert_eq!(features.as_of(), Some(1_530_504_000_000_000));
    assert!(features.iter().all(|(name, value)| !name.starts_with("report_") || value.is_nan()));
}

#[test]
fn a_report_adds_what_it_says() {
    let contacts = ["+86-139-0000-0002", "13900000003", "13900000009"].map(contact).concat();
    let features = telecom(&raw(), Some(&report(&contacts)), None).unwrap();
    expect(&features, &[("report_check_contact_night", 2.0), ("report_check_phone_silent", 1.0)]);
    expect(&features, &[("report_check_contact_loan", f64::NAN), ("report_check_contact_110", f64::NAN)]);
    expect(&features, &[("report_gray_score", 0.0), ("report_contacts_class1_cnt", 40.0)]);
    expect(&features, &[("report_contacts_router_ratio", 0.25), ("report_contacts_router_cnt", f64::NAN)]);
    expect(&features, &[("report_searched_org_cnt", 5.0), ("report_register_org_cnt", f64::NAN)]);
    expect(&features, &[("report_court_blacklist", 0.0), ("report_financial_blacklist", 1.0)]);
    expect(&features, &[("report_phone_financial_blacklist", f64::NAN), ("report_real_name", 0.0)]);
    expect(&features, &[("report_age", 31.0), ("report_contact_cnt", 2.0)]);
    expect(&features, &[("report_emergency_call_cnt_180d", 3.0), ("report_emergency_best_rank_180d", 1.0)]);
    expect(&features, &[("report_emergency_days_since_last_call", 29.5), ("call_cnt_180d", 4.0)]);
}

#[test]
fn an_emergency_contact_that_is_not_called_has_no_rank() {
    let old = telecom(&raw(), Some(&report(&contact("13900000004"))), None).unwrap();
    expect(&old, &[("report_emergency_call_cnt_180d", 0.0), ("report_emergency_best_rank_180d", f64::NAN)]);
    expect(&old, &[("report_emergency_days_since_last_call", 274.0)]);
    let never = telecom(&raw(), Some(&report(&contact("13900000009"))), None).unwrap();
    expect(&never, &[("report_emergency_call_cnt_180d", 0.0)]);
    expect(&never, &[("report_emergency_days_since_last_call", f64::NAN)]);
    let none = telecom(&raw(), Some(&report("")), None).unwrap();
    expect(&none, &[("report_emergency_call_cnt_180d", f64::NAN)]);
    let empty = telecom_raw(b"[]", &Options::default()).unwrap();
    let without_calls = telecom(&empty, Some(&report(&contact("13900000009"))), None).unwrap();
    expect(&without_calls, &[("report_emergency_call_cnt_180d", f64::NAN), ("report_age", 31.0)]);
}

#[test]
fn tables_of_another_kind_are_refused() {
    let error = telecom(&report(""), None, None).unwrap_err();
    assert_eq!(error, FeatureError::Kind { expected: Kind::TelecomRaw, found: Kind::TelecomReport });
    let error = telecom(&raw(), Some(&raw()), None).unwrap_err();
    assert_eq!(error.to_string(), "features need tables of telecom_report, and these are of telecom_raw");
}
