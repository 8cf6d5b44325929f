//! Shows how a session stands: a line that moves at a terminal, plain lines elsewhere, or JSON.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use qiancheng::blocking::Session;
use qiancheng::session::{Status, Step};
use serde_json::Value;

use crate::failure::{Failure, Result};
use crate::output;

/// How often the moving line moves.
const TICK: Duration = Duration::from_millis(120);

/// What is shown, and where.
pub(super) struct Progress {
    session: Session,
    json: bool,
    bar: Option<ProgressBar>,
    /// What was shown last, so that nothing is shown twice.
    last: Mutex<Option<String>>,
}

impl Progress {
    pub(super) fn new(session: &Session, json: bool, at_a_terminal: bool) -> Self {
        let bar = (at_a_terminal && !json && std::io::stderr().is_terminal()).then(|| moving_line(session));
        Self { session: session.clone(), json, bar, last: Mutex::new(None) }
    }

    /// Shows a step.
    pub(super) fn step(&self, step: &Step) -> Result<()> {
        if self.json {
            return output::line(&self.json(step)?);
        }
        let text = words(step, self.session.status());
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if last.as_ref() == Some(&text) {
            return Ok(());
        }
        match &self.bar {
            Some(bar) => {
                if let Some(before) = last.take() {
                    bar.println(format!("  {before}"));
                }
                bar.set_message(text.clone());
            }
            None => output::note(&format!("{text} ({} left)", clock(left(self.session.expires_at())))),
        }
        *last = Some(text);
        Ok(())
    }

    /// Lets something else be shown and asked in between.
    pub(super) fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(work),
            None => work(),
        }
    }

    /// Leaves the last step standing.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
            if let Some(last) = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take() {
                output::note(&format!("  {last}"));
            }
        }
    }

    /// The step as its own JSON, with the vendor's state and the time that is left beside it.
    fn json(&self, step: &Step) -> Result<String> {
        let broken = |error: serde_json::Error| Failure::config(format!("a step cannot be written: {error}"));
        let mut value = serde_json::to_value(step).map_err(broken)?;
        if let Value::Object(object) = &mut value {
            if !object.contains_key("status") {
                object.insert(
                    "status".to_owned(),
                    serde_json::to_value(self.session.status()).map_err(broken)?,
                );
            }
            object.insert("seconds_left".to_owned(), left(self.session.expires_at()).as_secs().into());
        }
        Ok(value.to_string())
    }
}

fn moving_line(session: &Session) -> ProgressBar {
    let ends = session.expires_at();
    let style = ProgressStyle::with_template("{spinner} {wide_msg} {left}")
        .expect("the template is a constant")
        .with_key("left", move |_: &ProgressState, out: &mut dyn std::fmt::Write| {
            // Writing into memory does not fail.
            let _ = write!(out, "{} left", clock(left(ends)));
        });
    let bar = ProgressBar::new_spinner().with_style(style);
    bar.enable_steady_tick(TICK);
    bar
}

/// The state's number and name, the vendor's description, and the vendor's own words this time.
fn words(step: &Step, status: Option<Status>) -> String {
    let state = status.map_or_else(String::new, |status| {
        let mut parts = vec![status.code.to_string()];
        parts.extend(status.name.map(str::to_owned));
        parts.extend(status.description.map(str::to_owned));
        // Words that say no more than the state does are left out.
        let known = |message: &str| {
            message.is_empty() || Some(message) == status.name || Some(message) == status.description
        };
        if let Some(message) = status.message.as_deref().filter(|message| !known(message)) {
            parts.push(format!("· {message}"));
        }
        parts.join(" ")
    });
    match step {
        Step::Failed { .. } => format!("{state} — failed"),
        Step::Expired => "The ten minutes are over.".to_owned(),
        Step::Finished => format!("{state} — the data is ready"),
        _ => state,
    }
}

fn left(ends: SystemTime) -> Duration {
    ends.duration_since(SystemTime::now()).unwrap_or_default()
}

fn clock(left: Duration) -> String {
    format!("{}:{:02}", left.as_secs() / 60, left.as_secs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_shown_with_number_name_and_description() {
        let status = |message: Option<&str>| {
            Some(Status {
                code: 21,
                name: Some("STATE_CAPTCHA_REQUIRED"),
                description: Some("需要验证码"),
                message: message.map(str::to_owned),
            })
        };
        assert_eq!(
            words(&Step::Finished, status(None)),
            "21 STATE_CAPTCHA_REQUIRED 需要验证码 — the data is ready"
        );
        assert!(!words(&Step::Finished, status(Some("STATE_CAPTCHA_REQUIRED"))).contains('·'));
        let failed = Step::Failed { reason: String::new() };
        assert_eq!(
            words(&failed, status(Some("已发送"))),
            "21 STATE_CAPTCHA_REQUIRED 需要验证码 · 已发送 — failed"
        );
        assert_eq!(clock(Duration::from_secs(599)), "9:59");
    }
}
