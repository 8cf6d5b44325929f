//! The `qiancheng` command: single calls, collections with the borrower's help, a demonstration, and the sandbox.
//!
//! A command reads its options, builds a client from the [`settings`], and writes through [`output`] alone. Whatever
//! goes wrong becomes a [`failure`]: an exit code, and one JSON object on the last line of stderr.
#![forbid(unsafe_code)]

mod arguments;
mod ask;
mod commands;
mod failure;
mod interrupt;
mod logging;
mod output;
mod params;
mod settings;
mod text;

use std::process::ExitCode;

use crate::arguments::{Arguments, Command};
use crate::failure::Result;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::failure(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run() -> Result<()> {
    let Some(Arguments { client, command }) = Arguments::read()? else { return Ok(()) };
    logging::start(client.verbose);
    if !matches!(command, Command::Sandbox(_)) {
        interrupt::end_the_process()?;
    }
    match command {
        Command::Call(call) => call.run(&client),
        Command::Collect(collect) => collect.run(&client),
        Command::Endpoints(endpoints) => endpoints.run(),
        Command::Demo(demo) => demo.run(),
        Command::Sandbox(sandbox) => sandbox.run(),
        Command::Completions(completions) => completions.run(),
    }
}
