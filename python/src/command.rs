//! The `qiancheng` command, for `python -m qiancheng` and the script that an installation leaves in `bin`.

use std::ffi::OsString;
use std::io::{Write, stdout};

use pyo3::prelude::*;

/// Runs the command with these arguments, the program's name first, and gives its exit code.
///
/// It takes over SIGINT and SIGTERM for the rest of the process, and with them Python's own handlers: a Python
/// thread that waits in Rust would notice neither.
#[pyfunction]
pub(crate) fn run_command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| {
        let code = qiancheng_cli::run(arguments);
        // Python ends the process without Rust's knowing. Whoever closed the other end of a pipe has been told of by
        // the command itself.
        let _closed = stdout().flush();
        code
    })
}
