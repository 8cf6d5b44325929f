//! The client.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use qiancheng::ClientBuilder;
use qiancheng::blocking::Client;
use qiancheng::endpoint::Method;

use crate::answer::RawAnswer;
use crate::convert;
use crate::errors::{invalid, raise};
use crate::interrupt::{wait, watched};
use crate::settings;

/// Speaks to the vendor.
#[pyclass(frozen, module = "qiancheng._native")]
pub(crate) struct NativeClient(pub(crate) Client);

#[pymethods]
impl NativeClient {
    /// Sets a client up from settings alone.
    #[new]
    fn new(py: Python<'_>, settings: &Bound<'_, PyDict>) -> PyResult<Self> {
        Self::build(py, ClientBuilder::default(), settings)
    }

    /// Sets a client up from the environment, and from settings that overrule it.
    #[staticmethod]
    fn from_environment(py: Python<'_>, settings: &Bound<'_, PyDict>) -> PyResult<Self> {
        let builder = ClientBuilder::from_env().map_err(|error| raise(py, &error))?;
        Self::build(py, builder, settings)
    }

    /// A client with other settings, sharing tokens, connections and counters with this one.
    fn with_options(&self, options: &Bound<'_, PyDict>) -> PyResult<Self> {
        Ok(Self(self.0.with_options(settings::options(options)?)))
    }

    /// Makes a call by its id, and waits for the answer.
    #[pyo3(signature = (endpoint, params = None))]
    fn call(&self, py: Python<'_>, endpoint: &str, params: Option<&Bound<'_, PyAny>>) -> PyResult<RawAnswer> {
        let params = convert::params(params)?;
        wait(py, || self.0.call(endpoint, params)).map(RawAnswer)
    }

    /// Makes a call that this library does not know, and waits for the answer.
    #[pyo3(signature = (method, path, params = None))]
    fn call_path(
        &self,
        py: Python<'_>,
        method: &str,
        path: &str,
        params: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<RawAnswer> {
        let method = self::method(py, method)?;
        let params = convert::params(params)?;
        wait(py, || self.0.call_path(method, path, params)).map(RawAnswer)
    }

    /// What the client and those made from it have done so far.
    fn stats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let stats = self.0.stats();
        let dict = PyDict::new(py);
        dict.set_item("calls", stats.calls)?;
        dict.set_item("attempts", stats.attempts)?;
        dict.set_item("repeats", stats.repeats)?;
        dict.set_item("tokens_fetched", stats.tokens_fetched)?;
        dict.set_item("bytes_sent", stats.bytes_sent)?;
        dict.set_item("bytes_received", stats.bytes_received)?;
        dict.set_item("errors", stats.errors)?;
        let latency: Vec<_> =
            stats.latency.iter().map(|bucket| (bucket.up_to_microseconds, bucket.calls)).collect();
        dict.set_item("latency", latency)?;
        Ok(dict)
    }

    /// Where the client points: scheme, host and port.
    #[getter]
    fn origin(&self) -> &str {
        self.0.as_async().origin()
    }
}

impl NativeClient {
    fn build(py: Python<'_>, builder: ClientBuilder, settings: &Bound<'_, PyDict>) -> PyResult<Self> {
        let builder = settings::apply(builder, settings)?;
        // Reading keys and certificates takes a while.
        let client = wait(py, || builder.build_blocking())?;
        Ok(Self(client.with_options(watched())))
    }
}

fn method(py: Python<'_>, name: &str) -> PyResult<Method> {
    match name {
        "GET" => Ok(Method::GET),
        "POST" => Ok(Method::POST),
        _ => Err(invalid(py, "", "the method must be GET or POST")),
    }
}
