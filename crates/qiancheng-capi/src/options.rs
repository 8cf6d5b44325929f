//! Options say how a client is set up.

use std::sync::{Mutex, MutexGuard, PoisonError};

use qiancheng::ClientBuilder;

use crate::argument::Out;
use crate::boundary::{fallible, free};
use crate::error::qc_error;
use crate::handle::{self, handle};
use crate::status::qc_status;

/// How a client is set up.
pub struct qc_options {
    _opaque: [u8; 0],
}

handle!(qc_options, "options", b"qc_optns", Boxed<Options>);

/// What was set.
#[derive(Default)]
pub(crate) struct Options(Mutex<ClientBuilder>);

impl Options {
    pub(crate) fn settings(&self) -> MutexGuard<'_, ClientBuilder> {
        // Every change is made whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes options that have their defaults.
///
/// @param out where the options go; free them with qc_options_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_new(out: *mut *mut qc_options, err: *mut *mut qc_error) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        fallible(err, || {
            Out::new(out, "out")?.write(handle::make(Options::default()));
            Ok(())
        })
    }
}

/// Frees options. Clients that were made from them stay as they are.
///
/// @param options the options, or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_free(options: *mut qc_options) {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { free(options) }
}
