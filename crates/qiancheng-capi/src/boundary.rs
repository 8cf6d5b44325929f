//! What every exported function runs in: a panic ends here, and an error becomes a status and, where the caller wants one,
//! a `qc_error`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::Arc;

use qiancheng::{Error, Result};

use crate::argument::Out;
use crate::client::{Client, qc_client};
use crate::error::{Failure, qc_error};
use crate::handle::{self, Handle};
use crate::status::qc_status;
use crate::text::{Charset, Spoken};

/// Runs the body of a function that may fail.
///
/// # Safety
/// `err` is NULL, or may be written to.
pub(crate) unsafe fn fallible(err: *mut *mut qc_error, body: impl FnOnce() -> Result<()>) -> qc_status {
    // SAFETY: the same is asked of the caller.
    unsafe { spoken(err, |_| body()) }
}

/// Runs the body of a function that may fail on the object behind a handle; an error speaks the object's encoding.
///
/// # Safety
/// As for [`fallible`] and for [`handle::enter`], for as long as the body runs.
pub(crate) unsafe fn on<H>(
    handle: *const H,
    err: *mut *mut qc_error,
    body: impl FnOnce(&H::Object) -> Result<()>,
) -> qc_status
where
    H: Handle,
    H::Object: Spoken,
{
    // SAFETY: the same is asked of the caller.
    unsafe {
        spoken(err, |charset| {
            let object = handle::enter(handle, H::ARGUMENT)?;
            *charset = object.charset();
            body(&object)
        })
    }
}

/// The same for a body that keeps a client beyond the call.
///
/// # Safety
/// As for [`on`].
pub(crate) unsafe fn shared(
    client: *const qc_client,
    err: *mut *mut qc_error,
    body: impl FnOnce(Arc<Client>) -> Result<()>,
) -> qc_status {
    // SAFETY: the same is asked of the caller.
    unsafe {
        spoken(err, |charset| {
            let client = handle::enter(client, "client")?;
            *charset = client.charset();
            body(client)
        })
    }
}

/// Runs the body of a function that may fail, and that finds out itself which encoding an error speaks.
///
/// # Safety
/// As for [`fallible`].
pub(crate) unsafe fn spoken(
    err: *mut *mut qc_error,
    body: impl FnOnce(&mut Charset) -> Result<()>,
) -> qc_status {
    let mut charset = Charset::UTF8;
    let Err(error) = caught(|| body(&mut charset)) else { return qc_status::QC_OK };
    let status = qc_status::of(error.kind());
    // SAFETY: the same is asked of the caller. A crooked place gets no error, but the status is the same.
    if let Ok(Some(place)) = unsafe { Out::optional(err, "err") } {
        place.write(handle::make(Failure::new(error, charset)));
    }
    status
}

fn caught(body: impl FnOnce() -> Result<()>) -> Result<()> {
    // What a panic could leave half-changed is behind locks that are recovered, here and in the core.
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|_| Err(Error::from_panic()))
}

/// Runs the body of a function that cannot fail; after a panic it gives what it would for no handle.
pub(crate) fn infallible<T: Default>(body: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_default()
}

/// Looks at the object behind a handle; for anything else it gives what `T` begins with: 0, false.
///
/// # Safety
/// As for [`handle::enter`].
pub(crate) unsafe fn look<H: Handle, T: Default>(handle: *const H, body: impl FnOnce(&H::Object) -> T) -> T {
    infallible(|| {
        // SAFETY: the same is asked of the caller.
        let entered = unsafe { handle::enter_optional(handle, H::ARGUMENT) };
        entered.ok().flatten().map_or_else(T::default, |object| body(&object))
    })
}

/// The same for what has an address; for anything else it gives NULL.
///
/// # Safety
/// As for [`handle::enter`].
pub(crate) unsafe fn look_at<H: Handle, T>(
    handle: *const H,
    body: impl FnOnce(&H::Object) -> *const T,
) -> *const T {
    // SAFETY: the same is asked of the caller.
    unsafe { look(handle, |object| Some(body(object))) }.unwrap_or(ptr::null())
}

/// Frees a handle.
///
/// # Safety
/// As for [`handle::free`].
pub(crate) unsafe fn free<H: Handle>(handle: *mut H) {
    // SAFETY: the same is asked of the caller.
    infallible(|| unsafe { handle::free(handle) });
}

#[cfg(test)]
mod tests;
