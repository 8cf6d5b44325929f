//! The end: columns that only the whole document tells, and the tables.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};

use super::builders::Builder;
use super::issues::{IssueKind, Issues};
use super::plan::{KindPlan, TablePlan};
use super::state::Decoder;
use crate::error::ReadError;
use crate::schema::Origin;
use crate::tables::{Table, Tables};

/// A text that many rows take from one is not longer: a document of a megabyte must not become tables of many gigabytes.
const MAX_TAKEN: usize = 1_000;

impl Decoder<'_> {
    /// The tables of what was read; `fault` is where reading ended early.
    pub(super) fn finish(mut self, fault: Option<ReadError>) -> Tables {
        if let Some(fault) = &fault {
            self.issues.count("", IssueKind::fault(fault.kind()));
        }
        let mut columns: Vec<Vec<ArrayRef>> = Vec::with_capacity(self.tables.len());
        for table in &mut self.tables {
            columns.push(table.builders.iter_mut().map(Builder::finish).collect());
        }
        for (columns, plan) in columns.iter_mut().zip(&self.plan.tables) {
            if columns.is_empty() {
                columns.extend_from_slice(plan.empty.columns());
            }
        }
        for (table, plan) in self.plan.tables.iter().enumerate() {
            if self.tables[table].builders.is_empty() {
                continue;
            }
            for column in 0..plan.columns.len() {
                if let Some(taken) = taken(self.plan, plan, column, &columns, table, &mut self.issues) {
                    columns[table][column] = taken;
                }
            }
        }
        let batch = |schema: &arrow_schema::SchemaRef, columns| {
            RecordBatch::try_new(Arc::clone(schema), columns)
                .expect("builders and schema come from one declaration")
        };
        let mut tables: Vec<Table> = self
            .plan
            .tables
            .iter()
            .zip(columns)
            .map(|(plan, columns)| Table::new(plan.schema.name, batch(&plan.arrow, columns)))
            .collect();
        let issues = match self.issues.columns() {
            Some(columns) => batch(&self.plan.no_issues.schema(), columns),
            None => self.plan.no_issues.clone(),
        };
        tables.push(Table::new("issues", issues));
        Tables::new(self.plan.schema.kind, self.plan.schema.version, tables, fault)
    }
}

/// A column whose values stand in rows of other tables.
fn taken(
    kind: &KindPlan,
    plan: &TablePlan,
    column: usize,
    columns: &[Vec<ArrayRef>],
    table: usize,
    issues: &mut Issues,
) -> Option<ArrayRef> {
    let parents = columns[table][plan.parent_seq?].as_primitive_opt::<Int64Type>()?.clone();
    let place = |table: &TablePlan, name: &str| table.columns.iter().position(|column| column.name == name);
    let (from, rows): (&StringArray, Vec<Option<usize>>) = match plan.columns[column].origin {
        Origin::Parent(name) => {
            let parent = plan.parent?;
            let from = columns[parent][place(&kind.tables[parent], name)?].as_string_opt()?;
            let seqs = columns[parent][kind.tables[parent].seq?].as_primitive_opt::<Int64Type>()?;
            let rows = parents.values().iter().map(|parent| seqs.values().binary_search(parent).ok());
            (from, rows.collect())
        }
        Origin::Sibling { table: sibling, key, column } => {
            let sibling = kind.table(sibling)?;
            let sibling_plan = &kind.tables[sibling];
            let from = columns[sibling][place(sibling_plan, column)?].as_string_opt()?;
            let keys = columns[sibling][place(sibling_plan, key)?].as_string_opt::<i32>()?;
            let sibling_parents =
                columns[sibling][sibling_plan.parent_seq?].as_primitive_opt::<Int64Type>()?;
            let known: HashMap<(i64, &str), usize> = (0..keys.len())
                .rev()
                .filter(|&row| keys.is_valid(row))
                .map(|row| ((sibling_parents.value(row), keys.value(row)), row))
                .collect();
            let own = columns[table][place(plan, key)?].as_string_opt::<i32>()?;
            let rows =
                own.iter().zip(parents.values()).map(|(key, &parent)| known.get(&(parent, key?)).copied());
            (from, rows.collect())
        }
        _ => return None,
    };
    let path = format!("{}.{}", plan.path, plan.columns[column].name);
    let value = |row: Option<usize>| row.filter(|&row| from.is_valid(row)).map(|row| from.value(row));
    let fits = |value: &&str| {
        let fits = value.len() <= MAX_TAKEN;
        if !fits {
            issues.count(&path, IssueKind::OutOfRange);
        }
        fits
    };
    let mut fits = fits;
    let taken: StringArray = rows.into_iter().map(|row| value(row).filter(&mut fits)).collect();
    Some(Arc::new(taken))
}
