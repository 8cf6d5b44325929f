//! E-bank sessions, both versions.

use base64::{Engine, prelude::BASE64_STANDARD};
use qiancheng_sandbox::SandboxConfig;
use serde_json::{Value, json};

use crate::support::{ID_CARD, NAME, Vendor, assert_ok, assert_refused, code, merged, person};

/// An entry that can be used, and one that can't.
fn entries(vendor: &mut Vendor) -> (String, String) {
    let banks = vendor.json("/ebank/collect/bank-info", &json!({}));
    let types: Vec<&Value> = banks["data"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|bank| bank["loginTypes"].as_array().unwrap())
        .collect();
    let entry = |disabled: bool| {
        let found = types.iter().find(|entry| entry["disable"] == disabled).expect("such an entry");
        found["entryId"].as_str().unwrap().to_owned()
    };
    (entry(false), entry(true))
}

/// One version's session.
struct Session {
    vendor: Vendor,
    prefix: &'static str,
    open_id: String,
}

impl Session {
    fn v1(password: &str) -> Self {
        let config = SandboxConfig { request_delay: 3, ..SandboxConfig::default() };
        let mut vendor = Vendor::with(config);
        let (entry, _) = entries(&mut vendor);
        let licence = json!({"entry_id": entry, "login_name": "n", "name": NAME, "id_card": ID_CARD});
        assert_ok(&vendor.as_token("/ebank/collect/license-upload", licence));
        let login = json!({"entry_id": entry, "login_name": "n", "password": password});
        let opened = vendor.as_token("/ebank/collect/open-id", merged(person(), login));
        assert_ok(&opened);
        let open_id = opened["data"]["open_id"].as_str().unwrap().to_owned();
        Self { vendor, prefix: "/ebank", open_id }
    }

    fn v2(password: &str) -> Self {
        let mut vendor = Vendor::start();
        let (entry, _) = entries(&mut vendor);
        let opened = vendor.as_token("/v2/ebank/collect/open-id", person());
        assert!((1..=3).contains(&opened["data"]["type"].as_i64().unwrap()), "{opened}");
        let open_id = opened["data"]["open_id"].as_str().unwrap().to_owned();
        let mut session = Self { vendor, prefix: "/v2/ebank", open_id };
        assert_eq!(session.states(2), [0, 0]);
        let login = json!({"entry_id": entry, "login_name": "n"});
        assert_ok(&session.call("collect/license-upload", login.clone()));
        let answer = session.call("collect/login", merged(login, json!({"password": password})));
        assert_eq!(answer["data"], json!({"state": 1, "message": "STATE_ACCOUNT_SUBMITTED"}));
        session
    }

    fn call(&mut self, name: &str, params: Value) -> Value {
        let body = merged(params, json!({"open_id": self.open_id}));
        self.vendor.as_user(&format!("{}/{name}", self.prefix), body)
    }

    fn poll(&mut self) -> Value {
        self.call("collect/get-state", json!({}))["data"].clone()
    }

    fn states(&mut self, count: usize) -> Vec<i64> {
        (0..count).map(|_| self.poll()["state"].as_i64().unwrap()).collect()
    }

    fn verify(&mut self, code: &str) -> Value {
        self.call("collect/captcha", json!({"verify_code": code}))
    }

    /// From the login's state to the first that needs something, or to the end.
    #[track_caller]
    fn after_login(&mut self, expected: &[i64]) {
        // Version 1 has not been polled yet.
        let skip = usize::from(self.prefix == "/ebank");
        assert_eq!(self.states(expected.len() + skip)[skip..], *expected);
    }
}

fn both(password: &str) -> [Session; 2] {
    [Session::v1(password), Session::v2(password)]
}

#[test]
fn an_ordinary_password_asks_for_one_sms_captcha() {
    for mut session in both("x") {
        session.after_login(&[1, 6, 6]);
        assert_eq!(code(&session.call("data/raw-data", json!({}))), 1003);
        assert_eq!(session.verify("000000")["data"]["state"], 8);
        assert_eq!(session.states(2), [8, 8]);
        assert_eq!(session.verify("123456")["data"]["state"], 7);
        assert_eq!(session.states(3), [7, 10, 10]);
        assert_ok(&session.call("data/raw-data", json!({})));
        assert_refused(&session.verify("123456"), "不接受验证码");
    }
}

#[test]
fn passwords_choose_the_challenges() {
    for mut session in both("direct") {
        session.after_login(&[1, 10]);
    }
    for mut session in both("captcha_x2") {
        session.after_login(&[1, 6]);
        session.verify("123456");
        assert_eq!(session.states(2), [7, 6]);
        session.verify("123456");
        assert_eq!(session.states(2), [7, 10]);
    }
    for mut session in both("dynamic") {
        session.after_login(&[1, 2]);
        assert_eq!(session.verify("123456")["data"]["state"], 8);
        assert_eq!(session.verify("135790")["data"]["state"], 3);
        assert_eq!(session.states(2), [3, 10]);
    }
    for mut session in both("fail") {
        session.after_login(&[1, 11]);
        assert_refused(&session.call("data/raw-data", json!({})), "采集失败");
    }
    for mut session in both("slow_2") {
        session.after_login(&[1, 1, 1, 10]);
    }
}

#[test]
fn the_picture_comes_with_its_state_and_only_then() {
    for mut session in both("picture") {
        session.after_login(&[1]);
        let shown = session.poll();
        assert_eq!(shown["state"], 4);
        let picture = BASE64_STANDARD.decode(shown["pic_captcha"].as_str().unwrap()).unwrap();
        assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert_eq!(session.verify("0000")["data"]["state"], 8);
        assert!(session.poll().get("pic_captcha").is_none());
        assert_eq!(session.verify("8642")["data"]["state"], 5);
        assert_eq!(session.states(2), [5, 10]);
    }
}

#[test]
fn only_version_1_says_how_long_to_wait() {
    let [mut first, mut second] = both("x");
    assert_eq!(first.poll()["request_delay"], 3);
    assert!(second.poll().get("request_delay").is_none());
    first.after_login(&[6]);
    assert_eq!(first.verify("0")["data"]["request_delay"], 3);
}

#[test]
fn a_wrong_login_can_be_tried_again() {
    let mut vendor = Vendor::start();
    let (entry, disabled) = entries(&mut vendor);
    let opened = vendor.as_token("/v2/ebank/collect/open-id", person());
    let mut session = Session {
        open_id: opened["data"]["open_id"].as_str().unwrap().to_owned(),
        vendor,
        prefix: "/v2/ebank",
    };
    let login = |password: &str| json!({"entry_id": entry, "login_name": "n", "password": password});
    assert_refused(&session.call("collect/login", login("x")), "授权协议");
    let licence = json!({"entry_id": entry, "login_name": "n"});
    assert_ok(&session.call("collect/license-upload", licence));
    assert_refused(&session.call("collect/login", login("wrong")), "password");
    assert_eq!(session.states(1), [0]);
    assert_ok(&session.call("collect/login", login("direct")));
    assert_refused(&session.call("collect/login", login("direct")), "不接受登录");
    let licence = json!({"entry_id": disabled, "login_name": "n"});
    assert_refused(&session.call("collect/license-upload", licence), "已禁用");
    let licence = json!({"entry_id": "nowhere", "login_name": "n"});
    assert_refused(&session.call("collect/license-upload", licence), "entry_id nowhere 不存在");
    assert_ok(&session.call("collect/bank-list", json!({})));
}

#[test]
fn version_1_wants_the_licence_first() {
    let mut vendor = Vendor::start();
    let (entry, disabled) = entries(&mut vendor);
    let open = |vendor: &mut Vendor, entry: &str, login_name: &str, password: &str| {
        let login = json!({"entry_id": entry, "login_name": login_name, "password": password});
        vendor.as_token("/ebank/collect/open-id", merged(person(), login))
    };
    assert_refused(&open(&mut vendor, &entry, "n", "x"), "授权协议");
    let licence = json!({"entry_id": entry, "login_name": "n", "name": NAME, "id_card": ID_CARD});
    assert_ok(&vendor.as_token("/ebank/collect/license-upload", licence.clone()));
    assert_refused(&open(&mut vendor, &entry, "another", "x"), "授权协议");
    assert_refused(&open(&mut vendor, &entry, "n", "wrong"), "password");
    assert_ok(&open(&mut vendor, &entry, "n", "x"));
    assert_ok(&open(&mut vendor, &entry, "n", ""));
    let licence = merged(licence, json!({"entry_id": disabled}));
    assert_refused(&vendor.as_token("/ebank/collect/license-upload", licence), "已禁用");
}

#[test]
fn ten_minutes_are_the_limit() {
    for mut session in both("x") {
        session.after_login(&[1, 6]);
        session.vendor.advance(600);
        assert_refused(&session.verify("123456"), "采集超时");
        let shown = session.poll();
        assert_eq!((&shown["state"], &shown["message"]), (&json!(11), &json!("采集超时")));
    }
}

#[test]
fn raw_data_of_version_1_goes_by_the_printed_name_too() {
    let mut session = Session::v1("direct");
    session.after_login(&[1, 10]);
    let open_id = session.open_id.clone();
    assert_ok(&session.vendor.as_user("/ebank/data/raw-data", json!({"openId": open_id})));
    assert_ok(
        &session.vendor.as_user("/ebank/data/raw-data", json!({"openId": open_id, "open_id": open_id})),
    );
}
