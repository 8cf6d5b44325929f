//! The control plane itself.

use jiff::Timestamp;
use qiancheng_sandbox::SandboxConfig;
use serde_json::{Value, json};

use crate::support::{Vendor, assert_ok, assert_refused, merged, person};

#[test]
fn the_clock_goes_forward_only() {
    let as_of = Some("2026-03-01T00:00:00Z".parse::<Timestamp>().unwrap());
    let mut vendor = Vendor::with(SandboxConfig { as_of, ..SandboxConfig::default() });
    let now = |vendor: &mut Vendor| vendor.control("GET", "clock", &Value::Null).json()["now"].clone();
    assert_eq!(now(&mut vendor), "2026-03-01T08:00:00+08:00");
    let answer = vendor.control("POST", "clock", &json!({"advance_seconds": 90}));
    assert_eq!(answer.json(), json!({"now": "2026-03-01T08:01:30+08:00"}));
    for bad in [
        json!({"advance_seconds": -1}),
        json!({"advance_seconds": 1.5}),
        json!({"seconds": 1}),
        json!({}),
        json!({"advance_seconds": 1, "x": 1}),
        json!([]),
        json!({"advance_seconds": u64::MAX}),
    ] {
        let answer = vendor.control("POST", "clock", &bad);
        assert_eq!(answer.status, 400, "{bad}");
        assert!(answer.json()["message"].is_string());
    }
    assert_eq!(now(&mut vendor), "2026-03-01T08:01:30+08:00");
    vendor.sandbox.reset();
    assert_eq!(now(&mut vendor), "2026-03-01T08:00:00+08:00");
}

#[test]
fn reset_forgets_everything() {
    let mut vendor = Vendor::start();
    let opened =
        vendor.as_token("/telecom/collect/open-id", merged(person(), json!({"service_password": "x"})));
    vendor.sandbox.add_faults(json!({"fault": {"kind": "html_502"}})).unwrap();
    vendor.sandbox.script(json!({"answers": [{"text": "x"}]})).unwrap();
    assert_eq!(vendor.control("POST", "reset", &Value::Null).status, 200);
    assert_eq!(vendor.sandbox.journal(), Vec::<Value>::new());
    assert_refused(&vendor.search().json(), "令牌验证失败");
    let open_id = opened["data"]["open_id"].clone();
    assert_refused(
        &vendor.as_user("/telecom/collect/get-state", json!({"open_id": open_id})),
        "open_id 不存在",
    );
    vendor.token = vendor.new_token();
    assert_ok(&vendor.search().json());
    assert_eq!(vendor.sandbox.journal()[0]["seq"], 1);
}

#[test]
fn fault_rules_that_make_no_sense_are_refused() {
    let mut vendor = Vendor::start();
    for (rule, part) in [
        (json!({}), "fault"),
        (json!({"fault": {"kind": "nonsense"}}), "nonsense"),
        (json!({"fault": {"kind": "latency"}}), "ms"),
        (json!({"fault": {"kind": "reset", "ms": 1}}), "ms"),
        (json!({"fault": {"kind": "reset", "when": 1}}), "when"),
        (json!({"fault": {"kind": "reset"}, "probability": 1.5}), "probability"),
        (json!({"fault": {"kind": "reset"}, "times": -1}), "-1"),
        (json!({"fault": {"kind": "reset"}, "match": {"endpoint": "x"}}), "\"x\""),
        (json!({"fault": {"kind": "reset"}, "match": {"path": "x"}}), "/"),
        (json!({"fault": {"kind": "reset"}, "match": {"host": "x"}}), "host"),
        (json!({"rules": {}}), "rules"),
        (json!({"rules": [], "also": 1}), "also"),
        (json!([{"fault": {"kind": "reset"}}, 1]), "rules[1]"),
    ] {
        let answer = vendor.control("POST", "faults", &rule);
        assert_eq!(answer.status, 400, "{rule}");
        let message = answer.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(part), "{rule}: {message}");
    }
    let broken = vendor.wire.send("POST", "/__sandbox/faults", &[], b"{");
    assert_eq!(broken.status, 400);
    assert_ok(&vendor.search().json());
}

#[test]
fn unknown_names_and_methods_are_told() {
    let mut vendor = Vendor::start();
    assert_eq!(vendor.control("GET", "nothing", &Value::Null).status, 404);
    let answer = vendor.control("GET", "reset", &Value::Null);
    assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")));
    assert_eq!(vendor.control("POST", "reset", &json!({"x": 1})).status, 400);
    assert_eq!(vendor.control("POST", "tokens/revoke", &json!({})).status, 200);
}
