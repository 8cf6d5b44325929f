//! Every endpoint, answered well, refused, and in every way that goes wrong.

use std::time::Duration;

use qiancheng::api::registry;
use qiancheng::blocking::Client;
use qiancheng::endpoint::{Auth, Method};
use qiancheng::{CallOptions, Error, Padding, Result};
use qiancheng_sandbox::{Sandbox, SandboxConfig};
use serde_json::{Value, json};

use crate::cage::{CONTACT_MOBILE, CONTACT_NAME, MOBILE, OPEN_ID, cage};
use crate::parameters::{of, texts};
use crate::typed;

pub(crate) const MERCHANT_PASSWORD: &str = "p&<\"cnrymerchantpassword";

/// The vendor, with a client that says everything to the cage.
pub(crate) struct Vendor {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
}

impl Vendor {
    pub(crate) fn start() -> Self {
        Self::with(Padding::default())
    }

    pub(crate) fn with(padding: Padding) -> Self {
        let config = SandboxConfig {
            password: MERCHANT_PASSWORD.to_owned(),
            request_delay: 0,
            ..SandboxConfig::default()
        };
        let sandbox = Sandbox::start(config).expect("a sandbox");
        let client = Client::builder()
            .base_url(sandbox.base_url())
            .account(sandbox.username(), sandbox.password())
            .audit_public_key(sandbox.audit_public_key_pem())
            .audit_padding(padding)
            .max_retries(1)
            .backoff(Duration::ZERO, Duration::ZERO)
            .poll_interval(Duration::ZERO)
            .on_event(|event| cage().event(event))
            .build_blocking()
            .expect("a client");
        Self { sandbox, client }
    }

    /// Tokens and open ids that were handed out so far must not show either.
    pub(crate) fn learn(&self) -> Vec<String> {
        let mut tokens = Vec::new();
        for entry in self.sandbox.journal() {
            for field in ["token", "open_id"] {
                let Some(secret) = entry["answer"]["data"][field].as_str().filter(|text| text.len() > 16)
                else {
                    continue;
                };
                cage().learn(secret);
                if field == "token" {
                    tokens.push(secret.to_owned());
                }
            }
        }
        tokens
    }
}

/// Hears what comes of a call.
fn hear<T>(place: &str, result: Result<T>, listen: impl Fn(&str, &T)) {
    match result {
        Ok(value) => listen(place, &value),
        Err(error) => cage().error(place, &error),
    }
}

fn call(client: &Client, endpoint: &'static str, what: &str) {
    let params = of(endpoint).expect("parameters");
    let place = format!("{endpoint}, {what}");
    hear(&place, client.call(endpoint, params.clone()), |place, answer| {
        cage().debug(place, answer);
        cage().hear(place, answer.message().unwrap_or_default());
        // Reading it into a type that does not fit.
        hear(place, answer.read::<Vec<u8>>(), |_, _| ());
        hear(place, answer.read::<std::collections::BTreeMap<String, bool>>(), |_, _| ());
    });
    typed::call(client, endpoint, &place, params);
}

/// All that an endpoint was sent, as a gateway or a careless vendor might repeat it.
fn echoes(endpoint: &str, auth: Auth, token: &str) -> Vec<String> {
    let mut sent: Vec<String> =
        texts(&of(endpoint).expect("parameters")).into_iter().map(|(_, text)| text).collect();
    match auth {
        Auth::Token => sent.push(token.to_owned()),
        Auth::Account => sent.push(MERCHANT_PASSWORD.to_owned()),
        Auth::User | Auth::None => {}
    }
    let mut form = form_urlencoded::Serializer::new(String::new());
    for text in &sent {
        form.append_pair("field", text);
    }
    let html =
        sent.join(" ").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let json = Value::from(sent.clone()).to_string();
    vec![sent.join(" 和 "), format!("<html><body>{html}</body></html>"), form.finish(), json]
}

/// Answers that repeat what was sent.
fn echoing(echoes: &[String]) -> Vec<Value> {
    let mut answers = Vec::new();
    for echo in echoes {
        for code in [0, 1000, 1001, 1003, 4711] {
            answers.push(json!({"body": {"code": code, "msg": echo, "data": []}}));
        }
        for status in [200, 302, 404, 429, 502] {
            answers.push(json!({"status": status, "text": echo}));
        }
        answers.push(json!({"text": format!("{{\"code\": 0, \"msg\": {echo}")}));
        answers.push(json!({"body": {"code": echo, "data": null}}));
        answers.push(json!({"body": {"msg": echo}}));
    }
    answers
}

/// Answers with people in them whom this call knows nothing of.
fn about_others() -> Vec<Value> {
    let person = json!({"name": CONTACT_NAME, "mobile": CONTACT_MOBILE, "account": "cnrystranger", "open_id": OPEN_ID});
    let field = |value: Value| {
        let fields = ["open_id", "token", "is_in", "state", "type", "request_delay", "pic_captcha", "reason"];
        Value::Object(fields.iter().map(|name| ((*name).to_owned(), value.clone())).collect())
    };
    let bank = |value: Value| {
        let fields = ["loginTypes", "login_types", "bankName", "disable", "inputs", "entryType"];
        json!([Value::Object(fields.iter().map(|name| ((*name).to_owned(), value.clone())).collect())])
    };
    let wrong = [
        person.clone(),
        json!([person]),
        json!([[person]]),
        json!("cnrystranger"),
        json!(13_970_718_293_i64),
        json!(true),
        json!(["cnrystranger", CONTACT_NAME]),
        json!({CONTACT_MOBILE: CONTACT_NAME, "state": 1}),
        field(json!("cnrystranger")),
        field(json!([CONTACT_NAME])),
        field(json!({"cnrystranger": CONTACT_NAME})),
        // Unknown states and types are numbers that print as themselves, so there are none here.
        json!({"open_id": 13_970_718_293_i64, "token": 13_970_718_293_i64, "is_in": 13_970_718_293_i64}),
        json!({"state": 1, "pic_captcha": 13_970_718_293_i64, "reason": 13_970_718_293_i64}),
        json!({"state": 1.397_071_829_3, "message": 13_970_718_293_i64}),
        bank(json!("cnrystranger")),
        bank(json!({"cnrystranger": CONTACT_NAME})),
        json!([{"state": 1, "reason": null}, person]),
    ];
    let mut answers: Vec<Value> =
        wrong.iter().map(|data| json!({"body": {"code": 0, "msg": "ok", "data": data}})).collect();
    // Sound, with members that nobody knows, one named by a number.
    answers.push(json!({"body": {"code": 0, "data": {
        "open_id": OPEN_ID, "state": 1, "is_in": false, "token": "cnryissuedtoken", CONTACT_MOBILE: CONTACT_NAME,
        CONTACT_NAME: 1, "名字": CONTACT_NAME, "account": "cnrystranger",
    }}}));
    for text in [
        format!(
            "{{\"code\": 0, \"data\": {{\"name\": \"{CONTACT_NAME}\", \"account\": \"cnrystranger\", \"mobile\": {CONTACT_MOBILE}"
        ),
        format!("{{'code': 0, 'data': {{'name': '{CONTACT_NAME}', 'account': 'cnrystranger'}}}}"),
        format!("{{code: 0, name: cnrystranger, mobile: {CONTACT_MOBILE}}}"),
        format!("[\"{CONTACT_NAME}\", \"cnrystranger"),
        "\"cnrystranger \\\" cnrystranger".to_owned(),
        format!("<p>{CONTACT_NAME} {CONTACT_MOBILE}</p>"),
        format!("{CONTACT_MOBILE}: {CONTACT_NAME}"),
        "<b>Warning</b>: not found\n{\"code\": 0, \"data\": {\"account\": \"cnrystranger\"}}".to_owned(),
    ] {
        answers.push(json!({"text": text}));
        answers.push(json!({"status": 503, "text": text}));
    }
    answers
}

#[test]
fn nothing_shows_whatever_the_vendor_answers() {
    let vendor = Vendor::start();
    vendor.client.call("blacklist.search", of("blacklist.search").expect("parameters")).expect("a token");
    let token = vendor.learn().pop().expect("a token");
    let once = vendor.client.with_options(CallOptions::new().max_retries(0));
    for entry in registry::entries() {
        let id = entry.info.id;
        call(&vendor.client, id, "answered by the sandbox");
        let echoes = echoes(id, entry.info.auth, &token);
        for answer in echoing(&echoes).into_iter().chain(about_others()) {
            // For the call by its id, and for the one by its type.
            let script = json!({"match": {"endpoint": id}, "answers": [answer, answer]});
            vendor.sandbox.script(script).expect("a script");
            call(&once, id, "answered by a script");
        }
    }
    vendor.learn();
    assert!(cage().count("tracing qiancheng") > 100, "the library's own events were heard");
    assert!(cage().count("an event") > 100);
    cage().assert_tight();
}

#[test]
fn nothing_shows_however_the_connection_breaks() {
    let vendor = Vendor::start();
    let hasty =
        vendor.client.with_options(CallOptions::new().attempt(Duration::from_millis(20)).max_retries(0));
    let faults = [
        "reset",
        "close",
        "processed_but_lost",
        "truncate_body",
        "truncate_gzip",
        "wrong_length",
        "html_502",
        "broken_json",
        "service_unavailable",
    ];
    for entry in registry::entries() {
        let id = entry.info.id;
        for fault in faults {
            let rule = json!({"match": {"endpoint": id}, "times": 4, "fault": {"kind": fault}});
            vendor.sandbox.add_faults(rule).expect("a rule");
            call(&vendor.client, id, fault);
            vendor.sandbox.clear_faults();
        }
        let late = json!({"match": {"endpoint": id}, "times": 1, "fault": {"kind": "latency", "ms": 500}});
        vendor.sandbox.add_faults(late).expect("a rule");
        let error: Error = hasty.call(id, of(id).expect("parameters")).expect_err("late");
        cage().error(&format!("{id}, late"), &error);
        vendor.sandbox.clear_faults();
    }
    vendor.sandbox.revoke_tokens();
    let rule =
        json!({"match": {"endpoint": "blacklist.search"}, "times": 2, "fault": {"kind": "token_refused"}});
    vendor.sandbox.add_faults(rule).expect("a rule");
    call(&vendor.client, "blacklist.search", "token refused");
    vendor.learn();
    cage().assert_tight();
}

#[test]
fn nothing_shows_of_calls_by_path() {
    let vendor = Vendor::start();
    let mut params = of("blacklist.search").expect("parameters");
    params["token"] = Value::Null;
    params["password"] = "p&<\"cnrybankpassword".into();
    for path in ["/blacklist/search/single", "/no/such/path", "no path", "/path?with=query"] {
        hear(path, vendor.client.call_path(Method::POST, path, params.clone()), |place, answer| {
            cage().debug(place, answer);
        });
    }
    hear("a list", vendor.client.call_path(Method::POST, "/x", json!(["cnrystranger"])), |_, _| ());
    hear("a number", vendor.client.call("blacklist.search", json!(MOBILE)), |_, _| ());
    cage().debug("statistics", &vendor.client.stats());
    cage().json("statistics", &vendor.client.stats());
    vendor.learn();
    cage().assert_tight();
}
