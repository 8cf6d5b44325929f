//! Telecom sessions: what each password leads to.

use jiff::Timestamp;
use qiancheng_sandbox::SandboxConfig;
use serde_json::{Value, json};

use crate::support::{Vendor, assert_ok, assert_refused, code, merged, person};

/// One telecom session.
struct Session {
    vendor: Vendor,
    open_id: String,
}

impl Session {
    fn open(password: &str) -> Self {
        Self::with(SandboxConfig::default(), password)
    }

    fn with(config: SandboxConfig, password: &str) -> Self {
        let mut vendor = Vendor::with(config);
        let opened = vendor
            .as_token("/telecom/collect/open-id", merged(person(), json!({"service_password": password})));
        assert_ok(&opened);
        Self { vendor, open_id: opened["data"]["open_id"].as_str().unwrap().to_owned() }
    }

    fn call(&mut self, name: &str, params: Value) -> Value {
        let body = merged(params, json!({"open_id": self.open_id}));
        self.vendor.as_user(&format!("/telecom/{name}"), body)
    }

    fn poll(&mut self) -> i64 {
        self.call("collect/get-state", json!({}))["data"]["state"].as_i64().unwrap()
    }

    /// Polls as often as states are expected, and compares.
    #[track_caller]
    fn expect(&mut self, states: &[i64]) {
        let seen: Vec<i64> = states.iter().map(|_| self.poll()).collect();
        assert_eq!(seen, states);
    }

    fn captcha(&mut self, captcha: &str) -> Value {
        self.call("collect/captcha", json!({"captcha": captcha}))
    }

    fn query_password(&mut self, password: &str) -> Value {
        self.call("collect/query-password", json!({"query_password": password}))
    }

    fn service_password(&mut self, password: &str) -> Value {
        self.call("collect/service-password", json!({"service_password": password}))
    }
}

#[test]
fn an_ordinary_password_asks_for_one_captcha() {
    let mut session = Session::open("hunter2");
    session.expect(&[0, 11, 21, 21]);
    assert_eq!(code(&session.call("data/raw-data", json!({}))), 1003);
    assert_ok(&session.captcha("123456"));
    session.expect(&[22, 41]);
    assert_eq!(code(&session.call("data/report", json!({}))), 1003);
    session.expect(&[43, 43]);
    let raw = session.call("data/raw-data", json!({}));
    assert_ok(&raw);
    assert_ok(&session.call("data/report", json!({})));
}

#[test]
fn a_wrong_captcha_is_asked_for_again_and_can_be_sent_again() {
    let mut session = Session::open("x");
    session.expect(&[0, 11, 21]);
    assert_ok(&session.captcha("000000"));
    session.expect(&[23, 23]);
    assert_ok(&session.call("collect/resend-captcha", json!({})));
    session.expect(&[24, 24]);
    assert_ok(&session.captcha("000000"));
    session.expect(&[23]);
    assert_ok(&session.captcha("123456"));
    session.expect(&[22, 41, 43]);
}

#[test]
fn passwords_choose_the_challenges() {
    let mut session = Session::open("direct");
    session.expect(&[0, 11, 41, 43]);

    let mut session = Session::open("captcha_x2");
    session.expect(&[0, 11, 21]);
    session.captcha("123456");
    session.expect(&[22, 21]);
    session.captcha("123456");
    session.expect(&[22, 41, 43]);

    let mut session = Session::open("query_password");
    session.expect(&[0, 11, 31]);
    assert_refused(&session.captcha("123456"), "不接受验证码");
    assert_ok(&session.query_password("000000"));
    session.expect(&[33, 33]);
    assert_ok(&session.query_password("654321"));
    session.expect(&[32, 41, 43]);

    let mut session = Session::open("captcha_then_query");
    session.expect(&[0, 11, 21]);
    assert_refused(&session.query_password("654321"), "不接受查询密码");
    session.captcha("123456");
    session.expect(&[22, 31]);
    session.query_password("654321");
    session.expect(&[32, 41, 43]);

    let mut session = Session::open("slow_3");
    session.expect(&[0, 11, 41, 41, 41, 41, 43]);
}

#[test]
fn failures_come_when_asked_for() {
    let mut session = Session::open("fail");
    session.expect(&[0, 11, 42, 42]);
    assert_refused(&session.call("data/raw-data", json!({})), "采集失败");

    let mut vendor = Vendor::start();
    let wrong = merged(person(), json!({"service_password": "wrong"}));
    assert_refused(&vendor.as_token("/telecom/collect/open-id", wrong), "service_password");
}

#[test]
fn restart_asks_for_the_service_password_once() {
    let mut session = Session::open("restart");
    session.expect(&[0, 11, 1, 1]);
    assert_refused(&session.service_password("wrong"), "service_password");
    session.expect(&[1]);
    assert_ok(&session.service_password("restart"));
    session.expect(&[11, 21]);
    assert_ok(&session.captcha("123456"));
    session.expect(&[22, 41, 43]);
}

#[test]
fn without_a_service_password_it_waits_for_one() {
    let mut session = Session::open("");
    session.expect(&[0, 0, 0]);
    assert_refused(&session.captcha("123456"), "不接受验证码");
    assert_ok(&session.service_password("direct"));
    session.expect(&[11, 41, 43]);
    assert_refused(&session.service_password("direct"), "不接受服务密码");
}

#[test]
fn submissions_nobody_asked_for_are_refused() {
    let mut session = Session::open("x");
    for _ in 0..2 {
        assert_refused(&session.captcha("123456"), "不接受验证码");
        assert_refused(&session.query_password("654321"), "不接受查询密码");
        assert_refused(&session.service_password("x"), "不接受服务密码");
        assert_refused(&session.call("collect/resend-captcha", json!({})), "不接受重发验证码");
        session.poll();
    }
    session.expect(&[21]);
    assert_ok(&session.captcha("123456"));
    assert_refused(&session.captcha("123456"), "不接受验证码");
}

#[test]
fn ten_minutes_after_it_was_opened_it_is_over() {
    let mut session = Session::open("x");
    session.expect(&[0, 11, 21]);
    session.vendor.advance(590);
    session.expect(&[21]);
    session.vendor.advance(10);
    assert_refused(&session.captcha("123456"), "采集超时");
    let state = session.call("collect/get-state", json!({}));
    assert_eq!(state["data"], json!({"state": 42, "message": "采集超时"}));
    assert_refused(&session.call("data/raw-data", json!({})), "采集超时");

    let mut session = Session::open("direct");
    session.expect(&[0, 11, 41, 43]);
    session.vendor.advance(3600);
    session.expect(&[43]);
}

#[test]
fn states_carry_their_names() {
    let mut session = Session::open("x");
    let state = session.call("collect/get-state", json!({}));
    assert_eq!(state["data"], json!({"state": 0, "message": "STATE_INIT"}));
}

#[test]
fn in_real_time_it_moves_by_the_clock() {
    let as_of = Some("2026-03-01T00:00:00Z".parse::<Timestamp>().unwrap());
    let config = SandboxConfig { realtime: true, as_of, ..SandboxConfig::default() };
    let mut session = Session::with(config, "direct");
    assert_eq!(session.poll(), 0);
    assert_eq!(session.poll(), 0, "polls move nothing");
    session.vendor.advance(1);
    assert_eq!(session.poll(), 11);
    session.vendor.advance(60);
    assert_ok(&session.call("data/raw-data", json!({})));
    assert_eq!(session.poll(), 43);
}

#[test]
fn same_seed_and_applicant_same_bytes() {
    let raw = |seed: u64| {
        let mut session = Session::with(SandboxConfig { seed, ..SandboxConfig::default() }, "direct");
        session.expect(&[0, 11, 41, 43]);
        let params = json!({"open_id": session.open_id, "username": "demo"}).to_string();
        let headers = [("content-type", "application/json")];
        session.vendor.wire.send("POST", "/telecom/data/raw-data", &headers, params.as_bytes()).body
    };
    let first = raw(1);
    assert_eq!(first, raw(1));
    assert_ne!(first, raw(2));
}
