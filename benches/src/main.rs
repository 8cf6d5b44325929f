//! Measures the client side by side with what a user would pick instead, in one run: the Rust half of `make bench`.
//!
//! `qiancheng-bench` runs every race; `qiancheng-bench call audit` only those named; `--quick` makes few, short
//! rounds; `--only qiancheng` leaves the others out, for a profiler; `--write FILE` keeps what a whole run found; `--c-program FILE`
//! is the contestant of the race `from-c`, which `benches/run` builds. The
//! server is this same program in another process (`serve`), so that its time is not the client's.
#![forbid(unsafe_code)]

mod clients;
mod harness;
mod machine;
mod races;
mod report;
mod server;
mod vendor;

use std::io::Write;

/// Whatever may go wrong here ends the run.
type Failure = Box<dyn std::error::Error + Send + Sync>;
type Result<T> = std::result::Result<T, Failure>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some("serve") = arguments.first().map(String::as_str) {
        return server::serve(arguments.get(1).map(|core| core.parse()).transpose()?);
    }
    let plan = harness::Plan::read(&arguments)?;
    let results = races::run(&plan)?;
    let chapter = report::chapter(&results)?;
    std::io::stdout().lock().write_all(chapter.as_bytes())?;
    if let Some(file) = plan.file() {
        std::fs::write(file, chapter)?;
    }
    Ok(())
}
