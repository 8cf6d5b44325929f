//! The document: where it is, and what it is.

use std::io::Read;
use std::path::Path;

use qiancheng::ErrorKind;
use qiancheng_tables::stored::{Stored, StoredError};
use qiancheng_tables::{Kind, Options, ReadError, ReadErrorKind, Tables};

use crate::failure::{Failure, Result};

use super::name_of;

/// A document's bytes, and what a stored raw file says of them.
pub(super) struct Document {
    name: String,
    bytes: Vec<u8>,
    kind: Option<Kind>,
    /// When it was fetched, in microseconds since 1970 in UTC.
    pub(super) fetched_at: Option<i64>,
}

/// Kinds in the order in which they are looked for: the last one takes records under any name.
const LOOKED_FOR: [Kind; 5] =
    [Kind::TelecomRaw, Kind::TelecomReport, Kind::BankList, Kind::DegreeRaw, Kind::EbankRaw];

pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

impl Document {
    /// Reads a file, or stdin.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let bytes = if is_stdin(path) {
            let mut bytes = Vec::new();
            std::io::stdin()
                .lock()
                .read_to_end(&mut bytes)
                .map_err(|error| Failure::config(format!("stdin cannot be read: {error}")))?;
            bytes
        } else {
            std::fs::read(path).map_err(|error| Failure::file(path, "read", &error))?
        };
        let name = name_of(path);
        match Stored::decode(&bytes) {
            Ok(stored) => Ok(Self {
                name,
                kind: Some(stored.kind()),
                fetched_at: stored.fetched_at(),
                bytes: stored.bytes().to_vec(),
            }),
            Err(StoredError::NotStored) => Ok(Self { name, bytes, kind: None, fetched_at: None }),
            Err(error) => {
                Err(Failure::new(ErrorKind::InvalidInput, format!("{name}: stored raw file: {error}")))
            }
        }
    }

    /// Its tables, as this kind of document or as the one it is.
    pub(super) fn tables(&self, kind: Option<Kind>, options: Options) -> Result<Tables> {
        match (self.kind, kind) {
            (Some(stored), Some(kind)) if stored != kind => {
                Err(self.refused(&format!("the file was stored as {stored}, and is asked for as {kind}")))
            }
            (Some(kind), _) | (None, Some(kind)) => self.tables_of(kind, options),
            (None, None) => self.found(options),
        }
    }

    fn tables_of(&self, kind: Kind, options: Options) -> Result<Tables> {
        qiancheng_tables::read(kind, &self.bytes, &options).map_err(|error| self.unreadable(&error))
    }

    /// Tries one kind after the other. A document is of a kind if it has a row of it.
    fn found(&self, options: Options) -> Result<Tables> {
        let mut empty = false;
        let mut broken = None;
        for kind in LOOKED_FOR {
            match qiancheng_tables::read(kind, &self.bytes, &options) {
                Ok(tables) if has_rows(&tables) => return Ok(tables),
                Ok(_) => empty = true,
                Err(error) if error.kind() == ReadErrorKind::Unrecognised => {}
                // Broken for one kind and not to be recognised as another: it was the one in which reading came further.
                Err(error) => broken = Some(further(broken, error)),
            }
        }
        if let Some(error) = broken {
            return Err(self.unreadable(&error));
        }
        let why = if empty { "it holds no record" } else { "no kind has its fields" };
        let kinds = LOOKED_FOR.map(Kind::name).join(", ");
        Err(self
            .refused(&format!("what kind of document it is cannot be told: {why}; --kind says it: {kinds}")))
    }

    /// Where reading ended, and what was expected there.
    fn unreadable(&self, error: &ReadError) -> Failure {
        self.refused(&error.to_string())
    }

    fn refused(&self, why: &str) -> Failure {
        Failure::new(ErrorKind::InvalidInput, format!("{}: {why}", self.name))
    }
}

fn has_rows(tables: &Tables) -> bool {
    tables.iter().any(|table| table.name() != "issues" && !table.is_empty())
}

fn further(one: Option<ReadError>, other: ReadError) -> ReadError {
    match one {
        Some(one) if one.offset() >= other.offset() => one,
        _ => other,
    }
}
