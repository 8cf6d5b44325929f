//! Replays one case and says in what it differs.

use std::time::Duration;

use qiancheng::blocking::Client;
use qiancheng::{CallOptions, Padding, TextEncoding, WireFormat};
use qiancheng_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::case::Case;
use crate::compare;

/// Everything in which a case differs from what it says; nothing if it holds.
pub(crate) fn replay(sandbox: &Sandbox, case: &Case) -> Vec<String> {
    sandbox.reset();
    script(sandbox, &case.endpoint, &case.answer);
    script(sandbox, "auth.token", &case.token_answer);

    let result = client(sandbox, case).call(&case.endpoint, case.params.clone());

    let journal = sandbox.journal();
    let mut differences = compare::outcome(case, &result);
    differences.extend(compare::requests(case, sandbox, &journal));
    differences
}

fn script(sandbox: &Sandbox, endpoint: &str, answers: &[Value]) {
    if !answers.is_empty() {
        let script = json!({"match": {"endpoint": endpoint}, "answers": answers});
        sandbox.script(script).expect("a script the sandbox takes");
    }
}

fn client(sandbox: &Sandbox, case: &Case) -> Client {
    let config = &case.config;
    let mut builder = Client::builder()
        .base_url(sandbox.base_url())
        .account(sandbox.username(), sandbox.password())
        .audit_public_key(sandbox.audit_public_key_pem())
        .backoff(Duration::from_millis(1), Duration::from_millis(1));
    if let Some(format) = &config.body_format {
        builder = builder.wire_format(match format.as_str() {
            "form" => WireFormat::Form,
            "json" => WireFormat::Json,
            other => panic!("{}: there is no body format {other}", case.name),
        });
    }
    if let Some(validate) = config.validate {
        builder = builder.validate(validate);
    }
    if let Some(retries) = config.max_retries {
        builder = builder.max_retries(retries);
    }
    for (endpoint, path) in &config.paths {
        builder = builder.path(endpoint, path);
    }
    if let Some(padding) = &config.audit.padding {
        builder = builder.audit_padding(Padding::from_name(padding).expect("a padding"));
    }
    if let Some(encoding) = &config.audit.encoding {
        builder = builder.audit_encoding(TextEncoding::from_name(encoding).expect("an encoding"));
    }
    if let Some(bytes) = config.max_answer_bytes {
        builder = builder.max_answer_bytes(bytes);
    }
    if let Some(hours) = config.token_hours {
        builder = builder.token_hours(hours);
    }
    let client = builder.build_blocking().expect("a client");
    match config.attempt_timeout_ms {
        Some(milliseconds) => {
            client.with_options(CallOptions::new().attempt(Duration::from_millis(milliseconds)))
        }
        None => client,
    }
}
