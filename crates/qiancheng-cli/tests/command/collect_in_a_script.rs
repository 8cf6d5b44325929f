//! `qiancheng collect` without a terminal: answers on stdin, steps on stdout, sessions in files.

use std::process::Output;

use serde_json::{Value, json};

use crate::support::{ID_CARD, MOBILE, NAME, SandboxProcess, error, json as read_json, run, stdout};

const PERSON: [&str; 8] =
    ["--poll-interval", "0.02", "--name", NAME, "--id-card", ID_CARD, "--mobile", MOBILE];

fn collect(sandbox: &SandboxProcess, service_password: &str, more: &[&str], stdin: &str) -> Output {
    let mut command = sandbox.command([&["collect", "telecom"], &PERSON[..], more].concat());
    command.env("QIANCHENG_SERVICE_PASSWORD", service_password);
    run(command, stdin)
}

#[test]
fn plain_lines_tell_the_states_and_stdout_is_the_data() {
    let sandbox = SandboxProcess::start();
    let output = collect(&sandbox, "any", &[], "123456\n");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(read_json(&stdout(&output))["transactions"].is_array());
    let states = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines: Vec<&str> = states.lines().collect();
    assert!(lines.iter().any(|line| line.starts_with("21 STATE_CAPTCHA_REQUIRED 需要验证码")), "{states}");
    assert!(lines.last().is_some_and(|line| line.starts_with("43 STATE_DATA_READY")), "{states}");
    assert!(!states.contains('\u{1b}'), "no colours, no moving line");
}

#[test]
fn every_step_is_a_json_object() {
    let sandbox = SandboxProcess::start();
    let output = collect(&sandbox, "any", &["--json"], "123456\n");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
    let steps: Vec<Value> = stdout(&output).lines().map(read_json).collect();
    let named: Vec<&str> = steps.iter().map(|step| step["step"].as_str().expect("a step")).collect();
    assert!(named.contains(&"working") && named.contains(&"needs_input"));
    assert_eq!(named[named.len() - 2..], ["finished", "data"]);
    let asked = steps.iter().find(|step| step["step"] == "needs_input").expect("a question");
    assert_eq!((&asked["challenge"]["kind"], &asked["status"]["code"]), (&json!("sms_captcha"), &json!(21)));
    assert!(asked["seconds_left"].as_u64().is_some_and(|left| (500..=600).contains(&left)));
    assert!(steps[steps.len() - 1]["raw_data"]["transactions"].is_array());
}

#[test]
fn parameters_with_secrets_come_from_stdin() {
    let sandbox = SandboxProcess::start();
    let directory = tempfile::tempdir().expect("a directory");
    let out = directory.path().to_str().expect("UTF-8");
    let params = json!({
        "name": NAME, "id_card": ID_CARD, "mobile": MOBILE,
        "account": "zhangsan", "password": "any", "sync": 0,
    });
    let output =
        sandbox.run(["collect", "degree", "--params", "-", "--json", "--out", out], &params.to_string());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let last = stdout(&output).lines().last().map(read_json).expect("a line");
    assert_eq!(last["step"], "files");
    assert!(last["files"][0].as_str().is_some_and(|file| file.ends_with("raw.json")));
    assert_eq!(last["files"].as_array().map(Vec::len), Some(1), "there is no report on degrees");
}

#[test]
fn a_saved_session_goes_on_in_another_process() {
    let sandbox = SandboxProcess::start();
    let directory = tempfile::tempdir().expect("a directory");
    let path = |name: &str| directory.path().join(name).to_str().expect("UTF-8").to_owned();
    let (session, key) = (path("session"), path("key"));
    std::fs::write(&key, [7_u8; 32]).expect("written");
    let files = ["--save", &session, "--key-file", &key];
    let (exit, stopped) = error(&collect(&sandbox, "any", &files, ""));
    assert_eq!((exit, &stopped["kind"]), (4, &json!("Challenge")), "nobody answered");

    let resume = |kind: &str, key: &str| {
        let arguments = ["collect", kind, "--resume", &session, "--key-file", key, "--poll-interval", "0.02"];
        sandbox.run(arguments, "123456\n")
    };
    let other = path("other");
    std::fs::write(&other, "08".repeat(32)).expect("written");
    assert_eq!(error(&resume("telecom", &other)).1["kind"], "Session");
    assert_eq!(error(&resume("degree", &key)).1["kind"], "InvalidInput");
    let output = resume("telecom", &key);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(read_json(&stdout(&output))["transactions"].is_array());
    let opened = sandbox.journal().iter().filter(|entry| entry["endpoint"] == "telecom.open_id").count();
    assert_eq!(opened, 1, "it is the same session");
}

#[test]
fn a_session_that_fails_is_the_vendors_no() {
    let sandbox = SandboxProcess::start();
    let (exit, failed) = error(&collect(&sandbox, "fail", &[], ""));
    assert_eq!((exit, &failed["kind"], &failed["outcome"]), (1, &json!("Session"), &json!("Rejected")));
}

#[test]
fn what_is_missing_is_named_and_nothing_is_opened() {
    let sandbox = SandboxProcess::start();
    let (exit, missing) = error(&sandbox.run(["collect", "telecom"], ""));
    assert_eq!((exit, &missing["field"]), (2, &json!("/name")));
    let (exit, missing) = error(&sandbox.run([&["collect", "telecom"], &PERSON[..]].concat(), ""));
    assert_eq!((exit, &missing["field"]), (2, &json!("/service_password")));
    assert!(missing["message"].as_str().expect("a text").contains("QIANCHENG_SERVICE_PASSWORD"));
    let (exit, missing) = error(&sandbox.run([&["collect", "ebank"], &PERSON[..]].concat(), ""));
    assert_eq!((exit, &missing["field"]), (2, &json!("/entry_id")));
    let opened = |entry: &Value| entry["endpoint"].as_str().is_some_and(|id| id.ends_with("open_id"));
    assert!(!sandbox.journal().iter().any(opened));
}
