//! JSON read by pulling: the decoder asks for the next thing and says what it expects.
//!
//! serde's visitors would hand out numbers as floats, forget where a value stood and leave nothing to go on with after a
//! fault. Here numbers stay text until a column takes them (so money is exact), every fault has a place, and what was
//! read before it remains. It takes the documents that `serde_json` takes, and lone surrogates besides.

mod likely;
mod number;
mod scanner;
mod text;

pub(crate) use likely::Likely;
pub(crate) use number::Short;
pub(crate) use scanner::{Scanner, Shape};
pub(crate) use text::{Text, unescape};

use crate::error::ReadErrorKind;

/// A place at which the document is not what it should be. Boxed, so that results stay small.
#[derive(Debug)]
pub(crate) struct Fault {
    /// What is wrong.
    pub(crate) kind: ReadErrorKind,
    /// Byte offset.
    pub(crate) at: usize,
    /// What should stand there.
    pub(crate) expected: &'static str,
    /// What stands there instead.
    pub(crate) found: &'static str,
    /// The way to it, the last step first.
    pub(crate) steps: Vec<Step>,
}

/// One step of the way to a value.
#[derive(Debug)]
pub(crate) enum Step {
    /// A key of an object.
    Key(String),
    /// A place in a list.
    Place(usize),
}

/// A result of reading.
pub(crate) type Read<T> = Result<T, Box<Fault>>;

/// Adds a step to a fault on its way out.
pub(crate) trait Within<T> {
    /// The fault happened under this key.
    fn under(self, key: &str) -> Read<T>;
    /// The fault happened at this place of a list.
    fn at_place(self, place: usize) -> Read<T>;
}

impl<T> Within<T> for Read<T> {
    #[inline]
    fn under(self, key: &str) -> Self {
        self.map_err(|fault| within(fault, || Step::Key(key.to_owned())))
    }

    #[inline]
    fn at_place(self, place: usize) -> Self {
        self.map_err(|fault| within(fault, || Step::Place(place)))
    }
}

#[cold]
#[allow(clippy::unnecessary_box_returns, reason = "as results carry it")]
fn within(mut fault: Box<Fault>, step: impl FnOnce() -> Step) -> Box<Fault> {
    fault.steps.push(step());
    fault
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::IgnoredAny;

    use super::Scanner;

    fn is_json(text: &str) -> bool {
        let mut scanner = Scanner::new(text);
        scanner.skip().and_then(|()| scanner.end()).is_ok()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

        #[test]
        fn it_takes_what_serde_json_takes(text in r#"([\[\]{}:,"\\ \n0-9.eE+-]|true|false|null|"a"|"b":|\\u[0-9a-fx]{4}|[主\x00-\x7f]){0,12}"#) {
            prop_assert_eq!(is_json(&text), serde_json::from_str::<IgnoredAny>(&text).is_ok());
        }
    }

    #[test]
    fn depth_has_an_end() {
        assert!(is_json(&format!("{}{}", "[".repeat(100), "]".repeat(100))));
        assert!(!is_json(&format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000))));
    }
}
