//! Texts: found without decoding, and decoded when somebody wants them.

/// A text of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text<'a> {
    /// Without escapes: what it says is what stands there.
    Plain(&'a str),
    /// With escapes, which [`unescape`] undoes.
    Escaped(&'a str),
}

impl<'a> Text<'a> {
    /// What it says.
    pub(crate) fn decoded(self) -> std::borrow::Cow<'a, str> {
        match self {
            Self::Plain(text) => text.into(),
            Self::Escaped(raw) => {
                let mut text = String::with_capacity(raw.len());
                unescape(raw, &mut text);
                text.into()
            }
        }
    }

    /// As it is written, without quotes.
    pub(crate) fn raw(self) -> &'a str {
        match self {
            Self::Plain(raw) | Self::Escaped(raw) => raw,
        }
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

const QUOTE: u64 = 0x22;
const BACKSLASH: u64 = 0x5c;

/// Marks bytes that are zero. Bytes above a zero byte may be marked too, those below never.
#[inline]
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGHS
}

/// The first place from `start` with a quote, a backslash or a control character, or the end.
#[inline]
pub(super) fn plain_until(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(chunk) = bytes.get(at..at + 8) {
        let word = u64::from_le_bytes(chunk.try_into().expect("the chunk has eight bytes"));
        let controls = word.wrapping_sub(ONES * 0x20) & !word & HIGHS;
        let found = zeros(word ^ (ONES * QUOTE)) | zeros(word ^ (ONES * BACKSLASH)) | controls;
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|&byte| byte != b'"' && byte != b'\\' && byte >= 0x20) {
        at += 1;
    }
    at
}

/// Undoes the escapes of a text whose escapes are well formed. Half a surrogate pair becomes U+FFFD; false if there is one.
pub(crate) fn unescape(raw: &str, into: &mut String) -> bool {
    let mut rest = raw;
    let mut whole = true;
    while let Some(backslash) = rest.find('\\') {
        into.push_str(&rest[..backslash]);
        let code = rest.as_bytes().get(backslash + 1).copied().unwrap_or(b'\\');
        rest = rest.get(backslash + 2..).unwrap_or_default();
        match code {
            b'b' => into.push('\u{8}'),
            b'f' => into.push('\u{c}'),
            b'n' => into.push('\n'),
            b'r' => into.push('\r'),
            b't' => into.push('\t'),
            b'u' => {
                let (character, used) = code_point(rest);
                whole &= character.is_some();
                into.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
                rest = rest.get(used..).unwrap_or_default();
            }
            other => into.push(char::from(other)),
        }
    }
    into.push_str(rest);
    whole
}

/// The character of `XXXX` or of `XXXX\uXXXX`, none for half a pair, and how long that is.
fn code_point(rest: &str) -> (Option<char>, usize) {
    let unit = |from: usize| rest.get(from..from + 4).and_then(|text| u16::from_str_radix(text, 16).ok());
    let first = unit(0).unwrap_or(0xfffd);
    if let Some(character) = char::from_u32(u32::from(first)) {
        return (Some(character), 4);
    }
    let second = if rest.get(4..6) == Some("\\u") { unit(6) } else { None };
    match second.map(|second| char::decode_utf16([first, second]).next()) {
        Some(Some(Ok(character))) => (Some(character), 10),
        _ => (None, 4),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_first_special_byte_is_found_wherever_it_stands() {
        for length in 0..40 {
            for special in [b'"', b'\\', 0x1f, b'\n'] {
                let mut bytes = "主a".repeat(12).into_bytes();
                bytes[length] = special;
                assert_eq!(plain_until(&bytes, 0), length);
                assert_eq!(plain_until(&bytes, length), length);
            }
        }
        assert_eq!(plain_until("本地通话".as_bytes(), 0), 12);
    }

    #[test]
    fn escapes_read_as_serde_json_reads_them() {
        for raw in [r#"a\"\\\/\b\f\n\r\t"#, r"\u4e3b\u53eb", r"\ud83d\ude00x", "主\\u0041", ""] {
            let mut text = String::new();
            unescape(raw, &mut text);
            assert_eq!(text, serde_json::from_str::<String>(&format!("\"{raw}\"")).unwrap());
        }
    }

    #[test]
    fn half_a_pair_is_replaced_and_the_rest_kept() {
        for (raw, expected) in
            [(r"\ud83dx", "\u{fffd}x"), (r"\ude00\u0041", "\u{fffd}A"), (r"\ud83d\u0041", "\u{fffd}A")]
        {
            let mut text = String::new();
            unescape(raw, &mut text);
            assert_eq!(text, expected);
        }
    }
}
