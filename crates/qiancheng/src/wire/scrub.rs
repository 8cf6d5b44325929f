//! Takes personal data out of text that others wrote: the vendor's `msg`, and bodies that could not be read.

use std::fmt::Write;

use crate::personal::MASK;
use crate::wire::params::Params;

/// Runs of digits at least this long may be a telephone or an ID number.
const LONGEST_HARMLESS_DIGITS: usize = 6;
/// Characters of an unreadable body that go into an error.
const EXCERPT_CHARACTERS: usize = 160;
/// How much of a body is looked at for that.
const EXCERPT_BYTES: usize = 1024;
/// Of a vendor's message, this many characters are kept.
const MESSAGE_CHARACTERS: usize = 500;

/// The vendor's message without any text that was sent and without long numbers.
pub(crate) fn message(text: &str, sent: &Params) -> String {
    let text: String = text.chars().take(MESSAGE_CHARACTERS).collect();
    mask_digits(&mask_sent(text, sent), LONGEST_HARMLESS_DIGITS)
}

/// The vendor's words about a state, without long numbers.
pub(crate) fn words(text: &str) -> String {
    mask_digits(text, LONGEST_HARMLESS_DIGITS)
}

/// The beginning of a body that could not be read, with everything that may be personal masked: in JSON every
/// value, elsewhere every number and every character beyond ASCII.
pub(crate) fn excerpt(body: &[u8], sent: &Params) -> String {
    let head = String::from_utf8_lossy(&body[..body.len().min(EXCERPT_BYTES)]);
    let head = mask_sent(head.trim_start_matches('\u{feff}').trim_start().to_owned(), sent);
    let masked = if head.starts_with(['{', '[', '"']) {
        mask_json_values(&head)
    } else {
        head.chars().map(|c| if c.is_ascii() && !c.is_ascii_control() { c } else { '*' }).collect()
    };
    let masked = mask_digits(&masked, 3);
    let short: String = masked.chars().take(EXCERPT_CHARACTERS).collect();
    let cut_off = body.len() > EXCERPT_BYTES || short.len() < masked.len();
    if cut_off { format!("{short}…") } else { short }
}

fn mask_sent(mut text: String, sent: &Params) -> String {
    let mut values: Vec<&str> = sent.texts().into_iter().filter(|value| value.chars().count() >= 2).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.len()));
    for value in values {
        if text.contains(value) {
            text = text.replace(value, MASK);
        }
    }
    text
}

fn mask_digits(text: &str, longest_kept: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    let flush = |run: &mut String, out: &mut String| {
        out.push_str(if run.chars().count() > longest_kept { MASK } else { run });
        run.clear();
    };
    for character in text.chars() {
        if character.is_numeric() {
            run.push(character);
        } else {
            flush(&mut run, &mut out);
            out.push(character);
        }
    }
    flush(&mut run, &mut out);
    out
}

/// Masks every string that is not a key. Works on broken and cut-off JSON too, hence no parser.
fn mask_json_values(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('"') {
        let (before, quoted) = rest.split_at(start);
        out.extend(before.chars().filter(char::is_ascii));
        let end = string_end(quoted);
        let after = &quoted[end..];
        // Only names that look like the vendor's are shown: a map may be keyed by a person's number.
        let inside = quoted[..end].trim_matches('"');
        let is_name = inside.starts_with(|c: char| c.is_ascii_alphabetic())
            && inside.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if after.trim_start().starts_with(':') && is_name {
            let _ = write!(out, "\"{inside}\"");
        } else {
            let _ = write!(out, "\"{MASK}\"");
        }
        rest = after;
    }
    out.extend(rest.chars().filter(char::is_ascii));
    out
}

/// Where the string that starts `text` ends, behind its closing quote or at the end of the text.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (index, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn sent(value: &serde_json::Value) -> Params {
        Params::new(value.as_object().expect("an object").clone())
    }

    #[test]
    fn a_message_loses_what_was_sent_and_long_numbers() {
        let sent = sent(&json!({"name": "张三", "options": {"home_addr": "东大街"}}));
        assert_eq!(
            message("张三 住 东大街, 手机号13800138000输入错误(1001)", &sent),
            "**** 住 ****, 手机号****输入错误(1001)"
        );
    }

    #[test]
    fn an_excerpt_of_html_stays_readable() {
        let text = excerpt(b"<html><title>502 Bad Gateway</title> 13800138000", &Params::default());
        assert_eq!(text, "<html><title>502 Bad Gateway</title> ****");
    }

    #[test]
    fn an_excerpt_of_json_shows_names_only() {
        let text = excerpt(
            "{\"code\":0,\"data\":{\"name\":\"李四\\\"x\",\"13800138000\":1,\"cut\":\"王".as_bytes(),
            &Params::default(),
        );
        assert_eq!(text, "{\"code\":0,\"data\":{\"name\":\"****\",\"****\":1,\"cut\":\"****\"");
    }

    proptest! {
        #[test]
        fn an_excerpt_is_short_and_never_shows_long_numbers(body in proptest::collection::vec(any::<u8>(), 0..3000)) {
            let text = excerpt(&body, &Params::default());
            prop_assert!(text.chars().count() <= EXCERPT_CHARACTERS + 1);
            let longest = text.split(|c: char| !c.is_numeric()).map(str::len).max().unwrap_or(0);
            prop_assert!(longest <= 3, "{}", text);
        }
    }
}
