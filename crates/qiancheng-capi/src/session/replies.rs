//! Replies to a session's challenges: qc_session_respond() in a loop around qc_session_next(), qc_session_submit() and
//! qc_session_resend() where every step is the program's own, such as between two requests of a web application.

use std::ffi::c_char;

use crate::argument::{optional_text, text};
use crate::boundary::on;
use crate::error::qc_error;
use crate::session::{Session, qc_session};
use crate::status::qc_status;
use crate::text::Spoken;

/// Answers a challenge. One that is superseded, answered or over is refused, and nothing is sent.
///
/// @param session the session
/// @param challenge_id the challenge's id, from qc_step_challenge_id()
/// @param answer what the borrower typed
/// @param err where an error goes; may be NULL
/// @return QC_OK if the vendor has taken it: if it was wrong, a later step asks again; QC_REJECTED if the vendor refused it;
///     QC_CHALLENGE if it is not the one to answer
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_submit(
    session: *const qc_session,
    challenge_id: *const c_char,
    answer: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(session, err, |session: &Session| {
            let challenge = text(session.charset(), challenge_id, "challenge_id")?;
            session.submit(&challenge, &text(session.charset(), answer, "answer")?)
        })
    }
}

/// Has a challenge sent again, which supersedes it: poll for the new one.
///
/// @param session the session
/// @param challenge_id the challenge's id, from qc_step_challenge_id()
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CHALLENGE if it cannot be sent again, or is not the one that is open
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_resend(
    session: *const qc_session,
    challenge_id: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(session, err, |session: &Session| {
            session.resend(&text(session.charset(), challenge_id, "challenge_id")?)
        })
    }
}

/// Answers the challenge of the step that qc_session_next() gave last, in a loop that goes on whatever becomes of the answer:
/// where it was wrong, too late, or its fate is unknown, that is no error, for the next step says how things stand.
///
/// @param session the session
/// @param answer what the borrower typed; NULL: have the challenge sent again
/// @param err where an error goes; may be NULL
/// @return QC_OK: go on with qc_session_next(); QC_CHALLENGE if that step was no challenge, or cannot be sent again
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_session_respond(
    session: *const qc_session,
    answer: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(session, err, |session: &Session| {
            session.respond(optional_text(session.charset(), answer, "answer")?.as_deref())
        })
    }
}
