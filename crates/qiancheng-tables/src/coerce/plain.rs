//! Text without what people and programs decorate numbers with.

use std::borrow::Cow;

/// The text without white space around it, and with full-width digits, letters and signs made plain.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if trimmed.is_ascii() {
        trimmed.into()
    } else {
        trimmed.chars().map(narrow).collect::<String>().trim().to_owned().into()
    }
}

/// A full-width character as its plain twin.
pub(super) fn narrow(character: char) -> char {
    match character {
        '！'..='～' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '\u{3000}' | '\u{a0}' => ' ',
        '−' | '–' | '—' => '-',
        other => other,
    }
}
