//! What the tables are: declared once, here and in the files below, and everything else follows — the Arrow schemas, the
//! decoder's plans and the data dictionary.

mod arrow;
mod bank_list;
mod column;
mod degree_raw;
mod dictionary;
mod ebank_raw;
mod issues;
mod telecom_raw;
mod telecom_report;

pub(crate) use arrow::arrow_schema;
pub(crate) use column::{Column, Origin, Type, Unit};
pub(crate) use dictionary::path_of;
pub use dictionary::{ColumnInfo, dictionary};
pub(crate) use issues::ISSUES;

use crate::kind::Kind;

/// A table.
pub(crate) struct TableSchema {
    /// Its name.
    pub(crate) name: &'static str,
    /// Where its rows stand.
    pub(crate) place: Place,
    /// Whether a record without any value makes no row. For tables of one record that may be absent.
    pub(crate) only_if_filled: bool,
    /// What a row is.
    pub(crate) description: &'static str,
    /// The same in Chinese.
    pub(crate) description_zh: &'static str,
    /// Groups of columns, in their order.
    pub(crate) columns: &'static [&'static [Column]],
}

/// Where a table's rows stand in a document.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// At the top, wherever the document's [`Layout`] finds such records; shown as this path.
    Top(&'static str),
    /// Under a key path of a parent table's records: objects, one a row.
    Records {
        /// The parent table's name.
        parent: &'static str,
        /// Key paths; the first is shown.
        keys: &'static [&'static str],
    },
    /// Under key paths of a parent table's records: lists of plain values, one a row, all in one table.
    Values {
        /// The parent table's name.
        parent: &'static str,
        /// Key paths; the last part is the list's name.
        lists: &'static [&'static str],
    },
}

/// How to find the topmost records in a document.
pub(crate) struct Layout {
    /// Keys of objects and lists around the records.
    pub(crate) wrappers: &'static [&'static str],
    /// Keys whose values are records of a table.
    pub(crate) records: &'static [(&'static str, &'static str)],
    /// The table of a record that stands without such a key, known by one of its own keys.
    pub(crate) bare: Option<&'static str>,
    /// Another table for bare records that have a value under one of these keys.
    pub(crate) bare_if: Option<(&'static [&'static str], &'static str)>,
    /// Whether records may stand under any other key.
    pub(crate) any_key: bool,
    /// What to call such a document.
    pub(crate) expected: &'static str,
}

/// The tables of one kind of document.
pub(crate) struct KindSchema {
    pub(crate) kind: Kind,
    /// Goes up when a column changes its name, type or meaning.
    pub(crate) version: u32,
    pub(crate) layout: Layout,
    pub(crate) tables: &'static [&'static TableSchema],
}

impl Kind {
    /// Its declaration.
    pub(crate) fn schema(self) -> &'static KindSchema {
        match self {
            Self::TelecomRaw => &telecom_raw::SCHEMA,
            Self::TelecomReport => &telecom_report::SCHEMA,
            Self::DegreeRaw => &degree_raw::SCHEMA,
            Self::EbankRaw => &ebank_raw::SCHEMA,
            Self::BankList => &bank_list::SCHEMA,
        }
    }
}

impl TableSchema {
    /// Its columns in order.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().flat_map(|group| group.iter())
    }
}
