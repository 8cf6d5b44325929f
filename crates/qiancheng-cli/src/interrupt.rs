//! What Ctrl-C and SIGTERM do.

use std::sync::mpsc::{Receiver, channel};

use crate::failure::{Failure, Result};
use crate::{ask, output};

/// Ends the process when it is interrupted: with the terminal's echo back on, and with an error like every other.
/// A session that was saved stays as it was saved.
pub(crate) fn end_the_process() -> Result<()> {
    ctrlc::set_handler(|| {
        ask::restore_echo();
        let interrupted = Failure::interrupted();
        output::failure(&interrupted);
        std::process::exit(i32::from(interrupted.exit_code()));
    })
    .map_err(refused)
}

/// Becomes ready when the process is interrupted, instead of ending it.
pub(crate) fn wait() -> Result<Receiver<()>> {
    let (tell, told) = channel();
    // Whoever does not wait any more needs not be told.
    ctrlc::set_handler(move || {
        let _ = tell.send(());
    })
    .map_err(refused)?;
    Ok(told)
}

#[allow(clippy::needless_pass_by_value, reason = "the shape of an error mapper")]
fn refused(error: ctrlc::Error) -> Failure {
    Failure::config(format!("signals cannot be received: {error}"))
}
