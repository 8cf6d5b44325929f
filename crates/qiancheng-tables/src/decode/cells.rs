//! A row while it is read.

/// A value, not yet in its column.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) enum Cell<'a> {
    /// Nothing.
    #[default]
    Null,
    /// Text that stands in the document just so.
    Text(&'a str),
    /// Text that was put together: from, to in the row's scratch.
    Scratch(usize, usize),
    /// A whole number, hundredths of a currency, microseconds, days, or a flag as 0 or 1. (A variant of one byte would
    /// make every copy of a cell a slow one, byte by byte.)
    Integer(i64),
    /// A floating-point number.
    Float(f64),
}

impl Cell<'_> {
    /// Its text, if it is one.
    pub(crate) fn text<'s>(&'s self, scratch: &'s str) -> Option<&'s str> {
        match *self {
            Self::Text(text) => Some(text),
            Self::Scratch(from, to) => scratch.get(from..to),
            _ => None,
        }
    }
}

/// The row of a table that is being read.
#[derive(Debug, Default)]
pub(super) struct Row<'a> {
    /// Its number in the table.
    pub(super) seq: i64,
    /// A cell for each column.
    pub(super) cells: Vec<Cell<'a>>,
    /// Which key filled the cell.
    pub(super) filled_by: Vec<u16>,
    /// Members of the `_extra` object.
    pub(super) extra: String,
    /// Where the row's part of the scratch begins.
    pub(super) scratch_start: usize,
}

impl<'a> Row<'a> {
    pub(super) fn new(columns: usize) -> Self {
        Self { cells: vec![Cell::Null; columns], filled_by: vec![0; columns], ..Self::default() }
    }

    /// Makes it a new row.
    pub(super) fn begin(&mut self, seq: i64, scratch_start: usize) {
        self.seq = seq;
        self.cells.fill(Cell::Null);
        self.extra.clear();
        self.scratch_start = scratch_start;
    }

    /// Keeps a member that has no column, as it is written.
    pub(super) fn keep(&mut self, raw_key: &str, raw_value: &str) {
        self.extra.push_str(if self.extra.is_empty() { "{\"" } else { ",\"" });
        self.extra.push_str(raw_key);
        self.extra.push_str("\":");
        self.extra.push_str(raw_value);
    }

    /// Sets a cell.
    pub(super) fn set(&mut self, column: Option<usize>, cell: Cell<'a>) {
        if let Some(column) = column {
            self.cells[column] = cell;
        }
    }
}
