//! What a client does, for Python's logging: logger `qiancheng`, no bodies, no personal data.
//!
//! A call asks the logger once, before it begins, whether it listens. Nothing is made of events that nobody hears, and
//! a program that has not imported `logging` is not made to.

use std::sync::atomic::{AtomicU8, Ordering::Relaxed};
use std::time::Duration;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;
use qiancheng::{Event, Outcome};

const OFF: u8 = u8::MAX;
const DEBUG: u8 = 10;
const INFO: u8 = 20;

/// The lowest level that is heard.
static HEARD: AtomicU8 = AtomicU8::new(OFF);
static LOGGER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// Asks the logger what it listens to.
pub(crate) fn ask(py: Python<'_>) -> PyResult<()> {
    let Some(logger) = logger(py)? else { return Ok(()) };
    let hears = |level: u8| logger.call_method1(intern!(py, "isEnabledFor"), (level,))?.is_truthy();
    let lowest = match (hears(INFO)?, HEARD.load(Relaxed)) {
        (false, OFF) => return Ok(()),
        (false, _) => OFF,
        (true, _) => {
            if hears(DEBUG)? {
                DEBUG
            } else {
                INFO
            }
        }
    };
    HEARD.store(lowest, Relaxed);
    Ok(())
}

fn logger(py: Python<'_>) -> PyResult<Option<&Bound<'_, PyAny>>> {
    static MODULES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    if let Some(logger) = LOGGER.get(py) {
        return Ok(Some(logger.bind(py)));
    }
    let modules = MODULES.get_or_try_init(py, || -> PyResult<_> {
        Ok(py.import("sys")?.getattr("modules")?.cast_into::<PyDict>()?.unbind())
    })?;
    let Some(logging) = modules.bind(py).get_item(intern!(py, "logging"))? else { return Ok(None) };
    let logger = logging.call_method1("getLogger", ("qiancheng",))?.unbind();
    Ok(Some(LOGGER.get_or_init(py, || logger).bind(py)))
}

/// Hears an event, on the thread that it happened on.
pub(crate) fn hear(event: &Event<'_>) {
    let heard = HEARD.load(Relaxed);
    if heard == OFF {
        return;
    }
    let (level, text) = describe(event);
    if level >= heard {
        // An interpreter that is about to end does not log any more.
        Python::try_attach(|py| {
            if let Some(logger) = LOGGER.get(py)
                && let Err(error) = logger.call_method1(py, intern!(py, "log"), (level, text))
            {
                error.write_unraisable(py, None);
            }
        });
    }
}

fn describe(event: &Event<'_>) -> (u8, String) {
    match event {
        Event::Attempt { endpoint, attempt, http_status, sent, received, took, .. } => {
            let answer =
                http_status.map_or_else(|| "no answer".to_owned(), |status| format!("HTTP {status}"));
            let took = milliseconds(*took);
            (
                DEBUG,
                format!(
                    "{endpoint}: attempt {attempt}, {answer}, {sent} bytes sent, {received} received, {took}"
                ),
            )
        }
        Event::Repeat { endpoint, attempt, pause, error, .. } => {
            let (kind, pause) = (error.kind(), milliseconds(*pause));
            (INFO, format!("{endpoint}: attempt {attempt} failed ({kind}), will be sent again in {pause}"))
        }
        Event::TokenFetched { life, .. } => {
            (DEBUG, format!("token fetched, good for {} h", life.as_secs() / 3600))
        }
        Event::TokenRefused => (INFO, "token refused".to_owned()),
        Event::Call { endpoint, took, error: None, .. } => {
            (DEBUG, format!("{endpoint}: done in {}", milliseconds(*took)))
        }
        Event::Call { endpoint, took, error: Some(error), .. } => {
            let code = error.code().map_or_else(String::new, |code| format!(", code {code}"));
            let outcome = match error.outcome() {
                Outcome::Unknown => ", the vendor may have done it",
                Outcome::NotSent | Outcome::Rejected => "",
            };
            let took = milliseconds(*took);
            (INFO, format!("{endpoint}: failed in {took} ({}{code}{outcome})", error.kind()))
        }
        _ => (DEBUG, format!("{event:?}")),
    }
}

fn milliseconds(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1000.0)
}
