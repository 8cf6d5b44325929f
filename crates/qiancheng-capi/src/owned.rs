//! A text of its own: a saved session, an audit's key, a JSON string.

use std::ffi::c_char;

use serde_json::Value;
use zeroize::Zeroizing;

use crate::argument::{self, Out};
use crate::boundary::{free, look, look_at, on};
use crate::client::qc_client;
use crate::error::qc_error;
use crate::handle::{self, handle};
use crate::status::qc_status;
use crate::text::{Crossing, Spoken};

/// A text of its own.
pub struct qc_text {
    _opaque: [u8; 0],
}

handle!(qc_text, "text", b"qc__text", Boxed<Crossing>);

/// A text as a JSON string: in quotes, with everything escaped that has to be. For a program that writes the JSON of its parameters
/// itself; in GBK, GB18030 and Big5 a byte that looks like a backslash may be half a character, which this function knows.
///
/// @param client the client, whose encoding the text has
/// @param text the text
/// @param out where the string goes, in the same encoding; free it with qc_text_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_json_string(
    client: *const qc_client,
    text: *const c_char,
    out: *mut *mut qc_text,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(client, err, |client| {
            let out = Out::new(out, "out")?;
            let text = argument::text(client.charset(), text, "text")?;
            let string = Zeroizing::new(Value::from(&*text).to_string());
            out.write(handle::make(client.charset().json(&string)));
            Ok(())
        })
    }
}

/// The text, in the client's encoding, with a NUL behind it.
///
/// @param text the text, or NULL
/// @return its bytes, which belong to it; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_text_data(text: *const qc_text) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(text, Crossing::as_ptr) }
}

/// The text's length, without the NUL.
///
/// @param text the text, or NULL
/// @return how many bytes it has; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_text_len(text: *const qc_text) -> usize {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(text, Crossing::len) }
}

/// Frees a text.
///
/// @param text the text, or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_text_free(text: *mut qc_text) {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { free(text) }
}
