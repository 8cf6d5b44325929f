//! How long calls may take, how often they are made again, and how much is read.

use crate::boundary::on;
use crate::error::qc_error;
use crate::options::qc_options;
use crate::settings;
use crate::status::qc_status;

/// How long ordinary calls may take. By default 10 s, 60 s, 60 s and 120 s.
///
/// @param options the options
/// @param connect_ms to make a connection, in milliseconds; of all calls, those for data too; 0 keeps what is set
/// @param read_ms between two pieces of an answer, and until its first; 0 keeps what is set
/// @param attempt_ms for one attempt; 0 keeps what is set
/// @param total_ms for a call with all its attempts; 0 keeps what is set
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_timeouts(
    options: *mut qc_options,
    connect_ms: u32,
    read_ms: u32,
    attempt_ms: u32,
    total_ms: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.timeouts(connect_ms, [read_ms, attempt_ms, total_ms]);
            Ok(())
        })
    }
}

/// How long calls for raw data and reports may take. By default 300 s each.
///
/// @param options the options
/// @param read_ms between two pieces of an answer, and until its first; 0 keeps what is set
/// @param attempt_ms for one attempt; 0 keeps what is set
/// @param total_ms for a call with all its attempts; 0 keeps what is set
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_data_timeouts(
    options: *mut qc_options,
    read_ms: u32,
    attempt_ms: u32,
    total_ms: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.data_timeouts([read_ms, attempt_ms, total_ms]);
            Ok(())
        })
    }
}

/// How often a call that is harmless to repeat is sent again after a failure on the way; 2 by default.
///
/// @param options the options
/// @param retries how often, beside the first attempt
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_max_retries(
    options: *mut qc_options,
    retries: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.change(|builder| builder.max_retries(retries));
            Ok(())
        })
    }
}

/// The pauses before repeats, which are random up to a limit that doubles; 200 ms and 10 s by default.
///
/// @param options the options
/// @param first_ms the limit of the first pause, in milliseconds
/// @param longest_ms the limit that it grows to
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_backoff(
    options: *mut qc_options,
    first_ms: u32,
    longest_ms: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let (first, longest) = (settings::milliseconds(first_ms), settings::milliseconds(longest_ms));
            options.change(|builder| builder.backoff(first, longest));
            Ok(())
        })
    }
}

/// The largest answer that is read, after decompression; 64 MiB by default.
///
/// @param options the options
/// @param bytes how many bytes
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_max_answer_bytes(
    options: *mut qc_options,
    bytes: usize,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.change(|builder| builder.max_answer_bytes(bytes));
            Ok(())
        })
    }
}

/// The pause between two polls of a session, where the vendor asks for none; 2 s by default.
///
/// @param options the options
/// @param interval_ms the pause in milliseconds, more than 0
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CONFIG for 0
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_poll_interval(
    options: *mut qc_options,
    interval_ms: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let interval = settings::pause(interval_ms, "interval_ms")?;
            options.change(|builder| builder.poll_interval(interval));
            Ok(())
        })
    }
}

/// Whether values are checked before they are sent: ID numbers, mobile numbers, empty fields; true by default. What a
/// parameter is called, and of which type it is, is checked in any case.
///
/// @param options the options
/// @param validate whether they are checked
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_validate(
    options: *mut qc_options,
    validate: bool,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.change(|builder| builder.validate(validate));
            Ok(())
        })
    }
}
