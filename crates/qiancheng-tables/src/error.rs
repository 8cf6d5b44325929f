//! Why a document could not be read.

use std::fmt;

use crate::json::{Fault, Step};

/// What is wrong with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// It is not JSON from here on.
    Syntax,
    /// It ends too early.
    Truncated,
    /// It is not UTF-8 from here on.
    Encoding,
    /// It is JSON, but not of this kind.
    Unrecognised,
    /// It is the vendor's answer to a call that failed: its `code` is not 0.
    Refused,
    /// A value does not fit its column, and [`strict`](crate::Options::strict) was asked for.
    Misfit,
}

impl ReadErrorKind {
    /// Its name, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Truncated => "truncated",
            Self::Encoding => "encoding",
            Self::Unrecognised => "unrecognised",
            Self::Refused => "refused",
            Self::Misfit => "misfit",
        }
    }
}

/// A document that could not be read: where, and what was expected. It never holds a value of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    kind: ReadErrorKind,
    offset: usize,
    line: usize,
    column: usize,
    path: String,
    expected: &'static str,
    found: &'static str,
}

impl ReadError {
    pub(crate) fn new(fault: &Fault, document: &[u8]) -> Self {
        let before = &document[..fault.at.min(document.len())];
        let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        // Bytes that continue a character don't count.
        let column = before[line_start..].iter().filter(|&&byte| byte & 0xc0 != 0x80).count() + 1;
        Self {
            kind: fault.kind,
            offset: fault.at,
            line: before.split(|&byte| byte == b'\n').count(),
            column,
            path: path(&fault.steps),
            expected: fault.expected,
            found: fault.found,
        }
    }

    /// What is wrong.
    pub fn kind(&self) -> ReadErrorKind {
        self.kind
    }

    /// Byte offset in the document.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Character in the line, from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// The way to the place, such as `transactions[0].calls[3].use_time`; empty at the top.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What was expected there.
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// What stands there: a type or a description, never the value.
    pub fn found(&self) -> &'static str {
        self.found
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {} (line {}, column {})", self.offset, self.line, self.column)?;
        if !self.path.is_empty() {
            write!(f, ", {}", self.path)?;
        }
        write!(f, ": expected {}, found {}", self.expected, self.found)
    }
}

impl std::error::Error for ReadError {}

/// Longer keys are cut in paths, and keys that could be somebody's number are hidden.
const MAX_KEY: usize = 40;

fn path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps.iter().rev() {
        match step {
            Step::Key(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&public_key(key));
            }
            Step::Place(place) => path.extend(["[", &place.to_string(), "]"]),
        }
    }
    path
}

/// A key as it may be shown: maps are sometimes keyed by telephone or card numbers.
pub(crate) fn public_key(key: &str) -> String {
    let mut digits = 0;
    let hidden = key.chars().any(|character| {
        digits = if character.is_numeric() { digits + 1 } else { 0 };
        digits >= 7
    });
    if hidden { "*".to_owned() } else { key.chars().take(MAX_KEY).collect() }
}
