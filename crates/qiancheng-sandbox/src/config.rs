//! What a sandbox can be told before it starts.

use std::net::{Ipv4Addr, SocketAddr};

use jiff::Timestamp;

/// How the sandbox is to behave. Every field has a default, so that
/// `SandboxConfig { seed: 7, ..SandboxConfig::default() }` is enough.
#[derive(Clone)]
pub struct SandboxConfig {
    /// Address to listen on; port 0 takes a free one. Default `127.0.0.1:0`.
    pub listen: SocketAddr,
    /// Allows an address other than loopback. The sandbox journals what it is sent in clear: keep it off open networks.
    pub allow_remote: bool,
    /// Seed of the synthetic data. Same seed and applicant, same bytes.
    pub seed: u64,
    /// Sessions move by the sandbox clock, one step a second, instead of one step a poll.
    pub realtime: bool,
    /// The merchant's account.
    pub username: String,
    /// The merchant's password.
    pub password: String,
    /// Further merchants, as (account, password). Each sees its own sessions only.
    pub more_merchants: Vec<(String, String)>,
    /// `request_delay` that e-bank states carry, in seconds.
    pub request_delay: u32,
    /// How audits end.
    pub verdicts: Verdicts,
    /// Where the clock stands and what the data are dated by. `None`: the clock starts at the real time and runs, and the
    /// data are dated by [`DATA_AS_OF`]. `Some`: both are this instant, and the clock stands still until it is advanced
    /// (with `realtime` it runs from there).
    pub as_of: Option<Timestamp>,
    /// The key that opens `data` of `risk.audit`.
    pub audit_key: AuditKey,
    /// Largest request body taken, before and after decompression, in bytes. Default 32 MiB.
    pub max_body_bytes: usize,
    /// How many requests the journal keeps; older ones are dropped. Default 100,000.
    pub journal_entries: usize,
}

/// The instant that data are dated by unless [`SandboxConfig::as_of`] says otherwise: 2026-01-15 10:00:00 Beijing time.
/// A constant, so that the same seed and applicant give the same bytes on every day.
pub const DATA_AS_OF: Timestamp = Timestamp::constant(1_768_442_400, 0);

/// How audits end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verdicts {
    /// The documented rule: more than 1,000,000 fen, or a mobile number ending in 4444, is rejected.
    #[default]
    Fixed,
    /// The verdict follows the applicant's latent risk, the same that shapes their data.
    Risk,
}

/// The RSA key that opens `data` of `risk.audit`.
#[derive(Clone, Default)]
pub enum AuditKey {
    /// The key published with this crate. Starts at once; protects nothing.
    #[default]
    Published,
    /// A new key of this many bits, made at the start.
    Generated(usize),
    /// This private key, PEM (PKCS#8 or PKCS#1).
    Pem(String),
}

impl Default for SandboxConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            allow_remote: false,
            seed: 0,
            realtime: false,
            username: "demo".to_owned(),
            password: "demo-password".to_owned(),
            more_merchants: Vec::new(),
            request_delay: 1,
            verdicts: Verdicts::Fixed,
            as_of: None,
            audit_key: AuditKey::Published,
            max_body_bytes: 32 * 1024 * 1024,
            journal_entries: 100_000,
        }
    }
}

impl SandboxConfig {
    pub(crate) fn has_merchant(&self, username: &str) -> bool {
        self.accounts().any(|(known, _)| known == username)
    }

    pub(crate) fn has_account(&self, username: &str, password: &str) -> bool {
        self.accounts().any(|account| account == (username, password))
    }

    fn accounts(&self) -> impl Iterator<Item = (&str, &str)> {
        let more =
            self.more_merchants.iter().map(|(username, password)| (username.as_str(), password.as_str()));
        std::iter::once((self.username.as_str(), self.password.as_str())).chain(more)
    }
}
