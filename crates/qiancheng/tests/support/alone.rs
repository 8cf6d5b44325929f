//! Runs a test's body in a process of its own: for what a process has only one of (environment, memory, descriptors).

use std::env;
use std::process::Command;

const MARK: &str = "QIANCHENG_TEST_ALONE";

/// In the test runner: starts this test alone in a new process, with these variables, and fails if it fails.
/// In that process: runs the body.
pub(crate) fn alone(test: &str, variables: &[(&str, &str)], body: impl FnOnce()) {
    if env::var(MARK).is_ok_and(|marked| marked == test) {
        body();
        return;
    }
    let mut command = Command::new(env::current_exe().expect("this program"));
    command.args([test, "--exact", "--nocapture", "--test-threads=1"]).env(MARK, test);
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"] {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output().expect("a process");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{test}, alone: {}\n{said}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A variable that the test runner gave this process.
pub(crate) fn given(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("{name} was not given"))
}

/// A line of `/proc/self/status`, in KiB.
#[cfg(target_os = "linux")]
pub(crate) fn memory(line: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("/proc");
    let found = status.lines().find_map(|text| text.strip_prefix(line)?.strip_prefix(':')).expect("the line");
    found.trim().trim_end_matches(" kB").trim().parse().expect("a number")
}

/// How many file descriptors this process has open.
#[cfg(target_os = "linux")]
pub(crate) fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").expect("/proc").count()
}
