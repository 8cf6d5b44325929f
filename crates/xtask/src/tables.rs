//! What the data dictionaries of `qiancheng-tables` say, arranged for pages: kinds, their tables, their columns.

use qiancheng_tables::ColumnInfo;
use qiancheng_tables::features::{self, FeatureInfo};
use serde::Serialize;

/// Everything there is to say about tables and features.
#[derive(Serialize)]
pub(crate) struct Dictionaries {
    /// The kinds of documents, each with its tables.
    kinds: Vec<Kind>,
    /// The features of telecom documents, in the order of the row.
    features: &'static [FeatureInfo],
}

#[derive(Serialize)]
struct Kind {
    name: &'static str,
    tables: Vec<Table>,
}

#[derive(Serialize)]
struct Table {
    name: &'static str,
    description: &'static str,
    description_zh: &'static str,
    columns: Vec<ColumnInfo>,
}

impl Dictionaries {
    /// Reads both dictionaries.
    pub(crate) fn read() -> Self {
        let columns = qiancheng_tables::dictionary();
        let kinds = columns.chunk_by(|one, next| one.kind == next.kind);
        Self {
            kinds: kinds.map(|kind| Kind { name: kind[0].kind, tables: tables_of(kind) }).collect(),
            features: features::dictionary(),
        }
    }
}

fn tables_of(kind: &[ColumnInfo]) -> Vec<Table> {
    kind.chunk_by(|one, next| one.table == next.table)
        .map(|table| Table {
            name: table[0].table,
            description: table[0].table_description,
            description_zh: table[0].table_description_zh,
            columns: table.to_vec(),
        })
        .collect()
}
