//! The tables' columns and the features, from the dictionaries of `qiancheng-tables`.

use qiancheng_tables::features::{self, FeatureInfo};
use qiancheng_tables::{ColumnInfo, dictionary};
use serde::Serialize;

/// The tables of one kind of document.
#[derive(Debug, Serialize)]
pub(crate) struct TableKind {
    /// Such as `telecom_raw`.
    pub(crate) name: &'static str,
    pub(crate) tables: Vec<Table>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// What a row is.
    pub(crate) description: &'static str,
    pub(crate) description_zh: &'static str,
    pub(crate) columns: Vec<ColumnInfo>,
}

/// Every feature, in the order of the row.
#[derive(Debug, Serialize)]
pub(crate) struct Features {
    pub(crate) version: u32,
    pub(crate) all: &'static [FeatureInfo],
}

/// Every table of every kind, in order.
pub(crate) fn kinds() -> Vec<TableKind> {
    let mut kinds: Vec<TableKind> = Vec::new();
    for column in dictionary() {
        if kinds.last().is_none_or(|kind| kind.name != column.kind) {
            kinds.push(TableKind { name: column.kind, tables: Vec::new() });
        }
        let Some(kind) = kinds.last_mut() else { continue };
        if kind.tables.last().is_none_or(|table| table.name != column.table) {
            kind.tables.push(Table {
                name: column.table,
                description: column.table_description,
                description_zh: column.table_description_zh,
                columns: Vec::new(),
            });
        }
        if let Some(table) = kind.tables.last_mut() {
            table.columns.push(column);
        }
    }
    kinds
}

impl Features {
    pub(crate) fn read() -> Self {
        Self { version: features::VERSION, all: features::dictionary() }
    }
}
