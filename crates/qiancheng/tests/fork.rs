//! What a forked child may do with its parent's client: everything; and what that does to the parent: nothing.
//!
//! Each test runs in a process of its own, started from here, so that a hang ends as a failure: that process and its
//! children are killed after a minute. Only a thread that forks lives on in the child, so there is no test harness.
#![allow(clippy::print_stdout, reason = "there is no harness to report")]

#[cfg(unix)]
#[path = "fork/tests.rs"]
mod tests;

#[cfg(unix)]
fn main() {
    use std::process::exit;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [mark, name] = arguments.as_slice()
        && mark == WORKER
    {
        let (_, test) = tests::ALL.iter().find(|(known, _)| known == name).expect("a test");
        return test();
    }
    if arguments.iter().any(|argument| argument == "--list") {
        for (name, _) in tests::ALL {
            println!("{name}: test");
        }
        return;
    }
    // What is no option chooses tests by a part of their names, as with any other test program.
    let wanted: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    let chosen = tests::ALL
        .iter()
        .filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|part| name.contains(*part)));
    let failed: Vec<_> = chosen.filter(|(name, _)| !passes(name)).collect();
    if !failed.is_empty() {
        println!("\n{} tests failed", failed.len());
        exit(1);
    }
}

#[cfg(unix)]
const WORKER: &str = "--worker";

/// Runs one test in a process group of its own.
#[cfg(unix)]
fn passes(name: &str) -> bool {
    use std::os::unix::process::CommandExt;
    use std::process::Command;
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    const LONGEST: Duration = Duration::from_secs(60);

    let mut worker = Command::new(std::env::current_exe().expect("this program"))
        .args([WORKER, name])
        .process_group(0)
        .spawn()
        .expect("a process");
    let group = worker.id();
    let (tell, told) = mpsc::channel();
    thread::spawn(move || tell.send(worker.wait()));
    let verdict = match told.recv_timeout(LONGEST) {
        Ok(Ok(status)) if status.success() => "ok".to_owned(),
        Ok(ended) => format!("FAILED: {ended:?}"),
        Err(_) => {
            let killed = Command::new("kill").args(["-KILL", "--", &format!("-{group}")]).status();
            format!("FAILED: still running after {LONGEST:?}; killed: {killed:?}")
        }
    };
    println!("test {name} ... {verdict}");
    verdict == "ok"
}

#[cfg(not(unix))]
fn main() {}
