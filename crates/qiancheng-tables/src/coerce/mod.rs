//! Values as their columns want them, from whatever way the source wrote them.

pub(crate) mod card;
mod flag;
mod number;
pub(crate) mod phone;
mod plain;
mod time;

pub(crate) use flag::flag;
pub(crate) use number::{float, integer, money};
pub(crate) use time::{Times, date, time};

use crate::decode::IssueKind;

/// A value that was read, and whether something of it was lost.
pub(crate) type Coerced<T> = Result<(T, bool), IssueKind>;
