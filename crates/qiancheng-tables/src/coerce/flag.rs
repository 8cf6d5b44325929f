//! Flags.

use super::{Coerced, plain};
use crate::decode::IssueKind;

/// A flag written as text or number.
pub(crate) fn flag(text: &str) -> Coerced<bool> {
    let plain = plain::plain(text);
    let any = |words: &[&str]| words.iter().any(|word| plain.eq_ignore_ascii_case(word));
    match () {
        () if any(&["true", "1", "yes", "y", "是"]) => Ok((true, false)),
        () if any(&["false", "0", "no", "n", "否"]) => Ok((false, false)),
        () => Err(IssueKind::NotAFlag),
    }
}
