//! Measures the client side by side with what a user would pick instead, in one run, and writes `RESULTS.md`.
//!
//! `qiancheng-bench` runs every race; `qiancheng-bench call audit` only those named; `--quick` makes few, short
//! rounds and writes nothing; `--only ours` leaves the others out, for a profiler. The server is this same
//! program in another process (`serve`), so that its time is not the client's.
#![forbid(unsafe_code)]

mod clients;
mod harness;
mod machine;
mod races;
mod report;
mod server;
mod vendor;

use std::io::Write;
use std::path::Path;

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
    let page = report::page(&results)?;
    std::io::stdout().lock().write_all(page.as_bytes())?;
    if plan.is_whole() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("RESULTS.md"), page)?;
    }
    Ok(())
}
