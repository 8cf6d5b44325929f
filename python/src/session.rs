//! Sessions.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::UNIX_EPOCH;

use pyo3::prelude::*;
use pyo3::types::PyString;
use qiancheng::Answer;
use qiancheng::blocking::{Collection, Session, Steps};
use qiancheng::personal::Secret;
use qiancheng::session::{self, Response, SaveKey, SessionKind, Step};
use serde::Serialize;

use crate::answer::RawAnswer;
use crate::convert;
use crate::delivery::{NativeDelivery, NativeTask, launch};
use crate::errors::{invalid, raise};
use crate::interrupt::wait;
use crate::json;

/// A collection that is under way. Steps and challenges cross as the core writes them in JSON.
#[pyclass(frozen, module = "qiancheng._native")]
pub(crate) struct NativeSession(Session);

/// Something of the core as Python values, in the core's own JSON.
fn value<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    let text = serde_json::to_string(value)
        .map_err(|error| pyo3::exceptions::PyRuntimeError::new_err(error.to_string()))?;
    json::read(py, &text)
}

#[allow(clippy::unnecessary_wraps, reason = "what makes a result may fail, elsewhere")]
fn nothing(py: Python<'_>, (): ()) -> PyResult<Py<PyAny>> {
    Ok(py.None())
}

#[allow(clippy::needless_pass_by_value, reason = "what makes a result is given it")]
fn step(py: Python<'_>, step: Step) -> PyResult<Py<PyAny>> {
    value(py, &step).map(Bound::unbind)
}

fn step_or_none(py: Python<'_>, step: Option<Step>) -> PyResult<Py<PyAny>> {
    step.map_or_else(|| Ok(py.None()), |step| self::step(py, step))
}

fn answer(py: Python<'_>, answer: Answer) -> PyResult<Py<PyAny>> {
    Ok(Bound::new(py, RawAnswer(answer))?.into_any().unbind())
}

pub(crate) fn kind(py: Python<'_>, name: &str) -> PyResult<SessionKind> {
    SessionKind::from_name(name).ok_or_else(|| {
        let names = SessionKind::ALL.map(SessionKind::name).join(", ");
        invalid(py, "", &format!("there is no such kind of session; there are {names}"))
    })
}

pub(crate) fn save_key(py: Python<'_>, key: &[u8]) -> PyResult<SaveKey> {
    SaveKey::from_slice(key).map_err(|error| raise(py, &error))
}

impl NativeSession {
    pub(crate) fn new(session: impl Into<Session>) -> Self {
        Self(session.into())
    }

    fn inner(&self) -> session::Session {
        self.0.as_async().clone()
    }
}

#[pymethods]
impl NativeSession {
    /// What is collected.
    #[getter]
    fn kind(&self) -> &'static str {
        self.0.kind().name()
    }

    /// The session's key at the vendor, in clear.
    #[getter]
    fn open_id(&self) -> String {
        self.0.open_id().expose().to_owned()
    }

    /// The same, masked.
    #[getter]
    fn masked_open_id(&self) -> String {
        self.0.open_id().to_string()
    }

    /// When the session ends, in seconds since 1970.
    #[getter]
    fn expires_at(&self) -> f64 {
        self.0.expires_at().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
    }

    /// What the vendor said at the last poll.
    #[getter]
    fn status<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        value(py, &self.0.status())
    }

    /// Whose licence text the borrower is shown.
    #[getter]
    fn provider(&self) -> Option<i64> {
        self.0.provider()
    }

    /// Ends the session on this side.
    fn cancel(&self) {
        self.0.cancel();
    }

    /// Writes the session down, encrypted.
    fn save(&self, py: Python<'_>, key: &[u8]) -> PyResult<String> {
        self.0.save(&save_key(py, key)?).map_err(|error| raise(py, &error))
    }

    /// Asks how the session stands.
    fn poll<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        value(py, &wait(py, || self.0.poll())?)
    }

    /// The same, for asyncio.
    fn poll_async(&self, py: Python<'_>, to: &NativeDelivery, future: Py<PyAny>) -> PyResult<NativeTask> {
        let session = self.inner();
        launch(py, to, future, async move { session.poll().await }, step)
    }

    /// Answers a challenge.
    fn submit(&self, py: Python<'_>, challenge: &str, answer: String) -> PyResult<()> {
        let answer = Secret::from(answer);
        wait(py, || self.0.submit_by_id(challenge, answer))
    }

    /// The same, for asyncio.
    fn submit_async(
        &self,
        py: Python<'_>,
        to: &NativeDelivery,
        future: Py<PyAny>,
        challenge: String,
        answer: String,
    ) -> PyResult<NativeTask> {
        let (session, answer) = (self.inner(), Secret::from(answer));
        launch(py, to, future, async move { session.submit_by_id(&challenge, answer).await }, nothing)
    }

    /// Has a challenge sent again.
    fn resend(&self, py: Python<'_>, challenge: &str) -> PyResult<()> {
        wait(py, || self.0.resend_by_id(challenge))
    }

    /// The same, for asyncio.
    fn resend_async(
        &self,
        py: Python<'_>,
        to: &NativeDelivery,
        future: Py<PyAny>,
        challenge: String,
    ) -> PyResult<NativeTask> {
        let session = self.inner();
        launch(py, to, future, async move { session.resend_by_id(&challenge).await }, nothing)
    }

    /// Logs in to a session that was opened without a login.
    fn login(&self, py: Python<'_>, params: &Bound<'_, PyAny>) -> PyResult<()> {
        let params = convert::params(Some(params))?;
        wait(py, || self.0.login_by_params(params))
    }

    /// The same, for asyncio.
    fn login_async(
        &self,
        py: Python<'_>,
        to: &NativeDelivery,
        future: Py<PyAny>,
        params: &Bound<'_, PyAny>,
    ) -> PyResult<NativeTask> {
        let (session, params) = (self.inner(), convert::params(Some(params))?);
        launch(py, to, future, async move { session.login_by_params(params).await }, nothing)
    }

    /// The banks of a session of e-bank's second version.
    fn banks(&self, py: Python<'_>) -> PyResult<RawAnswer> {
        wait(py, || self.0.banks()).map(|reply| RawAnswer(reply.answer().clone()))
    }

    /// The same, for asyncio.
    fn banks_async(&self, py: Python<'_>, to: &NativeDelivery, future: Py<PyAny>) -> PyResult<NativeTask> {
        let session = self.inner();
        launch(py, to, future, async move { Ok(session.banks().await?.answer().clone()) }, answer)
    }

    /// The raw data of a session that has finished.
    fn raw_data(&self, py: Python<'_>) -> PyResult<RawAnswer> {
        wait(py, || self.0.raw_data()).map(|reply| RawAnswer(reply.answer().clone()))
    }

    /// The same, for asyncio.
    fn raw_data_async(&self, py: Python<'_>, to: &NativeDelivery, future: Py<PyAny>) -> PyResult<NativeTask> {
        let session = self.inner();
        launch(py, to, future, async move { Ok(session.raw_data().await?.answer().clone()) }, answer)
    }

    /// The report of a telecom session that has finished.
    fn report(&self, py: Python<'_>) -> PyResult<RawAnswer> {
        wait(py, || self.0.report()).map(|reply| RawAnswer(reply.answer().clone()))
    }

    /// The same, for asyncio.
    fn report_async(&self, py: Python<'_>, to: &NativeDelivery, future: Py<PyAny>) -> PyResult<NativeTask> {
        let session = self.inner();
        launch(py, to, future, async move { Ok(session.report().await?.answer().clone()) }, answer)
    }

    /// The steps of the session, with the pauses between polls.
    fn steps(&self) -> NativeSteps {
        NativeSteps {
            blocking: Mutex::new(self.0.steps()),
            asynchronous: Arc::new(tokio::sync::Mutex::new(self.0.as_async().steps())),
        }
    }

    /// Leads the session to its end, step by step.
    fn collection(&self) -> NativeCollection {
        NativeCollection {
            blocking: Mutex::new(self.0.collection()),
            asynchronous: Arc::new(tokio::sync::Mutex::new(self.0.as_async().collection())),
        }
    }
}

/// What is to be done about a challenge: text answers it, `True` has it sent again, `None` gives up.
fn response(given: &Bound<'_, PyAny>) -> PyResult<Response> {
    if given.is_none() {
        return Ok(Response::GiveUp);
    }
    if let Ok(text) = given.cast::<PyString>() {
        return Ok(Response::Answer(Secret::from(text.to_cow()?.into_owned())));
    }
    if given.extract::<bool>().is_ok_and(|again| again) {
        return Ok(Response::Resend);
    }
    let name = given.get_type().name()?;
    Err(pyo3::exceptions::PyTypeError::new_err(format!("a challenge is answered with text, not {name}")))
}

/// The steps of a session, one after the other.
#[pyclass(frozen, module = "qiancheng._native")]
pub(crate) struct NativeSteps {
    blocking: Mutex<Steps>,
    asynchronous: Arc<tokio::sync::Mutex<session::Steps>>,
}

#[pymethods]
impl NativeSteps {
    /// The next step, or `None` after the last.
    fn next<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let step = wait(py, || {
            let mut steps = self.blocking.lock().unwrap_or_else(PoisonError::into_inner);
            steps.next().transpose()
        })?;
        step.map(|step| value(py, &step)).transpose()
    }

    /// The same, for asyncio.
    fn next_async(&self, py: Python<'_>, to: &NativeDelivery, future: Py<PyAny>) -> PyResult<NativeTask> {
        let steps = Arc::clone(&self.asynchronous);
        let work = async move { steps.lock().await.next().await.transpose() };
        launch(py, to, future, work, step_or_none)
    }
}

/// A collection on its way to its end.
#[pyclass(frozen, module = "qiancheng._native")]
pub(crate) struct NativeCollection {
    blocking: Mutex<Collection>,
    asynchronous: Arc<tokio::sync::Mutex<session::Collection>>,
}

#[pymethods]
impl NativeCollection {
    /// The next step, or `None` once the session has finished.
    fn step<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let step = wait(py, || self.blocking().step())?;
        step.map(|step| value(py, &step)).transpose()
    }

    /// The same, for asyncio.
    fn step_async(&self, py: Python<'_>, to: &NativeDelivery, future: Py<PyAny>) -> PyResult<NativeTask> {
        let collection = Arc::clone(&self.asynchronous);
        launch(py, to, future, async move { collection.lock().await.step().await }, step_or_none)
    }

    /// Answers the last step's challenge with text, has it sent again with `True`, gives up with `None`.
    fn respond(&self, py: Python<'_>, given: &Bound<'_, PyAny>) -> PyResult<()> {
        let response = response(given)?;
        wait(py, || self.blocking().respond(response))
    }

    /// The same, for asyncio.
    fn respond_async(
        &self,
        py: Python<'_>,
        to: &NativeDelivery,
        future: Py<PyAny>,
        given: &Bound<'_, PyAny>,
    ) -> PyResult<NativeTask> {
        let (collection, response) = (Arc::clone(&self.asynchronous), response(given)?);
        launch(py, to, future, async move { collection.lock().await.respond(response).await }, nothing)
    }
}

impl NativeCollection {
    fn blocking(&self) -> MutexGuard<'_, Collection> {
        self.blocking.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
