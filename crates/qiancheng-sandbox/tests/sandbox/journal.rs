//! What the journal keeps.

use qiancheng_sandbox::SandboxConfig;
use serde_json::{Value, json};

use crate::support::{Vendor, person};

#[test]
fn an_entry_tells_what_was_sent_and_what_came_of_it() {
    let mut vendor = Vendor::start();
    vendor.search();
    let entries = vendor.control("GET", "journal", &Value::Null).json()["entries"].clone();
    let entry = &entries[1];
    for (name, expected) in [
        ("seq", json!(2)),
        ("method", json!("POST")),
        ("path", json!("/blacklist/search/single")),
        ("endpoint", json!("blacklist.search")),
        ("encoding", json!("json")),
        ("content_encoding", Value::Null),
        ("audit_data", Value::Null),
        ("http_status", json!(200)),
        ("code", json!(0)),
        ("fault", Value::Null),
        ("connection", json!(1)),
    ] {
        assert_eq!(entry[name], expected, "{name}");
    }
    assert_eq!(entry["params"]["name"], person()["name"]);
    assert_eq!(entry["headers"]["content-type"], "application/json");
    assert!(entry["at"].as_str().unwrap().ends_with("+08:00"));
    assert_eq!(entries.as_array().unwrap().len(), 2, "control requests are not in it");
    let after = vendor.control("GET", "journal?after=1", &Value::Null).json()["entries"].clone();
    assert_eq!(after.as_array().unwrap().len(), 1);
    assert_eq!(vendor.control("GET", "journal?since=1", &Value::Null).status, 400);
    vendor.reconnect();
    vendor.search();
    assert_eq!(vendor.sandbox.journal()[2]["connection"], 2);
}

#[test]
fn what_was_refused_or_unknown_is_in_it_too() {
    let mut vendor = Vendor::start();
    vendor.wire.send("POST", "/blacklist/search/single", &[("content-type", "application/json")], b"{");
    vendor.wire.send("GET", "/nowhere?a=1&b=%E5%BC%A0", &[], b"");
    let entries = vendor.sandbox.journal();
    assert_eq!((&entries[1]["code"], &entries[1]["params"]), (&json!(1001), &json!({})));
    let unknown = &entries[2];
    assert_eq!(
        (&unknown["http_status"], &unknown["endpoint"], &unknown["encoding"]),
        (&json!(404), &Value::Null, &json!("query"))
    );
    assert_eq!(unknown["params"], json!({"a": "1", "b": "张"}));
}

#[test]
fn it_keeps_so_many_entries_and_no_more() {
    let mut vendor = Vendor::with(SandboxConfig { journal_entries: 3, ..SandboxConfig::default() });
    for _ in 0..5 {
        vendor.search();
    }
    let seqs: Vec<Value> = vendor.sandbox.journal().iter().map(|entry| entry["seq"].clone()).collect();
    assert_eq!(seqs, [4, 5, 6].map(Value::from));
    assert!(vendor.sandbox.journal().iter().all(|entry| entry["code"] == 0), "closed under its own number");
}
