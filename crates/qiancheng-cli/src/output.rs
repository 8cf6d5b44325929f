//! The one place that writes to stdout, stderr and files.
//!
//! A reader that closes its end is no error worth a word: it comes back as [`Failure::OutputClosed`].

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// Writes a line to stdout, and sees that it leaves.
pub(crate) fn line(text: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.write_all(b"\n")?;
    Ok(stdout.flush()?)
}

/// Writes a line to stderr. If nobody can be told, nobody is.
pub(crate) fn note(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = writeln!(stderr, "{text}");
}

/// Reports a failure: in words at a terminal, and always as JSON on the last line.
pub(crate) fn failure(failure: &Failure) {
    let Some(json) = failure.json() else { return };
    if io::stderr().is_terminal() {
        note(&format!("qiancheng: {}", failure.text()));
    }
    note(&json);
}

/// Whether stdout may be painted.
pub(crate) fn painted() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal()
        && !set("NO_COLOR")
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Makes a directory for data about people, readable by the user alone if it is new.
pub(crate) fn private_directory(path: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| Failure::file(path, "made", &error))
}

/// Writes a file that the user alone can read (0600), whole or not at all.
pub(crate) fn private_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let refuse = |error: io::Error| Failure::file(path, "written", &error);
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    // A temporary file is readable by nobody else from its first moment.
    let mut file = tempfile::NamedTempFile::new_in(directory).map_err(refuse)?;
    file.write_all(bytes).map_err(refuse)?;
    file.persist(path).map_err(|error| refuse(error.error))?;
    Ok(())
}
