//! Where a JSON number ends.

/// The place behind the number that starts at `start`, or the place where a digit is missing.
#[inline]
pub(super) fn end(bytes: &[u8], start: usize) -> Result<usize, usize> {
    let digits = |mut at: usize| {
        let first = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        if at == first { Err(at) } else { Ok(at) }
    };
    let mut at = start + usize::from(bytes.get(start) == Some(&b'-'));
    // JSON writes no leading zeros; the digit behind one is then an unexpected character.
    at = if bytes.get(at) == Some(&b'0') { at + 1 } else { digits(at)? };
    if bytes.get(at) == Some(&b'.') {
        at = digits(at + 1)?;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1;
        at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
        at = digits(at)?;
    }
    Ok(at)
}
