//! Tokens and merchants.

use qiancheng_sandbox::SandboxConfig;
use serde_json::json;

use crate::support::{SEARCH, Vendor, assert_ok, assert_refused, code, merged, person};

#[test]
fn a_token_is_32_hexadecimal_characters_and_no_two_are_alike() {
    let mut vendor = Vendor::start();
    let (first, second) = (vendor.new_token(), vendor.new_token());
    assert_ne!(first, second);
    for token in [first, second] {
        assert!(token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token}");
    }
}

#[test]
fn a_wrong_account_gets_1001() {
    let mut vendor = Vendor::start();
    for (username, password) in [("demo", "x"), ("x", "demo-password"), ("demo-password", "demo")] {
        let answer =
            vendor.json("/client/authorize/token", &json!({"username": username, "password": password}));
        assert_refused(&answer, "账户或密码错误");
    }
}

#[test]
fn tokens_end_by_the_sandbox_clock() {
    let mut vendor = Vendor::start();
    let short = json!({"username": "demo", "password": "demo-password", "hours": 2});
    let short = vendor.json("/client/authorize/token", &short)["data"]["token"].as_str().unwrap().to_owned();
    let search =
        |vendor: &mut Vendor, token: &str| vendor.json(SEARCH, &merged(person(), json!({"token": token})));
    let day = vendor.token.clone();
    vendor.advance(2 * 3600 - 60);
    assert_ok(&search(&mut vendor, &short));
    vendor.advance(60);
    assert_refused(&search(&mut vendor, &short), "令牌验证失败");
    assert_ok(&search(&mut vendor, &day));
    vendor.advance(22 * 3600);
    assert_refused(&search(&mut vendor, &day), "令牌验证失败");
}

#[test]
fn revoked_and_invented_tokens_are_refused() {
    let mut vendor = Vendor::start();
    assert_ok(&vendor.search().json());
    assert_eq!(vendor.sandbox.revoke_tokens(), 1);
    assert_refused(&vendor.search().json(), "令牌验证失败");
    vendor.token = vendor.new_token();
    assert_ok(&vendor.search().json());
    let answer = vendor.control("POST", "tokens/revoke", &json!(null));
    assert_eq!((answer.status, answer.json()), (200, json!({"revoked": 1})));
    assert_refused(&vendor.search().json(), "令牌验证失败");
    vendor.token = "0".repeat(32);
    assert_refused(&vendor.search().json(), "令牌验证失败");
}

#[test]
fn a_merchant_sees_its_own_sessions_only() {
    let more_merchants = vec![("other".to_owned(), "secret".to_owned())];
    let mut vendor = Vendor::with(SandboxConfig { more_merchants, ..SandboxConfig::default() });
    let opened =
        vendor.as_token("/telecom/collect/open-id", merged(person(), json!({"service_password": "x"})));
    let open_id = &opened["data"]["open_id"];
    let path = "/telecom/collect/get-state";
    assert_ok(&vendor.json(path, &json!({"username": "demo", "open_id": open_id})));
    assert_refused(&vendor.json(path, &json!({"username": "other", "open_id": open_id})), "open_id 不存在");
    assert_refused(&vendor.json(path, &json!({"username": "nobody", "open_id": open_id})), "username");
    let token = vendor.json("/client/authorize/token", &json!({"username": "other", "password": "secret"}));
    assert_eq!(code(&token), 0);
}

#[test]
fn an_open_id_of_another_kind_does_not_exist() {
    let mut vendor = Vendor::start();
    let opened = vendor.as_token("/degree/collect/open-id", person());
    let open_id = opened["data"]["open_id"].clone();
    for path in ["/telecom/collect/get-state", "/ebank/collect/get-state", "/v2/ebank/collect/get-state"] {
        assert_refused(&vendor.as_user(path, json!({"open_id": open_id})), "open_id 不存在");
    }
    let path = format!("/risk-model/audit/result?open_id={}", open_id.as_str().unwrap());
    assert_refused(&vendor.wire.send("GET", &path, &[], b"").json(), "open_id 不存在");
}
