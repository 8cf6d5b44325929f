//! What the decoder knows while it reads.

use super::Cell;
use super::builders::Builder;
use super::cells::Row;
use super::issues::{IssueKind, Issues};
use super::plan::{KindPlan, TablePlan};
use crate::coerce::Times;
use crate::error::ReadErrorKind;
use crate::json::{Fault, Read, Scanner};
use crate::kind::Kind;
use crate::options::Options;
use crate::schema::Origin;

/// How many rows a table has room for from the start, at most, whatever the first one lets expect: a column that outgrows
/// that is moved a few times more.
const MOST_ROWS: usize = 16_384;

/// Reads one document.
pub(super) struct Decoder<'a> {
    pub(super) plan: &'static KindPlan,
    pub(super) scanner: Scanner<'a>,
    pub(super) options: Options,
    pub(super) tables: Vec<Table<'a>>,
    pub(super) issues: Issues,
    pub(super) times: Times,
    /// Texts of unfinished rows that don't stand in the document just so.
    pub(super) scratch: String,
    /// Room to undo escapes in.
    pub(super) decoded: String,
}

/// One table while it grows. Most of a document's tables never do.
#[derive(Default)]
pub(super) struct Table<'a> {
    pub(super) row: Row<'a>,
    /// None before the first row is written.
    pub(super) builders: Vec<Builder>,
    pub(super) next_seq: i64,
    /// For each object of the record: which key came after which. Records of one source are alike.
    pub(super) followers: Vec<Vec<u16>>,
    /// Where the first record of a list begins.
    pub(super) list_at: Option<usize>,
}

impl<'a> Decoder<'a> {
    pub(super) fn new(kind: Kind, text: &'a str, options: Options) -> Self {
        let plan = KindPlan::of(kind);
        Self {
            plan,
            scanner: Scanner::new(text),
            options,
            tables: plan.tables.iter().map(|_| Table::default()).collect(),
            issues: Issues::default(),
            times: Times::default(),
            scratch: String::new(),
            decoded: String::new(),
        }
    }

    /// Counts what did not fit; in strict reading it is a fault.
    #[cold]
    pub(super) fn issue(
        &mut self,
        path: &str,
        kind: IssueKind,
        at: usize,
        expected: &'static str,
        found: &'static str,
    ) -> Read<()> {
        if self.options.strict {
            return Err(Box::new(Fault {
                kind: ReadErrorKind::Misfit,
                at,
                expected,
                found,
                steps: Vec::new(),
            }));
        }
        self.issues.count(path, kind);
        Ok(())
    }

    /// Begins a table's next row.
    #[inline]
    pub(super) fn begin(&mut self, table: usize, parent_seq: i64) {
        let plan = &self.plan.tables[table];
        let state = &mut self.tables[table];
        if state.followers.is_empty() {
            state.prepare(plan);
        }
        state.row.begin(state.next_seq, self.scratch.len());
        state.row.set(plan.seq, Cell::Integer(state.next_seq));
        state.row.set(plan.parent_seq, Cell::Integer(parent_seq));
        state.next_seq += 1;
    }

    /// Ends a table's row and writes it.
    #[inline]
    pub(super) fn commit(&mut self, table: usize) {
        let plan = &self.plan.tables[table];
        let behind = self.scanner.at();
        let Table { row, builders, next_seq, list_at, .. } = &mut self.tables[table];
        if plan.schema.only_if_filled && row.is_bare(plan) {
            *next_seq -= 1;
        } else {
            for &(column, of) in &plan.computed {
                if let Origin::Computed { how, .. } = plan.columns[column].origin {
                    row.cells[column] = how(row.cells[of], &mut self.scratch);
                }
            }
            if let Some(extra) = plan.extra.filter(|_| !row.extra.is_empty()) {
                let start = self.scratch.len();
                self.scratch.push_str(&row.extra);
                self.scratch.push('}');
                row.cells[extra] = Cell::Scratch(start, self.scratch.len());
            }
            if builders.is_empty() {
                let rows =
                    list_at.map_or(1, |start| self.scanner.left() / behind.saturating_sub(start).max(1) + 1);
                *builders = row.columns(plan, rows.min(MOST_ROWS), &self.scratch);
            }
            for (builder, cell) in builders.iter_mut().zip(&row.cells) {
                builder.append(*cell, &self.scratch);
            }
        }
        self.scratch.truncate(row.scratch_start);
    }
}

impl Row<'_> {
    /// Columns with room for so many rows like this one.
    fn columns(&self, plan: &TablePlan, rows: usize, scratch: &str) -> Vec<Builder> {
        let columns = plan.columns.iter().zip(&self.cells);
        columns
            .map(|(column, cell)| {
                Builder::new(column.ty, rows, rows * cell.text(scratch).map_or(0, str::len))
            })
            .collect()
    }

    /// Whether the record gave it nothing.
    fn is_bare(&self, plan: &TablePlan) -> bool {
        let given = |column: usize| Some(column) == plan.seq || Some(column) == plan.parent_seq;
        self.extra.is_empty()
            && self.cells.iter().enumerate().all(|(column, cell)| given(column) || *cell == Cell::Null)
    }
}

impl Table<'_> {
    /// Makes ready for rows.
    fn prepare(&mut self, plan: &TablePlan) {
        self.row = Row::new(plan.columns.len());
        self.followers = plan.nodes.iter().map(|node| vec![0; node.entries.len() + 1]).collect();
    }
}
