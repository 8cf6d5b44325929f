//! An error says what happened, whether the same call may be made again, and what the vendor may have done. It never holds
//! personal data or a secret; the vendor's own words are apart, in qc_error_vendor_message(). All texts are in the encoding
//! of the client that the error comes from, with `?` for what that lacks, belong to the error, and stay where they are
//! until it is freed. For NULL, and for what is no error, these functions give NULL, 0 or false.

use std::ffi::{CStr, c_char};
use std::ptr;
use std::sync::OnceLock;

use qiancheng::{Error, ErrorKind, Outcome};

use crate::argument::Out;
use crate::boundary::{free, look, look_at};
use crate::handle::handle;
use crate::status::{self, qc_outcome};
use crate::text::{Charset, Crossing};

/// What went wrong: made by the function that failed, for a caller who gave it a place for an error.
pub struct qc_error {
    _opaque: [u8; 0],
}

handle!(qc_error, "error", b"qc_error", Boxed<Failure>);

/// An error, in the encoding of whoever gets it.
pub(crate) struct Failure {
    error: Error,
    charset: Charset,
    texts: [OnceLock<Option<Crossing>>; TEXTS],
}

/// The texts that are made when they are asked for.
#[derive(Clone, Copy)]
enum Text {
    Message,
    Line,
    Endpoint,
    Field,
    VendorMessage,
    Json,
}

const TEXTS: usize = 6;

impl Failure {
    pub(crate) fn new(error: Error, charset: Charset) -> Self {
        Self { error, charset, texts: [const { OnceLock::new() }; TEXTS] }
    }

    fn text(&self, text: Text) -> *const c_char {
        let made =
            self.texts.get(text as usize).and_then(|place| place.get_or_init(|| self.make(text)).as_ref());
        made.map_or(ptr::null(), Crossing::as_ptr)
    }

    fn make(&self, text: Text) -> Option<Crossing> {
        let Self { error, charset, .. } = self;
        let message = |text: &str| charset.message(&text.replace('\0', "?"));
        match text {
            Text::Message => Some(message(error.message())),
            Text::Line => Some(message(&error.to_string())),
            Text::Endpoint => error.endpoint().map(message),
            Text::Field => error.field().map(message),
            Text::VendorMessage => error.vendor_message().map(message),
            Text::Json => serde_json::to_string(error).ok().map(|json| charset.json(&json)),
        }
    }
}

/// What kind of thing went wrong: the status that the function returned.
///
/// @param error the error, or NULL
/// @return one of the QC_ numbers of qc_status; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_kind(error: *const qc_error) -> i32 {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(error, |failure| failure.error.kind().number()) }
}

/// The kind's name, the same in every language, such as `Rejected`: a text in ASCII that is always there.
///
/// @param error the error, or NULL
/// @return the name; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_kind_name(error: *const qc_error) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(error, |failure| of_kind(failure.error.kind(), |words| words.name)) }
}

/// What happened, in English.
///
/// @param error the error, or NULL
/// @return the text, which belongs to the error; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_message(error: *const qc_error) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(error, |failure| failure.text(Text::Message)) }
}

/// The whole of it in one line, for a log: kind, endpoint, message, field, code and advice.
///
/// @param error the error, or NULL
/// @return the text, which belongs to the error; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_text(error: *const qc_error) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(error, |failure| failure.text(Text::Line)) }
}

/// What a caller does about an error of this kind, in one English sentence: a text in ASCII that is always there.
///
/// @param error the error, or NULL
/// @return the text; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_advice(error: *const qc_error) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(error, |failure| of_kind(failure.error.kind(), |words| words.advice)) }
}

/// The id of the endpoint, such as `telecom.open_id`.
///
/// @param error the error, or NULL
/// @return the text, which belongs to the error; NULL if the error belongs to no endpoint
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_endpoint(error: *const qc_error) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(error, |failure| failure.text(Text::Endpoint)) }
}

/// What is at fault: a value, by its JSON Pointer (`/id_card`), or an argument, by its name in this header (`client`).
///
/// @param error the error, or NULL
/// @return the text, which belongs to the error; NULL if nothing in particular is
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_field(error: *const qc_error) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(error, |failure| failure.text(Text::Field)) }
}

/// The vendor's own words, with every value that was sent taken out of them. They can still hold anything else: show them
/// to whoever handles the application, and keep them out of logs.
///
/// @param error the error, or NULL
/// @return the text, which belongs to the error; NULL if the vendor said nothing
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_vendor_message(error: *const qc_error) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(error, |failure| failure.text(Text::VendorMessage)) }
}

/// The vendor's code, such as 1001.
///
/// @param error the error, or NULL
/// @param out where the code goes; may be NULL
/// @return whether the vendor answered with a code
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_code(error: *const qc_error, out: *mut i64) -> bool {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        look(error, |failure| {
            let Some(code) = failure.error.code() else { return false };
            if let Ok(Some(out)) = Out::optional(out, "out") {
                out.write(code);
            }
            true
        })
    }
}

/// The HTTP status of the answer.
///
/// @param error the error, or NULL
/// @return the status; 0 if there was no answer
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_http_status(error: *const qc_error) -> i32 {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(error, |failure| failure.error.http_status().map_or(0, i32::from)) }
}

/// How often the request was sent or tried.
///
/// @param error the error, or NULL
/// @return the number; 0 if nothing left
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_attempts(error: *const qc_error) -> u32 {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(error, |failure| failure.error.attempts()) }
}

/// Whether the same call may be made again without doing or billing anything twice, and may then succeed.
///
/// @param error the error, or NULL
/// @return whether it may
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_retryable(error: *const qc_error) -> bool {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(error, |failure| failure.error.is_retryable()) }
}

/// What is known about the request's effect at the vendor's: ask before any second attempt.
///
/// @param error the error, or NULL
/// @return one of the numbers of qc_outcome; QC_OUTCOME_NOT_SENT for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_outcome(error: *const qc_error) -> i32 {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(error, |failure| outcome(failure.error.outcome()) as i32) }
}

/// The outcome's name, the same in every language: `NotSent`, `Rejected` or `Unknown`, a text that is always there.
///
/// @param error the error, or NULL
/// @return the name; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_outcome_name(error: *const qc_error) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        look_at(error, |failure| {
            let name = match outcome(failure.error.outcome()) {
                qc_outcome::QC_OUTCOME_NOT_SENT => c"NotSent",
                qc_outcome::QC_OUTCOME_REJECTED => c"Rejected",
                qc_outcome::QC_OUTCOME_UNKNOWN => c"Unknown",
            };
            name.as_ptr()
        })
    }
}

/// All of the error as a JSON object: `kind`, `code`, `message`, `vendor_message`, `endpoint`, `field`, `http_status`,
/// `retryable`, `outcome`, `attempts`.
///
/// @param error the error, or NULL
/// @return the text, which belongs to the error; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_json(error: *const qc_error) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(error, |failure| failure.text(Text::Json)) }
}

/// Frees an error and its texts.
///
/// @param error the error, or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_error_free(error: *mut qc_error) {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { free(error) }
}

/// The name of a status, the same in every language: `Ok`, `Config`, `InvalidInput`, …
///
/// @param status a status
/// @return a text in ASCII that is always there; NULL for a number that is no status
#[unsafe(no_mangle)]
pub extern "C" fn qc_status_name(status: i32) -> *const c_char {
    of_status(status, |words| words.name)
}

/// What a status stands for, in one English sentence.
///
/// @param status a status
/// @return a text in ASCII that is always there; NULL for a number that is no status
#[unsafe(no_mangle)]
pub extern "C" fn qc_status_meaning(status: i32) -> *const c_char {
    of_status(status, |words| words.meaning)
}

/// What a caller does about a status, in one English sentence.
///
/// @param status a status
/// @return a text in ASCII that is always there; NULL for a number that is no status
#[unsafe(no_mangle)]
pub extern "C" fn qc_status_advice(status: i32) -> *const c_char {
    of_status(status, |words| words.advice)
}

fn of_status(number: i32, which: impl FnOnce(&status::Words) -> &'static CStr) -> *const c_char {
    status::words(number).map_or(ptr::null(), |words| which(&words).as_ptr())
}

fn of_kind(kind: ErrorKind, which: impl FnOnce(&status::Words) -> &'static CStr) -> *const c_char {
    of_status(kind.number(), which)
}

fn outcome(outcome: Outcome) -> qc_outcome {
    match outcome {
        Outcome::NotSent => qc_outcome::QC_OUTCOME_NOT_SENT,
        Outcome::Rejected => qc_outcome::QC_OUTCOME_REJECTED,
        Outcome::Unknown => qc_outcome::QC_OUTCOME_UNKNOWN,
    }
}
