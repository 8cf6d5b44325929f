//! The example of the README: it is what both READMEs show, and it does what they say.

use std::path::{Path, PathBuf};
use std::process::Command;

use qiancheng_sandbox::{Sandbox, SandboxConfig};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The example without its first line, which is for those who look into the folder.
fn example() -> String {
    let path = root().join("crates/qiancheng/examples/quick_start.rs");
    let text = std::fs::read_to_string(path).expect("the example");
    text.split_once("\n\n").expect("a first line and the rest").1.to_owned()
}

#[test]
fn both_readmes_show_the_example_and_it_has_fifteen_lines() {
    let example = example();
    assert!(example.lines().count() <= 15, "{} lines", example.lines().count());
    for name in ["README.md", "README.zh-CN.md"] {
        let readme = std::fs::read_to_string(root().join(name)).expect("a README");
        assert!(readme.contains(&format!("```rust\n{example}```")), "{name} shows something else");
    }
}

#[test]
fn the_example_runs_against_the_sandbox() {
    let sandbox = Sandbox::start(SandboxConfig::default()).expect("a sandbox");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--locked", "--package", "qiancheng", "--example", "quick_start"])
        .current_dir(root())
        .env("QIANCHENG_BASE_URL", sandbox.base_url())
        .env("QIANCHENG_USERNAME", sandbox.username())
        .env("QIANCHENG_PASSWORD", sandbox.password())
        .output()
        .expect("the example runs");
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("on the blacklist: false"), "{said}");
    assert!(said.contains("STATE_DATA_READY") || said.contains("Finished"), "{said}");
    assert!(said.contains("raw data: "), "{said}");
}
