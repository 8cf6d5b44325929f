//! A text of its own: a saved session, an audit's key.

use std::ffi::c_char;

use crate::boundary::{free, look, look_at};
use crate::handle::handle;
use crate::text::Crossing;

/// A text of its own.
pub struct qc_text {
    _opaque: [u8; 0],
}

handle!(qc_text, "text", b"qc__text", Boxed<Crossing>);

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
