//! Checks on values before anything is sent.
//!
//! They catch what the vendor would refuse anyway, without spending a call on it. The vendor stays the
//! authority: all of them can be turned off together (`validate(false)`). Each names the field, never the value.

use crate::error::{Error, Result};
use crate::personal::{IdNumber, MobileNumber, PersonName, Personal, Secret};

/// Weights of the first 17 digits of an ID number (GB 11643-1999).
const ID_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check characters by remainder.
const ID_CHECKS: [u8; 11] = *b"10X98765432";
/// Longer than any captcha or query password, short enough to refuse a pasted letter.
const MAX_CAPTCHA_CHARACTERS: usize = 64;

/// A value that must not be blank.
pub(crate) trait Filled {
    fn text(&self) -> &str;
}

impl Filled for String {
    fn text(&self) -> &str {
        self
    }
}

macro_rules! filled {
    ($($name:ty),+) => { $(impl Filled for $name { fn text(&self) -> &str { self.expose() } })+ };
}
filled!(PersonName, IdNumber, MobileNumber, Personal, Secret, crate::personal::Handle);

/// A required text.
pub(crate) fn filled(field: &str, value: &impl Filled) -> Result<()> {
    if value.text().trim().is_empty() {
        return Err(Error::invalid(field, "must not be empty"));
    }
    Ok(())
}

/// An ID number: 18 characters with a right check character, or the 15 digits of old cards. Rewrites `x` to `X`.
pub(crate) fn id_number(field: &str, value: &mut IdNumber) -> Result<()> {
    filled(field, value)?;
    value.make_upper_case();
    let text = value.expose().as_bytes();
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    match text.len() {
        15 if digits(text) => Ok(()),
        18 if digits(&text[..17]) => {
            let sum: u32 =
                text.iter().zip(ID_WEIGHTS).map(|(&digit, weight)| u32::from(digit - b'0') * weight).sum();
            if ID_CHECKS[(sum % 11) as usize] == text[17] {
                Ok(())
            } else {
                Err(Error::invalid(field, "the check character of the ID number does not fit its digits"))
            }
        }
        _ => Err(Error::invalid(field, "must be an ID number of 18 characters, or of 15 digits")),
    }
}

/// A mainland mobile number of eleven digits, without a country code.
pub(crate) fn mobile(field: &str, value: &MobileNumber) -> Result<()> {
    filled(field, value)?;
    let text = value.expose().as_bytes();
    let fits = text.len() == 11
        && text[0] == b'1'
        && (b'3'..=b'9').contains(&text[1])
        && text.iter().all(u8::is_ascii_digit);
    if fits {
        Ok(())
    } else {
        Err(Error::invalid(field, "must be a mobile number of 11 digits that starts with 13 to 19"))
    }
}

/// A captcha, a dynamic or a query password.
pub(crate) fn captcha(field: &str, value: &Secret) -> Result<()> {
    filled(field, value)?;
    let text = value.expose();
    if text.chars().any(|character| character.is_whitespace() || character.is_control()) {
        return Err(Error::invalid(field, "must not contain white space"));
    }
    if text.chars().count() > MAX_CAPTCHA_CHARACTERS {
        return Err(Error::invalid(field, "is longer than any captcha"));
    }
    Ok(())
}

/// A whole number within limits, both included.
pub(crate) fn within(field: &str, value: i64, low: i64, high: i64) -> Result<()> {
    if (low..=high).contains(&value) {
        Ok(())
    } else {
        Err(Error::invalid(field, format!("must be a whole number from {low} to {high}")))
    }
}

/// One of a few documented texts.
pub(crate) fn one_of(field: &str, value: &str, allowed: &[&str]) -> Result<()> {
    if allowed.contains(&value) {
        Ok(())
    } else {
        Err(Error::invalid(field, format!("must be one of {}", allowed.join(", "))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Result<String> {
        let mut value = IdNumber::from(text);
        id_number("/id_card", &mut value).map(|()| value.expose().to_owned())
    }

    #[test]
    fn an_id_number_needs_its_check_character() {
        assert_eq!(id("11010119900307002x").ok().as_deref(), id("11010119900307002X").ok().as_deref());
        let good: Vec<char> =
            ('0'..='9').chain(['X']).filter(|last| id(&format!("11010119900307001{last}")).is_ok()).collect();
        assert_eq!(good.len(), 1, "exactly one check character fits");
    }

    #[test]
    fn an_old_id_number_has_fifteen_digits() {
        assert!(id("110101900307001").is_ok());
        assert!(id("11010190030700X").is_err());
        assert!(id("1101019003070011").is_err());
    }

    #[test]
    fn refusals_name_the_field_and_not_the_value() {
        let error = mobile("/mobile", &MobileNumber::from("23800138000")).expect_err("not a mobile number");
        assert_eq!(error.field(), Some("/mobile"));
        assert!(!format!("{error} {error:?}").contains("23800138000"));
    }

    #[test]
    fn a_captcha_has_no_white_space() {
        assert!(captcha("/captcha", &Secret::from("12 34")).is_err());
        assert!(captcha("/captcha", &Secret::from("")).is_err());
        assert!(captcha("/captcha", &Secret::from("1".repeat(65))).is_err());
        assert!(captcha("/captcha", &Secret::from("验12ab")).is_ok());
    }
}
