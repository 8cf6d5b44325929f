//! What the command says of itself, and that it is true.

use std::process::Command;

use crate::support::{BINARY, bare, json, run, stdout};

const COMMANDS: [&str; 7] = ["call", "collect", "endpoints", "tables", "demo", "sandbox", "completions"];

fn help(arguments: &[&str]) -> String {
    let output = run(bare(arguments), "");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    stdout(&output)
}

#[test]
fn every_command_explains_itself_with_examples() {
    for command in COMMANDS {
        let text = help(&[command, "--help"]);
        let examples = text.split("Examples").nth(1).expect(command);
        let shown = examples.lines().filter(|line| line.trim_start().starts_with("qiancheng ")).count();
        assert!(shown >= 2, "{command} has examples:\n{text}");
        for part in ["Exit codes:", "Environment:", "QIANCHENG_PASSWORD", "There is no --password"] {
            assert!(text.contains(part), "{command} says {part}");
        }
        // Help that wraps an example breaks it for whoever pastes it.
        assert!(examples.lines().all(|line| line.chars().count() <= 80), "{command}:\n{text}");
        assert!(help(&[command, "-h"]).len() < text.len());
    }
    let text = help(&["--help"]);
    assert!(COMMANDS.iter().all(|command| text.contains(command)));
    assert!(help(&["--version"]).starts_with("qiancheng "));
}

/// The commands under "Examples", as they are printed.
pub(crate) fn examples(command: &str) -> String {
    let text = help(&[command, "--help"]);
    let (_, rest) =
        text.split_once("\nExamples").and_then(|(_, rest)| rest.split_once('\n')).expect("examples");
    rest.split("\n\n").next().expect("an end").to_owned()
}

/// Runs a script in a directory, with the command in the path.
pub(crate) fn run_script(script: &str, directory: &std::path::Path) -> std::process::Output {
    let binaries = std::path::Path::new(BINARY).parent().expect("a directory").to_owned();
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(binaries).chain(std::env::split_paths(&paths));
    let path = std::env::join_paths(paths).expect("a path");
    let output = Command::new("sh")
        .args(["-eu", "-c", script])
        .current_dir(directory)
        .env("PATH", path)
        .output()
        .expect("a shell");
    assert!(output.status.success(), "{script}\n{}", String::from_utf8_lossy(&output.stderr));
    output
}

#[test]
fn the_examples_work() {
    let directory = tempfile::tempdir().expect("a directory");
    for command in ["call", "endpoints"] {
        let output = run_script(&examples(command), directory.path());
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_examples_of_a_collection_without_a_terminal_work() {
    let script = examples("collect");
    let from = script.find("  echo 123456").expect("the example");
    let piped = script[from..].split("\n  #").next().expect("its end").replace("qiancheng", BINARY);
    let output = Command::new("sh").args(["-eu", "-c", &piped]).output().expect("a shell");
    assert!(output.status.success(), "{piped}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(stdout(&output).lines().last().is_some_and(|line| json(line)["step"] == "data"));
}

#[test]
fn completions_are_produced_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = help(&["completions", shell]);
        assert!(COMMANDS.iter().all(|command| script.contains(command)), "{shell}");
        assert!(script.contains("base-url"), "{shell}");
    }
}

#[test]
fn endpoints_are_listed_with_their_parameters() {
    let short = help(&["endpoints"]);
    assert!(short.contains("telecom.open_id") && short.contains("§3.1.1"));
    assert!(short.contains("name id_card mobile service_password [options]"));
    let full = help(&["endpoints", "risk.result"]);
    assert!(full.contains("GET /risk-model/audit/result") && full.contains("open_id  required"));
    let listed = json(&help(&["endpoints", "--json", "telecom."]));
    assert_eq!(listed.as_array().map(Vec::len), Some(8));
    assert_eq!(listed[0]["parameters"][0]["name"], "name");
    let unknown = run(bare(["endpoints", "telecom.openid"]), "");
    assert_eq!(unknown.status.code(), Some(2));
}
