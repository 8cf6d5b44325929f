//! An answer is a JSON document: what the vendor's envelope calls `data`, or something of this library's own, such as
//! counters. It is parsed when a part of it is first asked for: raw data of megabytes that goes from the wire to a file
//! never is.
//!
//! Parts are found by JSON Pointer (RFC 6901): `""` is all of it, `"/items/0/name"` the name in the first of the items. A
//! pointer that leads nowhere, and a value of another type, are QC_INVALID_INPUT, and qc_error_field() is the pointer. Texts
//! belong to the answer and stay where they are until it is freed; asking twice gives the same text.

pub(crate) mod document;

use std::ffi::c_char;
use std::ptr;

use qiancheng::Result;

use crate::argument::{Out, TextOut, text};
use crate::boundary::{free, look, look_at, on};
use crate::error::qc_error;
use crate::handle::handle;
use crate::status::qc_status;
use crate::text::{Crossing, Given, Spoken};

use document::Document;

/// A JSON document.
pub struct qc_answer {
    _opaque: [u8; 0],
}

handle!(qc_answer, "answer", b"qcanswer", Boxed<Document>);

/// What a value of a JSON document is.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::enum_variant_names, reason = "C has one name space")]
pub enum qc_json_type {
    /// There is no value.
    QC_JSON_MISSING = 0,
    /// null.
    QC_JSON_NULL = 1,
    /// true or false.
    QC_JSON_BOOL = 2,
    /// A number that an int64_t holds.
    QC_JSON_INTEGER = 3,
    /// Another number.
    QC_JSON_NUMBER = 4,
    /// A text.
    QC_JSON_STRING = 5,
    /// A list.
    QC_JSON_ARRAY = 6,
    /// An object.
    QC_JSON_OBJECT = 7,
}

/// The pointer, in the answer's encoding.
///
/// # Safety
/// As for [`text`].
unsafe fn pointed<'a>(document: &Document, pointer: *const c_char) -> Result<Given<'a>> {
    // SAFETY: the same is asked of the caller.
    unsafe { text(document.charset(), pointer, "pointer") }
}

/// All of the document as JSON, in the client's encoding. A character that the encoding lacks is escaped by its number, as JSON allows.
///
/// @param answer the answer
/// @param out where the text goes, which belongs to the answer
/// @param len where its length goes, without the NUL; may be NULL
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_json(
    answer: *const qc_answer,
    out: *mut *const c_char,
    len: *mut usize,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(answer, err, |document| {
            let out = TextOut::new(out, len, "out")?;
            document.json("", |text| out.write(text))
        })
    }
}

/// The whole answer as it came, envelope and all: bytes in UTF-8, whatever the client's encoding is. There is no NUL behind
/// them.
///
/// @param answer the answer
/// @param out where the bytes go, which belong to the answer
/// @param len where their number goes
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_raw(
    answer: *const qc_answer,
    out: *mut *const u8,
    len: *mut usize,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(answer, err, |document| {
            let (out, len) = (Out::new(out, "out")?, Out::new(len, "len")?);
            out.write(document.raw().as_ptr());
            len.write(document.raw().len());
            Ok(())
        })
    }
}

/// What kind of value there is. That there is none is no error here.
///
/// @param answer the answer
/// @param pointer where to look
/// @param out where one of the numbers of qc_json_type goes; QC_JSON_MISSING if the pointer leads nowhere
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_type(
    answer: *const qc_answer,
    pointer: *const c_char,
    out: *mut i32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(answer, err, |document| {
            let (pointer, out) = (pointed(document, pointer)?, Out::new(out, "out")?);
            out.write(document.kind(&pointer)? as i32);
            Ok(())
        })
    }
}

/// A text. It can hold a NUL, if the vendor sent one: its length says where it ends.
///
/// @param answer the answer
/// @param pointer where to look
/// @param out where the text goes, in the client's encoding; it belongs to the answer
/// @param len where its length goes, without the NUL; may be NULL
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_INVALID_INPUT if there is no text, or if it has a character that the encoding lacks
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_string(
    answer: *const qc_answer,
    pointer: *const c_char,
    out: *mut *const c_char,
    len: *mut usize,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(answer, err, |document| {
            let (pointer, out) = (pointed(document, pointer)?, TextOut::new(out, len, "out")?);
            document.string(&pointer, |text| out.write(text))
        })
    }
}

/// A whole number, or a text that is one: the vendor writes both.
///
/// @param answer the answer
/// @param pointer where to look
/// @param out where the number goes
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_INVALID_INPUT if there is no whole number of 64 bits
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_int(
    answer: *const qc_answer,
    pointer: *const c_char,
    out: *mut i64,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(answer, err, |document| {
            let (pointer, out) = (pointed(document, pointer)?, Out::new(out, "out")?);
            out.write(document.int(&pointer)?);
            Ok(())
        })
    }
}

/// A number, or a text that is one.
///
/// @param answer the answer
/// @param pointer where to look
/// @param out where the number goes
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_INVALID_INPUT if there is no number
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_double(
    answer: *const qc_answer,
    pointer: *const c_char,
    out: *mut f64,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(answer, err, |document| {
            let (pointer, out) = (pointed(document, pointer)?, Out::new(out, "out")?);
            out.write(document.double(&pointer)?);
            Ok(())
        })
    }
}

/// A flag: true or false, 1 or 0, or a text that is one of these.
///
/// @param answer the answer
/// @param pointer where to look
/// @param out where the flag goes
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_INVALID_INPUT if there is no flag
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_bool(
    answer: *const qc_answer,
    pointer: *const c_char,
    out: *mut bool,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(answer, err, |document| {
            let (pointer, out) = (pointed(document, pointer)?, Out::new(out, "out")?);
            out.write(document.bool(&pointer)?);
            Ok(())
        })
    }
}

/// How many items a list has, or how many members an object.
///
/// @param answer the answer
/// @param pointer where to look
/// @param out where the number goes
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_INVALID_INPUT if there is neither
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_size(
    answer: *const qc_answer,
    pointer: *const c_char,
    out: *mut usize,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(answer, err, |document| {
            let (pointer, out) = (pointed(document, pointer)?, Out::new(out, "out")?);
            out.write(document.size(&pointer)?);
            Ok(())
        })
    }
}

/// The name of a member of an object, in the order in which the members came.
///
/// @param answer the answer
/// @param pointer where to look
/// @param index which member, from 0
/// @param out where the name goes, in the client's encoding; it belongs to the answer
/// @param len where its length goes, without the NUL; may be NULL
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_INVALID_INPUT if there is no object, or none with so many members
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_key(
    answer: *const qc_answer,
    pointer: *const c_char,
    index: usize,
    out: *mut *const c_char,
    len: *mut usize,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(answer, err, |document| {
            let (pointer, out) = (pointed(document, pointer)?, TextOut::new(out, len, "out")?);
            document.key(&pointer, index, |text| out.write(text))
        })
    }
}

/// A part of the document as JSON, whatever its type. A character that the encoding lacks is escaped by its number, as JSON allows.
///
/// @param answer the answer
/// @param pointer where to look
/// @param out where the text goes, in the client's encoding; it belongs to the answer
/// @param len where its length goes, without the NUL; may be NULL
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_INVALID_INPUT if there is nothing
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_sub_json(
    answer: *const qc_answer,
    pointer: *const c_char,
    out: *mut *const c_char,
    len: *mut usize,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(answer, err, |document| {
            let (pointer, out) = (pointed(document, pointer)?, TextOut::new(out, len, "out")?);
            document.json(&pointer, |text| out.write(text))
        })
    }
}

/// The id of the endpoint that answered, or the path of a call by path.
///
/// @param answer the answer, or NULL
/// @return a text that belongs to the answer; NULL if it is not the vendor's
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_endpoint(answer: *const qc_answer) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(answer, |document| document.endpoint().map_or(ptr::null(), Crossing::as_ptr)) }
}

/// What the vendor said beside the data, with every value that was sent taken out of it.
///
/// @param answer the answer, or NULL
/// @return a text that belongs to the answer; NULL if the vendor said nothing
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_message(answer: *const qc_answer) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(answer, |document| document.message().map_or(ptr::null(), Crossing::as_ptr)) }
}

/// The HTTP status of the answer.
///
/// @param answer the answer, or NULL
/// @return the status; 0 if it is not the vendor's
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_http_status(answer: *const qc_answer) -> i32 {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(answer, Document::http_status) }
}

/// How often the request was sent.
///
/// @param answer the answer, or NULL
/// @return the number; 0 if it is not the vendor's
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_attempts(answer: *const qc_answer) -> u32 {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(answer, Document::attempts) }
}

/// Frees an answer and its texts.
///
/// @param answer the answer, or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_answer_free(answer: *mut qc_answer) {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { free(answer) }
}
