//! Form, multipart and JSON are understood alike, compressed too.

use std::process::Command;

use serde_json::{Value, json};

use crate::support::{ID_CARD, MOBILE, NAME, Vendor, assert_ok, assert_refused, gzip};

const OPEN: &str = "/telecom/collect/open-id";

fn expected(token: &str) -> Value {
    json!({
        "token": token, "name": NAME, "id_card": ID_CARD, "mobile": MOBILE, "service_password": "a&b= +%",
        "options": {"work_addr": "长安街 1 号", "contacts": [
            {"contact_tel": "13900139000", "contact_name": "李四", "contact_type": "1"},
            {"contact_tel": "13900139001", "contact_name": "王五", "contact_type": "6"},
        ]},
    })
}

/// Name and value of every leaf, in PHP's spelling.
fn flat(value: &Value) -> Vec<(String, String)> {
    fn walk(prefix: &str, value: &Value, out: &mut Vec<(String, String)>) {
        let inner = |key: &str| if prefix.is_empty() { key.to_owned() } else { format!("{prefix}[{key}]") };
        match value {
            Value::Object(object) => object.iter().for_each(|(key, value)| walk(&inner(key), value, out)),
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(at, value)| walk(&inner(&at.to_string()), value, out));
            }
            leaf => out.push((prefix.to_owned(), leaf.as_str().unwrap().to_owned())),
        }
    }
    let mut out = Vec::new();
    walk("", value, &mut out);
    out
}

fn form(value: &Value) -> String {
    let encoded = |text: &str| {
        text.bytes()
            .map(|byte| match byte {
                b' ' => "+".to_owned(),
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => char::from(byte).to_string(),
                other => format!("%{other:02X}"),
            })
            .collect::<String>()
    };
    flat(value).iter().map(|(n, v)| format!("{}={}", encoded(n), encoded(v))).collect::<Vec<_>>().join("&")
}

fn multipart(value: &Value) -> String {
    let part = |(name, value): &(String, String)| {
        format!("--BOUNDARY\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    flat(value).iter().map(part).collect::<String>() + "--BOUNDARY--\r\n"
}

#[test]
fn four_encodings_and_their_compressed_forms_give_the_same_parameters() {
    let mut vendor = Vendor::start();
    let params = expected(&vendor.token);
    for (kind, encoding, body) in [
        ("application/json", "json", params.to_string()),
        ("application/x-www-form-urlencoded; charset=UTF-8", "form", form(&params)),
        ("multipart/form-data; boundary=BOUNDARY", "multipart", multipart(&params)),
    ] {
        for zipped in [false, true] {
            let plain = body.as_bytes().to_vec();
            let (headers, bytes) = if zipped {
                (vec![("content-type", kind), ("content-encoding", "gzip")], gzip(&plain))
            } else {
                (vec![("content-type", kind)], plain)
            };
            let answer = vendor.wire.send("POST", OPEN, &headers, &bytes).json();
            assert_ok(&answer);
            let entry = vendor.noted("telecom.open_id").pop().unwrap();
            assert_eq!(entry["params"], params, "{kind}");
            assert_eq!(entry["encoding"], encoding);
            assert_eq!(entry["content_encoding"], if zipped { json!("gzip") } else { Value::Null });
        }
    }
}

#[test]
fn what_curl_sends_is_understood() {
    let mut vendor = Vendor::start();
    if Command::new("curl").arg("--version").output().is_err() {
        // Nothing to compare with on this machine; the test above covers the formats.
        return;
    }
    let params = expected(&vendor.token);
    let url = format!("{}{OPEN}", vendor.sandbox.base_url());
    for (flag, encoding) in [("--data-urlencode", "form"), ("--form-string", "multipart")] {
        let mut curl = Command::new("curl");
        curl.args(["-s", &url]);
        for (name, value) in flat(&params) {
            curl.args([flag, &format!("{name}={value}")]);
        }
        let output = curl.output().unwrap();
        assert_ok(&serde_json::from_slice(&output.stdout).unwrap());
        let entry = vendor.noted("telecom.open_id").pop().unwrap();
        assert_eq!((&entry["params"], &entry["encoding"]), (&params, &json!(encoding)));
    }
    assert_eq!(vendor.search().status, 200, "the connection from before still serves");
}

/// Headers, body, and what the answer has to say.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [u8], &'a str);

#[test]
fn what_cannot_be_understood_is_told_in_an_envelope() {
    let mut vendor = Vendor::start();
    let (form, json, multi) =
        ("application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=BOUNDARY");
    let deep = "[".repeat(300_000);
    let cases: &[Case<'_>] = &[
        (&[("content-type", form)], b"name=%ff%fe", "UTF-8"),
        (&[("content-type", form)], b"name=\xff", "UTF-8"),
        (&[("content-type", form)], b"name=1&name=2", "重复的参数 name"),
        (&[("content-type", form)], b"name=%4", "百分号"),
        (&[("content-type", json)], b"{\"name\":", "JSON 解析失败"),
        (&[("content-type", json)], b"{\"name\":\"\xff\"}", "UTF-8"),
        (&[("content-type", json)], b"[1]", "JSON 应为对象"),
        (&[("content-type", json)], b"{\"name\":1,\"name\":2}", "重复的参数 name"),
        (&[("content-type", json)], deep.as_bytes(), "JSON 解析失败"),
        (&[("content-type", multi)], b"--BOUNDARY\r\ncontent-disp", "multipart"),
        (&[("content-type", "multipart/form-data")], b"x", "boundary"),
        (
            &[("content-type", multi)],
            b"--BOUNDARY\r\ncontent-disposition: form-data; name=\"n\"\r\n\r\n\xff\r\n--BOUNDARY--\r\n",
            "UTF-8",
        ),
        (&[("content-type", json), ("content-encoding", "gzip")], b"{}", "gzip"),
        (&[("content-type", json), ("content-encoding", "br")], b"{}", "Content-Encoding"),
        (&[("content-type", "text/xml")], b"<a/>", "Content-Type"),
        (&[], b"name=1", "Content-Type"),
    ];
    for (headers, body, part) in cases {
        let answer = vendor.wire.send("POST", OPEN, headers, body);
        assert_eq!(answer.status, 200);
        assert_refused(&answer.json(), part);
    }
    let answer = vendor.wire.send("POST", &format!("{OPEN}?name=x"), &[("content-type", json)], b"{}").json();
    assert_refused(&answer, "URL");
}

#[test]
fn methods_and_paths_are_a_web_servers_business() {
    let mut vendor = Vendor::start();
    let answer = vendor.wire.send("GET", OPEN, &[], b"");
    assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")));
    let answer = vendor.wire.send("POST", "/risk-model/audit/result", &[], b"");
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET")));
    for path in ["/", "/telecom/collect/open-id/", "/__sandbox"] {
        let answer = vendor.wire.send("POST", path, &[], b"");
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.text().starts_with("<html>"), "{path}");
    }
}
