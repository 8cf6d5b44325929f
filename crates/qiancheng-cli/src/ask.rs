//! Asks whoever runs the command: at the terminal, or line by line on stdin when that is none.
//!
//! Passwords are asked for at a terminal only, and its echo is off before the question is shown: what an
//! impatient script types early must not be seen either.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

use qiancheng::ErrorKind;
use qiancheng::personal::Secret;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

use crate::failure::{Failure, Result};

/// Where the answers come from.
pub(crate) enum Asker {
    /// The terminal that the command runs at.
    Terminal(File),
    /// Stdin, one answer a line.
    Lines(BufReader<io::Stdin>),
    /// Nowhere: stdin has been read for something else, and there is no terminal.
    Nobody,
}

/// The terminal's settings before its echo was switched off, for whoever ends the process meanwhile.
static BEFORE: Mutex<Option<(File, Termios)>> = Mutex::new(None);

impl Asker {
    /// Finds out whom to ask. `stdin_taken`: stdin held the parameters.
    pub(crate) fn new(stdin_taken: bool) -> Self {
        if !stdin_taken && !io::stdin().is_terminal() {
            return Self::Lines(BufReader::new(io::stdin()));
        }
        match OpenOptions::new().read(true).write(true).open("/dev/tty") {
            Ok(terminal) => Self::Terminal(terminal),
            Err(_) => Self::Nobody,
        }
    }

    /// Whether there is a person at a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        matches!(self, Self::Terminal(_))
    }

    /// Shows something at the terminal, if there is one.
    pub(crate) fn show(&mut self, text: &str) -> Result<()> {
        if let Self::Terminal(terminal) = self {
            writeln!(terminal, "{text}").map_err(unreadable)?;
        }
        Ok(())
    }

    /// Asks for a value that may be seen; `missing` says what to do where nobody can be asked.
    pub(crate) fn visible(&mut self, question: &str, missing: impl FnOnce() -> Failure) -> Result<String> {
        match self {
            Self::Terminal(terminal) => loop {
                write!(terminal, "{question}: ").and_then(|()| terminal.flush()).map_err(unreadable)?;
                let text = read_line(&mut BufReader::new(&*terminal))?.ok_or_else(unanswered)?;
                if !text.is_empty() {
                    return Ok(text.to_string());
                }
            },
            Self::Lines(_) | Self::Nobody => Err(missing()),
        }
    }

    /// Asks for a password, without echo; it may be empty.
    pub(crate) fn hidden(&mut self, question: &str, missing: impl FnOnce() -> Failure) -> Result<Secret> {
        match self {
            Self::Terminal(terminal) => {
                let quiet = Quiet::new(terminal)?;
                let mut out = &*terminal;
                write!(out, "{question}: ").and_then(|()| out.flush()).map_err(unreadable)?;
                let text = read_line(&mut BufReader::new(&*terminal))?.ok_or_else(unanswered)?;
                drop(quiet);
                Ok(Secret::from(text.as_str()))
            }
            Self::Lines(_) | Self::Nobody => Err(missing()),
        }
    }

    /// Asks for a challenge's answer: at the terminal, or on the next line of stdin.
    pub(crate) fn answer(&mut self, question: &str, hide: bool) -> Result<Secret> {
        match self {
            Self::Terminal(_) if hide => self.hidden(question, unanswered),
            Self::Terminal(_) => self.visible(question, unanswered).map(Secret::from),
            Self::Lines(lines) => {
                read_line(lines)?.map(|text| Secret::from(text.as_str())).ok_or_else(unanswered)
            }
            Self::Nobody => Err(unanswered()),
        }
    }
}

#[allow(clippy::needless_pass_by_value, reason = "the shape of an error mapper")]
fn unreadable(error: io::Error) -> Failure {
    Failure::config(format!("the terminal cannot be used: {error}"))
}

fn unanswered() -> Failure {
    Failure::new(ErrorKind::Challenge, "the question was not answered: the input has ended")
}

/// The next line without its end and the white space around it; `None` at the end of the input.
fn read_line(input: &mut impl BufRead) -> Result<Option<Zeroizing<String>>> {
    let mut line = Zeroizing::new(String::new());
    let read = input
        .read_line(&mut line)
        .map_err(|error| Failure::config(format!("the answer cannot be read: {error}")))?;
    Ok((read > 0).then(|| Zeroizing::new(line.trim().to_owned())))
}

/// Keeps a terminal's echo off for as long as it lives.
struct Quiet;

impl Quiet {
    fn new(terminal: &File) -> Result<Self> {
        let failed = |error: rustix::io::Errno| unreadable(error.into());
        let before = tcgetattr(terminal).map_err(failed)?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        // The line's end is shown, so that the next output starts on a line of its own.
        quiet.local_modes.insert(LocalModes::ECHONL);
        let handle = terminal.try_clone().map_err(unreadable)?;
        *BEFORE.lock().unwrap_or_else(PoisonError::into_inner) = Some((handle, before));
        // What was typed before was echoed, so it is no part of the password.
        tcsetattr(terminal, OptionalActions::Flush, &quiet).map_err(failed)?;
        Ok(Self)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        restore_echo();
    }
}

/// Switches a terminal's echo on again, if it was switched off.
pub(crate) fn restore_echo() {
    if let Some((terminal, before)) = BEFORE.lock().unwrap_or_else(PoisonError::into_inner).take() {
        // A terminal that is gone needs no echo.
        let _ = tcsetattr(&terminal, OptionalActions::Now, &before);
    }
}
