//! The sandbox: the vendor, played on a port of this machine.

use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::{PyOSError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use qiancheng_sandbox::{ControlError, Ready, Sandbox, SandboxConfig, StartError, Verdicts};

use crate::{convert, json};

/// A sandbox that serves until it is closed.
#[pyclass(frozen, module = "qiancheng._native")]
pub(crate) struct NativeSandbox {
    ready: Ready,
    /// `None` once it is closed.
    running: Mutex<Option<Sandbox>>,
}

#[pymethods]
impl NativeSandbox {
    /// Starts a sandbox, which serves when this returns.
    #[new]
    fn new(py: Python<'_>, settings: &Bound<'_, PyDict>) -> PyResult<Self> {
        let config = config(settings)?;
        let sandbox = py.detach(|| Sandbox::start(config)).map_err(|error| not_started(&error))?;
        Ok(Self { ready: sandbox.ready().clone(), running: Mutex::new(Some(sandbox)) })
    }

    /// Where it listens, without a slash at the end.
    #[getter]
    fn base_url(&self) -> &str {
        &self.ready.base_url
    }

    /// The merchant's account.
    #[getter]
    fn username(&self) -> &str {
        &self.ready.username
    }

    /// The merchant's password.
    #[getter]
    fn password(&self) -> &str {
        &self.ready.password
    }

    /// The public key that audits are encrypted with, PEM.
    #[getter]
    fn audit_public_key(&self) -> &str {
        &self.ready.audit_public_key
    }

    /// Adds fault rules; tells how many.
    fn add_faults(&self, py: Python<'_>, rules: &Bound<'_, PyAny>) -> PyResult<usize> {
        let rules = convert::json(rules)?;
        self.running(py, |sandbox| sandbox.add_faults(rules))?.map_err(|error| refused(&error))
    }

    /// Forgets all fault rules.
    fn clear_faults(&self, py: Python<'_>) -> PyResult<()> {
        self.running(py, Sandbox::clear_faults)
    }

    /// Queues answers; tells how many.
    fn script(&self, py: Python<'_>, script: &Bound<'_, PyAny>) -> PyResult<usize> {
        let script = convert::json(script)?;
        self.running(py, |sandbox| sandbox.script(script))?.map_err(|error| refused(&error))
    }

    /// Puts the clock forward.
    fn advance_clock(&self, py: Python<'_>, seconds: u64) -> PyResult<()> {
        self.running(py, |sandbox| sandbox.advance_clock(seconds))?.map_err(|error| refused(&error))
    }

    /// Ends every token; tells how many there were.
    fn revoke_tokens(&self, py: Python<'_>) -> PyResult<usize> {
        self.running(py, Sandbox::revoke_tokens)
    }

    /// The first so many people of the seed's population: name, ID number, mobile number, and whether the loan went bad.
    fn population(&self, py: Python<'_>, count: u64) -> PyResult<Vec<(String, String, String, bool)>> {
        let people = self.running(py, |sandbox| sandbox.population(count))?;
        Ok(people
            .into_iter()
            .map(|(person, defaulted)| (person.name, person.id_card, person.mobile, defaulted))
            .collect())
    }

    /// Every request so far, oldest first.
    fn journal<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let entries = self.running(py, Sandbox::journal)?;
        let list = PyList::empty(py);
        for entry in entries {
            list.append(json::read(py, &entry.to_string())?)?;
        }
        Ok(list)
    }

    /// Forgets sessions, tokens, faults, scripts and the journal, and sets the clock back.
    fn reset(&self, py: Python<'_>) -> PyResult<()> {
        self.running(py, Sandbox::reset)
    }

    /// Stops serving. May be called again.
    fn close(&self, py: Python<'_>) {
        py.detach(|| {
            let sandbox = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
            drop(sandbox);
        });
    }
}

impl NativeSandbox {
    fn running<T: Send>(&self, py: Python<'_>, work: impl FnOnce(&Sandbox) -> T + Send) -> PyResult<T> {
        py.detach(|| {
            let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
            running.as_ref().map(work)
        })
        .ok_or_else(|| PyRuntimeError::new_err("the sandbox is closed"))
    }
}

fn config(settings: &Bound<'_, PyDict>) -> PyResult<SandboxConfig> {
    let mut config = SandboxConfig::default();
    for (name, value) in settings.iter() {
        if value.is_none() {
            continue;
        }
        match name.extract::<String>()?.as_str() {
            "listen" => {
                config.listen = value.extract::<String>()?.parse::<SocketAddr>().map_err(|_| {
                    PyValueError::new_err("listen must be an address and a port, such as 127.0.0.1:0")
                })?;
            }
            "allow_remote" => config.allow_remote = value.extract()?,
            "seed" => config.seed = value.extract()?,
            "realtime" => config.realtime = value.extract()?,
            "username" => config.username = value.extract()?,
            "password" => config.password = value.extract()?,
            "request_delay" => config.request_delay = value.extract()?,
            "journal_entries" => config.journal_entries = value.extract()?,
            "verdicts" => {
                config.verdicts = match value.extract::<String>()?.as_str() {
                    "fixed" => Verdicts::Fixed,
                    "risk" => Verdicts::Risk,
                    _ => return Err(PyValueError::new_err("verdicts must be fixed or risk")),
                };
            }
            "as_of" => {
                let text = value.extract::<String>()?;
                config.as_of = Some(text.parse().map_err(|error| {
                    PyValueError::new_err(format!("as_of must be a time with its offset: {error}"))
                })?);
            }
            name => return Err(PyTypeError::new_err(format!("there is no setting {name}"))),
        }
    }
    Ok(config)
}

fn not_started(error: &StartError) -> PyErr {
    match error {
        StartError::NotLoopback(_) | StartError::AuditKey(_) => PyValueError::new_err(error.to_string()),
        _ => PyOSError::new_err(error.to_string()),
    }
}

fn refused(error: &ControlError) -> PyErr {
    PyValueError::new_err(error.to_string())
}
