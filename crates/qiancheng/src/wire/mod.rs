//! The vendor's wire: how bodies are written and how answers are read.

pub(crate) mod body;
pub(crate) mod envelope;
pub(crate) mod form;
