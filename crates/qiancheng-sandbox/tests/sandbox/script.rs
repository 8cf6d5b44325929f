//! Answers written beforehand.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use crate::support::{SEARCH, Vendor, assert_ok, gunzip};

const JSON: [(&str, &str); 1] = [("content-type", "application/json")];

#[test]
fn answers_are_given_in_order_and_then_the_vendor_speaks_again() {
    let mut vendor = Vendor::start();
    let script = json!({"match": {"endpoint": "blacklist.search"}, "answers": [
        {"status": 503, "headers": {"x-test": "1"}, "body": {"code": "0", "list": [1, null]}},
        {"text": "plain"},
        {"base64": BASE64_STANDARD.encode([0xff, 0xfe])},
        {"body": null},
        {"pass": true},
        {"fault": {"kind": "html_502"}},
    ]});
    assert_eq!(vendor.control("POST", "script", &script).json(), json!({"added": 6}));
    vendor.new_token();
    let first = vendor.search();
    assert_eq!((first.status, first.header("x-test")), (503, Some("1")));
    assert_eq!(first.text(), r#"{"code":"0","list":[1,null]}"#);
    assert_eq!(first.header("content-type"), Some("application/json;charset=utf-8"));
    assert_eq!(vendor.search().text(), "plain");
    assert_eq!(vendor.search().body, [0xff, 0xfe]);
    assert_eq!(vendor.search().text(), "null");
    assert_ok(&vendor.search().json());
    assert_eq!(vendor.search().status, 502);
    assert_ok(&vendor.search().json());
    let statuses: Vec<Value> =
        vendor.noted("blacklist.search").iter().map(|entry| entry["http_status"].clone()).collect();
    assert_eq!(statuses, [503, 200, 200, 200, 200, 502, 200].map(Value::from));
}

#[test]
fn raw_bytes_are_sent_as_they_are() {
    let vendor = Vendor::start();
    for (then, reset) in [(json!("close"), false), (Value::Null, false), (json!("reset"), true)] {
        let bytes = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc";
        let mut answer = json!({"raw": BASE64_STANDARD.encode(bytes)});
        if !then.is_null() {
            answer["then"] = then;
        }
        vendor.sandbox.script(json!({"answers": [answer]})).unwrap();
        let mut wire = vendor.connect();
        wire.write("POST", SEARCH, &JSON, vendor.search_body().as_bytes());
        let (sent, ended_by_reset) = wire.rest();
        // A reset may overtake what was sent before it.
        assert!(sent == bytes || (reset && bytes.starts_with(&sent)), "{}", String::from_utf8_lossy(&sent));
        assert_eq!(ended_by_reset, reset);
    }
}

#[test]
fn scripted_bodies_can_be_compressed_and_cut_off() {
    let mut vendor = Vendor::start();
    vendor
        .sandbox
        .script(json!({"answers": [{"body": {"a": 1}, "gzip": true}, {"text": "x", "then": "close"}]}))
        .unwrap();
    let answer = vendor.search();
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    assert_eq!(gunzip(&answer.body).unwrap(), br#"{"a":1}"#);
    assert_eq!(vendor.search().text(), "x");
    assert!(vendor.wire.try_read().is_none(), "closed");
}

#[test]
fn what_is_scripted_is_noted_but_not_done() {
    let mut vendor = Vendor::start();
    vendor
        .sandbox
        .script(json!({"match": {"path": "/telecom/collect/open-id"}, "answers": [{"body": {}}]}))
        .unwrap();
    let body = json!({"token": vendor.token, "surprise": "1"});
    assert_eq!(vendor.json("/telecom/collect/open-id", &body), json!({}));
    assert_eq!(vendor.noted("telecom.open_id")[0]["params"], body);
}

#[test]
fn nonsense_is_refused_with_a_message() {
    let mut vendor = Vendor::start();
    for (script, part) in [
        (json!({}), "answers"),
        (json!({"answers": [{"body": 1, "text": "x"}]}), "answers[0]"),
        (json!({"answers": [{"status": 100}]}), "status"),
        (json!({"answers": [{"pass": false}]}), "pass"),
        (json!({"answers": [{"raw": "!"}]}), "raw"),
        (json!({"answers": [{"fault": {"kind": "nonsense"}}]}), "nonsense"),
        (json!({"answers": [{"fault": {"kind": "reset"}, "then": "close"}]}), "then"),
        (json!({"answers": [{"headers": {"a b": "1"}}]}), "a b"),
        (json!({"answers": [{"headers": {"content-length": "1"}}]}), "content-length"),
        (json!({"answers": [{"then": "explode"}]}), "explode"),
        (json!({"answers": [], "match": {"endpoint": "telecom.nothing"}}), "telecom.nothing"),
        (json!({"answers": [], "matches": {}}), "matches"),
    ] {
        let answer = vendor.control("POST", "script", &script);
        assert_eq!(answer.status, 400, "{script}");
        let message = answer.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(part), "{script}: {message}");
    }
    assert_ok(&vendor.search().json());
}
