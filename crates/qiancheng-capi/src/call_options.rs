//! Call options change a client's settings for some of its calls: qc_client_with_options() makes a second client from them,
//! with the same tokens, connections and counters. What is not set stays as it is.

use std::sync::{Mutex, PoisonError};

use qiancheng::CallOptions;

use crate::argument::Out;
use crate::boundary::{fallible, free, on};
use crate::cancel::qc_cancel;
use crate::ends::Flag;
use crate::error::qc_error;
use crate::handle::{self, handle};
use crate::settings;
use crate::status::qc_status;
use crate::text::{Charset, Spoken};

/// Changes to a client's settings.
pub struct qc_call_options {
    _opaque: [u8; 0],
}

handle!(qc_call_options, "options", b"qc_cllop", Boxed<Changes>);

/// What is to be changed.
#[derive(Default)]
pub(crate) struct Changes(Mutex<(CallOptions, Option<Flag>)>);

impl Spoken for Changes {
    fn charset(&self) -> Charset {
        Charset::UTF8
    }
}

impl Changes {
    fn change(&self, change: impl FnOnce(CallOptions) -> CallOptions) {
        let mut changes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        changes.0 = change(changes.0.clone());
    }

    fn cancel(&self, flag: Flag) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1 = Some(flag);
    }

    pub(crate) fn get(&self) -> (CallOptions, Option<Flag>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Makes call options that change nothing.
///
/// @param out where the options go; free them with qc_call_options_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_call_options_new(
    out: *mut *mut qc_call_options,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        fallible(err, || {
            Out::new(out, "out")?.write(handle::make(Changes::default()));
            Ok(())
        })
    }
}

/// Frees call options. Clients that were made from them stay as they are.
///
/// @param options the options, or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_call_options_free(options: *mut qc_call_options) {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { free(options) }
}

/// How long a whole call may take, with all its attempts.
///
/// @param options the options
/// @param timeout_ms the limit in milliseconds, more than 0
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CONFIG for 0
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_call_options_set_timeout(
    options: *mut qc_call_options,
    timeout_ms: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let limit = settings::pause(timeout_ms, "timeout_ms")?;
            options.change(|options| options.total(limit));
            Ok(())
        })
    }
}

/// How long the vendor may be silent between two pieces of an answer, and until its first.
///
/// @param options the options
/// @param timeout_ms the limit in milliseconds, more than 0
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CONFIG for 0
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_call_options_set_read_timeout(
    options: *mut qc_call_options,
    timeout_ms: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let limit = settings::pause(timeout_ms, "timeout_ms")?;
            options.change(|options| options.read(limit));
            Ok(())
        })
    }
}

/// How long one attempt may take.
///
/// @param options the options
/// @param timeout_ms the limit in milliseconds, more than 0
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CONFIG for 0
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_call_options_set_attempt_timeout(
    options: *mut qc_call_options,
    timeout_ms: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let limit = settings::pause(timeout_ms, "timeout_ms")?;
            options.change(|options| options.attempt(limit));
            Ok(())
        })
    }
}

/// How often a call that is harmless to repeat is sent again after a failure on the way.
///
/// @param options the options
/// @param retries how often, beside the first attempt
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_call_options_set_max_retries(
    options: *mut qc_call_options,
    retries: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.change(|options| options.max_retries(retries));
            Ok(())
        })
    }
}

/// Whether values are checked before they are sent.
///
/// @param options the options
/// @param validate whether they are checked
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_call_options_set_validate(
    options: *mut qc_call_options,
    validate: bool,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.change(|options| options.validate(validate));
            Ok(())
        })
    }
}

/// The pause between two polls of a session, in place of what the vendor asks for.
///
/// @param options the options
/// @param interval_ms the pause in milliseconds, more than 0
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CONFIG for 0
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_call_options_set_poll_interval(
    options: *mut qc_call_options,
    interval_ms: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let interval = settings::pause(interval_ms, "interval_ms")?;
            options.change(|options| options.poll_interval(interval));
            Ok(())
        })
    }
}

/// A handle that ends the calls from another thread, beside whatever else ends them.
///
/// @param options the options
/// @param cancel the handle; it may be freed while the client that is made from the options lives on
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_call_options_set_cancel(
    options: *mut qc_call_options,
    cancel: *const qc_cancel,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let cancel = handle::enter(cancel, "cancel")?;
            options.cancel(cancel.clone());
            Ok(())
        })
    }
}
