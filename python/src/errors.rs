//! Errors of the core as exceptions of `qiancheng._errors`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;
use qiancheng::{Error, ErrorKind, Result};

/// The exception classes by the names of their kinds, looked up when the first error is raised.
fn classes(py: Python<'_>) -> PyResult<&Bound<'_, PyDict>> {
    static CLASSES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let classes = CLASSES.get_or_try_init(py, || -> PyResult<_> {
        let by_kind = py.import("qiancheng._errors")?.getattr("BY_KIND")?;
        Ok(by_kind.cast_into::<PyDict>()?.unbind())
    })?;
    Ok(classes.bind(py))
}

/// An error of the core as an exception.
pub(crate) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    build(py, error).map_or_else(|failure| failure, PyErr::from_value)
}

/// A value that may not be sent, and where it is (a JSON Pointer).
pub(crate) fn invalid(py: Python<'_>, field: &str, message: &str) -> PyErr {
    let made = || -> PyResult<_> {
        let fields = PyDict::new(py);
        fields.set_item(intern!(py, "message"), message)?;
        fields.set_item(intern!(py, "field"), Some(field).filter(|field| !field.is_empty()))?;
        instance(py, ErrorKind::InvalidInput, &fields)
    };
    made().map_or_else(|failure| failure, PyErr::from_value)
}

/// A setting that makes no sense.
pub(crate) fn misconfigured(py: Python<'_>, message: &str) -> PyErr {
    let made = || -> PyResult<_> {
        let fields = PyDict::new(py);
        fields.set_item(intern!(py, "message"), message)?;
        instance(py, ErrorKind::Config, &fields)
    };
    made().map_or_else(|failure| failure, PyErr::from_value)
}

/// An error of the core as an exception that is not raised.
pub(crate) fn build<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let fields = PyDict::new(py);
    fields.set_item(intern!(py, "message"), error.message())?;
    fields.set_item(intern!(py, "code"), error.code())?;
    fields.set_item(intern!(py, "vendor_message"), error.vendor_message())?;
    fields.set_item(intern!(py, "endpoint"), error.endpoint())?;
    fields.set_item(intern!(py, "field"), error.field())?;
    fields.set_item(intern!(py, "http_status"), error.http_status())?;
    fields.set_item(intern!(py, "attempts"), error.attempts())?;
    fields.set_item(intern!(py, "retryable"), error.is_retryable())?;
    fields.set_item(intern!(py, "outcome"), error.outcome().name())?;
    instance(py, error.kind(), &fields)
}

fn instance<'py>(
    py: Python<'py>,
    kind: ErrorKind,
    fields: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyAny>> {
    classes(py)?.as_any().get_item(kind.name())?.call((), Some(fields))
}

/// Runs core work on a thread that is detached from the interpreter; a panic becomes an error.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    // What a panic could leave half-changed is behind locks that the core recovers.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::from_panic()))
}
