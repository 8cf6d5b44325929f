//! The `qiancheng` command: single calls, collections with the borrower's help, tables, a demonstration, and the
//! sandbox.
//!
//! It is a library with one function, [`run`], so that it can be started from elsewhere than its own binary.
//!
//! A command reads its options, builds a client from the [`settings`], and writes through [`output`] alone. Whatever
//! goes wrong becomes a [`failure`]: an exit code, and one JSON object on the last line of stderr.
#![forbid(unsafe_code)]
#![allow(
    rustdoc::private_intra_doc_links,
    reason = "one function is public; the rest is for whoever works on it"
)]

mod arguments;
mod ask;
mod commands;
mod failure;
mod instant;
mod interrupt;
mod logging;
mod output;
mod params;
mod settings;
mod text;

use std::ffi::OsString;

use crate::arguments::{Arguments, Command};
use crate::failure::Result;

/// Runs the command with these arguments, the program's name first, and gives its exit code.
///
/// It reads stdin, writes to stdout and stderr, and takes over SIGINT and SIGTERM for the rest of the process: either ends the
/// process with an error on stderr, or stops a sandbox. Nothing panics for what an argument or a file says.
pub fn run<I>(arguments: I) -> u8
where
    I: IntoIterator,
    I::Item: Into<OsString> + Clone,
{
    match execute(arguments) {
        Ok(()) => 0,
        Err(failure) => {
            output::failure(&failure);
            failure.exit_code()
        }
    }
}

fn execute<I>(arguments: I) -> Result<()>
where
    I: IntoIterator,
    I::Item: Into<OsString> + Clone,
{
    let Some(Arguments { client, command }) = Arguments::read(arguments)? else { return Ok(()) };
    logging::start(client.verbose);
    if !matches!(command, Command::Sandbox(_)) {
        interrupt::end_the_process()?;
    }
    match command {
        Command::Call(call) => call.run(&client),
        Command::Collect(collect) => collect.run(&client),
        Command::Endpoints(endpoints) => endpoints.run(),
        Command::Tables(tables) => tables.run(),
        Command::Demo(demo) => demo.run(),
        Command::Sandbox(sandbox) => sandbox.run(),
        Command::Completions(completions) => completions.run(),
    }
}
