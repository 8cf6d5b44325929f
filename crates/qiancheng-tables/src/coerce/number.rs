//! Numbers: as numbers, as text, with thousands separators, full-width digits, a currency sign or a unit.

use std::borrow::Cow;

use super::{Coerced, plain};
use crate::decode::IssueKind;
use crate::schema::Unit;

/// A decimal number, exactly: `±digits · 10^exponent`.
struct Decimal {
    negative: bool,
    digits: i128,
    exponent: i32,
}

/// More digits than these are beyond any column; behind the point they are left out.
const MAX_DIGITS: usize = 30;

impl Decimal {
    /// Reads digits with at most one point and an exponent.
    fn parse(text: &str) -> Option<Self> {
        let (negative, rest) = match text.as_bytes() {
            [b'-', ..] => (true, &text[1..]),
            [b'+', ..] => (false, &text[1..]),
            _ => (false, text),
        };
        let (mantissa, mut exponent) = match rest.find(['e', 'E']) {
            Some(at) => (&rest[..at], rest[at + 1..].parse::<i16>().ok().map(i32::from)?),
            None => (rest, 0),
        };
        let (mut digits, mut read, mut behind_point, mut any) = (0_i128, 0, false, false);
        for byte in mantissa.bytes() {
            match byte {
                b'0'..=b'9' => {
                    any = true;
                    if read < MAX_DIGITS {
                        digits = digits * 10 + i128::from(byte - b'0');
                        read += usize::from(digits != 0);
                        exponent -= i32::from(behind_point);
                    } else {
                        exponent += i32::from(!behind_point);
                    }
                }
                b'.' if !behind_point => behind_point = true,
                _ => return None,
            }
        }
        any.then_some(Self { negative, digits, exponent })
    }

    /// The number in units of `10^-scale`, rounded half away from zero, and whether anything but noise was lost.
    fn in_units(&self, scale: i32) -> Option<(i128, bool)> {
        let shift = self.exponent + scale;
        let (units, lost) = if self.digits == 0 {
            (0, false)
        } else if shift >= 0 {
            let factor = 10_i128.checked_pow(u32::try_from(shift).ok()?)?;
            (self.digits.checked_mul(factor)?, false)
        } else {
            match u32::try_from(-shift).ok().and_then(|shift| 10_i128.checked_pow(shift)) {
                // So small that nothing remains.
                None => (0, true),
                Some(divisor) => {
                    let (whole, rest) = (self.digits / divisor, self.digits % divisor);
                    let up = rest >= divisor - rest;
                    // Binary fractions written out (0.30000000000000004) lose nothing that was ever there.
                    let distance = if up { divisor - rest } else { rest };
                    (whole + i128::from(up), distance > divisor / 1_000_000)
                }
            }
        };
        Some((if self.negative { -units } else { units }, lost))
    }
}

/// The text as a number is parsed: without separators, signs of currency and the words of its unit.
fn undecorated(text: &str, unit: Option<Unit>) -> Option<Cow<'_, str>> {
    let plain = plain::plain(text);
    let bare = plain.trim_start_matches(['¥', '￥', '$']).trim_start();
    let words = unit.map_or(&[][..], Unit::words);
    let bare = words.iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare).trim_end();
    if bare.contains(',') {
        without_separators(bare).map(Cow::Owned)
    } else {
        Some(Cow::Owned(bare.to_owned()))
    }
}

/// `1,234,567.8` without its commas; none if they don't part thousands.
fn without_separators(text: &str) -> Option<String> {
    let (whole, fraction) = text.find('.').map_or((text, ""), |at| text.split_at(at));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default().trim_start_matches(['-', '+']);
    let well_grouped =
        (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3) && !fraction.contains(',');
    well_grouped.then(|| format!("{}{fraction}", whole.replace(',', "")))
}

fn decimal(text: &str, unit: Option<Unit>) -> Result<Decimal, IssueKind> {
    if let Some(decimal) = Decimal::parse(text) {
        return Ok(decimal);
    }
    undecorated(text, unit).and_then(|text| Decimal::parse(&text)).ok_or(IssueKind::NotANumber)
}

/// Plain digits, at most 18 of them: nearly all numbers.
#[inline]
fn small(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut value = 0_i64;
    for &byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + i64::from(digit);
    }
    Some(if negative { -value } else { value })
}

/// A whole number; a fraction is rounded.
#[inline]
pub(crate) fn integer(text: &str, unit: Option<Unit>) -> Coerced<i64> {
    if let Some(value) = small(text) {
        return Ok((value, false));
    }
    let (value, lost) = decimal(text, unit)?.in_units(0).ok_or(IssueKind::OutOfRange)?;
    i64::try_from(value).map(|value| (value, lost)).map_err(|_| IssueKind::OutOfRange)
}

/// Hundredths of the currency; smaller fractions are rounded.
#[inline]
pub(crate) fn money(text: &str, unit: Option<Unit>) -> Coerced<i64> {
    const LIMIT: i128 = 1_000_000_000_000_000_000;
    if let Some(value) = small_money(text) {
        return Ok((value, false));
    }
    let (value, lost) = decimal(text, unit)?.in_units(2).ok_or(IssueKind::OutOfRange)?;
    match i64::try_from(value) {
        Ok(hundredths) if value.abs() < LIMIT => Ok((hundredths, lost)),
        _ => Err(IssueKind::OutOfRange),
    }
}

/// Digits with at most two behind a point: nearly all amounts.
#[inline]
fn small_money(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.len() > 16 {
        return None;
    }
    let point = digits.iter().position(|&byte| byte == b'.');
    let behind = point.map_or(0, |point| digits.len() - point - 1);
    if behind > 2 || digits.len() < 1 + usize::from(point.is_some()) {
        return None;
    }
    let mut value = 0_i64;
    for (place, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            value = value * 10 + i64::from(digit);
        } else if Some(place) != point {
            return None;
        }
    }
    value *= [100, 10, 1][behind];
    Some(if negative { -value } else { value })
}

/// A floating-point number.
pub(crate) fn float(text: &str, unit: Option<Unit>) -> Coerced<f64> {
    let bare =
        if Decimal::parse(text).is_some() { Some(Cow::Borrowed(text)) } else { undecorated(text, unit) };
    // Rust reads words such as "inf", too; those are no numbers here.
    let value: f64 = bare
        .filter(|text| Decimal::parse(text).is_some())
        .and_then(|text| text.parse().ok())
        .ok_or(IssueKind::NotANumber)?;
    if value.is_finite() { Ok((value, false)) } else { Err(IssueKind::OutOfRange) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read_in_every_spelling() {
        for (text, value) in [
            ("61", 61),
            ("-61", -61),
            ("61.0", 61),
            (" 61 ", 61),
            ("1,234", 1_234),
            ("1,234,567", 1_234_567),
            ("１２３", 123),
            ("１，２３４", 1_234),
            ("6.1e1", 61),
            ("+7", 7),
            ("007", 7),
            ("9223372036854775807", i64::MAX),
            ("61秒", 61),
        ] {
            assert_eq!(integer(text, Some(Unit::Second)), Ok((value, false)), "{text}");
        }
        assert_eq!(integer("61.5", None), Ok((62, true)));
        assert_eq!(integer("-61.5", None), Ok((-62, true)));
        assert_eq!(integer("1e-400", None), Ok((0, true)));
    }

    #[test]
    fn what_is_no_number_is_not_guessed_at() {
        for text in
            ["12,34", "1,2345", "a", "--", "1 2", "0x10", "1.2.3", ".", "-", "1e", "NaN", "61秒", "1,234,56"]
        {
            assert_eq!(integer(text, None), Err(IssueKind::NotANumber), "{text}");
            assert_eq!(money(text, None), Err(IssueKind::NotANumber), "{text}");
            assert_eq!(float(text, None), Err(IssueKind::NotANumber), "{text}");
        }
        for text in ["9223372036854775808", "1e30", "1e400"] {
            assert_eq!(integer(text, None), Err(IssueKind::OutOfRange), "{text}");
        }
        assert_eq!(float("1e400", None), Err(IssueKind::OutOfRange));
        assert_eq!(float("inf", None), Err(IssueKind::NotANumber));
        assert_eq!(money("10000000000000000", None), Err(IssueKind::OutOfRange));
    }

    #[test]
    fn money_is_exact() {
        for (text, hundredths) in [
            ("0.15", 15),
            ("0.1", 10),
            ("-12.34", -1_234),
            ("12", 1_200),
            ("12.", 1_200),
            (".5", 50),
            ("¥1,234.50", 123_450),
            ("１２．５元", 1_250),
            ("0.30000000000000004", 30),
            ("1.15e1", 1_150),
            ("9999999999999999.99", 999_999_999_999_999_999),
        ] {
            assert_eq!(money(text, Some(Unit::Yuan)), Ok((hundredths, false)), "{text}");
        }
        assert_eq!(money("0.125", None), Ok((13, true)));
        assert_eq!(money("-0.125", None), Ok((-13, true)));
    }
}
