//! The client's settings: from the environment, overruled by options.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use qiancheng::blocking::Client;
use qiancheng::personal::Secret;
use qiancheng::{ClientBuilder, FileStore, PRODUCTION_URL, TEST_URL, Timeouts, WireFormat};
use qiancheng_sandbox::{Sandbox, SandboxConfig};

use crate::ask::Asker;
use crate::failure::{Failure, Result};

/// Options that every command takes. The merchant's password is none of them.
#[derive(Debug, Args)]
#[command(next_help_heading = "Client settings (they overrule the environment)")]
pub(crate) struct ClientOptions {
    /// The vendor's address [QIANCHENG_BASE_URL]
    #[arg(long, global = true, value_name = "URL", conflicts_with_all = ["environment", "sandbox"])]
    base_url: Option<String>,

    /// The merchant's account [QIANCHENG_USERNAME]; its password comes from QIANCHENG_PASSWORD or is asked for
    #[arg(long, global = true, value_name = "NAME", conflicts_with = "sandbox")]
    username: Option<String>,

    /// Which of the vendor's hosts to use [QIANCHENG_ENV]
    #[arg(
        long = "env",
        id = "environment",
        value_name = "ENV",
        global = true,
        value_enum,
        conflicts_with = "sandbox"
    )]
    environment: Option<Environment>,

    /// Start a sandbox in this process, for this one command, and use it
    #[arg(long, global = true)]
    pub(crate) sandbox: bool,

    /// Send JSON bodies in place of forms
    #[arg(long, global = true)]
    json_body: bool,

    /// A proxy: http://host:port, socks5://…, socks5h://…, or `none` whatever the environment says
    #[arg(long, global = true, value_name = "URL")]
    proxy: Option<String>,

    /// Certificate authorities to trust beside the platform's, PEM
    #[arg(long, global = true, value_name = "FILE")]
    ca_file: Option<PathBuf>,

    /// Longest time for one call, everything included [120, or 300 for raw data and reports]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,

    /// How often a call that is harmless to repeat is sent again [2]
    #[arg(long, global = true, value_name = "N")]
    retries: Option<u32>,

    /// The vendor's public key for risk audits, PEM or DER [QIANCHENG_AUDIT_PUBLIC_KEY]
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "sandbox")]
    audit_public_key: Option<PathBuf>,

    /// Keep merchant tokens in this directory, for the next command
    #[arg(long, global = true, value_name = "DIR")]
    token_dir: Option<PathBuf>,

    /// Leave all checks of values to the vendor
    #[arg(long, global = true)]
    no_validate: bool,

    /// Say on stderr what the client does; twice: every attempt
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// The vendor's hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Environment {
    /// The vendor's production host
    Production,
    /// The vendor's test host
    Test,
}

/// Reads a positive number of seconds.
pub(crate) fn seconds(text: &str) -> std::result::Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "must be a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|duration| !duration.is_zero())
        .ok_or_else(|| "must be more than 0 seconds".to_owned())
}

/// A client, and the sandbox it speaks to if there is one.
pub(crate) struct Connected {
    /// The client.
    pub(crate) client: Client,
    /// Serves for as long as this lives.
    _sandbox: Option<Sandbox>,
}

/// A sandbox moves a step with each poll: there is nothing to wait for.
const SANDBOX_POLL_INTERVAL: Duration = Duration::from_millis(200);

impl ClientOptions {
    /// Builds the client. The merchant's password is asked for at a terminal if it is nowhere else.
    pub(crate) fn connect(&self, asker: &mut Asker) -> Result<Connected> {
        let (builder, sandbox) = if self.sandbox {
            let sandbox = Sandbox::start(SandboxConfig::default())
                .map_err(|error| Failure::config(format!("the sandbox does not start: {error}")))?;
            let builder = Client::builder()
                .base_url(sandbox.base_url())
                .account(sandbox.username(), sandbox.password())
                .audit_public_key(sandbox.audit_public_key_pem())
                .poll_interval(SANDBOX_POLL_INTERVAL);
            (builder, Some(sandbox))
        } else {
            (self.by_environment(asker)?, None)
        };
        let client = self.apply(builder)?.build_blocking()?;
        Ok(Connected { client, _sandbox: sandbox })
    }

    fn by_environment(&self, asker: &mut Asker) -> Result<ClientBuilder> {
        let mut builder = ClientBuilder::from_env()?;
        if let Some(environment) = self.environment {
            builder = builder.base_url(match environment {
                Environment::Production => PRODUCTION_URL,
                Environment::Test => TEST_URL,
            });
        }
        if let Some(url) = &self.base_url {
            builder = builder.base_url(url);
        }
        let username = self.username.clone().or_else(|| variable("QIANCHENG_USERNAME")).ok_or_else(|| {
            Failure::config("there is no merchant account: set QIANCHENG_USERNAME or give --username")
        })?;
        let password = if let Some(password) = variable("QIANCHENG_PASSWORD") {
            Secret::from(password)
        } else {
            asker.hidden("商户密码 Merchant password", || {
                Failure::config(
                    "there is no merchant password: set QIANCHENG_PASSWORD, or run this at a terminal to be asked \
                     (passwords are no options: everybody on the machine can read a command line)",
                )
            })?
        };
        Ok(builder.account(username, password))
    }

    fn apply(&self, mut builder: ClientBuilder) -> Result<ClientBuilder> {
        let read = |path: &PathBuf| fs::read(path).map_err(|error| Failure::file(path, "read", &error));
        if self.json_body {
            builder = builder.wire_format(WireFormat::Json);
        }
        builder = match self.proxy.as_deref() {
            Some("none") => builder.no_proxy(),
            Some(url) => builder.proxy(url),
            None => builder,
        };
        if let Some(path) = &self.ca_file {
            builder = builder.extra_ca_pem(read(path)?);
        }
        if let Some(limit) = self.timeout {
            let within = |usual: Timeouts| Timeouts {
                connect: usual.connect.min(limit),
                read: limit,
                attempt: limit,
                total: limit,
            };
            builder = builder.timeouts(within(Timeouts::ORDINARY)).data_timeouts(within(Timeouts::DATA));
        }
        if let Some(retries) = self.retries {
            builder = builder.max_retries(retries);
        }
        if let Some(path) = &self.audit_public_key {
            builder = builder.audit_public_key(read(path)?);
        }
        if let Some(path) = &self.token_dir {
            let store = FileStore::new(path).map_err(|error| Failure::file(path, "used", &error))?;
            builder = builder.token_store(store);
        }
        Ok(builder.validate(!self.no_validate))
    }
}

/// A variable of the environment, if it is there and holds something.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_positive_number_of_seconds() {
        assert_eq!(seconds("1.5"), Ok(Duration::from_millis(1500)));
        for wrong in ["0", "-1", "soon", "inf", "NaN"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}
