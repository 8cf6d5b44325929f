//! Exit codes, and the JSON object on the last line of stderr.

use std::net::TcpListener;
use std::process::Output;

use serde_json::{Value, json};

use crate::support::{ID_CARD, MOBILE, NAME, SandboxProcess, bare, error, run};

fn search(sandbox: &SandboxProcess, more: &[&str]) -> Output {
    let params = json!({"name": NAME, "id_card": ID_CARD, "mobile": MOBILE}).to_string();
    let mut arguments = vec!["call", "blacklist.search", "--params", "-"];
    arguments.extend(more);
    sandbox.run(arguments, &params)
}

fn expect(output: &Output, code: i32, kind: &str) -> Value {
    let (exit, error) = error(output);
    assert_eq!((exit, error["kind"].as_str()), (code, Some(kind)), "{error}");
    assert!(output.stdout.is_empty(), "an error prints nothing on stdout");
    error
}

#[test]
fn one_the_vendor_said_no() {
    let sandbox = SandboxProcess::start();
    let open = json!({"name": NAME, "id_card": ID_CARD, "mobile": MOBILE, "service_password": "wrong"});
    let refused =
        expect(&sandbox.run(["call", "telecom.open_id", "--params", "-"], &open.to_string()), 1, "Rejected");
    assert_eq!((&refused["code"], &refused["endpoint"]), (&json!(1001), &json!("telecom.open_id")));
    assert_eq!((&refused["outcome"], &refused["attempts"]), (&json!("Rejected"), &json!(1)));
    assert_eq!(refused["http_status"], 200);

    let open = json!({"name": NAME, "id_card": ID_CARD, "mobile": MOBILE, "service_password": "direct"});
    let opened = sandbox.run(["call", "telecom.open_id", "--params", "-"], &open.to_string());
    let session = String::from_utf8_lossy(&opened.stdout).into_owned();
    let early = sandbox.run(["call", "telecom.raw_data", "--params", "-"], &session);
    assert_eq!(expect(&early, 1, "Collecting")["code"], 1003);

    let mut wrong = sandbox.command(["call", "blacklist.search", "--params", "-"]);
    wrong.env("QIANCHENG_PASSWORD", "not-the-password");
    let params = json!({"name": NAME, "id_card": ID_CARD, "mobile": MOBILE}).to_string();
    let refused = run(wrong, &params);
    expect(&refused, 1, "Auth");
    assert!(!String::from_utf8_lossy(&refused.stderr).contains("not-the-password"));

    sandbox.fault("blacklist.search", 9, &json!({"kind": "token_refused"}));
    expect(&search(&sandbox, &[]), 1, "TokenRefused");
    let sandbox = SandboxProcess::start();
    sandbox.fault("blacklist.search", 9, &json!({"kind": "service_unavailable"}));
    let unavailable = expect(&search(&sandbox, &["--retries", "0"]), 1, "ServiceUnavailable");
    assert_eq!(unavailable["retryable"], true);
    let sandbox = SandboxProcess::start();
    let answer =
        json!({"match": {"endpoint": "blacklist.search"}, "answers": [{"body": {"code": 4711, "msg": "?"}}]});
    sandbox.script(&answer);
    assert_eq!(expect(&search(&sandbox, &[]), 1, "Unknown")["code"], 4711);
}

#[test]
fn two_wrong_usage_or_settings() {
    let sandbox = SandboxProcess::start();
    let unknown = expect(&sandbox.run(["call", "telecom.openid"], ""), 2, "InvalidInput");
    assert!(
        unknown["message"].as_str().expect("a text").contains("telecom.open_id"),
        "the nearest id is named"
    );
    let missing = expect(&sandbox.run(["call", "blacklist.search", "--params", "{}"], ""), 2, "InvalidInput");
    assert_eq!(missing["outcome"], "NotSent");
    let wrong = json!({"name": NAME, "id_card": "110105194912310021", "mobile": MOBILE}).to_string();
    let wrong = expect(&sandbox.run(["call", "blacklist.search", "--params", &wrong], ""), 2, "InvalidInput");
    assert_eq!(wrong["field"], "/id_card");
    for params in ["{", "[]", "3", "@/nowhere/at/all"] {
        let (exit, _) = error(&sandbox.run(["call", "blacklist.search", "--params", params], ""));
        assert_eq!(exit, 2, "{params}");
    }
    for arguments in [
        &["call"][..],
        &["call", "blacklist.search", "--get"],
        &["fly"],
        &[],
        &["call", "blacklist.search", "--timeout", "soon"],
        &["collect", "telecom", "--save", "session"],
        &["sandbox", "--listen", "somewhere"],
    ] {
        expect(&sandbox.run(arguments, ""), 2, "InvalidInput");
    }
    expect(&run(bare(["call", "blacklist.search"]), ""), 2, "Config");
    expect(&sandbox.run(["call", "ebank.bank_info", "--base-url", "http://credit.example"], ""), 2, "Config");
    expect(&sandbox.run(["call", "ebank.bank_info", "--proxy", "ftp://x"], ""), 2, "Config");
    expect(&sandbox.run(["call", "ebank.bank_info", "--ca-file", "/nowhere/at/all"], ""), 2, "Config");
    let mut nowhere = sandbox.command(["call", "ebank.bank_info"]);
    nowhere.env("QIANCHENG_ENV", "moon");
    expect(&run(nowhere, ""), 2, "Config");
    expect(&run(bare(["sandbox", "--listen", "0.0.0.0:0"]), ""), 2, "Config");
}

#[test]
fn without_checks_the_vendor_decides() {
    let sandbox = SandboxProcess::start();
    let wrong = json!({"name": NAME, "id_card": "110105194912310021", "mobile": MOBILE}).to_string();
    let arguments = ["call", "blacklist.search", "--no-validate", "--params", &wrong];
    expect(&sandbox.run(arguments, ""), 1, "Rejected");
}

#[test]
fn a_password_is_no_option_and_is_not_repeated() {
    let output = run(bare(["call", "blacklist.search", "--password=hunter2"]), "");
    let error = expect(&output, 2, "InvalidInput");
    assert!(error["message"].as_str().expect("a text").contains("QIANCHENG_PASSWORD"));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("hunter2"));
    let mut without = bare(["call", "ebank.bank_info"]);
    without.env("QIANCHENG_USERNAME", "demo");
    let error = expect(&run(without, ""), 2, "Config");
    assert!(error["message"].as_str().expect("a text").contains("QIANCHENG_PASSWORD"));
}

#[test]
fn three_it_could_not_be_reached_in_time() {
    let sandbox = SandboxProcess::start();
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let url = format!("http://{closed}");
    let unreached = expect(
        &sandbox.run(["call", "auth.token", "--base-url", &url, "--retries", "1"], ""),
        3,
        "Connection",
    );
    assert_eq!((&unreached["outcome"], &unreached["attempts"]), (&json!("NotSent"), &json!(2)));
    sandbox.fault("blacklist.search", 9, &json!({"kind": "latency", "ms": 60_000}));
    let late = search(&sandbox, &["--timeout", "0.5", "--retries", "0"]);
    assert_eq!(expect(&late, 3, "Timeout")["outcome"], "Unknown");
}

#[test]
fn four_anything_else() {
    let sandbox = SandboxProcess::start();
    sandbox.script(&json!({"match": {"endpoint": "blacklist.search"}, "answers": [{"text": "hello"}]}));
    expect(&search(&sandbox, &["--retries", "0"]), 4, "Protocol");
    let directory = tempfile::tempdir().expect("a directory");
    let key = directory.path().join("key.pem");
    std::fs::write(&key, "no key").expect("written");
    let key = key.to_str().expect("UTF-8");
    expect(&sandbox.run(["call", "ebank.bank_info", "--audit-public-key", key], ""), 4, "Crypto");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let sandbox = SandboxProcess::start();
    for arguments in [&["endpoints"][..], &["--help"], &["completions", "bash"], &["call", "ebank.bank_info"]]
    {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = sandbox.command(arguments).stdout(writer).output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}
