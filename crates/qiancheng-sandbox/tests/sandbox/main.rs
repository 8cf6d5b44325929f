//! The sandbox from outside: over its port, byte by byte where it matters.

#![allow(clippy::unwrap_used)]

mod bodies;
mod control;
mod faults;
mod journal;
mod lifecycle;
mod limits;
mod parameters;
mod readme;
mod risk;
mod script;
mod sessions_degree;
mod sessions_ebank;
mod sessions_telecom;
mod support;
mod tokens;
