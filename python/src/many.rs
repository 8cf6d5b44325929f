//! Many calls at a time.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use pyo3::prelude::*;
use qiancheng::Answer;
use qiancheng::many::Window;

use crate::answer::RawAnswer;
use crate::convert;
use crate::delivery::{NativeDelivery, NativeTask, launch};
use crate::errors::build;
use crate::interrupt::wait;

/// Calls of one endpoint that are under way, so many at a time; their answers are taken in order.
#[pyclass(frozen, module = "qiancheng._native")]
pub(crate) struct NativeWindow(Mutex<Window>);

impl NativeWindow {
    pub(crate) fn new(window: Window) -> Self {
        Self(Mutex::new(window))
    }

    fn window(&self) -> MutexGuard<'_, Window> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl NativeWindow {
    /// Starts a call. Raises what is wrong with its parameters as far as it can be seen here.
    fn push(&self, params: &Bound<'_, PyAny>) -> PyResult<()> {
        let params = convert::params(Some(params))?;
        self.window().push(params);
        Ok(())
    }

    /// The oldest call's answer, or its error (not raised). `None` if it has none yet.
    fn take<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let mut context = Context::from_waker(Waker::noop());
        let polled = {
            let mut window = self.window();
            if !window.is_ready() {
                return Ok(None);
            }
            window.poll_next(&mut context)
        };
        match polled {
            Poll::Ready(Some(result)) => item(py, result).map(Some),
            Poll::Ready(None) | Poll::Pending => Ok(None),
        }
    }

    /// Waits for the oldest call's answer or error, and takes it. `None` if there are no calls.
    fn wait<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let next = wait(py, || self.window().wait_next())?;
        next.map(|result| item(py, result)).transpose()
    }

    /// Gives a future of asyncio its result when the oldest call has its answer, or there are no calls.
    fn when_ready(
        slf: &Bound<'_, Self>,
        delivery: &NativeDelivery,
        future: Py<PyAny>,
    ) -> PyResult<NativeTask> {
        let py = slf.py();
        let ready = slf.get().window().ready();
        let work = async move {
            ready.await;
            Ok(())
        };
        launch(py, delivery, future, work, |py, ()| Ok(py.None()))
    }
}

/// An answer, or an error that is not raised.
fn item(py: Python<'_>, result: qiancheng::Result<Answer>) -> PyResult<Bound<'_, PyAny>> {
    match result {
        Ok(answer) => Ok(Bound::new(py, RawAnswer(answer))?.into_any()),
        Err(error) => build(py, &error),
    }
}
