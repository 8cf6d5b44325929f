//! Every endpoint's parameters, from a list written by hand: what is required, and what each must look like.

use std::collections::BTreeSet;

use qiancheng_sandbox::story::synthetic_applicant;
use serde_json::{Value, json};

use crate::support::{
    ID_CARD, MOBILE, NAME, SEARCH, Vendor, assert_ok, assert_refused, merged, person, without,
};

/// Path, how the caller is known (`t`oken, `u`sername, `-`), a good body without that, and which of it is required.
fn endpoints() -> Vec<(&'static str, char, Value, &'static [&'static str])> {
    let open = json!({"open_id": "x"});
    let licence = json!({"entry_id": "x", "login_name": "x", "name": NAME, "id_card": ID_CARD});
    let account = json!({"username": "demo", "password": "demo-password", "hours": "2"});
    let login = json!({"open_id": "x", "account": "a", "password": "b", "sync": 1});
    let entry = json!({"open_id": "x", "entry_id": "e", "login_name": "n"});
    let searched = ["name", "id_card", "mobile"].as_slice();
    vec![
        ("/client/authorize/token", '-', account, &["username", "password"]),
        ("/blacklist/search/single", 't', person(), searched),
        (
            "/v2/blacklist/black-list/search-one",
            't',
            merged(person(), json!({"ip": "1.1.1.1", "bank_card": "6222"})),
            searched,
        ),
        ("/v2/blacklist/black-list/search", 't', person(), searched),
        ("/telecom/collect/open-id", 't', merged(person(), json!({"service_password": "x"})), searched),
        (
            "/telecom/collect/query-password",
            'u',
            merged(open.clone(), json!({"query_password": "1"})),
            &["open_id", "query_password"],
        ),
        (
            "/telecom/collect/captcha",
            'u',
            merged(open.clone(), json!({"captcha": "1"})),
            &["open_id", "captcha"],
        ),
        ("/telecom/collect/resend-captcha", 'u', open.clone(), &["open_id"]),
        ("/telecom/collect/get-state", 'u', open.clone(), &["open_id"]),
        ("/telecom/data/raw-data", 'u', open.clone(), &["open_id"]),
        ("/telecom/data/report", 'u', open.clone(), &["open_id"]),
        (
            "/telecom/collect/service-password",
            'u',
            merged(open.clone(), json!({"service_password": "1"})),
            &["open_id", "service_password"],
        ),
        ("/degree/collect/open-id", 't', person(), searched),
        ("/telecom/collect/login", 'u', login.clone(), &["open_id", "account", "password", "sync"]),
        ("/degree/collect/login", 'u', login, &["open_id", "account", "password", "sync"]),
        ("/degree/collect/get-state", '-', open.clone(), &["open_id"]),
        ("/degree/data/raw-data", 'u', open.clone(), &["open_id"]),
        ("/ebank/collect/bank-info", '-', json!({}), &[]),
        ("/ebank/collect/license-upload", 't', licence, &["entry_id", "login_name", "name", "id_card"]),
        (
            "/ebank/collect/open-id",
            't',
            merged(person(), json!({"entry_id": "x", "login_name": "x", "password": "x"})),
            &["name", "mobile", "id_card", "entry_id", "login_name"],
        ),
        ("/ebank/collect/get-state", 'u', open.clone(), &["open_id"]),
        (
            "/ebank/collect/captcha",
            'u',
            merged(open.clone(), json!({"verify_code": "1"})),
            &["open_id", "verify_code"],
        ),
        ("/ebank/data/raw-data", 'u', json!({"openId": "x"}), &["openId"]),
        ("/v2/ebank/collect/open-id", 't', person(), &["name", "mobile", "id_card"]),
        ("/v2/ebank/collect/bank-list", 'u', open.clone(), &["open_id"]),
        ("/v2/ebank/collect/license-upload", 'u', entry.clone(), &["open_id", "entry_id", "login_name"]),
        (
            "/v2/ebank/collect/login",
            'u',
            merged(entry, json!({"password": "x"})),
            &["open_id", "entry_id", "login_name"],
        ),
        ("/v2/ebank/collect/get-state", 'u', open.clone(), &["open_id"]),
        (
            "/v2/ebank/collect/captcha",
            'u',
            merged(open.clone(), json!({"verify_code": "1"})),
            &["open_id", "verify_code"],
        ),
        ("/v2/ebank/data/raw-data", 'u', open, &["open_id"]),
    ]
}

/// Every endpoint of the document but the two of §7, which have tests of their own; and the three extensions.
const ENDPOINTS: &[&str] = &[
    "auth.token",
    "blacklist.search",
    "blacklist.search_v2",
    "blacklist.search_v2_list",
    "telecom.open_id",
    "telecom.query_password",
    "telecom.captcha",
    "telecom.resend_captcha",
    "telecom.get_state",
    "telecom.raw_data",
    "telecom.report",
    "telecom.service_password",
    "degree.open_id",
    "degree.login",
    "degree.get_state",
    "degree.raw_data",
    "ebank.bank_info",
    "ebank.license_upload",
    "ebank.open_id",
    "ebank.get_state",
    "ebank.captcha",
    "ebank.raw_data",
    "ebank_v2.open_id",
    "ebank_v2.bank_list",
    "ebank_v2.license_upload",
    "ebank_v2.login",
    "ebank_v2.get_state",
    "ebank_v2.captcha",
    "ebank_v2.raw_data",
];

#[test]
fn every_required_parameter_is_missed_by_name() {
    let mut vendor = Vendor::start();
    for (path, auth, body, required) in endpoints() {
        let (body, credential) = match auth {
            't' => (merged(body, json!({"token": vendor.token})), Some("token")),
            'u' => (merged(body, json!({"username": "demo"})), Some("username")),
            _ => (body, None),
        };
        let whole = vendor.json(path, &body);
        assert!(!whole["msg"].as_str().unwrap().contains("缺少参数"), "{path}: {whole}");
        for name in required.iter().copied().chain(credential) {
            let answer = vendor.json(path, &without(&body, name));
            assert_refused(&answer, &format!("缺少参数 {name} "));
            for empty in [json!(""), json!(" "), Value::Null] {
                // A token or a name that is only blank is a wrong one.
                if Some(name) == credential && empty == " " {
                    continue;
                }
                assert_refused(&vendor.json(path, &merged(body.clone(), json!({name: empty}))), name);
            }
            assert_refused(&vendor.json(path, &merged(body.clone(), json!({name: [1]}))), name);
        }
        let unknown = vendor.json(path, &merged(body, json!({"surprise": "1"})));
        assert_refused(&unknown, "未知参数 surprise");
    }
    let journal = vendor.sandbox.journal();
    let seen: BTreeSet<&str> =
        journal.iter().map(|entry| entry["endpoint"].as_str().expect("a route")).collect();
    let expected: BTreeSet<&str> = ENDPOINTS.iter().copied().collect();
    assert_eq!(seen, expected);
}

#[test]
fn a_service_password_may_be_empty_but_not_absent() {
    let mut vendor = Vendor::start();
    assert_refused(&vendor.as_token("/telecom/collect/open-id", person()), "service_password");
    assert_ok(
        &vendor.as_token("/telecom/collect/open-id", merged(person(), json!({"service_password": ""}))),
    );
}

#[test]
fn people_must_be_possible() {
    let mut vendor = Vendor::start();
    for (name, bad) in [
        ("id_card", "110105194912310021"),
        ("id_card", "11010519491231002x"),
        ("id_card", "1101051949123100"),
        ("id_card", "11010519491331002X"),
        ("mobile", "12345678901"),
        ("mobile", "1380013800"),
        ("mobile", "+8613800138001"),
    ] {
        let answer = vendor.as_token(SEARCH, merged(person(), json!({name: bad})));
        assert_refused(&answer, name);
    }
    assert_refused(
        &vendor.as_token(SEARCH, merged(person(), json!({"mobile": 13_800_138_001_i64}))),
        "mobile",
    );
    assert_ok(&vendor.as_token(SEARCH, merged(person(), json!({"id_card": "110105491231002"}))));
    let found = vendor.as_token(SEARCH, merged(person(), json!({"mobile": "13800134444"})));
    assert_eq!(found["data"], json!({"is_in": true}));
    assert_eq!(vendor.as_token(SEARCH, person())["data"], json!({"is_in": false}));
    let second = vendor.as_token("/v2/blacklist/black-list/search-one", person());
    assert_eq!(second["data"], json!([{"is_in": false}]));
}

#[test]
fn synthetic_people_are_possible() {
    let mut vendor = Vendor::start();
    for index in 0..20 {
        let someone = synthetic_applicant(3, index);
        let body = json!({"name": someone.name, "id_card": someone.id_card, "mobile": someone.mobile});
        assert_ok(&vendor.as_token(SEARCH, body));
    }
}

#[test]
fn nested_parameters_are_checked_where_they_are() {
    let mut vendor = Vendor::start();
    let mut open = |options: Value| {
        let body = merged(person(), json!({"service_password": "x", "options": options}));
        vendor.as_token("/telecom/collect/open-id", body)
    };
    assert_ok(&open(json!({})));
    assert_ok(&open(json!([])));
    assert_ok(&open(json!({"contacts": []})));
    assert_ok(&open(
        json!({"work_addr": "", "contacts": [{"contact_tel": "13900139000", "contact_type": "6"}]}),
    ));
    assert_refused(&open(json!({"work_address": "x"})), "未知参数 options[work_address]");
    assert_refused(&open(json!({"contacts": [{"contact_type": "7"}]})), "options[contacts][0][contact_type]");
    assert_refused(&open(json!({"contacts": [{"contact_type": 1}]})), "options[contacts][0][contact_type]");
    assert_refused(&open(json!({"contacts": [{}, {"tel": "1"}]})), "options[contacts][1][tel]");
    assert_refused(&open(json!({"contacts": "x"})), "options[contacts] 应为列表");
    assert_refused(&open(json!("x")), "options 应为对象");
    // The same information goes under other names for a degree.
    let body = merged(person(), json!({"options": {"work_addr": "x"}}));
    assert_refused(&vendor.as_token("/degree/collect/open-id", body), "options[work_addr]");
    let options = json!({"work_address": "x", "contacts": [{"contact_cell_phone_number": MOBILE}]});
    assert_ok(&vendor.as_token("/degree/collect/open-id", merged(person(), json!({"options": options}))));
}

#[test]
fn numbers_come_as_numbers_or_digits_where_the_vendor_takes_both() {
    let mut vendor = Vendor::start();
    let account = |hours: Value| json!({"username": "demo", "password": "demo-password", "hours": hours});
    for good in [json!("1"), json!(1), json!(""), Value::Null] {
        assert_ok(&vendor.json("/client/authorize/token", &account(good)));
    }
    for bad in [json!("0"), json!(-1), json!("1.5"), json!(1.5), json!("x"), json!([1])] {
        assert_refused(&vendor.json("/client/authorize/token", &account(bad)), "hours");
    }
    let opened = vendor.as_token("/degree/collect/open-id", person());
    for bad in [json!(2), json!("2"), json!(true), json!("yes")] {
        let body =
            json!({"open_id": opened["data"]["open_id"], "account": "a", "password": "p", "sync": bad});
        assert_refused(&vendor.as_user("/telecom/collect/login", body), "sync");
    }
}

#[test]
fn ebank_raw_data_takes_either_spelling_and_wants_them_to_agree() {
    let mut vendor = Vendor::start();
    let path = "/ebank/data/raw-data";
    for body in [json!({"openId": "x"}), json!({"open_id": "x"}), json!({"openId": "x", "open_id": "x"})] {
        assert_refused(&vendor.as_user(path, body), "open_id 不存在");
    }
    assert_refused(&vendor.as_user(path, json!({"openId": "x", "open_id": "y"})), "不一致");
}
