//! `qiancheng call`: every endpoint, and the ways to hand parameters over.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{ID_CARD, MOBILE, NAME, SandboxProcess, bare, error, json as read_json, run, stdout};

/// Makes calls, each in a process of its own, and remembers which.
struct Caller {
    sandbox: SandboxProcess,
    called: RefCell<BTreeSet<String>>,
}

impl Caller {
    fn call(&self, id: &str, params: &Value) -> Value {
        self.called.borrow_mut().insert(id.to_owned());
        let output = self.sandbox.run(["call", id, "--params", "-"], &params.to_string());
        assert!(output.status.success(), "{id}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stderr.is_empty(), "{id} is quiet");
        read_json(&stdout(&output))
    }

    fn open(&self, id: &str, params: &Value) -> Value {
        json!({"open_id": self.call(id, params)["open_id"]})
    }

    /// Polls until a state, which the sandbox reaches within a few polls.
    fn reach(&self, id: &str, session: &Value, state: i64) -> Value {
        let mut seen = Vec::new();
        for _ in 0..12 {
            let answer = self.call(id, session);
            if answer["state"] == state {
                return answer;
            }
            seen.push(answer["state"].clone());
        }
        panic!("{id} does not reach {state}: {seen:?}");
    }
}

fn with(session: &Value, more: &Value) -> Value {
    let mut params = session.clone();
    for (name, value) in more.as_object().expect("an object") {
        params[name] = value.clone();
    }
    params
}

fn person(more: &Value) -> Value {
    with(&json!({"name": NAME, "id_card": ID_CARD, "mobile": MOBILE}), more)
}

#[test]
fn every_endpoint_can_be_called_by_its_id() {
    let caller = Caller { sandbox: SandboxProcess::start(), called: RefCell::default() };
    assert!(caller.call("auth.token", &json!({"hours": 2}))["token"].is_string());
    assert_eq!(caller.call("blacklist.search", &person(&json!({})))["is_in"], false);
    let listed = person(&json!({"mobile": "13800134444"}));
    assert_eq!(caller.call("blacklist.search_v2", &listed)[0]["is_in"], true);
    telecom(&caller);
    degree(&caller);
    ebank(&caller);
    ebank_v2(&caller);
    risk(&caller);

    let listed = stdout(&run(bare(["endpoints", "--json"]), ""));
    let ids: BTreeSet<String> = read_json(&listed)
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["id"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!(ids.len(), 30);
    assert_eq!(*caller.called.borrow(), ids);
}

fn telecom(caller: &Caller) {
    let session = caller.open("telecom.open_id", &person(&json!({"service_password": "captcha_then_query"})));
    caller.reach("telecom.get_state", &session, 21);
    caller.call("telecom.resend_captcha", &session);
    caller.reach("telecom.get_state", &session, 24);
    caller.call("telecom.captcha", &with(&session, &json!({"captcha": "123456"})));
    caller.reach("telecom.get_state", &session, 31);
    caller.call("telecom.query_password", &with(&session, &json!({"query_password": "654321"})));
    caller.reach("telecom.get_state", &session, 43);
    assert!(caller.call("telecom.raw_data", &session)["transactions"].is_array());
    assert!(caller.call("telecom.report", &session)["report"].is_object());

    let session = caller.open("telecom.open_id", &person(&json!({"service_password": ""})));
    caller.call("telecom.service_password", &with(&session, &json!({"service_password": "direct"})));
    caller.reach("telecom.get_state", &session, 43);
}

fn degree(caller: &Caller) {
    let session = caller.open("degree.open_id", &person(&json!({})));
    let login = json!({"account": "zhangsan", "password": "any", "sync": 1});
    caller.call("degree.login", &with(&session, &login));
    caller.reach("degree.get_state", &session, 21);
    assert!(caller.call("degree.raw_data", &session).is_object());
}

fn ebank(caller: &Caller) {
    let banks = caller.call("ebank.bank_info", &json!({}));
    let entry = &banks[0]["loginTypes"][0]["entryId"];
    let consent = json!({"entry_id": entry, "login_name": ID_CARD, "name": NAME, "id_card": ID_CARD});
    caller.call("ebank.license_upload", &consent);
    let login = json!({"entry_id": entry, "login_name": ID_CARD, "password": "picture"});
    let session = caller.open("ebank.open_id", &person(&login));
    let state = caller.reach("ebank.get_state", &session, 4);
    assert!(state["pic_captcha"].is_string());
    caller.call("ebank.captcha", &with(&session, &json!({"verify_code": "8642"})));
    caller.reach("ebank.get_state", &session, 10);
    assert!(caller.call("ebank.raw_data", &session).is_object());
}

fn ebank_v2(caller: &Caller) {
    let session = caller.open("ebank_v2.open_id", &person(&json!({})));
    let banks = caller.call("ebank_v2.bank_list", &session);
    let login = json!({"entry_id": banks[0]["login_types"][0]["entry_id"], "login_name": ID_CARD});
    caller.call("ebank_v2.license_upload", &with(&session, &login));
    let login = with(&login, &json!({"password": "dynamic"}));
    caller.call("ebank_v2.login", &with(&session, &login));
    caller.reach("ebank_v2.get_state", &session, 2);
    caller.call("ebank_v2.captcha", &with(&session, &json!({"verify_code": "135790"})));
    caller.reach("ebank_v2.get_state", &session, 10);
    assert!(caller.call("ebank_v2.raw_data", &session).is_object());
}

fn risk(caller: &Caller) {
    let data = json!({
        "order_detail": {"order_id": 1, "amount": 200_000_000, "loan_term": 30, "order_time": "2026-01-15 10:00:00"},
        "basic_info": {"user_contact": []},
        "user_proof_materia": [],
        "user_mobile_contacts": [],
        "telecom_data": {"real_name_status": 1, "bill_list": [], "contact_list": []},
    });
    let audit = json!({"name": NAME, "id_card": ID_CARD, "phone": MOBILE, "data": data});
    let session = caller.open("risk.audit", &audit);
    let verdict = caller.reach("risk.result", &session, 1);
    assert!(verdict["reason"].as_str().is_some_and(|reason| !reason.is_empty()));
}

#[test]
fn parameters_come_inline_from_a_file_or_from_stdin() {
    let sandbox = SandboxProcess::start();
    let params = person(&json!({"mobile": "13800134444"})).to_string();
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("params.json");
    std::fs::write(&file, &params).expect("written");
    for (argument, stdin) in
        [(params.as_str(), ""), (&format!("@{}", file.display()), ""), ("-", params.as_str())]
    {
        let output = sandbox.run(["call", "blacklist.search", "--params", argument], stdin);
        assert_eq!(read_json(&stdout(&output))["is_in"], true, "{argument}");
    }
}

#[test]
fn the_envelope_is_the_whole_answer() {
    let sandbox = SandboxProcess::start();
    let output = sandbox.run(["call", "ebank.bank_info", "--envelope"], "");
    let envelope = read_json(&stdout(&output));
    assert_eq!(envelope["code"], 0);
    assert!(envelope["data"].is_array());
}

#[test]
fn a_path_reaches_what_has_no_id() {
    let sandbox = SandboxProcess::start();
    let params = person(&json!({"token": null})).to_string();
    let path = "/v2/blacklist/black-list/search-one";
    let output = sandbox.run(["call", path, "--params", "-"], &params);
    assert_eq!(read_json(&stdout(&output))[0]["is_in"], false);
}

#[test]
fn bodies_are_forms_or_json_as_one_likes() {
    let sandbox = SandboxProcess::start();
    let params = person(&json!({})).to_string();
    for (options, encoding) in [(&[][..], "form"), (&["--json-body"][..], "json")] {
        let mut arguments = vec!["call", "blacklist.search", "--params", "-"];
        arguments.extend(options);
        assert!(sandbox.run(&arguments, &params).status.success());
        let journal = sandbox.journal();
        let entry =
            journal.iter().rfind(|entry| entry["endpoint"] == "blacklist.search").expect("journalled");
        assert_eq!(entry["encoding"], encoding);
    }
}

#[test]
fn a_token_is_kept_for_the_next_command() {
    let sandbox = SandboxProcess::start();
    let directory = tempfile::tempdir().expect("a directory");
    let tokens = directory.path().join("tokens");
    let tokens = tokens.to_str().expect("UTF-8");
    let params = person(&json!({})).to_string();
    for _ in 0..2 {
        let arguments = ["call", "blacklist.search", "--params", "-", "--token-dir", tokens];
        assert!(sandbox.run(arguments, &params).status.success());
    }
    let fetched = sandbox.journal().iter().filter(|entry| entry["endpoint"] == "auth.token").count();
    assert_eq!(fetched, 1);
}

#[test]
fn what_the_client_does_is_said_on_stderr_and_holds_nothing_of_the_person() {
    let sandbox = SandboxProcess::start();
    let output =
        sandbox.run(["call", "blacklist.search", "--params", "-", "-vv"], &person(&json!({})).to_string());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("blacklist.search") && said.contains("attempt"), "{said}");
    for secret in [NAME, ID_CARD, MOBILE, "demo-password"] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
    assert_eq!(read_json(&stdout(&output))["is_in"], false);
}

#[test]
fn a_sandbox_lives_for_one_command() {
    let params = person(&json!({"mobile": "13800134444"})).to_string();
    let output = run(bare(["call", "blacklist.search", "--sandbox", "--params", "-"]), &params);
    assert_eq!(read_json(&stdout(&output))["is_in"], true);
    let output = run(bare(["call", "blacklist.search", "--sandbox", "--username", "x"]), "");
    assert_eq!(error(&output).0, 2, "a sandbox has an account of its own");
}
