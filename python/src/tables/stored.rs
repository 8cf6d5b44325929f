//! Raw data kept in a file.

use std::path::PathBuf;

use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use qiancheng_tables::stored::{Stored, StoredError};

use super::document::Source;
use super::fault::released;

/// Raw data with what must be known to read them again.
#[pyclass(frozen, module = "qiancheng._native")]
pub(crate) struct NativeStored(Stored);

#[pymethods]
impl NativeStored {
    /// Takes a document of a kind, and when it was fetched (microseconds since 1970 in UTC).
    #[new]
    #[allow(clippy::needless_pass_by_value, reason = "what Python hands over")]
    fn new(kind: &str, source: Source, fetched_at: Option<i64>) -> PyResult<Self> {
        let kind = kind.parse().map_err(|_| PyValueError::new_err("no such kind of document"))?;
        Ok(Self(Stored::new(kind, source.bytes(), fetched_at)))
    }

    /// Reads a file's content and checks it: `None` with the reason, in words, if it is not as it was written.
    #[staticmethod]
    #[allow(clippy::needless_pass_by_value, reason = "what Python hands over")]
    fn decode(py: Python<'_>, content: Source) -> PyResult<(Option<Self>, Option<String>)> {
        let stored = released(py, || Stored::decode(content.bytes()))?;
        Ok(match stored {
            Ok(stored) => (Some(Self(stored)), None),
            Err(error) => (None, Some(error.to_string())),
        })
    }

    /// Writes the file: whole or not at all, and readable by its owner only.
    fn write(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        released(py, || self.0.write(&path))?.map_err(|error| match error {
            StoredError::Io(error) => match error.raw_os_error() {
                Some(number) => PyOSError::new_err((number, error.kind().to_string(), path)),
                None => error.into(),
            },
            error => PyValueError::new_err(error.to_string()),
        })
    }

    /// The kind of document.
    #[getter]
    fn kind(&self) -> &'static str {
        self.0.kind().name()
    }

    /// The version of the tables' declaration when it was stored.
    #[getter]
    fn schema_version(&self) -> u32 {
        self.0.schema_version()
    }

    /// When it was fetched, in microseconds since 1970 in UTC.
    #[getter]
    fn fetched_at(&self) -> Option<i64> {
        self.0.fetched_at()
    }

    /// The document.
    #[getter]
    fn raw<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.bytes())
    }

    /// The checksum of the document and of what is said of it, in hexadecimal.
    #[getter]
    fn sha256(&self) -> String {
        self.0.sha256()
    }
}
