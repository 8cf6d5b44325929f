//! No secret and nothing about a person shows where it should not: in errors, logs, events, `Debug` and saved sessions.
//!
//! Every endpoint is called with values that occur nowhere else, well and in every way that goes wrong. All that
//! this library says meanwhile is kept, and searched for them in the end. An endpoint that is added without such
//! values fails here.

mod cage;
mod calls;
mod inputs;
mod parameters;
mod sessions;
mod typed;
mod values;
