//! A document that cannot be read, as an exception of `qiancheng.tables`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use qiancheng_tables::ReadError;

use crate::errors;

/// Runs work that is none of Python's with the interpreter released; a panic becomes an error.
pub(super) fn released<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    py.detach(|| catch_unwind(AssertUnwindSafe(work)))
        .map_err(|_| errors::raise(py, &qiancheng::Error::from_panic()))
}

/// A `DataError`.
pub(super) fn raise(py: Python<'_>, error: &ReadError) -> PyErr {
    build(py, error).map_or_else(|failure| failure, PyErr::from_value)
}

/// A `DataError` that is not raised.
pub(super) fn build<'py>(py: Python<'py>, error: &ReadError) -> PyResult<Bound<'py, PyAny>> {
    let fields = PyDict::new(py);
    fields.set_item(intern!(py, "reason"), error.kind().name())?;
    fields.set_item(intern!(py, "offset"), error.offset())?;
    fields.set_item(intern!(py, "line"), error.line())?;
    fields.set_item(intern!(py, "column"), error.column())?;
    fields.set_item(intern!(py, "path"), error.path())?;
    fields.set_item(intern!(py, "expected"), error.expected())?;
    fields.set_item(intern!(py, "found"), error.found())?;
    let class = py.import("qiancheng.tables._errors")?.getattr(intern!(py, "DataError"))?;
    class.call((error.to_string(),), Some(&fields))
}
