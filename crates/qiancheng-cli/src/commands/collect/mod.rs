//! `qiancheng collect`: a collection with the borrower at the terminal, from its opening to its data.

mod bank;
mod journey;
mod open;
mod picture;
mod progress;
mod result;
mod saved;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use qiancheng::CallOptions;
use qiancheng::session::SessionKind;

use crate::arguments::help;
use crate::ask::Asker;
use crate::failure::{Failure, Result};
use crate::output;
use crate::params::Params;
use crate::settings::{ClientOptions, seconds};

/// Collect data with the borrower's help
///
/// Opens a session, asks what the borrower is asked, and fetches the data.
///
/// What is not given is asked for: at a terminal everything, passwords without echo; elsewhere only the answers to challenges,
/// one a line on stdin. At the question for an SMS captcha of the telecom kind, `r` has it sent again. A session lives ten minutes.
///
/// The borrower's passwords are no options. They come from QIANCHENG_SERVICE_PASSWORD (telecom), QIANCHENG_DEGREE_PASSWORD
/// (degree) or QIANCHENG_BANK_PASSWORD (ebank, ebank-v2), from --params @FILE or -, or are asked for.
#[derive(Debug, Args)]
#[command(after_long_help = help!("Examples (in the sandbox the SMS captcha is 123456):
  qiancheng collect telecom --sandbox --out data/
  qiancheng collect degree --sandbox --name 张三 --account zhangsan \\
    --id-card 11010519491231002X --mobile 13800138000
  qiancheng collect ebank --sandbox --entry-id cmb-id
  # Without a terminal: the captcha on stdin, steps as JSON on stdout
  echo 123456 | QIANCHENG_SERVICE_PASSWORD=any \\
    qiancheng collect telecom --sandbox --json --name 张三 \\
    --id-card 11010519491231002X --mobile 13800138000
  # Go on after an interruption, against the vendor or a running sandbox
  openssl rand 32 > key
  qiancheng collect telecom --save session --key-file key
  qiancheng collect telecom --resume session --key-file key --out data/"))]
pub(crate) struct Collect {
    /// What to collect
    #[arg(value_enum)]
    kind: Kind,

    /// Name as on the ID card
    #[arg(long)]
    name: Option<String>,

    /// ID number
    #[arg(long, value_name = "NUMBER")]
    id_card: Option<String>,

    /// Mobile number
    #[arg(long, value_name = "NUMBER")]
    mobile: Option<String>,

    /// 学信网 account (degree)
    #[arg(long)]
    account: Option<String>,

    /// The way to log in to a bank (ebank, ebank-v2); chosen from a list if it is not given
    #[arg(long, value_name = "ID")]
    entry_id: Option<String>,

    /// Login name, as the way to log in wants it (ebank, ebank-v2)
    #[arg(long, value_name = "NAME")]
    login_name: Option<String>,

    /// The opening's and the login's parameters: a JSON object, @FILE, or - for stdin
    #[arg(long, value_name = "JSON|@FILE|-", value_parser = Params::parse, allow_hyphen_values = true)]
    params: Option<Params>,

    /// Write raw.json and, for telecom, report.json into this directory; else raw data goes to stdout
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Print every step as a JSON object on stdout, and the data (or the files' names) as the last
    #[arg(long)]
    json: bool,

    /// Pause between polls, in place of what the vendor asks for
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    poll_interval: Option<Duration>,

    /// Keep the session in this file at every step, encrypted, to go on later
    #[arg(long, value_name = "FILE", requires = "key_file")]
    save: Option<PathBuf>,

    /// Go on with a session that was saved
    #[arg(
        long,
        value_name = "FILE",
        requires = "key_file",
        conflicts_with_all = ["params", "name", "id_card", "mobile", "account", "entry_id", "login_name"]
    )]
    resume: Option<PathBuf>,

    /// The key for saved sessions: a file with 32 random bytes, or with 64 hexadecimal digits
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

/// What to collect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Telecom data: calls, messages, bills
    Telecom,
    /// Degrees from 学信网
    Degree,
    /// E-bank data, first version
    Ebank,
    /// E-bank data, second version
    #[value(name = "ebank-v2")]
    EbankV2,
}

impl Kind {
    fn session(self) -> SessionKind {
        match self {
            Self::Telecom => SessionKind::Telecom,
            Self::Degree => SessionKind::Degree,
            Self::Ebank => SessionKind::Ebank,
            Self::EbankV2 => SessionKind::EbankV2,
        }
    }
}

impl Collect {
    pub(crate) fn run(&self, options: &ClientOptions) -> Result<()> {
        // Whatever can be wrong on this side is found before anything is opened at the vendor's.
        if let Some(directory) = &self.out {
            output::private_directory(directory)?;
        }
        let keeper = saved::Keeper::new(self.save.as_deref(), self.key_file.as_deref())?;
        let mut asker = Asker::new(self.params == Some(Params::Stdin));
        let connected = options.connect(&mut asker)?;
        let mut client = connected.client.clone();
        if let Some(interval) = self.poll_interval {
            client = client.with_options(CallOptions::new().poll_interval(interval));
        }
        let session = match &self.resume {
            Some(file) => {
                let session = keeper.resume(&client, file)?;
                if session.kind() != self.kind.session() {
                    let kind = session.kind().name().replace('_', "-");
                    return Err(Failure::invalid("/kind", format!("the saved session is of kind {kind}")));
                }
                session
            }
            None => open::Opening::new(self, &mut asker)?.open(&client)?,
        };
        keeper.save(&session)?;
        journey::Journey { session: &session, asker: &mut asker, keeper: &keeper, json: self.json }.lead()?;
        result::hand_over(&session, self.out.as_deref(), self.json)
    }
}
