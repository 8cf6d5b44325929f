//! An answer as it came.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString, PyType};
use qiancheng::Answer;

use crate::errors::raise;
use crate::json;

/// An answer of the vendor: its bytes, and where it came from.
#[pyclass(frozen, module = "qiancheng._native")]
pub(crate) struct RawAnswer(pub(crate) Answer);

#[pymethods]
impl RawAnswer {
    /// Reads an answer that was recorded: the whole body, as it came.
    #[new]
    #[pyo3(signature = (endpoint, body, *, http_status = 200, attempts = 1, message = None))]
    fn new(
        py: Python<'_>,
        endpoint: String,
        body: &[u8],
        http_status: u16,
        attempts: u32,
        message: Option<String>,
    ) -> PyResult<Self> {
        Answer::recorded(endpoint, body.to_vec(), http_status, attempts, message)
            .map(Self)
            .map_err(|error| raise(py, &error))
    }

    /// The JSON text of the envelope's `data`, as it came.
    #[getter]
    fn data<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.data().as_bytes())
    }

    /// The whole body, as it came.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.body())
    }

    /// The endpoint's id, or the path of a call by path.
    #[getter]
    fn endpoint<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        PyString::intern(py, self.0.endpoint())
    }

    /// The vendor's `code`.
    #[getter]
    fn code(&self) -> i64 {
        self.0.code()
    }

    /// The vendor's `msg`, with everything that was sent taken out of it.
    #[getter]
    fn message(&self) -> Option<&str> {
        self.0.message()
    }

    /// The HTTP status.
    #[getter]
    fn http_status(&self) -> u16 {
        self.0.http_status()
    }

    /// How often the request was sent.
    #[getter]
    fn attempts(&self) -> u32 {
        self.0.attempts()
    }

    /// `data` as Python values, read anew each time.
    fn value<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::read(py, self.0.data())
    }

    fn __repr__(&self) -> String {
        format!("<RawAnswer {}, {} bytes>", self.0.endpoint(), self.0.body().len())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        let py = slf.py();
        let answer = &slf.get().0;
        let options = PyDict::new(py);
        options.set_item(intern!(py, "http_status"), answer.http_status())?;
        options.set_item(intern!(py, "attempts"), answer.attempts())?;
        options.set_item(intern!(py, "message"), answer.message())?;
        let make = py.import(intern!(py, "functools"))?.getattr(intern!(py, "partial"))?;
        let make = make.call((PyType::new::<Self>(py),), Some(&options))?;
        Ok((make, (answer.endpoint().to_owned(), PyBytes::new(py, answer.body()))))
    }
}

/// What makes an answer again, and from what.
type Reduced<'py> = (Bound<'py, PyAny>, (String, Bound<'py, PyBytes>));
