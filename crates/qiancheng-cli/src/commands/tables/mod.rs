//! `qiancheng tables`: a document as tables in files, and as features where it is telecom raw data.

mod columnar;
mod comma;
mod document;

use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use qiancheng::ErrorKind;
use qiancheng_tables::features::{self, Features};
use qiancheng_tables::{Kind, Options, SignConvention, Tables};

use crate::arguments::help;
use crate::failure::{Failure, Result};
use crate::{instant, output};

use comma::Audience;
use document::Document;

/// Make tables of raw data or a report, and features of telecom raw data
///
/// Reads what `collect` and `call` have fetched: an answer's `data`, the vendor's whole envelope, or a stored raw file. Each table
/// becomes a file in the directory, `issues` too, which counts what did not fit; telecom raw data gives `features` besides, one row
/// of numbers for a scorecard. The names of the files are printed.
#[derive(Debug, Args)]
#[command(after_long_help = help!("Examples:
  # Of what `qiancheng collect telecom --out data/` has fetched
  qiancheng tables data/raw.json --report data/report.json --out tables/
  # Straight from a call, for a spreadsheet
  qiancheng call ebank.bank_info --sandbox |
    qiancheng tables - --kind bank_list --format csv --spreadsheet --out banks/
  # What can be read of a file that is cut off
  qiancheng tables data/raw.json --partial --out tables/"))]
pub(crate) struct TablesOptions {
    /// The document, or - for stdin
    file: PathBuf,

    /// Where the files go; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// What the document is; without it, that is found out from its fields
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    kind: Option<String>,

    /// The formats of the files
    #[arg(long, value_enum, default_value_t = Format::Both)]
    format: Format,

    /// Write CSV that Excel opens without harm: a byte order mark, and ' before texts that it would take for formulas
    #[arg(long)]
    spreadsheet: bool,

    /// Refuse a document with a value that does not fit its column, instead of counting it in `issues`
    #[arg(long)]
    strict: bool,

    /// Take what can be read of a document that is cut off or broken
    #[arg(long, conflicts_with = "strict")]
    partial: bool,

    /// Which way money goes in e-bank amounts
    #[arg(long, value_enum, default_value_t = Sign::IncomePositive)]
    sign: Sign,

    /// The telecom report of the same applicant, for the features that come from it
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    /// Count features back from this time (2026-01-15 10:00:00, Beijing time, or RFC 3339), not from the fetch
    #[arg(long, value_name = "TIME", value_parser = instant::parse)]
    as_of: Option<Timestamp>,
}

/// The formats of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Parquet alone
    Parquet,
    /// CSV alone: UTF-8, times in Beijing, nothing where there is no value
    Csv,
    /// One file of each
    Both,
}

/// Which way money goes in a source's signed amounts. Tables hold money in as positive, whatever the source does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sign {
    /// Money in is positive in the document
    IncomePositive,
    /// Money out is positive in the document
    ExpensePositive,
}

/// Names of kinds, which help and completions show.
fn kinds() -> clap::builder::PossibleValuesParser {
    Kind::ALL.iter().map(|kind| kind.name()).into()
}

impl TablesOptions {
    pub(crate) fn run(self) -> Result<()> {
        let options = self.options();
        let kind =
            self.kind.as_deref().map(|name| name.parse().expect("clap takes the names of kinds alone"));
        let document = Document::read(&self.file)?;
        let tables = document.tables(kind, options)?;
        let features = self.features(&tables, document.fetched_at, options)?;
        output::private_directory(&self.out)?;
        for table in &tables {
            self.write(table.name(), table.batch())?;
        }
        if let Some(features) = features {
            self.write("features", &features.to_batch())?;
        }
        report_issues(&tables);
        Ok(())
    }

    fn options(&self) -> Options {
        let sign = match self.sign {
            Sign::IncomePositive => SignConvention::IncomePositive,
            Sign::ExpensePositive => SignConvention::ExpensePositive,
        };
        Options::default().strict(self.strict).partial(self.partial).sign(sign)
    }

    /// Telecom raw data has features; asked of anything else, it is a mistake.
    fn features(
        &self,
        tables: &Tables,
        stored_at: Option<i64>,
        options: Options,
    ) -> Result<Option<Features>> {
        if tables.kind() != Kind::TelecomRaw {
            let asked = [("--report", self.report.is_some()), ("--as-of", self.as_of.is_some())];
            return match asked.into_iter().find(|&(_, given)| given) {
                Some((option, _)) => Err(Failure::new(
                    ErrorKind::InvalidInput,
                    format!(
                        "{option} is about features, which telecom_raw has and {} has not",
                        tables.kind()
                    ),
                )),
                None => Ok(None),
            };
        }
        let report = match &self.report {
            Some(path) => Some(Document::read(path)?.tables(Some(Kind::TelecomReport), options)?),
            None => None,
        };
        let features = |as_of| {
            features::telecom(tables, report.as_ref(), as_of)
                .map_err(|error| Failure::new(ErrorKind::Protocol, error.to_string()))
        };
        let row = features(self.as_of.map(Timestamp::as_microsecond))?;
        // A document that does not say when it was fetched may have been stored with that.
        Ok(Some(if row.as_of().is_none() && stored_at.is_some() { features(stored_at)? } else { row }))
    }

    fn write(&self, name: &str, batch: &RecordBatch) -> Result<()> {
        if self.format != Format::Csv {
            self.write_file(&format!("{name}.parquet"), &columnar::parquet(batch)?)?;
        }
        if self.format != Format::Parquet {
            let audience = if self.spreadsheet { Audience::Spreadsheet } else { Audience::Program };
            self.write_file(&format!("{name}.csv"), &comma::csv(batch, audience)?)?;
        }
        Ok(())
    }

    fn write_file(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.out.join(name);
        output::private_file(&path, bytes)?;
        output::line(&path.display().to_string())
    }
}

/// Says on stderr what is not in the tables.
fn report_issues(tables: &Tables) {
    if let Some(fault) = tables.fault() {
        output::note(&format!("the document could be read up to {fault}"));
    }
    let issues = tables.table("issues").map_or(0, qiancheng_tables::Table::num_rows);
    if issues > 0 {
        output::note(&format!("{issues} kinds of values did not fit: they are counted in the table issues"));
    }
}

/// How a file is called in messages.
fn name_of(path: &Path) -> String {
    if document::is_stdin(path) { "stdin".to_owned() } else { path.display().to_string() }
}
