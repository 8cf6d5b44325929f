//! Card numbers, of which only the ends are common to all sources.

use serde::de::IgnoredAny;

use super::plain::narrow;
use crate::decode::IssueKind;

/// The last four characters of a card number that is written as text. It may be a list of numbers in JSON.
pub(crate) fn push_ends(text: &str, into: &mut String) -> Result<(), IssueKind> {
    let trimmed = text.trim();
    if trimmed.starts_with('[') {
        let cards: Vec<Card> = serde_json::from_str(trimmed).map_err(|_| IssueKind::NotACard)?;
        for card in cards {
            match card {
                Card::Text(text) => push_end(&text, into)?,
                Card::Number(number) => push_end(&number.to_string(), into)?,
                Card::Other(_) => return Err(IssueKind::NotACard),
            }
        }
        return Ok(());
    }
    push_end(trimmed, into)
}

/// The last four characters of one number.
pub(crate) fn push_end(text: &str, into: &mut String) -> Result<(), IssueKind> {
    let number: Vec<char> = text.chars().map(narrow).filter(|character| !character.is_whitespace()).collect();
    if number.is_empty() {
        return Ok(());
    }
    if !number.iter().all(|character| character.is_ascii_digit() || *character == '*') {
        return Err(IssueKind::NotACard);
    }
    if !into.is_empty() {
        into.push(',');
    }
    into.extend(&number[number.len().saturating_sub(4)..]);
    Ok(())
}

/// An item of a list of card numbers.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Card {
    Text(String),
    Number(u64),
    Other(IgnoredAny),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ends_are_kept() {
        for (text, ends) in [
            ("1234", "1234"),
            ("6222 0200 0000 1234", "1234"),
            ("6222********1234", "1234"),
            (r#"["1234"]"#, "1234"),
            (r#"["1234", 5678]"#, "1234,5678"),
            ("[]", ""),
            ("12", "12"),
        ] {
            let mut read = String::new();
            assert_eq!(push_ends(text, &mut read), Ok(()));
            assert_eq!(read, ends);
        }
        for text in ["none", "[", "[null]", r#"[["1234"]]"#] {
            assert_eq!(push_ends(text, &mut String::new()), Err(IssueKind::NotACard), "{text}");
        }
    }
}
