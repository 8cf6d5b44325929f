//! What the client reports while it works, on stderr: `-v` what is unusual, `-vv` every attempt, `-vvv` everything.

use std::io::{self, IsTerminal};

use tracing_subscriber::filter::LevelFilter;

/// Starts logging, if it was asked for.
pub(crate) fn start(verbosity: u8) {
    let level = match verbosity {
        0 => return,
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let logging = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none())
        .try_init();
    // Only a process that logs already refuses: then its own log has what there is to say.
    drop(logging);
}
