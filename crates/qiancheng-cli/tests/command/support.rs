//! A sandbox in a process of its own, the command against it, and a terminal for it to run at.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use pty_process::Size;
use pty_process::blocking::Pty;
use serde_json::Value;

pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_qiancheng");
pub(crate) const NAME: &str = "张三";
pub(crate) const ID_CARD: &str = "11010519491231002X";
pub(crate) const MOBILE: &str = "13800138001";

/// Nothing here takes longer, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running `qiancheng sandbox`.
pub(crate) struct SandboxProcess {
    pub(crate) child: Child,
    pub(crate) ready: Value,
}

impl SandboxProcess {
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    pub(crate) fn start_with(arguments: &[&str]) -> Self {
        let mut child = Command::new(BINARY)
            .arg("sandbox")
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the sandbox starts");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("a pipe")).read_line(&mut line).expect("a line");
        let ready = serde_json::from_str(&line).expect("the ready line is JSON");
        Self { child, ready }
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        self.ready[name].as_str().expect("a text")
    }

    /// The settings that lead to this sandbox.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("QIANCHENG_BASE_URL", self.text("base_url").to_owned()),
            ("QIANCHENG_USERNAME", self.text("username").to_owned()),
            ("QIANCHENG_PASSWORD", self.text("password").to_owned()),
            ("QIANCHENG_AUDIT_PUBLIC_KEY", self.text("audit_public_key").to_owned()),
        ]
    }

    /// The command with these arguments, set up for this sandbox.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = bare(arguments);
        command.envs(self.environment());
        command
    }

    /// Runs the command to its end, with this on its stdin.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>, stdin: &str) -> Output {
        run(self.command(arguments), stdin)
    }

    /// Every request that the sandbox has seen.
    pub(crate) fn journal(&self) -> Vec<Value> {
        let answer = self.control("GET", "journal", &Value::Null);
        answer["entries"].as_array().expect("a list").clone()
    }

    /// Speaks to the sandbox's control plane.
    fn control(&self, method: &str, path: &str, body: &Value) -> Value {
        let address = self.text("base_url").trim_start_matches("http://");
        let body = body.to_string();
        let request = format!(
            "{method} /__sandbox/{path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(address).expect("the sandbox listens");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
        json(body)
    }

    pub(crate) fn fault(&self, endpoint: &str, times: u32, fault: &Value) {
        let rule = serde_json::json!({"match": {"endpoint": endpoint}, "times": times, "fault": fault});
        self.control("POST", "faults", &rule);
    }

    pub(crate) fn script(&self, script: &Value) {
        self.control("POST", "script", script);
    }
}

impl Drop for SandboxProcess {
    fn drop(&mut self) {
        // It may have ended already, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The command without any settings.
pub(crate) fn bare<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(BINARY);
    command.args(arguments).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

/// Runs a command to its end.
pub(crate) fn run(mut command: Command, stdin: &str) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    // It may end without having read anything.
    let _ = pipe.write_all(stdin.as_bytes());
    drop(pipe);
    child.wait_with_output().expect("the command ends")
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// The error on the last line of stderr, and the exit code with it.
pub(crate) fn error(output: &Output) -> (i32, Value) {
    let text = String::from_utf8(output.stderr.clone()).expect("UTF-8");
    let last = text.lines().last().unwrap_or_default();
    let error: Value = serde_json::from_str(last).unwrap_or_else(|_| panic!("no JSON at the end of: {text}"));
    for name in ["kind", "code", "message", "endpoint", "http_status", "retryable", "outcome", "attempts"] {
        assert!(error.get(name).is_some(), "{name} is missing in {error}");
    }
    (output.status.code().expect("not ended by a signal"), error)
}

pub(crate) fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// The command at a terminal that echoes what is typed.
pub(crate) struct Terminal {
    pub(crate) child: Child,
    pty: Arc<Pty>,
    bytes: Receiver<Vec<u8>>,
    /// Everything that was shown so far.
    pub(crate) shown: Vec<u8>,
    /// How much of it has been looked at.
    read: usize,
}

impl Terminal {
    /// Runs the command; its stdout goes to a file if one is given, else to the terminal.
    pub(crate) fn run(
        environment: &[(&'static str, String)],
        arguments: &[&str],
        stdout: Option<&Path>,
    ) -> Self {
        let (pty, pts) = pty_process::blocking::open().expect("a terminal");
        pty.resize(Size::new(50, 120)).expect("a size");
        let mut command = pty_process::blocking::Command::new(BINARY)
            .args(arguments)
            .env_clear()
            .env("TERM", "xterm")
            .env("LANG", "zh_CN.UTF-8")
            .envs(environment.iter().map(|(name, value)| (*name, value.as_str())));
        if let Some(path) = stdout {
            command = command.stdout(std::fs::File::create(path).expect("a file"));
        }
        let child = command.spawn(pts).expect("the command starts");
        let pty = Arc::new(pty);
        let (tell, bytes) = channel();
        let reader = Arc::clone(&pty);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            // The terminal's other end closes with an error, or with nothing.
            while let Ok(count @ 1..) = (&*reader).read(&mut buffer) {
                if tell.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { child, pty, bytes, shown: Vec::new(), read: 0 }
    }

    /// Waits until a text is shown, behind what was looked at before.
    pub(crate) fn expect(&mut self, text: &str) {
        loop {
            let unread = &self.shown[self.read..];
            if let Some(at) = unread.windows(text.len()).position(|window| window == text.as_bytes()) {
                self.read += at + text.len();
                return;
            }
            match self.bytes.recv_timeout(PATIENCE) {
                Ok(bytes) => self.shown.extend(bytes),
                Err(reason) => panic!("{text:?} is not shown ({reason}): {}", self.text()),
            }
        }
    }

    /// Types a line.
    pub(crate) fn type_line(&self, line: &str) {
        (&*self.pty).write_all(format!("{line}\n").as_bytes()).expect("typed");
    }

    /// Waits for the end, and gives the exit code.
    pub(crate) fn end(&mut self) -> i32 {
        while let Ok(bytes) = self.bytes.recv_timeout(PATIENCE) {
            self.shown.extend(bytes);
        }
        self.child.wait().expect("it ends").code().expect("not ended by a signal")
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.shown).into_owned()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
