//! Faults on demand: what can go wrong, and the rules that say when.

mod fault;
mod rule;

pub(crate) use fault::Fault;
pub(crate) use rule::{FaultRules, read_fault, read_rules};
