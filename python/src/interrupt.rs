//! Ctrl-C and other signals, looked at while a call waits.
//!
//! Python runs the handlers of signals on its main thread only, and only when that thread asks for it. A call that
//! waits asks about 20 times a second; what a handler raises ends the call and is raised from it.

use std::cell::{Cell, RefCell};
use std::process;

use pyo3::intern;
use pyo3::prelude::*;
use qiancheng::{CallOptions, Error, ErrorKind};

use crate::errors::{build, guarded, raise};

thread_local! {
    /// What a handler raised while this thread waited.
    static RAISED: RefCell<Option<PyErr>> = const { RefCell::new(None) };
    /// In which process this thread was the main one, or was not: a fork makes any thread the main one.
    static MAIN: Cell<Option<(u32, bool)>> = const { Cell::new(None) };
}

/// The options that make calls look at signals.
pub(crate) fn watched() -> CallOptions {
    CallOptions::new().watch(goes_on)
}

/// Runs the handlers of signals that have come; whether to go on.
fn goes_on() -> bool {
    let process = process::id();
    match MAIN.get() {
        Some((of, false)) if of == process => return true,
        Some((of, true)) if of == process => {}
        _ => {
            let main = Python::attach(|py| is_main(py).unwrap_or(false));
            MAIN.set(Some((process, main)));
            if !main {
                return true;
            }
        }
    }
    #[allow(clippy::redundant_closure_for_method_calls, reason = "the method is of one lifetime only")]
    let checked = Python::attach(|py| py.check_signals());
    match checked {
        Ok(()) => true,
        Err(raised) => {
            RAISED.set(Some(raised));
            false
        }
    }
}

fn is_main(py: Python<'_>) -> PyResult<bool> {
    let threading = py.import(intern!(py, "threading"))?;
    let main = threading.call_method0(intern!(py, "main_thread"))?.getattr(intern!(py, "ident"))?;
    main.eq(threading.call_method0(intern!(py, "get_ident"))?)
}

/// Does core work detached from the interpreter; its error, or what a signal's handler raised, is raised.
pub(crate) fn wait<T: Send>(
    py: Python<'_>,
    work: impl FnOnce() -> qiancheng::Result<T> + Send,
) -> PyResult<T> {
    let result = py.detach(|| guarded(work));
    settle(py, result)
}

/// A result of core work as Python's.
pub(crate) fn settle<T>(py: Python<'_>, result: qiancheng::Result<T>) -> PyResult<T> {
    if let Some(raised) = RAISED.take() {
        if let Err(error) = &result
            && error.kind() == ErrorKind::Cancelled
        {
            explain(py, &raised, error)?;
        }
        return Err(raised);
    }
    result.map_err(|error| raise(py, &error))
}

/// Says behind an interrupt what became of the call: whether it may have been processed.
fn explain(py: Python<'_>, raised: &PyErr, error: &Error) -> PyResult<()> {
    raised.set_cause(py, Some(PyErr::from_value(build(py, error)?)));
    Ok(())
}
