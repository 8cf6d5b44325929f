//! `qiancheng demo`: a synthetic applicant all the way, told so that a risk analyst can follow.

mod application;
mod figures;
mod ledger;
mod page;
mod records;
mod screening;
mod story;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use qiancheng::blocking::Client;
use qiancheng_sandbox::{Sandbox, SandboxConfig, Verdicts};

use crate::arguments::help;
use crate::failure::{Failure, Result};
use crate::output;

use ledger::Ledger;

/// Take a synthetic applicant all the way, and tell the story
///
/// Starts a sandbox in this process, on a real socket, and does what a lender's server does: a token, the blacklist, a telecom
/// session with its SMS captcha, raw data and report, key figures from both, and a risk audit that is encrypted, submitted and
/// decided. On the way a gateway fails once and an answer is lost once, to show what is sent again and what never. Nothing
/// leaves this machine, and nobody in it exists.
#[derive(Debug, Args)]
#[command(after_long_help = help!("Examples:
  qiancheng demo
  qiancheng demo --seed 11 --out /tmp/demo
  # Screen a population, and print a table
  qiancheng demo --applicants 20"))]
pub(crate) struct Demo {
    /// Seed of the synthetic people: same seed, same story
    #[arg(long, value_name = "N", default_value_t = 7)]
    seed: u64,

    /// Also screen this many synthetic applicants, and print a table
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    applicants: Option<u32>,

    /// Where raw_data.json and report.json of the applicant go
    #[arg(long, value_name = "DIR", default_value = "demo-output")]
    out: PathBuf,
}

/// The sandbox moves a step with each poll; so that the story can be watched, not at once.
const POLL_INTERVAL: Duration = Duration::from_millis(150);

impl Demo {
    pub(crate) fn run(self) -> Result<()> {
        output::private_directory(&self.out)?;
        let config = SandboxConfig { seed: self.seed, verdicts: Verdicts::Risk, ..SandboxConfig::default() };
        let sandbox = Sandbox::start(config)
            .map_err(|error| Failure::config(format!("the sandbox does not start: {error}")))?;
        story::tell(&sandbox, self.seed, &self.out)?;
        if let Some(count) = self.applicants {
            screening::screen(&sandbox, self.seed, count)?;
        }
        Ok(())
    }
}

/// A client of the sandbox, and a record of what it sends.
fn client(sandbox: &Sandbox, poll_interval: Duration) -> Result<(Client, Arc<Ledger>)> {
    let ledger = Arc::new(Ledger::default());
    let writes = Arc::clone(&ledger);
    let client = Client::builder()
        .base_url(sandbox.base_url())
        .account(sandbox.username(), sandbox.password())
        .audit_public_key(sandbox.audit_public_key_pem())
        .poll_interval(poll_interval)
        .on_event(move |event| writes.write(event))
        .build_blocking()?;
    Ok((client, ledger))
}
