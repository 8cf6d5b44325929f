//! The transport as its users meet it: many threads, short deadlines, connections that die, servers that misbehave.

#[path = "../support/mod.rs"]
mod support;

mod cancel;
mod counted;
mod deadlines;
mod hostile;
mod lifetime;
mod many;
mod proxies;
mod refusals;
mod runtimes;
mod single_flight;
mod stale;
mod stores;
mod tls;
mod uploads;
mod watch;
