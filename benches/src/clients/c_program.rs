//! The released C library, by a program in C (`benches/c/lookups.c`) in a process of its own: no other language's call is in what
//! it takes, and the bench needs no unsafe code. It measures itself, by the clocks that the harness takes.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::harness::Sample;
use crate::server::Server;
use crate::{Result, vendor};

/// The program, with a warm connection and a token; ends with this value.
pub(crate) struct CProgram {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl CProgram {
    /// Starts it on the processors that this thread may use.
    pub(crate) fn start(program: &Path, server: &Server) -> Result<Self> {
        let mut process = Command::new(program)
            .args([&server.url(""), vendor::USERNAME, vendor::PASSWORD])
            .args([vendor::NAME, vendor::ID_CARD, vendor::MOBILE])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let input = process.stdin.take().ok_or("the program has no input")?;
        let output = BufReader::new(process.stdout.take().ok_or("the program has no output")?);
        Ok(Self { process, input, output })
    }

    /// So many lookups, shared among threads; what one of them took.
    pub(crate) fn look_up(&mut self, threads: usize, units: u32) -> Result<Sample> {
        writeln!(self.input, "{threads} {units}")?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        let mut seconds = line.split_ascii_whitespace().map(str::parse::<f64>);
        let (Some(Ok(cpu)), Some(Ok(wall))) = (seconds.next(), seconds.next()) else {
            return Err(format!("the program said {line:?}").into());
        };
        Ok(Sample { cpu: cpu / f64::from(units), wall: wall / f64::from(units) })
    }
}

impl Drop for CProgram {
    fn drop(&mut self) {
        // One that is at rest ends with its input, one that hangs does not.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
