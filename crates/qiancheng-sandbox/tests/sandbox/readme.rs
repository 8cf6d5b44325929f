//! The README's shell example does what it says. (Its Rust example is a documentation test.)

use std::process::Command;

use qiancheng_sandbox::{Sandbox, SandboxConfig};

#[test]
fn the_shell_example_runs() {
    let readme = include_str!("../../README.md");
    let example = readme.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let present = |program: &str| Command::new(program).arg("--version").output().is_ok();
    if !(present("bash") && present("curl")) {
        // Documented for machines that have both.
        return;
    }
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let output = Command::new("bash")
        .args(["-euo", "pipefail", "-c", example])
        .env("BASE_URL", sandbox.base_url())
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    for part in [
        r#"{"code":0,"msg":"","data":{"open_id":""#,
        r#"{"added":1}"#,
        "502 Bad Gateway",
        r#""now":"#,
        r#""contact_tel":"13900139000""#,
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
}
