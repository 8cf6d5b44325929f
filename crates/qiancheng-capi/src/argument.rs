//! C's arguments other than handles: texts, bytes and numbers that come in, and places that results are written to.

use std::ffi::c_char;
use std::slice;

use qiancheng::{Error, Result};

use crate::text::{Charset, Crossing, Given};

/// Texts that are longer are refused: somebody has forgotten the NUL.
const LONGEST_TEXT: usize = 64 << 20;

fn refuse(argument: &str, words: &str) -> Error {
    Error::refused_argument(argument, format!("the argument {argument} {words}"))
}

/// The bytes of a text that may be NULL, without its NUL.
///
/// # Safety
/// `text` is NULL, or points to bytes with a NUL behind them that nobody changes or frees while `'a` lasts.
pub(crate) unsafe fn optional_bytes<'a>(text: *const c_char, argument: &str) -> Result<Option<&'a [u8]>> {
    if text.is_null() {
        return Ok(None);
    }
    let text = text.cast::<u8>();
    let mut length = 0;
    // SAFETY: no byte before this one was a NUL, so this one belongs to the text.
    while unsafe { text.add(length).read() } != 0 {
        length += 1;
        if length > LONGEST_TEXT {
            return Err(refuse(argument, "is longer than 64 MiB, or lacks its NUL"));
        }
    }
    // SAFETY: these bytes have just been read, and the caller sees to it that they stay.
    Ok(Some(unsafe { slice::from_raw_parts(text, length) }))
}

/// The same for a text that may not be NULL.
///
/// # Safety
/// As for [`optional_bytes`].
pub(crate) unsafe fn text_bytes<'a>(text: *const c_char, argument: &str) -> Result<&'a [u8]> {
    // SAFETY: the same is asked of the caller.
    unsafe { optional_bytes(text, argument) }?.ok_or_else(|| refuse(argument, "is NULL"))
}

/// A text in an encoding, which may not be NULL.
///
/// # Safety
/// As for [`optional_bytes`].
pub(crate) unsafe fn text<'a>(charset: Charset, text: *const c_char, argument: &str) -> Result<Given<'a>> {
    // SAFETY: the same is asked of the caller.
    decode(charset, unsafe { text_bytes(text, argument) }?, argument)
}

/// A text in an encoding, which may be NULL.
///
/// # Safety
/// As for [`optional_bytes`].
pub(crate) unsafe fn optional_text<'a>(
    charset: Charset,
    text: *const c_char,
    argument: &str,
) -> Result<Option<Given<'a>>> {
    // SAFETY: the same is asked of the caller.
    let bytes = unsafe { optional_bytes(text, argument) }?;
    bytes.map(|bytes| decode(charset, bytes, argument)).transpose()
}

/// Reads a text; what it holds stays out of the error.
pub(crate) fn decode<'a>(charset: Charset, bytes: &'a [u8], argument: &str) -> Result<Given<'a>> {
    charset.decode(bytes).ok_or_else(|| {
        let hint = if charset == Charset::UTF8 { "; see qc_options_set_encoding" } else { "" };
        refuse(argument, &format!("is not text in {}{hint}", charset.name()))
    })
}

/// Bytes with a length, which may not be NULL.
///
/// # Safety
/// `bytes` is NULL, or points to `length` bytes that nobody changes or frees while `'a` lasts.
pub(crate) unsafe fn bytes<'a>(bytes: *const u8, length: usize, argument: &str) -> Result<&'a [u8]> {
    if bytes.is_null() {
        return Err(refuse(argument, "is NULL"));
    }
    if isize::try_from(length).is_err() {
        return Err(refuse(argument, "is longer than memory can be"));
    }
    // SAFETY: they are there, and the caller sees to it that they stay.
    Ok(unsafe { slice::from_raw_parts(bytes, length) })
}

/// A value behind a pointer that may be NULL.
///
/// # Safety
/// `value` is NULL or points to a value.
pub(crate) unsafe fn optional<T: Copy>(value: *const T, argument: &str) -> Result<Option<T>> {
    if value.is_null() {
        return Ok(None);
    }
    if !value.is_aligned() {
        return Err(refuse(argument, "is not aligned"));
    }
    // SAFETY: it is there and aligned.
    Ok(Some(unsafe { value.read() }))
}

/// A place for a result, which is written once, when everything has gone well.
pub(crate) struct Out<T>(*mut T);

impl<T> Out<T> {
    /// A place that may not be NULL.
    ///
    /// # Safety
    /// `place` is NULL, or may be written to while the result exists.
    pub(crate) unsafe fn new(place: *mut T, argument: &str) -> Result<Self> {
        // SAFETY: the same is asked of the caller.
        unsafe { Self::optional(place, argument) }?.ok_or_else(|| refuse(argument, "is NULL"))
    }

    /// A place that is NULL where nobody wants the result.
    ///
    /// # Safety
    /// As for [`Out::new`].
    pub(crate) unsafe fn optional(place: *mut T, argument: &str) -> Result<Option<Self>> {
        if place.is_null() {
            return Ok(None);
        }
        if !place.is_aligned() {
            return Err(refuse(argument, "is not aligned"));
        }
        Ok(Some(Self(place)))
    }

    pub(crate) fn write(self, value: T) {
        // SAFETY: whoever made this has seen to it that the place may be written to; it was found to be aligned. What lies
        // there is C's, and is not dropped.
        unsafe { self.0.write(value) };
    }
}

/// Places for a text and its length.
pub(crate) struct TextOut {
    text: Out<*const c_char>,
    length: Option<Out<usize>>,
}

impl TextOut {
    /// Places of which that for the length may be NULL.
    ///
    /// # Safety
    /// As for [`Out::new`], for both.
    pub(crate) unsafe fn new(text: *mut *const c_char, length: *mut usize, argument: &str) -> Result<Self> {
        // SAFETY: the same is asked of the caller.
        unsafe { Ok(Self { text: Out::new(text, argument)?, length: Out::optional(length, "len")? }) }
    }

    pub(crate) fn write(self, text: &Crossing) {
        self.text.write(text.as_ptr());
        if let Some(length) = self.length {
            length.write(text.len());
        }
    }
}

#[cfg(test)]
mod tests;
