//! `cargo xtask generate` writes the files that other languages and readers need from the Rust types;
//! `cargo xtask check` fails when one of them is stale.
//!
//! One direction: the registry's schemas → [`model`] → [`render`], along the list of [`outputs`]. A template sees the model and nothing else.
#![forbid(unsafe_code)]

mod c;
mod cpp;
mod dictionaries;
mod java;
mod model;
mod openapi;
mod outputs;
mod python;
mod render;
mod tree;
mod wire;

use std::io::{self, Write};
use std::process::ExitCode;

use model::Model;

/// A result of this program: what went wrong is for a person to read.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "usage: cargo xtask generate | check";

fn main() -> ExitCode {
    let command = std::env::args().nth(1);
    let done = match command.as_deref() {
        Some("generate") => generate(),
        Some("check") => check(),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(text) => say(&mut io::stdout(), &text, ExitCode::SUCCESS),
        Err(error) => say(&mut io::stderr(), &error.to_string(), ExitCode::FAILURE),
    }
}

fn say(to: &mut dyn Write, text: &str, code: ExitCode) -> ExitCode {
    if writeln!(to, "{text}").is_ok() { code } else { ExitCode::FAILURE }
}

/// Writes what is stale, and says what was written.
fn generate() -> Result<String> {
    let files = render::render(&Model::build()?)?;
    let stale = tree::stale(tree::root(), &files)?;
    tree::write(tree::root(), &files, &stale)?;
    Ok(if stale.is_empty() {
        format!("all {} generated files are up to date", files.len())
    } else {
        stale.iter().map(|file| format!("{file}")).collect::<Vec<_>>().join("\n")
    })
}

/// Fails if any generated file is not what it would be if it were generated now.
fn check() -> Result<String> {
    let files = render::render(&Model::build()?)?;
    let stale = tree::stale(tree::root(), &files)?;
    if stale.is_empty() {
        return Ok(format!("all {} generated files are up to date", files.len()));
    }
    let list: Vec<String> = stale.iter().map(|file| format!("  {file}")).collect();
    Err(format!("generated files are stale:\n{}\nrun `make generate` and commit the result", list.join("\n"))
        .into())
}
