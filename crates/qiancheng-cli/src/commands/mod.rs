//! The commands, a module each.

pub(crate) mod call;
pub(crate) mod collect;
pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod endpoints;
pub(crate) mod sandbox;
pub(crate) mod tables;
