//! Leads a session to its end: shows how it stands, asks what the borrower is asked, keeps it.

use qiancheng::ErrorKind;
use qiancheng::blocking::Session;
use qiancheng::personal::Secret;
use qiancheng::session::{Challenge, ChallengeKind, Response, Step};

use super::picture::Picture;
use super::progress::Progress;
use super::saved::Keeper;
use crate::ask::Asker;
use crate::failure::{Failure, Result};

/// Nothing longer is a captcha.
const LONGEST_ANSWER: usize = 64;

/// A session on its way.
pub(super) struct Journey<'a> {
    pub(super) session: &'a Session,
    pub(super) asker: &'a mut Asker,
    pub(super) keeper: &'a Keeper,
    pub(super) json: bool,
}

impl Journey<'_> {
    /// Polls and asks until the data is ready.
    pub(super) fn lead(self) -> Result<()> {
        let Self { session, asker, keeper, json } = self;
        let progress = Progress::new(session, json, asker.is_terminal());
        // What happens on this side while the session waits; the session itself knows nothing of it.
        let mut ours: Option<Failure> = None;
        let mut output = None;
        let mut over = false;
        let ask = |challenge: &Challenge| {
            let answered = keeper.save(session).and_then(|()| progress.aside(|| ask(challenge, asker)));
            Ok(answered.unwrap_or_else(|failure| {
                ours = Some(failure);
                Response::GiveUp
            }))
        };
        let watch = |step: &Step| {
            over = matches!(step, Step::Failed { .. } | Step::Expired);
            if let Err(failure) = progress.step(step).and_then(|()| keeper.save(session)) {
                output.get_or_insert(failure);
            }
        };
        let led = session.collect(ask, watch);
        progress.end();
        if let (Some(failure), Err(_)) = (ours, &led) {
            if let Some(file) = keeper.file().filter(|_| failure.kind() == Some(ErrorKind::Challenge)) {
                crate::output::note(&format!(
                    "The session is kept in {}; go on with --resume.",
                    file.display()
                ));
            }
            return Err(failure);
        }
        match led {
            Err(error) if over => Err(Failure::session_over(error)),
            Err(error) => Err(error.into()),
            Ok(()) => output.map_or(Ok(()), Err),
        }
    }
}

/// Asks for a challenge's answer until there is one that could be right.
fn ask(challenge: &Challenge, asker: &mut Asker) -> Result<Response> {
    if challenge.attempt() > 1 {
        asker.show("The last answer was wrong or late.")?;
    }
    // The file lasts until the answer is in.
    let picture = challenge.image().map(|image| Picture::keep(image, challenge.mime())).transpose()?;
    if let Some(picture) = &picture {
        if let Some(drawn) = picture.drawn() {
            asker.show(&drawn)?;
        }
        asker.show(&format!("The picture is in {}", picture.path().display()))?;
    }
    let resend = if challenge.can_resend() { " (r: send it again)" } else { "" };
    let question = format!("{} {}{resend}", challenge.kind().prompt_zh(), challenge.prompt());
    let hide = matches!(challenge.kind(), ChallengeKind::ServicePassword | ChallengeKind::QueryPassword);
    loop {
        let answer = asker.answer(&question, hide)?;
        if challenge.can_resend() && answer.expose() == "r" {
            return Ok(Response::Resend);
        }
        if could_be_right(challenge.kind(), &answer) {
            return Ok(Response::Answer(answer));
        }
        asker.show("This cannot be right: it is empty, too long, or has white space in it.")?;
    }
}

fn could_be_right(kind: ChallengeKind, answer: &Secret) -> bool {
    let text = answer.expose();
    // A service password is the borrower's own, whatever is in it.
    !text.is_empty()
        && (kind == ChallengeKind::ServicePassword
            || (text.chars().count() <= LONGEST_ANSWER
                && !text.chars().any(|character| character.is_whitespace() || character.is_control())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_the_client_would_refuse_are_asked_for_again() {
        let fits = |text: &str| could_be_right(ChallengeKind::SmsCaptcha, &Secret::from(text));
        assert!(fits("123456"));
        assert!(!fits("") && !fits("12 34") && !fits(&"1".repeat(65)));
        assert!(could_be_right(ChallengeKind::ServicePassword, &Secret::from("a b")));
    }
}
