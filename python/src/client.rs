//! The client.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use qiancheng::blocking::Client;
use qiancheng::endpoint::Method;
use qiancheng::personal::Handle;
use qiancheng::session::Session;
use qiancheng::{Answer, ClientBuilder};

use crate::answer::RawAnswer;
use crate::convert;
use crate::delivery::{NativeDelivery, NativeTask, launch};
use crate::errors::{invalid, raise};
use crate::interrupt::{wait, watched};
use crate::many::NativeWindow;
use crate::session::{NativeSession, kind, save_key};
use crate::{logging, settings};

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
        let params = prepared(py, params)?;
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
        let params = prepared(py, params)?;
        wait(py, || self.0.call_path(method, path, params)).map(RawAnswer)
    }

    /// Makes a call by its id on the background thread; a future of asyncio gets its answer.
    #[pyo3(signature = (to, future, endpoint, params = None))]
    fn call_async(
        &self,
        py: Python<'_>,
        to: &NativeDelivery,
        future: Py<PyAny>,
        endpoint: String,
        params: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<NativeTask> {
        let (client, params) = (self.0.as_async().clone(), prepared(py, params)?);
        launch(py, to, future, async move { client.call(&endpoint, params).await }, answer)
    }

    /// The same for a call that this library does not know.
    #[pyo3(signature = (to, future, method, path, params = None))]
    fn call_path_async(
        &self,
        py: Python<'_>,
        to: &NativeDelivery,
        future: Py<PyAny>,
        method: &str,
        path: String,
        params: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<NativeTask> {
        let method = self::method(py, method)?;
        let (client, params) = (self.0.as_async().clone(), prepared(py, params)?);
        launch(py, to, future, async move { client.call_path(method, &path, params).await }, answer)
    }

    /// Room for calls of one endpoint, so many at a time.
    fn window(&self, py: Python<'_>, endpoint: &str, concurrency: usize) -> PyResult<NativeWindow> {
        logging::ask(py)?;
        Ok(NativeWindow::new(self.0.as_async().window(endpoint, concurrency)))
    }

    /// Opens a session of a kind.
    fn open(&self, py: Python<'_>, kind: &str, params: &Bound<'_, PyAny>) -> PyResult<NativeSession> {
        let (kind, params) = (self::kind(py, kind)?, prepared(py, Some(params))?);
        wait(py, || self.0.open_session(kind, params)).map(NativeSession::new)
    }

    /// The same, for asyncio.
    fn open_async(
        &self,
        py: Python<'_>,
        to: &NativeDelivery,
        future: Py<PyAny>,
        kind: &str,
        params: &Bound<'_, PyAny>,
    ) -> PyResult<NativeTask> {
        let (kind, params) = (self::kind(py, kind)?, prepared(py, Some(params))?);
        let client = self.0.as_async().clone();
        let work = async move { client.open_session(kind, params).await };
        launch(py, to, future, work, |py, session: Session| {
            Ok(Bound::new(py, NativeSession::new(session))?.into_any().unbind())
        })
    }

    /// Resumes a session that was saved.
    fn resume(&self, py: Python<'_>, key: &[u8], text: &str) -> PyResult<NativeSession> {
        let session = self.0.resume(&save_key(py, key)?, text);
        session.map(NativeSession::new).map_err(|error| raise(py, &error))
    }

    /// Waits for an audit's verdict, for at most `limit` (seconds or a `timedelta`).
    fn wait_for_verdict(
        &self,
        py: Python<'_>,
        open_id: String,
        limit: &Bound<'_, PyAny>,
    ) -> PyResult<RawAnswer> {
        let (open_id, limit) = (Handle::from(open_id), settings::duration(limit, "limit")?);
        logging::ask(py)?;
        wait(py, || self.0.risk().wait(&open_id, limit)).map(|verdict| RawAnswer(verdict.answer().clone()))
    }

    /// The same, for asyncio.
    fn wait_for_verdict_async(
        &self,
        py: Python<'_>,
        to: &NativeDelivery,
        future: Py<PyAny>,
        open_id: String,
        limit: &Bound<'_, PyAny>,
    ) -> PyResult<NativeTask> {
        let (open_id, limit) = (Handle::from(open_id), settings::duration(limit, "limit")?);
        logging::ask(py)?;
        let client = self.0.as_async().clone();
        let work = async move { Ok(client.risk().wait(&open_id, limit).await?.answer().clone()) };
        launch(py, to, future, work, answer)
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
        let builder = settings::apply(builder, settings)?.on_event(logging::hear);
        // Reading keys and certificates takes a while.
        let client = wait(py, || builder.build_blocking())?;
        Ok(Self(client.with_options(watched())))
    }
}

/// The parameters of a call that is about to be made.
fn prepared(py: Python<'_>, params: Option<&Bound<'_, PyAny>>) -> PyResult<serde_json::Value> {
    logging::ask(py)?;
    convert::params(params)
}

fn answer(py: Python<'_>, answer: Answer) -> PyResult<Py<PyAny>> {
    Ok(Bound::new(py, RawAnswer(answer))?.into_any().unbind())
}

fn method(py: Python<'_>, name: &str) -> PyResult<Method> {
    match name {
        "GET" => Ok(Method::GET),
        "POST" => Ok(Method::POST),
        _ => Err(invalid(py, "", "the method must be GET or POST")),
    }
}
