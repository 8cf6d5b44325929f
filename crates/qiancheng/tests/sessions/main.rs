//! Sessions from their opening to their data, against the sandbox: what every caller sees, and what the vendor is sent.

mod challenges;
mod collect;
mod ends;
mod journeys;
mod login;
mod lost;
mod opening;
mod risk;
mod saved;
mod support;
