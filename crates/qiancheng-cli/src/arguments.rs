//! The command line, and what it says of itself.

use std::ffi::OsString;

use clap::error::ErrorKind as ParseErrorKind;
use clap::{Parser, Subcommand};
use qiancheng::ErrorKind;

use crate::commands::{call, collect, completions, demo, endpoints, sandbox, tables};
use crate::failure::{Failure, Result};
use crate::output;
use crate::settings::ClientOptions;

/// Puts what every command shares behind a command's own examples.
macro_rules! help {
    ($($text:literal),+ $(,)?) => {
        concat!($($text,)+ "

Exit codes:
  0  done
  1  the vendor said no: refused, not ready, out of service; a session that
     failed or expired
  2  wrong usage or settings; nothing was sent
  3  the vendor could not be reached, or did not answer in time
  4  anything else
If it is not 0, the last line of stderr is a JSON object: kind, code, message,
endpoint, http_status, retryable, outcome, attempts.

Environment:
  QIANCHENG_USERNAME, QIANCHENG_PASSWORD  the merchant's account
  QIANCHENG_BASE_URL                      the vendor's address
  QIANCHENG_ENV                           production (default) or test
  QIANCHENG_AUDIT_PUBLIC_KEY              the vendor's key, a PEM or a path
  HTTPS_PROXY, ALL_PROXY, NO_PROXY        the proxy
  QIANCHENG_SERVICE_PASSWORD, QIANCHENG_DEGREE_PASSWORD,
  QIANCHENG_BANK_PASSWORD                 the borrower's, for collect
There is no --password: everybody on the machine can read a command line.
Passwords come from the environment, from a file or stdin (--params), or are
asked for without echo.")
    };
}
pub(crate) use help;

/// Credit data from the 前程征信 (Qiancheng) API: single calls, collections with the borrower's help, and a sandbox
/// that plays the vendor.
#[derive(Debug, Parser)]
#[command(
    name = "qiancheng",
    bin_name = "qiancheng",
    version,
    propagate_version = true,
    disable_help_subcommand = true
)]
#[command(after_long_help = help!("Examples:
  # A whole application, from the blacklist to the verdict
  qiancheng demo
  # One call, against a sandbox that lives for as long as the call
  qiancheng call blacklist.search --sandbox --params '{\"name\": \"张三\",
    \"id_card\": \"11010519491231002X\", \"mobile\": \"13800138000\"}'
  # Telecom data, with the borrower at the terminal
  qiancheng collect telecom --sandbox --out data/
  # What was collected as tables, and as features for a scorecard
  qiancheng tables data/raw.json --report data/report.json --out tables/"))]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) client: ClientOptions,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Call(call::Call),
    Collect(collect::Collect),
    Endpoints(endpoints::Endpoints),
    Tables(tables::TablesOptions),
    Demo(demo::Demo),
    Sandbox(sandbox::SandboxOptions),
    Completions(completions::Completions),
}

impl Arguments {
    /// Reads the command line. `None`: help or the version was asked for, and printed.
    pub(crate) fn read<I>(arguments: I) -> Result<Option<Self>>
    where
        I: IntoIterator,
        I::Item: Into<OsString> + Clone,
    {
        let error = match Self::try_parse_from(arguments) {
            Ok(arguments) => return Ok(Some(arguments)),
            Err(error) => error,
        };
        if matches!(error.kind(), ParseErrorKind::DisplayHelp | ParseErrorKind::DisplayVersion) {
            let text = error.render();
            let text = if output::painted() { text.ansi().to_string() } else { text.to_string() };
            output::line(text.trim_end())?;
            return Ok(None);
        }
        let text = error.render().to_string();
        output::note(text.trim_end());
        let about_a_password = error
            .get(clap::error::ContextKind::InvalidArg)
            .is_some_and(|argument| argument.to_string().contains("password"));
        let message = if about_a_password {
            "passwords are no options: set QIANCHENG_PASSWORD, QIANCHENG_SERVICE_PASSWORD, QIANCHENG_BANK_PASSWORD or \
             QIANCHENG_DEGREE_PASSWORD, use --params @FILE or -, or be asked at a terminal"
                .to_owned()
        } else {
            summary(&text)
        };
        Err(Failure::new(ErrorKind::InvalidInput, message))
    }
}

/// The first line of what clap says, with the names that follow it where it ends in a colon.
fn summary(text: &str) -> String {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    if !first.ends_with(':') {
        return first;
    }
    let named: Vec<&str> = lines
        .take_while(|line| line.starts_with("  "))
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    format!("{first} {}", named.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn what_is_missing_is_named_in_one_line() {
        let text = "error: the following required arguments were not provided:\n  <ID>\n\nUsage: …";
        assert_eq!(summary(text), "the following required arguments were not provided: <ID>");
    }
}
