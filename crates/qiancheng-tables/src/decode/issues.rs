//! What did not fit, counted by place and kind.

use std::collections::BTreeMap;

use super::Cell;
use super::builders::Builder;
use crate::error::ReadErrorKind;
use crate::schema::ISSUES;

/// What was wrong with a value, a row or the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum IssueKind {
    /// Text that should be a number.
    NotANumber,
    /// Text that should be a time or a day.
    NotATime,
    /// Text that should be true or false.
    NotAFlag,
    /// Text that should be a card number.
    NotACard,
    /// A value of another JSON type.
    WrongType,
    /// A number too large for its column.
    OutOfRange,
    /// A number with a fraction that its column can't hold; it was rounded.
    Rounded,
    /// Half a surrogate pair; it was replaced.
    BrokenEscape,
    /// A key that comes twice in an object; the first value counts, the second is in `_extra`.
    DuplicateKey,
    /// Something else where a record should be: it is no row.
    NotARecord,
    /// A record in which the document breaks: it is no row.
    Incomplete,
    /// A key around the records that has no place in any table.
    Unread,
    /// The fault at which reading ended.
    Fault(&'static str),
}

impl IssueKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NotANumber => "not_a_number",
            Self::NotATime => "not_a_time",
            Self::NotAFlag => "not_a_flag",
            Self::NotACard => "not_a_card",
            Self::WrongType => "wrong_type",
            Self::OutOfRange => "out_of_range",
            Self::Rounded => "rounded",
            Self::BrokenEscape => "broken_escape",
            Self::DuplicateKey => "duplicate_key",
            Self::NotARecord => "not_a_record",
            Self::Incomplete => "incomplete",
            Self::Unread => "unread",
            Self::Fault(name) => name,
        }
    }

    pub(crate) fn fault(kind: ReadErrorKind) -> Self {
        Self::Fault(kind.name())
    }
}

/// The counts so far.
#[derive(Debug, Default)]
pub(super) struct Issues {
    counts: BTreeMap<(String, IssueKind), i64>,
}

impl Issues {
    /// One more.
    #[cold]
    pub(super) fn count(&mut self, path: &str, kind: IssueKind) {
        *self.counts.entry((path.to_owned(), kind)).or_default() += 1;
    }

    /// The columns of the `issues` table, if there are any.
    pub(super) fn columns(&self) -> Option<Vec<arrow_array::ArrayRef>> {
        if self.counts.is_empty() {
            return None;
        }
        let mut builders: Vec<Builder> =
            ISSUES.columns().map(|column| Builder::new(column.ty, self.counts.len(), 0)).collect();
        for ((path, kind), &count) in &self.counts {
            let cells = [Cell::Text(path), Cell::Text(kind.name()), Cell::Integer(count)];
            for (builder, cell) in builders.iter_mut().zip(cells) {
                builder.append(cell, "");
            }
        }
        Some(builders.iter_mut().map(Builder::finish).collect())
    }
}
