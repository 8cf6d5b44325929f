//! `qiancheng sandbox`: its one line, its options, its end.

use std::io::Read;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::support::{ID_CARD, MOBILE, NAME, SandboxProcess, json as read_json, stdout};

#[test]
fn one_line_says_all_that_is_needed() {
    let sandbox = SandboxProcess::start();
    let ready = sandbox.ready.as_object().expect("an object");
    let names: Vec<&String> = ready.keys().collect();
    assert_eq!(names, ["base_url", "username", "password", "audit_public_key"]);
    assert!(sandbox.text("base_url").starts_with("http://127.0.0.1:"));
    assert_eq!((sandbox.text("username"), sandbox.text("password")), ("demo", "demo-password"));
    assert!(sandbox.text("audit_public_key").starts_with("-----BEGIN PUBLIC KEY-----"));
}

#[test]
fn a_signal_stops_it_and_is_no_error() {
    for signal in [Signal::TERM, Signal::INT] {
        let mut sandbox = SandboxProcess::start();
        let process = Pid::from_child(&sandbox.child);
        kill_process(process, signal).expect("signalled");
        assert_eq!(sandbox.child.wait().expect("it ends").code(), Some(0), "{signal:?}");
        let mut rest = String::new();
        sandbox.child.stdout.take().expect("a pipe").read_to_string(&mut rest).expect("UTF-8");
        assert_eq!(rest, "", "nothing follows the line");
    }
}

#[test]
fn the_seed_chooses_the_data() {
    let degree = |seed: &str| {
        let sandbox = SandboxProcess::start_with(&["--seed", seed]);
        let params =
            json!({"name": NAME, "id_card": ID_CARD, "mobile": MOBILE, "account": "a", "password": "b"});
        let arguments = ["collect", "degree", "--poll-interval", "0.02", "--params", "-"];
        stdout(&sandbox.run(arguments, &params.to_string()))
    };
    let first = degree("7");
    assert_eq!(first, degree("7"));
    assert_ne!(first, degree("8"));
}

#[test]
fn a_further_merchant_has_an_account_of_its_own() {
    let sandbox = SandboxProcess::start_with(&["--merchant", "shop:a-password"]);
    let mut command = sandbox.command(["call", "auth.token"]);
    command.envs([("QIANCHENG_USERNAME", "shop"), ("QIANCHENG_PASSWORD", "a-password")]);
    let output = command.output().expect("it ends");
    assert!(read_json(&stdout(&output))["token"].is_string());
}

#[test]
fn an_audit_key_can_be_made() {
    let published = SandboxProcess::start();
    let made = SandboxProcess::start_with(&["--audit-key", "generated"]);
    assert_ne!(published.text("audit_public_key"), made.text("audit_public_key"));
}
