//! `qiancheng sandbox`: plays the vendor until it is told to stop.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use qiancheng_sandbox::{AuditKey, Sandbox, SandboxConfig, Verdicts};

use crate::arguments::help;
use crate::failure::{Failure, Result};
use crate::{instant, interrupt, output};

/// Play the vendor on a local port
///
/// Every endpoint, synthetic people, faults, and a clock.
///
/// When it serves it prints one JSON line, `{"base_url", "username", "password", "audit_public_key"}`; it stops on
/// SIGINT or SIGTERM. What a session does is chosen by its password (`direct`, `captcha_x2`, `query_password`,
/// `captcha_then_query`, `picture`, `dynamic`, `restart`, `wrong`, `fail`, `slow_N`; anything else asks for one SMS
/// captcha). Right answers: SMS captcha 123456, query password 654321, picture 8642, dynamic password 135790. Mobile numbers
/// that end in 4444 are blacklisted. Give it synthetic people only: its journal keeps every request in clear.
#[derive(Debug, Args)]
#[command(after_long_help = help!("Examples:
  qiancheng sandbox --listen 127.0.0.1:8800 --seed 7
  # In another terminal
  export QIANCHENG_BASE_URL=http://127.0.0.1:8800
  export QIANCHENG_USERNAME=demo QIANCHENG_PASSWORD=demo-password
  qiancheng call blacklist.search --params '{\"name\": \"张三\",
    \"id_card\": \"11010519491231002X\", \"mobile\": \"13800134444\"}'
  curl -sS http://127.0.0.1:8800/__sandbox/journal
  # The next call meets a broken gateway
  curl -sS http://127.0.0.1:8800/__sandbox/faults \\
    -d '{\"times\": 1, \"fault\": {\"kind\": \"html_502\"}}'"))]
pub(crate) struct SandboxOptions {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,

    /// Allow an address other than loopback
    #[arg(long)]
    allow_remote: bool,

    /// Seed of the synthetic data: same seed and applicant, same bytes
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// Move sessions by the clock, a step a second, in place of a step a poll
    #[arg(long)]
    realtime: bool,

    /// A further merchant; each sees its own sessions only
    #[arg(long = "merchant", value_name = "NAME:PASSWORD", value_parser = merchant)]
    merchants: Vec<(String, String)>,

    /// Seconds that e-bank states ask to wait between polls
    #[arg(long, value_name = "SECONDS", default_value_t = SandboxConfig::default().request_delay)]
    request_delay: u32,

    /// How audits end
    #[arg(long, value_enum, default_value_t = VerdictRule::Fixed)]
    verdicts: VerdictRule,

    /// Date data by this time (2026-01-15 10:00:00, Beijing time, or RFC 3339) and let the clock stand there
    #[arg(long, value_name = "TIME", value_parser = instant::parse)]
    as_of: Option<Timestamp>,

    /// The audit key: `published` with the sandbox, `generated`, or a file with a private key in PEM
    #[arg(long, value_name = "published|generated|FILE", default_value = "published")]
    audit_key: String,

    /// Largest request body that is taken
    #[arg(long, value_name = "BYTES", default_value_t = SandboxConfig::default().max_body_bytes)]
    max_body_bytes: usize,

    /// How many requests the journal keeps
    #[arg(long, value_name = "N", default_value_t = SandboxConfig::default().journal_entries)]
    journal_entries: usize,
}

/// How audits end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum VerdictRule {
    /// More than 1,000,000 fen, or a mobile number ending in 4444, is rejected
    Fixed,
    /// By the latent risk that shapes the applicant's data
    Risk,
}

/// The size of a generated key, in bits.
const GENERATED_KEY_BITS: usize = 2048;

impl SandboxOptions {
    pub(crate) fn run(self) -> Result<()> {
        // From now on a signal is waited for, even if it comes before the sandbox serves.
        let stop = interrupt::wait()?;
        let sandbox = Sandbox::start(self.config()?)
            .map_err(|error| Failure::config(format!("the sandbox does not start: {error}")))?;
        let ready = serde_json::to_string(sandbox.ready()).expect("texts become JSON");
        output::line(&ready)?;
        // An error would mean that no signal can come any more; then, too, this is the end.
        let _ = stop.recv();
        Ok(())
    }

    fn config(self) -> Result<SandboxConfig> {
        let audit_key = match self.audit_key.as_str() {
            "published" => AuditKey::Published,
            "generated" => AuditKey::Generated(GENERATED_KEY_BITS),
            path => {
                let path = PathBuf::from(path);
                AuditKey::Pem(
                    fs::read_to_string(&path).map_err(|error| Failure::file(&path, "read", &error))?,
                )
            }
        };
        Ok(SandboxConfig {
            listen: self.listen,
            allow_remote: self.allow_remote,
            seed: self.seed,
            realtime: self.realtime,
            more_merchants: self.merchants,
            request_delay: self.request_delay,
            verdicts: match self.verdicts {
                VerdictRule::Fixed => Verdicts::Fixed,
                VerdictRule::Risk => Verdicts::Risk,
            },
            as_of: self.as_of,
            audit_key,
            max_body_bytes: self.max_body_bytes,
            journal_entries: self.journal_entries,
            ..SandboxConfig::default()
        })
    }
}

fn merchant(text: &str) -> std::result::Result<(String, String), String> {
    match text.split_once(':') {
        Some((name, password)) if !name.is_empty() && !password.is_empty() => {
            Ok((name.to_owned(), password.to_owned()))
        }
        _ => Err("must be NAME:PASSWORD".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merchant_has_a_name_and_a_password() {
        assert_eq!(merchant("shop:a:b"), Ok(("shop".to_owned(), "a:b".to_owned())));
        for wrong in ["shop", ":b", "shop:"] {
            assert!(merchant(wrong).is_err(), "{wrong}");
        }
    }
}
