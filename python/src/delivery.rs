//! The way from the background thread to an asyncio loop.
//!
//! The background thread never waits for the interpreter: it leaves what has come in a box, and rings once for all
//! that came at the same time. The loop hears a socket (or a call, where loops cannot watch sockets) and empties the
//! box on its own thread.

use std::io;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Wake, Waker};

use pyo3::intern;
use pyo3::prelude::*;
use qiancheng::background::{self, Task, after_turn};
use qiancheng::{Error, Result};

use crate::errors::raise;

/// Something to be done on the loop's thread.
type Parcel = Box<dyn FnOnce(Python<'_>) -> PyResult<()> + Send>;

/// Brings what the background thread has done to one asyncio loop.
#[pyclass(frozen, module = "qiancheng._native")]
pub(crate) struct NativeDelivery(pub(crate) Arc<Delivery>);

pub(crate) struct Delivery {
    parcels: Mutex<Vec<Parcel>>,
    bell: Bell,
}

/// How the loop is told.
enum Bell {
    #[cfg(unix)]
    Socket {
        rung: std::os::unix::net::UnixStream,
        heard: std::os::unix::net::UnixStream,
    },
    Call(Py<PyAny>),
}

#[pymethods]
impl NativeDelivery {
    /// Rings by a socket that the loop watches, or by calling something that is safe to call from any thread.
    #[new]
    #[pyo3(signature = (call = None))]
    fn new(call: Option<Py<PyAny>>) -> PyResult<Self> {
        let bell = match call {
            Some(call) => Bell::Call(call),
            None => Bell::socket()?,
        };
        Ok(Self(Arc::new(Delivery { parcels: Mutex::default(), bell })))
    }

    /// The socket to watch, or -1 if there is none.
    fn fileno(&self) -> i32 {
        self.0.bell.descriptor()
    }

    /// Does what has come in the meantime. On the loop's thread.
    fn deliver(&self, py: Python<'_>) {
        self.0.bell.quiet();
        for parcel in mem::take(&mut *self.0.parcels()) {
            if let Err(error) = parcel(py) {
                error.write_unraisable(py, None);
            }
        }
    }
}

impl Delivery {
    /// Leaves something for the loop.
    pub(crate) fn put(self: &Arc<Self>, parcel: impl FnOnce(Python<'_>) -> PyResult<()> + Send + 'static) {
        let mut parcels = self.parcels();
        parcels.push(Box::new(parcel));
        let first = parcels.len() == 1;
        drop(parcels);
        // Whoever put the first has rung, or will.
        if first {
            after_turn(&Waker::from(Arc::clone(self)));
        }
    }

    fn parcels(&self) -> MutexGuard<'_, Vec<Parcel>> {
        self.parcels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Delivery {
    fn wake(self: Arc<Self>) {
        self.bell.ring();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.bell.ring();
    }
}

impl Bell {
    #[cfg(unix)]
    fn socket() -> io::Result<Self> {
        let (rung, heard) = std::os::unix::net::UnixStream::pair()?;
        rung.set_nonblocking(true)?;
        heard.set_nonblocking(true)?;
        Ok(Self::Socket { rung, heard })
    }

    #[cfg(not(unix))]
    fn socket() -> io::Result<Self> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    fn ring(&self) {
        match self {
            #[cfg(unix)]
            // A full socket has rung often enough; one whose other end is closed has no loop behind it any more.
            Self::Socket { rung, .. } => drop(io::Write::write(&mut &*rung, &[1])),
            // An interpreter that is about to end has no use for it.
            Self::Call(call) => drop(Python::try_attach(|py| call.call0(py).map(drop))),
        }
    }

    fn quiet(&self) {
        #[cfg(unix)]
        if let Self::Socket { heard, .. } = self {
            let mut bytes = [0; 64];
            while matches!(io::Read::read(&mut &*heard, &mut bytes), Ok(count) if count == bytes.len()) {}
        }
    }

    fn descriptor(&self) -> i32 {
        #[cfg(unix)]
        if let Self::Socket { heard, .. } = self {
            return std::os::fd::AsRawFd::as_raw_fd(heard);
        }
        -1
    }
}

/// Work on the background thread whose result a future of asyncio is waiting for.
#[pyclass(frozen, module = "qiancheng._native")]
pub(crate) struct NativeTask(Task);

#[pymethods]
impl NativeTask {
    /// Drops the work where it stands.
    fn cancel(&self) {
        self.0.end();
    }
}

/// A future that is given its result in any case, also if the work is dropped by the end of its thread.
struct Promise {
    delivery: Arc<Delivery>,
    future: Option<Py<PyAny>>,
}

impl Promise {
    fn keep(mut self, result: impl FnOnce(Python<'_>) -> PyResult<Py<PyAny>> + Send + 'static) {
        if let Some(future) = self.future.take() {
            self.delivery.put(move |py| resolve(py, &future, result(py)));
        }
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        if let Some(future) = self.future.take() {
            self.delivery.put(move |py| {
                let error = raise(py, &Error::interrupted());
                resolve(py, &future, Err(error))
            });
        }
    }
}

fn resolve(py: Python<'_>, future: &Py<PyAny>, result: PyResult<Py<PyAny>>) -> PyResult<()> {
    let future = future.bind(py);
    // Nobody waits for one that was cancelled.
    if future.call_method0(intern!(py, "done"))?.is_truthy()? {
        return Ok(());
    }
    match result {
        Ok(value) => future.call_method1(intern!(py, "set_result"), (value,)),
        Err(error) => future.call_method1(intern!(py, "set_exception"), (error.into_value(py),)),
    }
    .map(drop)
}

/// Starts work on the background thread; a future of asyncio gets its result, as `convert` makes it on the loop's thread.
pub(crate) fn launch<T: Send + 'static>(
    py: Python<'_>,
    delivery: &NativeDelivery,
    future: Py<PyAny>,
    work: impl Future<Output = Result<T>> + Send + 'static,
    convert: impl FnOnce(Python<'_>, T) -> PyResult<Py<PyAny>> + Send + 'static,
) -> PyResult<NativeTask> {
    let promise = Promise { delivery: Arc::clone(&delivery.0), future: Some(future) };
    background::spawn(async move {
        let result = background::guarded(work).await;
        promise.keep(move |py| match result {
            Ok(value) => convert(py, value),
            Err(error) => Err(raise(py, &error)),
        });
    })
    .map(NativeTask)
    .map_err(|error| raise(py, &error))
}
