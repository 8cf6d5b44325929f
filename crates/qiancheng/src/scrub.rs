//! Takes personal data out of text that others wrote: the vendor's `msg`, and bodies that could not be read.

use std::borrow::Cow;

use crate::params::Params;
use crate::personal::MASK;

/// Runs of digits at least this long may be a telephone or an ID number.
const LONGEST_HARMLESS_DIGITS: usize = 6;
/// Characters of an unreadable body that go into an error.
const EXCERPT_CHARACTERS: usize = 160;
/// How much of a body is looked at for that.
const EXCERPT_BYTES: usize = 1024;
/// Of a vendor's message, this many characters are kept…
const MESSAGE_CHARACTERS: usize = 500;
/// …and this many are looked at.
const MESSAGE_CHARACTERS_READ: usize = 4000;

/// A spelling that differs from the value itself has one of these where it does.
const ESCAPES: [char; 4] = ['%', '+', '&', '\\'];

/// The vendor's message without any text that was sent and without long numbers.
pub(crate) fn message(text: &str, sent: &Params) -> String {
    let text = mask_sent(beginning(text, MESSAGE_CHARACTERS_READ).to_owned(), sent);
    let masked = mask_digits(&text, LONGEST_HARMLESS_DIGITS);
    beginning(&masked, MESSAGE_CHARACTERS).to_owned()
}

/// So many characters of a text at most.
fn beginning(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(end, _)| &text[..end])
}

/// The vendor's words about a state, without long numbers.
pub(crate) fn words(text: &str) -> String {
    mask_digits(text, LONGEST_HARMLESS_DIGITS).into_owned()
}

/// The beginning of a body that could not be read, with everything that may be personal masked: in JSON every
/// value, elsewhere every number and every character beyond ASCII.
pub(crate) fn excerpt(body: &[u8], sent: &Params) -> String {
    let head = String::from_utf8_lossy(&body[..body.len().min(EXCERPT_BYTES)]);
    let head = mask_sent(head.trim_start_matches('\u{feff}').trim_start().to_owned(), sent);
    // Words before JSON, such as a PHP warning, stay readable; what follows them may be an answer after all.
    let prose_ends = if head.starts_with('"') { 0 } else { head.find(['{', '[']).unwrap_or(head.len()) };
    let (prose, json) = head.split_at(prose_ends);
    let prose = prose.chars().map(|c| if c.is_ascii() && !c.is_ascii_control() { c } else { '*' });
    let text = prose.collect::<String>() + &mask_json_values(json);
    let masked = mask_digits(&text, 3);
    let short = beginning(&masked, EXCERPT_CHARACTERS);
    let cut_off = body.len() > EXCERPT_BYTES || short.len() < masked.len();
    if cut_off { format!("{short}…") } else { masked.into_owned() }
}

/// A name of the vendor's, or a mask for what may be a person's name or number: an object may be keyed by either.
pub(crate) fn name(text: &str) -> &str {
    let is_name = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        && text.bytes().filter(u8::is_ascii_digit).count() <= LONGEST_HARMLESS_DIGITS;
    if is_name { text } else { MASK }
}

fn mask_sent(mut text: String, sent: &Params) -> String {
    let escaped = text.contains(ESCAPES);
    let mut values: Vec<Cow<'_, str>> = sent
        .texts()
        .into_iter()
        .filter(|value| may_occur(value, &text, escaped))
        .flat_map(spellings)
        .collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.len()));
    for value in values {
        if text.contains(&*value) {
            text = text.replace(&*value, MASK);
        }
        // The text may be cut off in the middle of it.
        let beginnings = value
            .char_indices()
            .skip(2)
            .map(|(end, _)| &value[..end])
            .take_while(|start| start.len() < text.len());
        if let Some(rest) = beginnings.filter_map(|start| text.strip_suffix(start)).last() {
            text = format!("{rest}{MASK}");
        }
    }
    text
}

/// Whether a text can contain the first two characters of a value, in some spelling. Less is never masked; and as the
/// vendor's message is there with every answer, the values that are not in it must cost little.
fn may_occur(value: &str, text: &str, escaped: bool) -> bool {
    let mut characters = value.char_indices();
    let long_enough = characters.nth(1).is_some();
    let end = characters.next().map_or(value.len(), |(end, _)| end);
    long_enough && (escaped || text.contains(&value[..end]))
}

/// A text as it may come back: as it is, out of a form, a query, a web page, or JSON.
fn spellings(value: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let form: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
    let others = value.contains(|c: char| !c.is_ascii_alphanumeric()).then(|| {
        let html =
            value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        let json = serde_json::Value::from(value).to_string();
        let query = form.replace('+', "%20");
        [html.replace('\'', "&#39;"), html, json[1..json.len() - 1].to_owned(), query, form]
    });
    std::iter::once(Cow::Borrowed(value)).chain(others.into_iter().flatten().map(Cow::Owned))
}

fn mask_digits(text: &str, longest_kept: usize) -> Cow<'_, str> {
    if !text.contains(char::is_numeric) {
        return Cow::Borrowed(text);
    }
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
    Cow::Owned(out)
}

/// Masks every string that is not a key. Works on broken and cut-off JSON too, hence no parser.
fn mask_json_values(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('"') {
        let (before, quoted) = rest.split_at(start);
        structure(before, &mut out);
        let end = string_end(quoted);
        let after = &quoted[end..];
        let is_key = after.trim_start().starts_with(':');
        let shown = if is_key { name(quoted[..end].trim_matches('"')) } else { MASK };
        out.extend(["\"", shown, "\""]);
        rest = after;
    }
    structure(rest, &mut out);
    out
}

/// What stands outside of strings: brackets, numbers, and of words those that JSON knows.
fn structure(text: &str, out: &mut String) {
    let is_word = |c: char| c.is_alphabetic() || !c.is_ascii();
    for part in text.split_inclusive(|c| !is_word(c)) {
        let word = part.trim_end_matches(|c| !is_word(c));
        if !word.is_empty() {
            out.push_str(if matches!(word, "true" | "false" | "null") { word } else { MASK });
        }
        out.push_str(&part[word.len()..]);
    }
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
    fn what_was_sent_is_known_in_any_spelling() {
        let sent = sent(&json!({"password": "p&<\"x 张'", "card": "ab-1"}));
        for echo in [
            "p&<\"x 张'",
            "p&amp;&lt;&quot;x 张'",
            "p&amp;&lt;&quot;x 张&#39;",
            "p%26%3C%22x+%E5%BC%A0%27",
            "p%26%3C%22x%20%E5%BC%A0%27",
            "p&<\\\"x 张'",
        ] {
            assert_eq!(message(&format!("a {echo} b ab-1"), &sent), "a **** b ****", "{echo}");
        }
    }

    #[test]
    fn what_was_sent_does_not_show_where_a_text_is_cut_off() {
        let secret = "correct horse battery staple ".repeat(40);
        let sent = sent(&json!({"password": secret}));
        for filled in [MESSAGE_CHARACTERS - 9, MESSAGE_CHARACTERS_READ - 9, EXCERPT_BYTES - 9] {
            let text = format!("{}{secret}", "-".repeat(filled));
            assert!(!message(&text, &sent).contains("cor"), "{filled}");
            assert!(!excerpt(text.as_bytes(), &sent).contains("cor"), "{filled}");
        }
        let many = Params::new(
            json!({"name": "司马", "password": "correct horse"}).as_object().expect("an object").clone(),
        );
        let text = format!("{}correct", "司马".repeat((MESSAGE_CHARACTERS_READ - 7) / 2));
        assert!(!message(&(text + " horse"), &many).contains("cor"), "masks are shorter than what they hide");
    }

    #[test]
    fn what_was_encrypted_is_known_too() {
        let clear = json!({"basic_info": {"company_name": "某某公司"}});
        let map = json!({"data": "AAAA"}).as_object().expect("an object").clone();
        let sent = Params::with_encrypted(map, Some(clear));
        assert_eq!(message("某某公司 AAAA", &sent), "**** ****");
    }

    #[test]
    fn a_name_is_the_vendors_and_not_a_persons() {
        for known in ["open_id", "contact_1m", "loginTypes", "x-y", "usd_cash_limit"] {
            assert_eq!(name(known), known);
        }
        for other in ["", "13800138000", "a13800138000", "张三", "a b", "_"] {
            assert_eq!(name(other), MASK, "{other}");
        }
    }

    #[test]
    fn an_excerpt_of_an_answer_behind_a_warning_shows_the_warning() {
        let text = excerpt(
            b"<b>Warning</b>: no file\n{'name': 'zhang', ok: true, \"city\": \"x\"}",
            &Params::default(),
        );
        assert_eq!(text, "<b>Warning</b>: no file*{'****': '****', ****: true, \"city\": \"****\"}");
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
        fn no_spelling_of_a_value_is_overlooked(value in "\\PC{2,8}|[a&<>\"'\\\\/ +%\n张]{2,6}", cut in 2_usize..8) {
            for spelling in spellings(&value) {
                let text: String = spelling.chars().take(cut).collect();
                prop_assert!(may_occur(&value, &text, text.contains(ESCAPES)), "{text}");
            }
        }

        #[test]
        fn an_excerpt_is_short_and_never_shows_long_numbers(body in proptest::collection::vec(any::<u8>(), 0..3000)) {
            let text = excerpt(&body, &Params::default());
            prop_assert!(text.chars().count() <= EXCERPT_CHARACTERS + 1);
            let longest = text.split(|c: char| !c.is_numeric()).map(str::len).max().unwrap_or(0);
            prop_assert!(longest <= 3, "{}", text);
        }
    }
}
