//! Each fault's bytes on the wire, and when faults happen.

use std::time::Instant;

use serde_json::{Value, json};

use crate::support::{Vendor, Wire, assert_ok, assert_refused, gunzip};

const JSON: [(&str, &str); 1] = [("content-type", "application/json")];

/// A vendor whose next blacklist search goes wrong, with the request for it on its way.
fn stricken(fault: &Value) -> (Vendor, Wire) {
    let vendor = Vendor::start();
    let rule = json!({"match": {"endpoint": "blacklist.search"}, "times": 1, "fault": fault});
    assert_eq!(vendor.sandbox.add_faults(rule).unwrap(), 1);
    let mut wire = vendor.connect();
    wire.write("POST", crate::support::SEARCH, &JSON, vendor.search_body().as_bytes());
    (vendor, wire)
}

/// What the journal says of the search: status, code and fault.
fn noted(vendor: &Vendor) -> (Value, Value, Value) {
    let entry = vendor.noted("blacklist.search").pop().unwrap();
    (entry["http_status"].clone(), entry["code"].clone(), entry["fault"].clone())
}

/// Head and body of an answer as it was sent, and the length it announces.
fn split(bytes: &[u8]) -> (String, &[u8], usize) {
    let at = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head") + 4;
    let head = String::from_utf8(bytes[..at].to_vec()).unwrap();
    let length =
        head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
    (head, &bytes[at..], length)
}

const WHOLE: &[u8] = br#"{"code":0,"msg":"","data":{"is_in":false}}"#;

#[test]
fn reset_and_lost_answers_end_in_a_reset_without_a_byte() {
    let (vendor, mut wire) = stricken(&json!({"kind": "reset"}));
    assert_eq!(wire.rest(), (Vec::new(), true));
    assert_eq!(noted(&vendor), (Value::Null, Value::Null, json!("reset")));
    let (vendor, mut wire) = stricken(&json!({"kind": "processed_but_lost"}));
    assert_eq!(wire.rest(), (Vec::new(), true));
    assert_eq!(noted(&vendor), (json!(null), json!(0), json!("processed_but_lost")));
    let (_vendor, mut wire) = stricken(&json!({"kind": "close"}));
    assert_eq!(wire.rest(), (Vec::new(), false));
}

#[test]
fn what_was_processed_has_happened() {
    let mut vendor = Vendor::start();
    for (kind, happens) in [("reset", false), ("processed_but_lost", true)] {
        vendor
            .sandbox
            .add_faults(
                json!({"match": {"endpoint": "telecom.captcha"}, "times": 1, "fault": {"kind": kind}}),
            )
            .unwrap();
        let body = json!({"token": vendor.token, "name": "张三", "id_card": crate::support::ID_CARD, "mobile": crate::support::MOBILE, "service_password": "x"});
        let opened = vendor.json("/telecom/collect/open-id", &body);
        let open_id = opened["data"]["open_id"].clone();
        for _ in 0..3 {
            vendor.as_user("/telecom/collect/get-state", json!({"open_id": open_id}));
        }
        let captcha = json!({"username": "demo", "open_id": open_id, "captcha": "123456"});
        vendor.wire.write("POST", "/telecom/collect/captcha", &JSON, captcha.to_string().as_bytes());
        assert!(vendor.wire.try_read().is_none());
        vendor.reconnect();
        let state = vendor.as_user("/telecom/collect/get-state", json!({"open_id": open_id}));
        assert_eq!(state["data"]["state"], if happens { 22 } else { 21 }, "{kind}");
    }
}

#[test]
fn a_truncated_body_is_shorter_than_announced() {
    let (_vendor, mut wire) = stricken(&json!({"kind": "truncate_body", "after": 5}));
    let (bytes, reset) = wire.rest();
    let (head, body, length) = split(&bytes);
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert_eq!((body, length, reset), (&WHOLE[..5], WHOLE.len(), false));
}

#[test]
fn a_wrong_length_is_off_by_its_delta() {
    for delta in [10_i64, -10] {
        let (_vendor, mut wire) = stricken(&json!({"kind": "wrong_length", "delta": delta}));
        let (bytes, _) = wire.rest();
        let (_, body, length) = split(&bytes);
        assert_eq!(body, WHOLE);
        assert_eq!(i64::try_from(length).unwrap(), i64::try_from(WHOLE.len()).unwrap() + delta);
    }
}

#[test]
fn truncated_gzip_and_broken_json_are_sound_http() {
    let (_vendor, mut wire) = stricken(&json!({"kind": "truncate_gzip"}));
    let answer = wire.read();
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    assert!(gunzip(&answer.body).is_err());
    let (vendor, mut wire) = stricken(&json!({"kind": "broken_json"}));
    let answer = wire.read();
    assert_eq!(answer.body, WHOLE[..WHOLE.len() / 2]);
    assert!(serde_json::from_slice::<Value>(&answer.body).is_err());
    let again = wire.send("POST", crate::support::SEARCH, &JSON, vendor.search_body().as_bytes());
    assert_eq!(again.body, WHOLE, "the connection lives on");
}

#[test]
fn gateways_answer_in_html_and_with_retry_after() {
    let (_vendor, mut wire) = stricken(&json!({"kind": "html_502"}));
    let answer = wire.read();
    assert_eq!((answer.status, answer.header("content-type")), (502, Some("text/html")));
    assert!(answer.text().contains("<h1>502 Bad Gateway</h1>"));
    let (_vendor, mut wire) = stricken(&json!({"kind": "status_429", "retry_after": 7}));
    let answer = wire.read();
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("7")));
}

#[test]
fn the_vendor_itself_refuses() {
    let (_vendor, mut wire) = stricken(&json!({"kind": "token_refused"}));
    assert_refused(&wire.read().json(), "令牌验证失败");
    let (vendor, mut wire) = stricken(&json!({"kind": "service_unavailable"}));
    assert_eq!(wire.read().json()["code"], 1000);
    assert_eq!(noted(&vendor), (json!(200), json!(1000), json!("service_unavailable")));
}

#[test]
fn a_bomb_is_small_and_unfolds() {
    let (_vendor, mut wire) = stricken(&json!({"kind": "gzip_bomb", "bytes": 10_000_000}));
    let answer = wire.read();
    assert!(answer.body.len() < 20_000, "{}", answer.body.len());
    let plain = gunzip(&answer.body).unwrap();
    let data: Value = serde_json::from_slice(&plain).unwrap();
    assert_eq!(data["data"].as_str().unwrap().len(), 10_000_000);
}

#[test]
fn latency_and_dribbling_take_their_time_and_lose_nothing() {
    let started = Instant::now();
    let (vendor, mut wire) = stricken(&json!({"kind": "latency", "ms": 60}));
    assert_eq!(wire.read().body, WHOLE);
    assert!(started.elapsed().as_millis() >= 60);
    assert_eq!(noted(&vendor), (json!(200), json!(0), json!("latency")));

    let started = Instant::now();
    let (vendor, mut wire) = stricken(&json!({"kind": "dribble", "bytes": 8, "ms": 2}));
    let answer = wire.read();
    assert_eq!(answer.body, WHOLE);
    assert!(started.elapsed().as_millis() >= 20, "more than ten pieces, 2 ms apart");
    let again = wire.send("POST", crate::support::SEARCH, &JSON, vendor.search_body().as_bytes());
    assert_eq!(again.body, WHOLE);
}

#[test]
fn rules_count_and_match() {
    let mut vendor = Vendor::start();
    let rules = json!({"rules": [
        {"match": {"path": "/nowhere"}, "fault": {"kind": "html_502"}},
        {"times": 2, "fault": {"kind": "service_unavailable"}},
        {"match": {"method": "get"}, "fault": {"kind": "html_502"}},
    ]});
    assert_eq!(vendor.control("POST", "faults", &rules).json(), json!({"added": 3}));
    vendor.new_token();
    for expected in [1000, 1000, 0] {
        assert_eq!(vendor.search().json()["code"], expected);
    }
    assert_eq!(vendor.wire.send("GET", "/risk-model/audit/result", &[], b"").status, 502);
    assert_eq!(vendor.wire.send("POST", "/nowhere", &[], b"").status, 502);
    let listed = vendor.control("GET", "faults", &Value::Null).json();
    assert_eq!(listed["rules"][1], json!({"fault": "service_unavailable", "happened": 2, "left": 0}));
    vendor.control("DELETE", "faults", &Value::Null);
    assert_eq!(vendor.wire.send("POST", "/nowhere", &[], b"").status, 404);
    let token =
        json!({"match": {"endpoint": "auth.token"}, "times": 1, "fault": {"kind": "service_unavailable"}});
    vendor.sandbox.add_faults(token).unwrap();
    let account = json!({"username": "demo", "password": "demo-password"});
    assert_eq!(vendor.json("/client/authorize/token", &account)["code"], 1000);
    assert_ok(&vendor.json("/client/authorize/token", &account));
}

#[test]
fn a_seed_gives_one_sequence() {
    let sequence = |seed: u64| -> Vec<i64> {
        let mut vendor = Vendor::start();
        let rule = json!({"probability": 0.5, "seed": seed, "fault": {"kind": "service_unavailable"}});
        vendor.sandbox.add_faults(rule).unwrap();
        (0..40).map(|_| vendor.search().json()["code"].as_i64().unwrap()).collect()
    };
    let first = sequence(1);
    assert_eq!(first, sequence(1));
    assert_ne!(first, sequence(2));
    let struck = first.iter().filter(|code| **code == 1000).count();
    assert!((8..=32).contains(&struck), "{struck} of 40");
}
