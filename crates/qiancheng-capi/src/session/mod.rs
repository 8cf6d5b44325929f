//! A collection with the borrower in the loop: opened, polled, answered when it asks for something, and its data fetched when
//! it has finished. A session is a value, not a thread: nothing happens between two calls, and it can be written down with
//! qc_session_save() and taken up again in another process.
//!
//! It ends ten minutes after it was opened. If the fate of an answer to a challenge is unknown (QC_OUTCOME_UNKNOWN), poll: the
//! next step says whether it has arrived. It is never sent twice.
//!
//! The session keeps its client alive and goes on after qc_client_free(); after qc_client_close() its calls return QC_CONFIG.

mod gathered;
mod held;

pub mod replies;
pub mod step;

use std::ffi::c_char;

use crate::answer::qc_answer;
use crate::argument::{Out, bytes, text, text_bytes};
use crate::boundary::{free, look, look_at, on, shared};
use crate::client::qc_client;
use crate::error::qc_error;
use crate::handle::{self, handle};
use crate::owned::qc_text;
use crate::parameters::object;
use crate::status::qc_status;
use crate::text::Spoken;

pub(crate) use gathered::{logging_in, opening};
pub(crate) use held::{Session, unix_seconds};
use step::qc_step;

/// A collection that is under way.
pub struct qc_session {
    _opaque: [u8; 0],
}

handle!(qc_session, "session", b"qcsessio", Shared<Session>);

/// Opens a session.
///
/// @param client the client
/// @param kind `telecom`, `degree`, `ebank` or `ebank_v2`
/// @param params_json the parameters of the kind's `open_id`, a JSON object; for `degree` (`account`, `password`, `sync`) and
///     `ebank_v2` (`entry_id`, `login_name`, `password`) those of its login may stand beside them, or follow with
///     qc_session_login()
/// @param out where the session goes; free it with qc_session_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_open(
    client: *const qc_client,
    kind: *const c_char,
    params_json: *const c_char,
    out: *mut *mut qc_session,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        shared(client, err, |client| {
            let (kind, out) = (text_bytes(kind, "kind")?, Out::new(out, "out")?);
            let params = object(client.charset(), params_json, "params_json")?;
            out.write(handle::make(Session::open(client, kind, params)?));
            Ok(())
        })
    }
}

/// Takes up a session that was saved with a client of the same host and merchant.
///
/// @param client the client
/// @param key the 32 bytes that it was saved under
/// @param key_len 32
/// @param saved what qc_session_save() gave
/// @param out where the session goes; free it with qc_session_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_SESSION if it was altered, saved under another key, or belongs elsewhere; QC_CRYPTO if the key is not 32 bytes
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_resume(
    client: *const qc_client,
    key: *const u8,
    key_len: usize,
    saved: *const c_char,
    out: *mut *mut qc_session,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        shared(client, err, |client| {
            let (key, out) = (bytes(key, key_len, "key")?, Out::new(out, "out")?);
            let saved = text(client.charset(), saved, "saved")?;
            out.write(handle::make(Session::resume(client, key, &saved)?));
            Ok(())
        })
    }
}

/// Asks how the session stands: one round trip, and no sleep. One that has ended says so without asking.
///
/// @param session the session
/// @param out where the step goes; free it with qc_step_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error; a poll may always be made again
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_poll(
    session: *const qc_session,
    out: *mut *mut qc_step,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(session, err, |session: &Session| {
            let out = Out::new(out, "out")?;
            out.write(handle::make(session.poll()?));
            Ok(())
        })
    }
}

/// Sleeps for the pause that is due, if any, and polls; polls that fail are forgiven a few times. Loop on it until
/// qc_step_is_last(): after that it gives the last step again. What the session asks for is answered in between.
///
/// @param session the session; threads that call this for the same session take turns
/// @param out where the step goes; free it with qc_step_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_next(
    session: *const qc_session,
    out: *mut *mut qc_step,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(session, err, |session: &Session| {
            let out = Out::new(out, "out")?;
            out.write(handle::make(session.next()?));
            Ok(())
        })
    }
}

/// Logs in to a session that was opened without a login.
///
/// @param session a session of the kind `degree` or `ebank_v2`
/// @param params_json a JSON object: `account`, `password` and `sync` for `degree`; `entry_id`, `login_name` and `password`
///     for `ebank_v2`
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_login(
    session: *const qc_session,
    params_json: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(session, err, |session: &Session| {
            session.login(object(session.charset(), params_json, "params_json")?)
        })
    }
}

/// The banks of a session of the kind `ebank_v2`, and how one logs in there.
///
/// @param session the session
/// @param out where the list goes; free it with qc_answer_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_banks(
    session: *const qc_session,
    out: *mut *mut qc_answer,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(session, err, |session: &Session| {
            let out = Out::new(out, "out")?;
            out.write(handle::make(session.banks()?));
            Ok(())
        })
    }
}

/// The raw data of a session that has finished. They can be megabytes; qc_tables_from_answer() makes tables of them.
///
/// @param session the session
/// @param out where the document goes; free it with qc_answer_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_COLLECTING or QC_SESSION if it has not finished
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_raw_data(
    session: *const qc_session,
    out: *mut *mut qc_answer,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(session, err, |session: &Session| {
            let out = Out::new(out, "out")?;
            out.write(handle::make(session.raw_data()?));
            Ok(())
        })
    }
}

/// The report of a telecom session that has finished.
///
/// @param session the session
/// @param out where the document goes; free it with qc_answer_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_COLLECTING or QC_SESSION if it has not finished
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_report(
    session: *const qc_session,
    out: *mut *mut qc_answer,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(session, err, |session: &Session| {
            let out = Out::new(out, "out")?;
            out.write(handle::make(session.report()?));
            Ok(())
        })
    }
}

/// Writes a session down, encrypted, for qc_session_resume() in another process or web request. It holds no password, no
/// captcha and nothing about the borrower.
///
/// @param session the session
/// @param key 32 random bytes that stay on your side
/// @param key_len 32
/// @param out where the text goes, which is ASCII; free it with qc_text_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CRYPTO if the key is not 32 bytes
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_save(
    session: *const qc_session,
    key: *const u8,
    key_len: usize,
    out: *mut *mut qc_text,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(session, err, |session: &Session| {
            let (key, out) = (bytes(key, key_len, "key")?, Out::new(out, "out")?);
            out.write(handle::make(session.save(key)?));
            Ok(())
        })
    }
}

/// What the vendor said at the last poll: a JSON object with `code`, `name`, `description` and `message`, or null before the
/// first.
///
/// @param session the session
/// @param out where the document goes; free it with qc_answer_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_status(
    session: *const qc_session,
    out: *mut *mut qc_answer,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(session, err, |session: &Session| {
            let out = Out::new(out, "out")?;
            out.write(handle::make(session.status()?));
            Ok(())
        })
    }
}

/// Ends a session on this side: nothing more is sent for it. It is still to be freed.
///
/// @param session the session, or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_cancel(session: *const qc_session) {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(session, Session::cancel) }
}

/// What is collected: `telecom`, `degree`, `ebank` or `ebank_v2`.
///
/// @param session the session, or NULL
/// @return a text in ASCII that is always there; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_kind(session: *const qc_session) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(session, Session::kind) }
}

/// The session's key at the vendor, in clear: whoever has it can fetch the borrower's data. Keep it out of logs.
///
/// @param session the session, or NULL
/// @return a text that belongs to the session; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_open_id(session: *const qc_session) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(session, Session::open_id) }
}

/// When the session ends, whatever its state.
///
/// @param session the session, or NULL
/// @return seconds since 1970 in UTC; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_expires_at(session: *const qc_session) -> i64 {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(session, Session::expires_at) }
}

/// Whose licence text the borrower is shown in a session of the kind `ebank_v2`: 1 is Kaniu, 2 Jianguo, 3 Xinyan.
///
/// @param session the session, or NULL
/// @param out where the number goes; may be NULL
/// @return whether the vendor said so
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_provider(session: *const qc_session, out: *mut i64) -> bool {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        look(session, |session: &Session| {
            let Some(provider) = session.provider() else { return false };
            if let Ok(Some(out)) = Out::optional(out, "out") {
                out.write(provider);
            }
            true
        })
    }
}

/// Frees a session. A call in flight goes on to its end; the session itself goes on at the vendor's, and can be resumed if it
/// was saved.
///
/// @param session the session, or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_free(session: *mut qc_session) {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { free(session) }
}
