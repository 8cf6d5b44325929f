//! The bodies of functions whose parameters come one by one; those of a JSON text are read where they come in.

use qiancheng::Result;

use crate::argument::Out;
use crate::boundary::{on, shared};
use crate::client::qc_client;
use crate::error::qc_error;
use crate::handle;
use crate::parameters::Gathered;
use crate::session::{Session, qc_session};
use crate::status::qc_status;
use crate::text::Spoken;

/// The body of a function that opens a session of a kind: gathers the parameters, and opens it.
///
/// # Safety
/// As for [`shared`] and for [`Out::new`].
pub(crate) unsafe fn opening(
    client: *const qc_client,
    kind: &str,
    out: *mut *mut qc_session,
    err: *mut *mut qc_error,
    gather: impl FnOnce(&mut Gathered) -> Result<()>,
) -> qc_status {
    // SAFETY: the same is asked of the caller.
    unsafe {
        shared(client, err, |client| {
            let out = Out::new(out, "out")?;
            let mut params = Gathered::new(client.charset());
            gather(&mut params)?;
            out.write(handle::make(Session::open(client, kind.as_bytes(), params.into_value())?));
            Ok(())
        })
    }
}

/// The same for a function that logs in to a session.
///
/// # Safety
/// As for [`on`].
pub(crate) unsafe fn logging_in(
    session: *const qc_session,
    err: *mut *mut qc_error,
    gather: impl FnOnce(&mut Gathered) -> Result<()>,
) -> qc_status {
    // SAFETY: the same is asked of the caller.
    unsafe {
        on(session, err, |session: &Session| {
            let mut params = Gathered::new(session.charset());
            gather(&mut params)?;
            session.login(params.into_value())
        })
    }
}
