//! The tables of one document.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use qiancheng_tables::{Kind, Options, SignConvention, Tables, read};

use super::fault::{self, released};
use super::table::NativeTable;
use crate::answer::RawAnswer;

/// What a document is read from, without a copy.
#[derive(FromPyObject)]
pub(crate) enum Source {
    Bytes(PyBackedBytes),
    Answer(Py<RawAnswer>),
}

impl Source {
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Answer(answer) => answer.get().0.data().as_bytes(),
        }
    }
}

/// Reads a document of a kind; the interpreter is released meanwhile.
#[pyfunction]
#[allow(clippy::needless_pass_by_value, reason = "what Python hands over")]
#[pyo3(signature = (kind, source, *, strict = false, partial = false, expense_positive = false))]
pub(crate) fn tables_read(
    py: Python<'_>,
    kind: &str,
    source: Source,
    strict: bool,
    partial: bool,
    expense_positive: bool,
) -> PyResult<NativeTables> {
    let kind: Kind = kind.parse().map_err(|_| PyValueError::new_err("no such kind of document"))?;
    let sign =
        if expense_positive { SignConvention::ExpensePositive } else { SignConvention::IncomePositive };
    let options = Options::default().strict(strict).partial(partial).sign(sign);
    let tables = released(py, || read(kind, source.bytes(), &options))?;
    tables.map(NativeTables).map_err(|error| fault::raise(py, &error))
}

/// The tables of one document.
#[pyclass(frozen, module = "qiancheng._native")]
pub(crate) struct NativeTables(pub(super) Tables);

#[pymethods]
impl NativeTables {
    /// The kind of document.
    #[getter]
    fn kind(&self) -> &'static str {
        self.0.kind().name()
    }

    /// The version of the tables' declaration.
    #[getter]
    fn schema_version(&self) -> u32 {
        self.0.schema_version()
    }

    /// The tables' names in order.
    #[getter]
    fn names(&self) -> Vec<&'static str> {
        self.0.names().collect()
    }

    /// The table of this name, or `None`.
    fn table(&self, name: &str) -> Option<NativeTable> {
        let table = self.0.table(name)?;
        Some(NativeTable::declared_by(self.0.kind(), table.name(), table.batch().clone()))
    }

    /// Where reading ended early, as an exception that is not raised; `None` if it did not.
    fn fault<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0.fault().map(|error| fault::build(py, error)).transpose()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| self.0 == other.get().0)
    }
}
