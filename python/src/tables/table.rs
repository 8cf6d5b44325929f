//! One table, and its ways out: the Arrow C data interface, arrays, and lists.

use std::collections::HashMap;
use std::ffi::CStr;

use arrow_array::ffi::FFI_ArrowArray;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array as _, RecordBatch, RecordBatchIterator, StructArray};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, TimeUnit};
use pyo3::exceptions::{PyKeyError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyList};
use qiancheng_tables::Kind;

use super::arrays::{self, Array};
use super::fault::released;
use super::values;

/// What the Arrow PyCapsule interface calls an array.
const ARRAY: &CStr = c"arrow_array";

/// A column: its name, its type as pyarrow spells it, whether it may be null, and what it means.
type Field = (String, String, bool, HashMap<String, String>);

/// One table.
#[pyclass(frozen, module = "qiancheng._native")]
pub(crate) struct NativeTable {
    name: &'static str,
    batch: RecordBatch,
    declared: Option<Declared>,
}

/// Which declaration has told a table its columns, so that what was learnt of one table is known of the next: the kind of
/// document, the table's name, and whether it is the text columns alone, as large strings.
type Declared = (&'static str, &'static str, bool);

impl NativeTable {
    pub(super) fn new(name: &'static str, batch: RecordBatch) -> Self {
        Self { name, batch, declared: None }
    }

    /// A table with all the columns that a kind of document declares for it, in their order.
    pub(super) fn declared_by(kind: Kind, name: &'static str, batch: RecordBatch) -> Self {
        Self { name, batch, declared: Some((kind.name(), name, false)) }
    }

    fn column(&self, name: &str) -> PyResult<usize> {
        self.batch.schema_ref().index_of(name).map_err(|_| PyKeyError::new_err(name.to_owned()))
    }
}

#[pymethods]
impl NativeTable {
    /// Its name.
    #[getter]
    fn name(&self) -> &'static str {
        self.name
    }

    /// The columns' names in order.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.batch.schema_ref().fields().iter().map(|field| field.name().as_str()).collect()
    }

    /// What the columns are.
    fn fields(&self) -> Vec<Field> {
        let fields = self.batch.schema_ref().fields().iter();
        fields
            .map(|field| {
                let spelt = spelt(field.data_type());
                (field.name().clone(), spelt, field.is_nullable(), field.metadata().clone().into())
            })
            .collect()
    }

    /// What is said about the table itself.
    fn metadata(&self) -> HashMap<String, String> {
        self.batch.schema_ref().metadata().clone().into()
    }

    /// The rows as a stream of the Arrow C data interface. Nothing is copied. The schema is the table's own: what the consumer
    /// would rather have is its own business, as the interface allows.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = [Ok::<_, ArrowError>(self.batch.clone())];
        let batches = RecordBatchIterator::new(batches, self.batch.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), c"arrow_array_stream")
    }

    /// The schema in the Arrow C data interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.batch.schema_ref().as_ref())
            .map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// Which declaration the columns follow, all of them and in order; none for a selection.
    #[getter]
    fn declared(&self) -> Option<Declared> {
        self.declared
    }

    /// The rows as an array of the Arrow C data interface, without the schema: its address, and the owner. Whoever takes it
    /// from there leaves nothing for the owner to free. Nothing is copied.
    fn batch<'py>(&self, py: Python<'py>) -> PyResult<(usize, Bound<'py, PyCapsule>)> {
        let rows = StructArray::from(self.batch.clone()).into_data();
        let owner = PyCapsule::new_with_value(py, FFI_ArrowArray::new(&rows), ARRAY)?;
        let address = owner.pointer_checked(Some(ARRAY))?.as_ptr().expose_provenance();
        Ok((address, owner))
    }

    /// All columns but text, or all with text, as bytes that numpy can look at.
    fn arrays<'py>(&self, py: Python<'py>, text: bool) -> PyResult<Vec<arrays::Parts<'py>>> {
        let arrays: Vec<Array<'_>> = released(py, || arrays::of(&self.batch, text))?;
        let fields = self.batch.schema_ref().fields().iter();
        fields.zip(arrays).map(|(field, array)| array.into_parts(py, field.name())).collect()
    }

    /// The text columns alone, as Arrow's large strings: what pandas keeps text as.
    fn texts(&self, py: Python<'_>) -> PyResult<Self> {
        let batch = released(py, || arrays::large_texts(&self.batch))?;
        let batch = batch.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        let declared = self.declared.map(|(kind, table, _)| (kind, table, true));
        Ok(Self { name: self.name, batch, declared })
    }

    /// The values of a column as a list: text, whole numbers, floats and booleans as such; money as whole numbers of the
    /// smallest unit, times in microseconds, days in days since 1970.
    fn values<'py>(&self, py: Python<'py>, column: &str) -> PyResult<Bound<'py, PyList>> {
        values::list(py, self.batch.column(self.column(column)?))
    }

    /// Some of the rows. They are not copied.
    fn slice(&self, start: usize, stop: usize) -> Self {
        let start = start.min(self.batch.num_rows());
        let stop = stop.clamp(start, self.batch.num_rows());
        let batch = self.batch.slice(start, stop - start);
        Self { name: self.name, batch, declared: self.declared }
    }

    /// Some of the columns, in the order given. They are not copied.
    #[allow(clippy::needless_pass_by_value, reason = "what Python hands over")]
    fn select(&self, columns: Vec<String>) -> PyResult<Self> {
        let places = columns.iter().map(|name| self.column(name)).collect::<PyResult<Vec<_>>>()?;
        let batch =
            self.batch.project(&places).map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
        Ok(Self::new(self.name, batch))
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| self.name == other.get().name && self.batch == other.get().batch)
    }
}

/// A type as pyarrow spells it.
fn spelt(data_type: &DataType) -> String {
    match data_type {
        DataType::Utf8 => "string".to_owned(),
        DataType::Int64 => "int64".to_owned(),
        DataType::Float64 => "double".to_owned(),
        DataType::Boolean => "bool".to_owned(),
        DataType::Date32 => "date32[day]".to_owned(),
        DataType::Decimal128(precision, scale) => format!("decimal128({precision}, {scale})"),
        DataType::Timestamp(TimeUnit::Microsecond, Some(zone)) => format!("timestamp[us, tz={zone}]"),
        other => other.to_string(),
    }
}
