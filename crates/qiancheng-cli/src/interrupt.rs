//! What Ctrl-C and SIGTERM do.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::failure::{Failure, Result};
use crate::{ask, output};

/// A process has one handler, which outlives the command that installed it; this is what the handler looks at.
static STATE: Mutex<State> = Mutex::new(State { installed: false, waiting: None });

struct State {
    installed: bool,
    /// Who is told instead of the process being ended.
    waiting: Option<Sender<()>>,
}

/// Ends the process when it is interrupted: with the terminal's echo back on, and with an error like every other.
/// A session that was saved stays as it was saved.
pub(crate) fn end_the_process() -> Result<()> {
    install(None)
}

/// Becomes ready when the process is interrupted, instead of ending it.
pub(crate) fn wait() -> Result<Receiver<()>> {
    let (tell, told) = channel();
    install(Some(tell))?;
    Ok(told)
}

fn install(waiting: Option<Sender<()>>) -> Result<()> {
    let mut state = state();
    state.waiting = waiting;
    if !state.installed {
        ctrlc::set_handler(interrupted)
            .map_err(|error| Failure::config(format!("signals cannot be received: {error}")))?;
        state.installed = true;
    }
    Ok(())
}

/// Runs on a thread of its own, so that it may lock and write.
fn interrupted() {
    // Whoever does not wait any more has gone home: then this is the end, as it is where nobody ever waited.
    if state().waiting.as_ref().is_some_and(|waiting| waiting.send(()).is_ok()) {
        return;
    }
    ask::restore_echo();
    let interrupted = Failure::interrupted();
    output::failure(&interrupted);
    std::process::exit(i32::from(interrupted.exit_code()));
}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}
