//! The data dictionary: all columns of all tables, as data.

use serde::Serialize;

use super::{Column, ISSUES, KindSchema, Origin, Place, TableSchema};
use crate::kind::Kind;

/// One column of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ColumnInfo {
    /// The kind of document, such as `telecom_raw`.
    pub kind: &'static str,
    /// The table's name.
    pub table: &'static str,
    /// What a row of the table is.
    pub table_description: &'static str,
    /// The same in Chinese.
    pub table_description_zh: &'static str,
    /// The column's name.
    pub column: &'static str,
    /// Its Arrow type, such as `Int64`.
    pub r#type: String,
    /// Its unit, if it has one.
    pub unit: Option<&'static str>,
    /// What it says.
    pub description: &'static str,
    /// The same in Chinese.
    pub description_zh: &'static str,
    /// Whether it holds personal data.
    pub personal: bool,
    /// Where it comes from, as a path in the document; empty if it is not in the document.
    pub source: String,
}

/// Every column of every table, in order.
pub fn dictionary() -> Vec<ColumnInfo> {
    let mut columns = Vec::new();
    for kind in Kind::ALL {
        let schema = kind.schema();
        for table in schema.tables.iter().copied().chain([&ISSUES]) {
            columns.extend(table.columns().map(|column| info(schema, table, column)));
        }
    }
    columns
}

fn info(kind: &KindSchema, table: &TableSchema, column: &Column) -> ColumnInfo {
    ColumnInfo {
        kind: kind.kind.name(),
        table: table.name,
        table_description: table.description,
        table_description_zh: table.description_zh,
        column: column.name,
        r#type: column.ty.arrow().to_string(),
        unit: column.unit.map(super::Unit::name),
        description: column.description,
        description_zh: column.description_zh,
        personal: column.personal,
        source: source_of(table, column),
    }
}

/// A column's path in the document, such as `calls[].use_time`. Further names of a key follow behind bars.
pub(super) fn source_of(table: &TableSchema, column: &Column) -> String {
    let record = path_of(table);
    match column.origin {
        Origin::Keys(_) => {
            let paths: Vec<String> = column.keys().iter().map(|key| join(&record, key)).collect();
            paths.join(" | ")
        }
        Origin::Computed { of, .. } => table
            .columns()
            .find(|other| other.name == of)
            .map(|other| source_of(table, other))
            .unwrap_or_default(),
        Origin::Value => record,
        Origin::Extra => join(&record, "*"),
        _ => String::new(),
    }
}

/// The path of a table's records below its topmost record.
pub(crate) fn path_of(table: &TableSchema) -> String {
    match table.place {
        Place::Top(path) => path.to_owned(),
        Place::Records { keys, parent } => format!("{}[]", join(&parent_path(parent, table), keys[0])),
        Place::Values { lists, parent } => {
            let parent = parent_path(parent, table);
            let paths: Vec<String> = lists.iter().map(|list| format!("{}[]", join(&parent, list))).collect();
            paths.join(" | ")
        }
    }
}

fn parent_path(parent: &str, child: &TableSchema) -> String {
    let kinds = Kind::ALL.iter().map(|kind| kind.schema());
    let siblings =
        kinds.map(|kind| kind.tables).find(|tables| tables.iter().any(|table| std::ptr::eq(*table, child)));
    let parent = siblings.and_then(|tables| tables.iter().find(|table| table.name == parent));
    parent.map(|table| path_of(table)).unwrap_or_default()
}

pub(crate) fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
