//! What answers give their callers: the typed value, the bytes it was read from, and what nobody knows of.

use qiancheng::api::risk::{AuditResult, Verdict};
use qiancheng::api::telecom::RawData;
use qiancheng::api::{blacklist, ebank, ebank_v2, registry};
use qiancheng::blocking::Client;
use qiancheng::dictionary::{AuditState, TelecomState};
use qiancheng::endpoint::Method;
use qiancheng::{ErrorKind, Outcome, Result};
use qiancheng_sandbox::{Sandbox, SandboxConfig};
use schemars::SchemaGenerator;
use serde_json::{Value, json};

struct Vendor {
    sandbox: Sandbox,
    client: Client,
}

impl Vendor {
    fn start() -> Self {
        let sandbox = Sandbox::start(SandboxConfig::default()).expect("a sandbox");
        let client = Client::builder()
            .base_url(sandbox.base_url())
            .account(sandbox.username(), sandbox.password())
            .build_blocking()
            .expect("a client");
        Self { sandbox, client }
    }

    /// The next answer of an endpoint is this text.
    fn says(&self, endpoint: &str, text: &str) {
        let script = json!({"match": {"endpoint": endpoint}, "answers": [{"text": text}]});
        self.sandbox.script(script).expect("a script");
    }

    fn verdict(&self, data: &str) -> Result<Verdict> {
        self.says("risk.result", &format!("{{\"code\":0,\"data\":{data}}}"));
        let open_id = "f47e9276860685349c7ef4be67c823ab".into();
        self.client.risk().result(AuditResult { open_id }).map(qiancheng::Reply::into_inner)
    }

    fn ebank_state(&self, data: &Value) -> Result<ebank::State> {
        self.says("ebank.get_state", &json!({"code": 0, "data": data}).to_string());
        let open_id = "f47e9276860685349c7ef4be67c823ab".into();
        self.client.ebank().get_state(ebank::GetState { open_id }).map(qiancheng::Reply::into_inner)
    }
}

fn person() -> blacklist::Search {
    blacklist::Search {
        name: "张三".into(),
        id_card: "110101199003070011".into(),
        mobile: "13800138000".into(),
    }
}

#[test]
fn a_reply_keeps_what_it_was_read_from() {
    let vendor = Vendor::start();
    let text =
        "{\"code\" : \"0\",\"msg\":\"好\",\"data\":{ \"is_in\":\"true\", \"since\":\"2020\" },\"cost\":1}";
    vendor.says("blacklist.search", text);
    let reply = vendor.client.blacklist().search(person()).expect("a hit");
    assert!(reply.is_in);
    assert_eq!(reply.extra.get("since"), Some(&json!("2020")));
    assert_eq!(reply.extra.fields().len(), 1);
    let answer = reply.answer();
    assert_eq!(answer.endpoint(), "blacklist.search");
    assert_eq!((answer.code(), answer.http_status(), answer.attempts()), (0, 200, 1));
    assert_eq!(answer.message(), Some("好"));
    assert_eq!(answer.data(), "{ \"is_in\":\"true\", \"since\":\"2020\" }", "byte for byte");
    assert_eq!(answer.data_bytes(), answer.data().as_bytes());
    assert_eq!(answer.body(), text);
    assert_eq!(answer.value().expect("JSON")["since"], "2020");
    assert!(!answer.is_empty());
    let error = answer.read::<Vec<String>>().expect_err("an object is no list");
    assert_eq!((error.kind(), error.http_status()), (ErrorKind::Protocol, Some(200)));
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
}

#[test]
fn a_document_is_handed_on_as_it_came() {
    let vendor = Vendor::start();
    let document = "{\"transactions\" : [ {\"calls\":[]} ],\"n\":1.50}";
    vendor.says("telecom.raw_data", &format!("{{\"code\":0,\"data\":{document}}}"));
    let open_id = "f47e9276860685349c7ef4be67c823ab".into();
    let reply = vendor.client.telecom().raw_data(RawData { open_id }).expect("raw data");
    assert_eq!(reply.text(), document);
    assert_eq!(reply.bytes(), document);
    assert_eq!(reply.value().expect("JSON")["transactions"][0]["calls"], json!([]));
}

#[test]
fn a_verdict_is_an_object_or_a_list_with_one() {
    let vendor = Vendor::start();
    for data in [
        "{\"state\":1,\"reason\":\"x\"}",
        "[{\"state\":\"1\",\"reason\":\"x\"}]",
        " [ {\"state\":1.0,\"reason\":\"x\"} ]",
    ] {
        let verdict = vendor.verdict(data).expect("a verdict");
        assert_eq!((verdict.state, verdict.reason.as_deref()), (AuditState::Reject, Some("x")), "{data}");
    }
    for data in ["[{\"state\":0},{\"state\":1}]", "[]", "{}", "null", "[[]]", "{\"state\":null}"] {
        let error = vendor.verdict(data).expect_err("no verdict");
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Protocol, Outcome::Unknown),
            "{data}: {error}"
        );
        assert_eq!(error.endpoint(), Some("risk.result"));
    }
}

#[test]
fn numbers_and_texts_come_in_either_form() {
    let vendor = Vendor::start();
    for (written, delay) in [
        (json!(3), Some(3.0)),
        (json!("3"), Some(3.0)),
        (json!(2.5), Some(2.5)),
        (json!(" "), None),
        (Value::Null, None),
    ] {
        let state = vendor
            .ebank_state(&json!({"state": 1, "request_delay": written, "message": 7}))
            .expect("a state");
        assert_eq!(state.request_delay, delay, "{written}");
        assert_eq!(state.message.as_deref(), Some("7"));
    }
    for wrong in [json!(true), json!("soon"), json!([])] {
        let error = vendor.ebank_state(&json!({"state": 1, "request_delay": wrong})).expect_err("no number");
        assert!(error.message().contains("request_delay"), "{error}");
    }
    for (written, provider) in [
        (json!(2), Some(2)),
        (json!("2"), Some(2)),
        (json!(2.0), Some(2)),
        (json!(""), None),
        (Value::Null, None),
    ] {
        let data =
            json!({"code": 0, "data": {"open_id": "f47e9276860685349c7ef4be67c823ab", "type": written}});
        vendor.says("ebank_v2.open_id", &data.to_string());
        let blacklist::Search { name, id_card, mobile } = person();
        let opened =
            vendor.client.ebank_v2().open_id(ebank_v2::OpenId { name, mobile, id_card }).expect("opened");
        assert_eq!(opened.provider, provider, "{written}");
    }
    let data = json!({"code": 0, "data": {"open_id": "f47e9276860685349c7ef4be67c823ab", "type": true}});
    vendor.says("ebank_v2.open_id", &data.to_string());
    let blacklist::Search { name, id_card, mobile } = person();
    let error =
        vendor.client.ebank_v2().open_id(ebank_v2::OpenId { name, mobile, id_card }).expect_err("no number");
    assert!(error.message().contains("/type"), "{error}");
}

#[test]
fn states_print_as_number_and_name() {
    assert_eq!(TelecomState::DataReady.to_string(), "43 STATE_DATA_READY");
    assert_eq!(TelecomState::from_code(-7).to_string(), "-7");
    assert_eq!(serde_json::to_value(AuditState::from_code(9)).expect("a number"), json!(9));
    assert_eq!(serde_json::from_value::<AuditState>(json!("2")).expect("a state"), AuditState::UnderReview);
}

#[test]
fn every_answer_has_a_schema() {
    let mut generator = SchemaGenerator::default();
    for entry in registry::entries() {
        let schema = entry.answer_schema(&mut generator).to_value();
        let known = schema.get("$ref").is_some() || schema.get("type").is_some();
        assert!(known, "{}: {schema}", entry.info.id);
    }
    let states = generator.definitions()["TelecomState"]["description"].as_str().expect("a description");
    assert!(states.contains("43 STATE_DATA_READY 数据可用"), "{states}");
}

#[test]
fn an_audit_needs_a_key() {
    let vendor = Vendor::start();
    let data = json!({
        "order_detail": {"order_id": 1, "amount": 1, "loan_term": 1, "order_time": "2026-01-01 00:00:00"},
        "basic_info": {"user_contact": []}, "user_proof_materia": [], "user_mobile_contacts": [],
        "telecom_data": {"real_name_status": 1, "bill_list": [], "contact_list": []},
    });
    let params =
        json!({"name": "张三", "phone": "13800138000", "id_card": "110101199003070011", "data": data});
    let error = vendor.client.call("risk.audit", params).expect_err("no key");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Config, Outcome::NotSent));
    assert!(error.message().contains("QIANCHENG_AUDIT_PUBLIC_KEY"), "{error}");
    assert!(vendor.sandbox.journal().is_empty(), "not even a token was fetched");
}

#[test]
fn a_call_by_path_may_have_no_parameters() {
    let vendor = Vendor::start();
    let answer =
        vendor.client.call_path(Method::POST, "/ebank/collect/bank-info", Value::Null).expect("banks");
    assert_eq!(answer.endpoint(), "/ebank/collect/bank-info");
    assert!(!answer.value().expect("a list").as_array().expect("a list").is_empty());
}
