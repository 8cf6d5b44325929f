//! Degree sessions.

use serde_json::{Value, json};

use crate::support::{Vendor, assert_ok, assert_refused, code, person};

fn open(vendor: &mut Vendor) -> String {
    let opened = vendor.as_token("/degree/collect/open-id", person());
    opened["data"]["open_id"].as_str().unwrap().to_owned()
}

fn login(vendor: &mut Vendor, open_id: &str, password: &str, sync: i64) -> Value {
    let body = json!({"open_id": open_id, "account": "a", "password": password, "sync": sync});
    vendor.as_user("/telecom/collect/login", body)
}

/// The state, asked for with the open id and nothing else.
fn poll(vendor: &mut Vendor, open_id: &str) -> Value {
    vendor.json("/degree/collect/get-state", &json!({"open_id": open_id}))["data"].clone()
}

fn states(vendor: &mut Vendor, open_id: &str, count: usize) -> Vec<i64> {
    (0..count).map(|_| poll(vendor, open_id)["state"].as_i64().unwrap()).collect()
}

#[test]
fn synchronous_login_has_ended_when_it_answers() {
    let mut vendor = Vendor::start();
    let open_id = open(&mut vendor);
    assert_eq!(states(&mut vendor, &open_id, 2), [0, 0]);
    assert_eq!(code(&vendor.as_user("/degree/data/raw-data", json!({"open_id": open_id}))), 1003);
    assert_ok(&login(&mut vendor, &open_id, "x", 0));
    assert_ok(&vendor.as_user("/degree/data/raw-data", json!({"open_id": open_id})));
    assert_eq!(poll(&mut vendor, &open_id), json!({"state": 21, "message": "STATE_COLLECT_FINISHED"}));
}

#[test]
fn asynchronous_login_goes_by_polls() {
    let mut vendor = Vendor::start();
    let open_id = open(&mut vendor);
    assert_ok(&login(&mut vendor, &open_id, "captcha_x2", 1));
    assert_eq!(states(&mut vendor, &open_id, 3), [11, 21, 21], "there is no captcha here");
    assert_refused(&login(&mut vendor, &open_id, "x", 1), "不接受登录");

    let open_id = open(&mut vendor);
    assert_ok(&login(&mut vendor, &open_id, "slow_2", 1));
    assert_eq!(states(&mut vendor, &open_id, 4), [11, 11, 11, 21]);
}

#[test]
fn failures_come_when_asked_for() {
    let mut vendor = Vendor::start();
    let open_id = open(&mut vendor);
    assert_refused(&login(&mut vendor, &open_id, "wrong", 1), "password");
    assert_ok(&login(&mut vendor, &open_id, "fail", 1));
    assert_eq!(states(&mut vendor, &open_id, 3), [11, 22, 22]);
    assert_refused(&vendor.as_user("/degree/data/raw-data", json!({"open_id": open_id})), "采集失败");
    let open_id = open(&mut vendor);
    assert_ok(&login(&mut vendor, &open_id, "fail", 0));
    assert_eq!(states(&mut vendor, &open_id, 1), [22]);
}

#[test]
fn ten_minutes_are_the_limit() {
    let mut vendor = Vendor::start();
    let open_id = open(&mut vendor);
    vendor.advance(600);
    assert_refused(&login(&mut vendor, &open_id, "x", 0), "采集超时");
    assert_eq!(poll(&mut vendor, &open_id), json!({"state": 22, "message": "采集超时"}));
}

#[test]
fn login_is_served_where_it_was_meant_to_be_too() {
    let mut vendor = Vendor::start();
    let open_id = open(&mut vendor);
    let body = json!({"open_id": open_id, "account": "a", "password": "x", "sync": "0"});
    assert_ok(&vendor.as_user("/degree/collect/login", body));
    assert_eq!(vendor.noted("degree.login").len(), 1);
}
