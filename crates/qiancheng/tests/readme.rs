//! The examples run, as processes, and say what they should; the README shows the first of them as it is.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use qiancheng_sandbox::{Sandbox, SandboxConfig};

/// What an example prints, given a sandbox and what is typed into it.
#[track_caller]
fn run(example: &str, sandbox: &Sandbox, typed: &str) -> String {
    let mut child = Command::new(binary(example))
        .env("QIANCHENG_BASE_URL", sandbox.base_url())
        .env("QIANCHENG_USERNAME", sandbox.username())
        .env("QIANCHENG_PASSWORD", sandbox.password())
        .env("QIANCHENG_AUDIT_PUBLIC_KEY", sandbox.audit_public_key_pem())
        .env_remove("QIANCHENG_ENV")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example starts");
    // What is not read fits into the pipe.
    child.stdin.take().expect("a pipe").write_all(typed.as_bytes()).expect("typed");
    let output = child.wait_with_output().expect("the example ends");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{example}: {}\n{said}\n{complaint}", output.status);
    for secret in [sandbox.password(), "110101199003070011", "13800138000", "张三", "123789"] {
        assert!(!said.contains(secret), "{example} shows {secret}: {said}");
    }
    said
}

/// `cargo test` builds the examples beside the tests; `cargo test --test readme` alone does not.
fn binary(example: &str) -> PathBuf {
    let test = std::env::current_exe().expect("this test's own path");
    let profile = test.parent().and_then(Path::parent).expect("target/PROFILE/deps");
    let name = format!("{example}{}", std::env::consts::EXE_SUFFIX);
    let path = profile.join("examples").join(name);
    assert!(path.is_file(), "{} is not built: run `cargo build -p qiancheng --examples`", path.display());
    path
}

fn sandbox() -> Sandbox {
    Sandbox::start(SandboxConfig::default()).expect("a sandbox")
}

#[track_caller]
fn assert_says(said: &str, parts: &[&str]) {
    let mut rest = said;
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part:?} does not follow in {said}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn the_readmes_example_runs() {
    let said = run("quick_start", &sandbox(), "123456\n");
    assert_says(
        &said,
        &["on the blacklist: false\n", "STATE_INIT", "NeedsInput", "SmsCaptcha", "Finished", "raw data: "],
    );
    let bytes: usize = said
        .trim_end()
        .rsplit("raw data: ")
        .next()
        .and_then(|rest| rest.strip_suffix(" bytes"))
        .and_then(|number| number.parse().ok())
        .expect("a number of bytes");
    assert!(bytes > 1000, "{said}");
}

#[test]
fn the_readmes_show_the_example_as_it_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let source = include_str!("../examples/quick_start.rs");
    // The lines before the first `use` say how to run it, to those who have the file.
    let shown = &source[source.find("use ").expect("an import")..];
    assert!(shown.lines().count() <= 15, "the README promises fifteen lines");
    for name in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(root.join(name)).expect(name);
        let block = format!("```rust\n{shown}```");
        assert!(text.contains(&block), "{name} does not show examples/quick_start.rs as it is:\n{block}");
    }
}

#[test]
fn a_telecom_session_resends_and_tries_again() {
    let sandbox = sandbox();
    let said = run("telecom_session", &sandbox, "000000\n\n123456\n");
    assert_says(&said, &["(try 1)", "(try 2)", "(try 1)", "done", "raw data: ", "report: "]);
    let sent =
        |endpoint: &str| sandbox.journal().iter().filter(|entry| entry["endpoint"] == endpoint).count();
    assert_eq!((sent("telecom.captcha"), sent("telecom.resend_captcha"), sent("telecom.open_id")), (2, 1, 1));
}

#[test]
fn a_session_is_saved_and_resumed() {
    let said = run("save_and_resume", &sandbox(), "123456\n");
    assert_says(&said, &["saved in ", "waiting for 1-sms_captcha", "raw data: "]);
}

#[test]
fn a_list_is_screened_in_order() {
    let list =
        "李四,110101199003070011,13800138001\n李四,110101199003070011,13900134444\nhalf a line\n李四,1,2\n";
    let said = run("screen_a_list", &sandbox(), list);
    let expected = [
        "1: 李* 138****8001 is not\n",
        "2: 李* 139****4444 is on the blacklist\n",
        "3: not name,id_card,mobile\n",
        "4: 李* ****: InvalidInput at blacklist.search",
        "/id_card",
        "3 calls, 1 tokens fetched\n",
    ];
    assert_says(&said, &expected);
}

#[test]
fn an_audit_is_decided() {
    let sandbox = sandbox();
    let said = run("risk_audit", &sandbox, "");
    assert_says(&said, &["submitted: ", "…\n", "advised: pass\n"]);
    let journal = sandbox.journal();
    let audit = journal.iter().find(|entry| entry["endpoint"] == "risk.audit").expect("an audit");
    assert_eq!(audit["audit_data"]["order_detail"]["amount"], 100_000);
}
