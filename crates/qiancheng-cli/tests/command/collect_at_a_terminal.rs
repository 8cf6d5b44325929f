//! `qiancheng collect` with somebody at a terminal.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::{ID_CARD, MOBILE, NAME, SandboxProcess, Terminal, json};

/// Fast polls, and everything about the person on the command line.
const PERSON: [&str; 8] =
    ["--poll-interval", "0.02", "--name", NAME, "--id-card", ID_CARD, "--mobile", MOBILE];

fn arguments<'a>(kind: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["collect", kind][..], more].concat()
}

fn read(path: &Path) -> serde_json::Value {
    json(&std::fs::read_to_string(path).expect("a file"))
}

#[test]
fn telecom_asks_for_everything_and_echoes_no_password() {
    let sandbox = SandboxProcess::start();
    let directory = tempfile::tempdir().expect("a directory");
    let out = directory.path().join("data");
    let out_text = out.to_str().expect("UTF-8");
    let mut terminal = Terminal::run(
        &sandbox.environment(),
        &arguments("telecom", &["--poll-interval", "0.02", "--out", out_text]),
        None,
    );
    terminal.expect("姓名");
    terminal.type_line(NAME);
    terminal.expect("身份证号");
    // The check character is sent in upper case, whatever is typed.
    terminal.type_line("11010519491231002x");
    terminal.expect("手机号");
    terminal.type_line(MOBILE);
    terminal.expect("服务密码");
    terminal.type_line("a-secret-of-the-borrower");
    terminal.expect("请输入短信验证码");
    let process = format!("/proc/{}/cmdline", terminal.child.id());
    let cmdline = std::fs::read_to_string(process).expect("a running process");
    assert!(cmdline.contains("telecom") && !cmdline.contains("a-secret-of-the-borrower"));
    terminal.type_line("000000");
    terminal.expect("The last answer was wrong");
    terminal.expect("请输入短信验证码");
    terminal.type_line("");
    terminal.expect("请输入短信验证码");
    terminal.type_line("r");
    terminal.expect("请输入短信验证码");
    terminal.type_line("123456");
    assert_eq!(terminal.end(), 0, "{}", terminal.text());

    let shown = terminal.text();
    assert!(!shown.contains("a-secret-of-the-borrower"), "{shown}");
    assert!(shown.contains("123456"), "a captcha is shown as it is typed");
    assert!(shown.contains("21 STATE_CAPTCHA_REQUIRED 需要验证码") && shown.contains("43 STATE_DATA_READY"));
    assert!(shown.contains("left"), "the time that is left is shown");
    assert!(sandbox.journal().iter().any(|entry| entry["endpoint"] == "telecom.resend_captcha"));
    assert!(read(&out.join("raw.json"))["transactions"].is_array());
    assert!(read(&out.join("report.json"))["report"].is_object());
    let mode = |path: &Path| std::fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
    assert_eq!(
        (mode(&out), mode(&out.join("raw.json")), mode(&out.join("report.json"))),
        (0o700, 0o600, 0o600)
    );
}

#[test]
fn degree_prints_raw_data_on_stdout() {
    let sandbox = SandboxProcess::start();
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("stdout");
    let mut terminal = Terminal::run(&sandbox.environment(), &arguments("degree", &PERSON), Some(&file));
    terminal.expect("学信网账号");
    terminal.type_line("zhangsan");
    terminal.expect("学信网密码");
    terminal.type_line("another-secret");
    assert_eq!(terminal.end(), 0, "{}", terminal.text());
    assert!(!terminal.text().contains("another-secret"));
    assert!(read(&file)["student_info_list"].is_array());
}

/// Where the picture is that is shown now.
fn picture_shown(terminal: &mut Terminal) -> String {
    terminal.expect("The picture is in ");
    terminal.expect(".png");
    let shown = terminal.text();
    let path = shown.rsplit("The picture is in ").next().and_then(|rest| rest.split(".png").next());
    format!("{}.png", path.expect("a path"))
}

#[test]
fn ebank_lets_a_bank_be_chosen_and_shows_the_picture() {
    let sandbox = SandboxProcess::start_with(&["--request-delay", "0"]);
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("stdout");
    let mut terminal = Terminal::run(&sandbox.environment(), &arguments("ebank", &PERSON), Some(&file));
    terminal.expect("招商银行");
    terminal.expect("银行接口维护中");
    terminal.expect("编号");
    terminal.type_line("99");
    terminal.expect("Enter a number from 1");
    terminal.expect("编号");
    terminal.type_line("4");
    terminal.expect("out of service");
    terminal.expect("编号");
    terminal.type_line("1");
    terminal.expect("身份证号");
    terminal.type_line(ID_CARD);
    terminal.expect("登录密码");
    terminal.type_line("picture");
    terminal.expect("▀");
    let path = picture_shown(&mut terminal);
    assert_eq!(std::fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
    terminal.expect("请输入图片中的验证码");
    terminal.type_line("1");
    terminal.expect("The last answer was wrong");
    assert!(!Path::new(&path).exists(), "the picture goes when it is answered");
    let path = picture_shown(&mut terminal);
    terminal.expect("请输入图片中的验证码");
    terminal.type_line("8642");
    assert_eq!(terminal.end(), 0, "{}", terminal.text());
    assert!(!Path::new(&path).exists(), "the picture goes when it is answered");
    assert!(read(&file).is_object());
}

#[test]
fn ebank_v2_logs_in_after_the_opening() {
    let sandbox = SandboxProcess::start();
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("stdout");
    let more = [&PERSON[..], &["--entry-id", "icbc-user", "--login-name", "zhangsan"]].concat();
    let mut terminal = Terminal::run(&sandbox.environment(), &arguments("ebank-v2", &more), Some(&file));
    terminal.expect("licence of provider");
    terminal.expect("登录密码");
    terminal.type_line("dynamic");
    terminal.expect("请输入银行动态口令");
    terminal.type_line("135790");
    assert_eq!(terminal.end(), 0, "{}", terminal.text());
    assert!(read(&file).is_object());
}

#[test]
fn a_bank_without_passwords_asks_for_none() {
    let sandbox = SandboxProcess::start();
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("stdout");
    let more = [&PERSON[..], &["--entry-id", "citic-mobile", "--login-name", MOBILE]].concat();
    let mut terminal = Terminal::run(&sandbox.environment(), &arguments("ebank-v2", &more), Some(&file));
    terminal.expect("请输入短信验证码");
    terminal.type_line("123456");
    assert_eq!(terminal.end(), 0, "{}", terminal.text());
    assert!(!terminal.text().contains("登录密码"));
}

#[test]
fn the_merchants_password_is_asked_for_without_echo() {
    let sandbox = SandboxProcess::start();
    let environment: Vec<_> =
        sandbox.environment().into_iter().filter(|(name, _)| *name != "QIANCHENG_PASSWORD").collect();
    let mut terminal = Terminal::run(&environment, &["call", "auth.token"], None);
    terminal.expect("商户密码");
    terminal.type_line(sandbox.text("password"));
    terminal.expect("\"token\"");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.text().contains(sandbox.text("password")));
}

#[test]
fn ctrl_c_at_a_password_is_an_error_like_every_other() {
    let sandbox = SandboxProcess::start();
    let mut terminal = Terminal::run(&sandbox.environment(), &arguments("telecom", &PERSON), None);
    terminal.expect("服务密码");
    terminal.type_line("\u{3}");
    assert_eq!(terminal.end(), 4);
    let shown = terminal.text();
    assert!(shown.contains("\"kind\":\"Cancelled\""), "{shown}");
    assert!(!sandbox.journal().iter().any(|entry| entry["endpoint"] == "telecom.open_id"));
}
