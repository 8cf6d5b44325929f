//! A cancel ends calls from another thread, or from a signal handler: those of every client that it was given to, now and
//! in the future.

use crate::argument::Out;
use crate::boundary::{fallible, free, look};
use crate::ends::Flag;
use crate::error::qc_error;
use crate::handle::{self, handle};
use crate::status::qc_status;

/// Ends calls from outside.
pub struct qc_cancel {
    _opaque: [u8; 0],
}

handle!(qc_cancel, "cancel", b"qc_cancl", Boxed<Flag>);

/// Makes a cancel that has not been fired.
///
/// @param out where it goes; free it with qc_cancel_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_cancel_new(out: *mut *mut qc_cancel, err: *mut *mut qc_error) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        fallible(err, || {
            Out::new(out, "out")?.write(handle::make(Flag::default()));
            Ok(())
        })
    }
}

/// Ends the calls: those in flight return QC_CANCELLED within a twentieth of a second, and qc_error_outcome() says what may
/// have become of them; later ones return it at once. It takes no lock and allocates nothing, so that a signal handler may
/// call it.
///
/// @param cancel the cancel, or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_cancel_fire(cancel: *const qc_cancel) {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(cancel, Flag::raise) }
}

/// Whether it was fired.
///
/// @param cancel the cancel, or NULL
/// @return whether it was; false for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_cancel_fired(cancel: *const qc_cancel) -> bool {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(cancel, Flag::is_up) }
}

/// Frees a cancel. Clients that it was given to stay as they are: fired or not.
///
/// @param cancel the cancel, or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_cancel_free(cancel: *mut qc_cancel) {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { free(cancel) }
}
