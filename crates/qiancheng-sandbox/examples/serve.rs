//! Serves until its standard input ends, and prints where: `cargo run -p qiancheng-sandbox --example serve`.
//!
//! The `qiancheng sandbox` command does the same with options and signals; this is the library alone.

use std::io::{Read, Write, stdin, stdout};

use qiancheng_sandbox::{Sandbox, SandboxConfig};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start(SandboxConfig::default())?;
    let mut line = serde_json::to_vec(sandbox.ready())?;
    line.push(b'\n');
    stdout().write_all(&line)?;
    stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
