//! JSON numbers: where one ends, and what a short one says.

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

/// More digits than these are left to others: these fit into 64 bits whatever they are.
const MOST_DIGITS: usize = 16;

/// A number without an exponent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Short {
    /// Its digits, with its sign.
    pub(crate) digits: i64,
    /// How many of them stand behind the point.
    pub(crate) behind_point: usize,
}

/// The number that starts at `start`, and the place behind it, if it is a short one.
#[inline]
pub(super) fn short(bytes: &[u8], start: usize) -> Option<(Short, usize)> {
    let negative = bytes.get(start) == Some(&b'-');
    let first = start + usize::from(negative);
    let mut at = first;
    let mut value = 0;
    let mut digits = |mut at: usize| {
        while let Some(digit) = bytes.get(at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit <= 9)
        {
            value = value * 10_i64 + i64::from(digit);
            at += 1;
            if at - first > MOST_DIGITS {
                break;
            }
        }
        at
    };
    at = digits(at);
    if at == first || (bytes[first] == b'0' && at - first > 1) {
        return None;
    }
    let mut behind_point = 0;
    if bytes.get(at) == Some(&b'.') {
        let end = digits(at + 1);
        behind_point = end - at - 1;
        if behind_point == 0 {
            return None;
        }
        at = end;
    }
    let ends = at - first <= MOST_DIGITS && !matches!(bytes.get(at), Some(b'0'..=b'9' | b'e' | b'E'));
    let digits = if negative { -value } else { value };
    ends.then_some((Short { digits, behind_point }, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(i64, usize)> {
        let (short, place) = short(text.as_bytes(), 0)?;
        assert_eq!(Ok(place), end(text.as_bytes(), 0), "{text}");
        Some((short.digits, short.behind_point))
    }

    #[test]
    fn short_numbers_are_read_with_their_digits_behind_the_point() {
        for (text, number) in [
            ("0", (0, 0)),
            ("-0", (0, 0)),
            ("61,", (61, 0)),
            ("-61 ", (-61, 0)),
            ("0.15}", (15, 2)),
            ("-12.340", (-12_340, 3)),
            ("9999999999999999", (9_999_999_999_999_999, 0)),
            ("1234567.12345678", (123_456_712_345_678, 8)),
        ] {
            assert_eq!(read(text), Some(number), "{text}");
        }
    }

    #[test]
    fn other_numbers_and_what_is_none_are_left() {
        for text in [
            "",
            "-",
            "x",
            ".5",
            "007",
            "-01",
            "1.",
            "1.x",
            "1e3",
            "1.5E2",
            "12345678901234567",
            "1.2345678901234567",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
