//! Telephone numbers and which way a call went.

use super::plain::narrow;
use crate::decode::Cell;

/// `out` where the text contains 主, `in` where 被.
#[allow(clippy::ptr_arg, reason = "the shape of all computed columns")]
pub(crate) fn call_direction<'a>(cell: Cell<'a>, scratch: &mut String) -> Cell<'a> {
    direction(cell.text(scratch), '主', '被')
}

/// `out` where the text contains 发, `in` where 收.
#[allow(clippy::ptr_arg, reason = "the shape of all computed columns")]
pub(crate) fn sms_direction<'a>(cell: Cell<'a>, scratch: &mut String) -> Cell<'a> {
    direction(cell.text(scratch), '发', '收')
}

fn direction<'a>(text: Option<&str>, out: char, inward: char) -> Cell<'a> {
    match text {
        // Nearly all calls say just this.
        Some("主叫") => Cell::Text("out"),
        Some("被叫") => Cell::Text("in"),
        Some(text) if text.contains(out) => Cell::Text("out"),
        Some(text) if text.contains(inward) => Cell::Text("in"),
        _ => Cell::Null,
    }
}

/// The digits of a number, hidden ones as `*`, without the country code before a mobile number.
pub(crate) fn peer<'a>(cell: Cell<'a>, scratch: &mut String) -> Cell<'a> {
    if let Cell::Text(text) = cell
        && text.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Cell::Text(without_country(text));
    }
    let Some(text) = cell.text(scratch) else { return Cell::Null };
    let digits: String = text
        .chars()
        .map(narrow)
        .filter(|character| character.is_ascii_digit() || *character == '*')
        .collect();
    if !digits.bytes().any(|byte| byte.is_ascii_digit()) {
        return Cell::Null;
    }
    let start = scratch.len();
    scratch.push_str(without_country(&digits));
    Cell::Scratch(start, scratch.len())
}

fn without_country(digits: &str) -> &str {
    ["0086", "86"]
        .iter()
        .find_map(|code| digits.strip_prefix(code).filter(|rest| is_mobile(rest)))
        .unwrap_or(digits)
}

/// Eleven digits, hidden ones among them, that start as mobile numbers do.
fn is_mobile(digits: &str) -> bool {
    matches!(digits.as_bytes(), [b'1', b'3'..=b'9' | b'*', ..] if digits.len() == 11)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let mut scratch = String::new();
        let cell = peer(Cell::Text(text), &mut scratch);
        cell.text(&scratch).map(str::to_owned)
    }

    #[test]
    fn country_codes_go_before_mobile_numbers_only() {
        for text in [
            "13800001234",
            "8613800001234",
            "008613800001234",
            "+8613800001234",
            "+86 138-0000-1234",
            "１３８００００１２３４",
        ] {
            assert_eq!(read(text).as_deref(), Some("13800001234"), "{text}");
        }
        assert_eq!(read("138****1234").as_deref(), Some("138****1234"));
        assert_eq!(read("+86138****1234").as_deref(), Some("138****1234"));
        assert_eq!(read("86010123").as_deref(), Some("86010123"));
        assert_eq!(read("8601012345678").as_deref(), Some("8601012345678"));
        assert_eq!(read("021-12345678").as_deref(), Some("02112345678"));
        assert_eq!(read("10086").as_deref(), Some("10086"));
        assert_eq!(read("未知号码"), None);
        assert_eq!(read("****"), None);
    }

    #[test]
    fn directions_are_known_by_one_character() {
        for (text, expected) in [
            ("主叫", Some("out")),
            ("被叫用户", Some("in")),
            ("国内主叫", Some("out")),
            ("未知", None),
            ("呼转", None),
        ] {
            assert_eq!(call_direction(Cell::Text(text), &mut String::new()).text(""), expected);
        }
        for (text, expected) in
            [("发送", Some("out")), ("短信收", Some("in")), ("收取", Some("in")), ("未识别状态", None)]
        {
            assert_eq!(sms_direction(Cell::Text(text), &mut String::new()).text(""), expected);
        }
    }
}
