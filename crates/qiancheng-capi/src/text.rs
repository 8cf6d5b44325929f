//! Text on its way between C's encoding and UTF-8.
//!
//! The encodings are those of systems in Chinese that are not UTF-8. Each of them writes ASCII as itself and no other
//! character with a NUL, so that `const char *` holds them all.

use std::borrow::Cow;
use std::ffi::c_char;
use std::fmt::Write;
use std::ops::Deref;

use encoding_rs::{BIG5, EncoderResult, Encoding, GB18030, GBK, UTF_8};
use zeroize::Zeroizing;

/// An encoding that texts cross in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Charset(&'static Encoding);

/// Something that crosses in an encoding.
pub(crate) trait Spoken {
    /// That encoding.
    fn charset(&self) -> Charset;
}

/// A text that has come in. What had to be decoded is a copy, and wiped.
pub(crate) enum Given<'a> {
    Borrowed(&'a str),
    Decoded(Zeroizing<String>),
}

impl Deref for Given<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Decoded(text) => text,
        }
    }
}

impl Charset {
    pub(crate) const UTF8: Self = Self(UTF_8);
    const ALL: [Self; 4] = [Self(UTF_8), Self(GB18030), Self(GBK), Self(BIG5)];

    /// The encoding of this name, or of one of its other names, such as `gb2312` for GBK.
    pub(crate) fn named(name: &[u8]) -> Option<Self> {
        Encoding::for_label(name).map(Self).filter(|known| Self::ALL.contains(known))
    }

    /// The encoding's name as people write it.
    pub(crate) fn name(self) -> &'static str {
        if self.0 == GB18030 { "GB18030" } else { self.0.name() }
    }

    fn is_utf8(self) -> bool {
        self == Self::UTF8
    }

    /// Reads a text; nothing if it is not one of this encoding.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<Given<'_>> {
        if self.is_utf8() {
            return std::str::from_utf8(bytes).ok().map(Given::Borrowed);
        }
        let decoded = self.0.decode_without_bom_handling_and_without_replacement(bytes)?;
        Some(match decoded {
            Cow::Borrowed(text) => Given::Borrowed(text),
            Cow::Owned(text) => Given::Decoded(Zeroizing::new(text)),
        })
    }

    /// Writes a text for people; a character that the encoding lacks becomes `?`.
    pub(crate) fn message(self, text: &str) -> Crossing {
        self.encode(text, |_, bytes| bytes.push(b'?'))
    }

    /// Writes a JSON text; a character that the encoding lacks is escaped.
    pub(crate) fn json(self, text: &str) -> Crossing {
        self.encode(text, |lacking, bytes| {
            let mut escaped = String::new();
            for unit in lacking.encode_utf16(&mut [0; 2]) {
                // A String takes everything.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
            bytes.extend_from_slice(escaped.as_bytes());
        })
    }

    /// Writes a value; nothing if the encoding lacks one of its characters.
    pub(crate) fn value(self, text: &str) -> Option<Crossing> {
        let mut whole = true;
        let crossing = self.encode(text, |_, _| whole = false);
        whole.then_some(crossing)
    }

    fn encode(self, text: &str, mut lacks: impl FnMut(char, &mut Vec<u8>)) -> Crossing {
        // ASCII is itself in all of them.
        if self.is_utf8() || text.is_ascii() {
            return Crossing::from(text.as_bytes());
        }
        let mut encoder = self.0.new_encoder();
        let mut bytes = Vec::with_capacity(text.len() + 1);
        let mut rest = text;
        loop {
            let needed = encoder.max_buffer_length_from_utf8_without_replacement(rest.len());
            bytes.reserve(needed.unwrap_or(rest.len()).saturating_add(1));
            let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, true);
            rest = rest.get(read..).unwrap_or_default();
            match result {
                EncoderResult::InputEmpty => return Crossing::from(bytes),
                EncoderResult::OutputFull => {}
                EncoderResult::Unmappable(lacking) => lacks(lacking, &mut bytes),
            }
        }
    }
}

/// A text that goes out: bytes with a NUL behind them, which stay where they are.
#[derive(Debug)]
pub(crate) struct Crossing(Box<[u8]>);

impl Crossing {
    pub(crate) fn as_ptr(&self) -> *const c_char {
        self.0.as_ptr().cast()
    }

    /// Without the NUL.
    pub(crate) fn len(&self) -> usize {
        self.0.len().saturating_sub(1)
    }
}

impl From<Vec<u8>> for Crossing {
    fn from(mut bytes: Vec<u8>) -> Self {
        bytes.push(0);
        Self(bytes.into_boxed_slice())
    }
}

impl From<&[u8]> for Crossing {
    fn from(bytes: &[u8]) -> Self {
        Self([bytes, &[0]].concat().into_boxed_slice())
    }
}

#[cfg(test)]
mod tests;
