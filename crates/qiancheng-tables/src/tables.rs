//! What a document becomes: tables, and the ways out of here.

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, SchemaRef};

use crate::error::ReadError;
use crate::kind::Kind;

/// A table: a name and a record batch. Cheap to clone.
#[derive(Clone, PartialEq)]
pub struct Table {
    name: &'static str,
    batch: RecordBatch,
}

impl Table {
    pub(crate) fn new(name: &'static str, batch: RecordBatch) -> Self {
        Self { name, batch }
    }

    /// Its name, such as `calls`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// All its rows.
    pub fn batch(&self) -> &RecordBatch {
        &self.batch
    }

    /// Its schema. The fields' metadata say what they mean: `description`, `description_zh`, `source` (a path in the
    /// document), `unit` where there is one, and `personal` = `true` where they hold personal data.
    pub fn schema(&self) -> SchemaRef {
        self.batch.schema()
    }

    /// How many rows it has.
    pub fn num_rows(&self) -> usize {
        self.batch.num_rows()
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.batch.num_rows() == 0
    }

    /// Its rows as a stream of the Arrow C data interface, for other languages. Nothing is copied.
    pub fn stream(&self) -> FFI_ArrowArrayStream {
        let batches = RecordBatchIterator::new([Ok::<_, ArrowError>(self.batch.clone())], self.schema());
        FFI_ArrowArrayStream::new(Box::new(batches))
    }

    /// Its schema in the Arrow C data interface.
    pub fn ffi_schema(&self) -> Result<FFI_ArrowSchema, ArrowError> {
        FFI_ArrowSchema::try_from(self.schema().as_ref())
    }
}

/// Rows are personal data: only the shape is printed.
impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let columns = self.batch.num_columns();
        f.debug_struct("Table")
            .field("name", &self.name)
            .field("rows", &self.num_rows())
            .field("columns", &columns)
            .finish()
    }
}

/// The tables of one document. `issues` is always there, and the last.
#[derive(Debug, Clone, PartialEq)]
pub struct Tables {
    kind: Kind,
    schema_version: u32,
    all: Vec<Table>,
    fault: Option<ReadError>,
}

impl Tables {
    pub(crate) fn new(kind: Kind, schema_version: u32, all: Vec<Table>, fault: Option<ReadError>) -> Self {
        Self { kind, schema_version, all, fault }
    }

    /// The kind of document.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The version of the tables' declaration. It goes up when a column changes its name, type or meaning.
    pub fn schema_version(&self) -> u32 {
        self.schema_version
    }

    /// The tables' names in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.all.iter().map(Table::name)
    }

    /// The table of this name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.all.iter().find(|table| table.name == name)
    }

    /// The tables in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Table> {
        self.all.iter()
    }

    /// Where reading ended early; only with [`partial`](crate::Options::partial).
    pub fn fault(&self) -> Option<&ReadError> {
        self.fault.as_ref()
    }
}

impl<'a> IntoIterator for &'a Tables {
    type Item = &'a Table;
    type IntoIter = std::slice::Iter<'a, Table>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
