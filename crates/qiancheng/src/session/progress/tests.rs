//! What a session remembers, event by event; and, whatever the events, what it never does.

mod invariants;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::*;

const PNG: &str = "iVBORw0KGgo=";
const JPEG: &str = "/9j/4AAQ";

/// So many seconds after the opening.
fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds)
}

/// A session that has what it needs to be polled.
fn opened(kind: SessionKind) -> Progress {
    let mut progress = Progress::new(kind, "f47e9276860685349c7ef4be67c823ab".into(), at(0));
    progress.has_service_password = true;
    if progress.login == Login::Due {
        progress.begin_login(at(0)).expect("a first login");
        progress.end_login(None);
    }
    progress
}

fn seen(state: i64, picture: Option<&str>) -> Observation {
    Observation {
        state,
        message: Some("words".to_owned()),
        picture: picture.map(|base64| serde_json::from_value(base64.into()).expect("a text")),
        poll_after: Duration::from_secs(2),
    }
}

fn see(progress: &mut Progress, state: i64) -> Step {
    progress.observe(seen(state, None), progress.epoch(), at(1))
}

#[track_caller]
fn asked(step: Step) -> Challenge {
    match step {
        Step::NeedsInput { challenge } => challenge,
        other => panic!("asks for nothing: {other:?}"),
    }
}

/// The challenge that a state puts.
#[track_caller]
fn ask(progress: &mut Progress, state: i64) -> Challenge {
    asked(see(progress, state))
}

/// The same with a picture.
#[track_caller]
fn show(progress: &mut Progress, state: i64, picture: &str) -> Challenge {
    asked(progress.observe(seen(state, Some(picture)), progress.epoch(), at(1)))
}

#[track_caller]
fn answer(progress: &mut Progress, challenge: &Challenge) {
    progress.begin_answer(challenge.id(), at(1)).expect("the open challenge");
    progress.end_answer(None);
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T>, kind: ErrorKind, words: &str) {
    let error = result.expect_err("refused");
    assert_eq!(error.kind(), kind, "{error}");
    assert!(error.message().contains(words), "{error}");
    assert_eq!(error.outcome(), Outcome::NotSent);
}

fn lost() -> Error {
    Error::new(ErrorKind::Connection, "broke").with_outcome(Outcome::Unknown)
}

fn said_no() -> Error {
    Error::new(ErrorKind::Rejected, "refused").with_outcome(Outcome::Rejected)
}

#[test]
fn a_state_seen_again_is_the_same_challenge() {
    let mut progress = opened(SessionKind::Telecom);
    let first = ask(&mut progress, 21);
    assert_eq!((first.kind(), first.attempt()), (ChallengeKind::SmsCaptcha, 1));
    assert_eq!(ask(&mut progress, 21), first);
    assert_eq!(first.expires_at(), at(600));
}

#[test]
fn what_was_wrong_is_counted() {
    let mut progress = opened(SessionKind::Telecom);
    let mut challenge = ask(&mut progress, 21);
    for attempt in 2..5 {
        answer(&mut progress, &challenge);
        assert!(matches!(see(&mut progress, 22), Step::Working { .. }));
        let next = ask(&mut progress, 23);
        assert_ne!(next.id(), challenge.id());
        assert_eq!(next.attempt(), attempt);
        challenge = next;
    }
    answer(&mut progress, &challenge);
    assert_eq!(ask(&mut progress, 31).attempt(), 1, "another kind is counted on its own");
}

#[test]
fn a_query_password_that_was_wrong_is_asked_for_again() {
    let mut progress = opened(SessionKind::Telecom);
    let first = ask(&mut progress, 31);
    assert!(!first.can_resend());
    answer(&mut progress, &first);
    let second = ask(&mut progress, 33);
    assert_eq!((second.kind(), second.attempt()), (ChallengeKind::QueryPassword, 2));
    refused(progress.begin_answer(first.id(), at(1)), ErrorKind::Challenge, "superseded");
}

#[test]
fn a_captcha_that_ran_out_without_an_answer_is_a_new_challenge() {
    let mut progress = opened(SessionKind::Telecom);
    let first = ask(&mut progress, 21);
    let second = ask(&mut progress, 23);
    assert_ne!(first.id(), second.id());
    assert_eq!(second.attempt(), 2);
}

#[test]
fn a_poll_answered_after_a_submission_is_history() {
    let mut progress = opened(SessionKind::Telecom);
    let challenge = ask(&mut progress, 21);
    let before = progress.epoch();
    answer(&mut progress, &challenge);
    let late = progress.observe(seen(21, None), before, at(1));
    assert!(matches!(late, Step::Working { .. }), "{late:?}");
    assert_eq!(progress.status().map(|status| status.code), Some(21), "of the poll before");
    refused(progress.begin_answer(challenge.id(), at(1)), ErrorKind::Challenge, "answered already");
    let end = progress.observe(seen(43, None), before, at(1));
    assert!(matches!(end, Step::Working { .. }), "nor does it end the session: {end:?}");
}

#[test]
fn a_poll_answered_while_an_answer_is_on_its_way_asks_for_nothing() {
    let mut progress = opened(SessionKind::Telecom);
    let challenge = ask(&mut progress, 21);
    progress.begin_answer(challenge.id(), at(1)).expect("open");
    assert!(matches!(see(&mut progress, 21), Step::Working { .. }));
    refused(progress.begin_answer(challenge.id(), at(1)), ErrorKind::Challenge, "on its way");
    refused(progress.begin_resend(challenge.id(), at(1)), ErrorKind::Challenge, "on its way");
}

#[test]
fn an_answer_that_was_refused_can_be_given_again_and_one_that_may_be_lost_cannot() {
    let mut progress = opened(SessionKind::Telecom);
    let challenge = ask(&mut progress, 21);
    for error in [said_no(), Error::new(ErrorKind::InvalidInput, "not sent")] {
        progress.begin_answer(challenge.id(), at(1)).expect("open");
        progress.end_answer(Some(&error));
        assert_eq!(ask(&mut progress, 21), challenge);
    }
    progress.begin_answer(challenge.id(), at(1)).expect("open");
    progress.end_answer(Some(&lost()));
    refused(progress.begin_answer(challenge.id(), at(1)), ErrorKind::Challenge, "may have been");
    let again = ask(&mut progress, 21);
    assert_ne!(again.id(), challenge.id(), "the vendor still asks: it was lost");
    assert_eq!(again.attempt(), 1);
}

#[test]
fn only_a_telecom_captcha_can_be_sent_again() {
    let mut progress = opened(SessionKind::Telecom);
    let query = ask(&mut progress, 31);
    refused(progress.begin_resend(query.id(), at(1)), ErrorKind::Challenge, "cannot be sent again");
    for state in [2, 4, 6] {
        let mut progress = opened(SessionKind::Ebank);
        let challenge = ask(&mut progress, state);
        assert!(!challenge.can_resend());
        refused(progress.begin_resend(challenge.id(), at(1)), ErrorKind::Challenge, "cannot be sent again");
    }
}

#[test]
fn a_captcha_sent_again_supersedes_the_one_before() {
    for arrived in [None, Some(lost())] {
        let mut progress = opened(SessionKind::Telecom);
        let first = ask(&mut progress, 21);
        assert!(first.can_resend());
        progress.begin_resend(first.id(), at(1)).expect("open");
        progress.end_resend(arrived.as_ref());
        refused(progress.begin_answer(first.id(), at(1)), ErrorKind::Challenge, "no challenge is open");
        let second = ask(&mut progress, 24);
        assert_eq!(second.attempt(), 1);
        refused(progress.begin_answer(first.id(), at(1)), ErrorKind::Challenge, "superseded");
        answer(&mut progress, &second);
    }
}

#[test]
fn a_captcha_that_was_not_sent_again_stays() {
    let mut progress = opened(SessionKind::Telecom);
    let first = ask(&mut progress, 21);
    progress.begin_resend(first.id(), at(1)).expect("open");
    progress.end_resend(Some(&said_no()));
    assert_eq!(ask(&mut progress, 21), first);
    answer(&mut progress, &first);
}

#[test]
fn another_picture_is_another_challenge_and_no_picture_is_none() {
    let mut progress = opened(SessionKind::Ebank);
    let first = show(&mut progress, 4, PNG);
    assert_eq!((first.mime(), first.image().map(<[u8]>::len)), (Some("image/png"), Some(8)));
    assert_eq!(show(&mut progress, 4, PNG).id(), first.id());
    assert_eq!(ask(&mut progress, 4).id(), first.id(), "a poll without a picture says nothing");
    let second = show(&mut progress, 4, JPEG);
    assert_ne!(second.id(), first.id());
    assert_eq!((second.mime(), second.attempt()), (Some("image/jpeg"), 1));
    answer(&mut progress, &second);
    let third = show(&mut progress, 8, PNG);
    assert_eq!((third.kind(), third.attempt()), (ChallengeKind::PictureCaptcha, 2));
}

#[test]
fn ebank_asks_again_for_what_it_asked_for() {
    for (state, kind) in [
        (2, ChallengeKind::DynamicPassword),
        (4, ChallengeKind::PictureCaptcha),
        (6, ChallengeKind::SmsCaptcha),
    ] {
        let mut progress = opened(SessionKind::EbankV2);
        let first = ask(&mut progress, state);
        answer(&mut progress, &first);
        let second = ask(&mut progress, 8);
        assert_eq!((first.kind(), second.kind(), second.attempt()), (kind, kind, 2));
        let third = ask(&mut progress, 9);
        assert_eq!((third.kind(), third.attempt()), (kind, 1), "sent again by the bank itself");
        assert_ne!(second.id(), third.id());
    }
}

#[test]
fn a_service_password_is_asked_for_once_it_is_missing() {
    let mut progress = opened(SessionKind::Telecom);
    progress.has_service_password = false;
    let first = ask(&mut progress, 0);
    assert_eq!(first.kind(), ChallengeKind::ServicePassword);
    answer(&mut progress, &first);
    assert!(matches!(see(&mut progress, 0), Step::Working { .. }), "it is there now");
    assert_eq!(ask(&mut progress, 1).attempt(), 2);
}

#[test]
fn a_challenge_that_the_vendor_no_longer_waits_for_is_closed() {
    let mut progress = opened(SessionKind::Telecom);
    let challenge = ask(&mut progress, 21);
    assert!(matches!(see(&mut progress, 777), Step::Working { .. }));
    refused(progress.begin_answer(challenge.id(), at(1)), ErrorKind::Challenge, "no challenge is open");
}

#[test]
fn a_pause_ends_with_the_session() {
    let mut progress = opened(SessionKind::Degree);
    let pause = |progress: &mut Progress, now| match progress.observe(seen(11, None), progress.epoch(), now) {
        Step::Working { poll_after, .. } => poll_after,
        other => panic!("{other:?}"),
    };
    assert_eq!(pause(&mut progress, at(597)), Duration::from_secs(2));
    assert_eq!(pause(&mut progress, at(599)), Duration::from_secs(1));
    assert_eq!(pause(&mut progress, at(600)), Duration::ZERO);
    assert_eq!(pause(&mut progress, at(9000)), Duration::ZERO);
}

#[test]
fn a_session_that_has_ended_says_so_and_takes_nothing() {
    let cases: [(i64, u64, Step, &str); 3] = [
        (43, 1, Step::Finished, "has finished"),
        (42, 1, Step::Failed { reason: "words".to_owned() }, "has failed"),
        (21, 600, Step::Expired, "has expired"),
    ];
    for (state, seconds, step, words) in cases {
        let mut progress = opened(SessionKind::Telecom);
        let challenge = ask(&mut progress, 21);
        see(&mut progress, state);
        let now = at(seconds);
        refused(progress.begin_answer(challenge.id(), now), ErrorKind::Session, words);
        refused(progress.begin_resend(challenge.id(), now), ErrorKind::Session, words);
        refused(progress.begin_login(now), ErrorKind::Session, words);
        assert_eq!(progress.before_poll(now).expect("a step"), Some(step));
        progress.not_cancelled().expect("its data may be fetched");
    }
}

#[test]
fn a_failure_without_words_has_the_dictionarys() {
    let mut progress = opened(SessionKind::Ebank);
    let silent = Observation { state: 11, message: Some(String::new()), ..Observation::default() };
    let step = progress.observe(silent, progress.epoch(), at(1));
    assert_eq!(step, Step::Failed { reason: "采集失败".to_owned() });
}

#[test]
fn a_cancelled_session_is_over_and_an_ended_one_cannot_be_cancelled() {
    let mut progress = opened(SessionKind::Telecom);
    progress.cancel();
    refused(progress.before_poll(at(1)), ErrorKind::Session, "was cancelled");
    refused(progress.not_cancelled(), ErrorKind::Session, "was cancelled");
    refused(progress.before_poll(at(601)), ErrorKind::Session, "was cancelled");

    let mut progress = opened(SessionKind::Telecom);
    see(&mut progress, 43);
    progress.cancel();
    assert_eq!(progress.before_poll(at(601)).expect("a step"), Some(Step::Finished));
}

#[test]
fn a_login_is_handed_in_once() {
    for kind in [SessionKind::Degree, SessionKind::EbankV2] {
        let mut progress = Progress::new(kind, "x".into(), at(0));
        refused(progress.before_poll(at(1)), ErrorKind::Session, "not logged in yet");
        progress.begin_login(at(1)).expect("due");
        refused(progress.begin_login(at(1)), ErrorKind::Session, "on its way");
        assert_eq!(progress.before_poll(at(1)).expect("a synchronous login takes minutes"), None);
        progress.end_login(Some(&said_no()));
        progress.begin_login(at(1)).expect("refused, so due again");
        progress.abandon_login();
        progress.begin_login(at(1)).expect("not sent, so due again");
        progress.end_login(Some(&lost()));
        refused(progress.begin_login(at(1)), ErrorKind::Session, "is logged in");
        assert_eq!(progress.before_poll(at(1)).expect("to be polled"), None);
    }
    refused(opened(SessionKind::Telecom).begin_login(at(1)), ErrorKind::Session, "needs no login");
}

#[test]
fn what_is_saved_on_its_way_counts_as_arrived() {
    let mut progress = opened(SessionKind::Telecom);
    progress.has_service_password = false;
    let challenge = ask(&mut progress, 0);
    progress.begin_answer(challenge.id(), at(1)).expect("open");
    let mut saved = progress.for_saving();
    assert!(matches!(see(&mut saved, 0), Step::Working { .. }), "it does not ask for it again");
    let next = ask(&mut saved, 21);
    assert_ne!(next.id(), challenge.id());

    let mut progress = Progress::new(SessionKind::Degree, "x".into(), at(0));
    progress.begin_login(at(1)).expect("due");
    refused(progress.for_saving().begin_login(at(1)), ErrorKind::Session, "is logged in");
}

#[test]
fn what_is_saved_has_none_of_the_vendors_words() {
    let mut progress = opened(SessionKind::Telecom);
    see(&mut progress, 11);
    assert_eq!(progress.for_saving().status().expect("a state").message, None);
    see(&mut progress, 42);
    let mut saved = progress.for_saving();
    assert!(!serde_json::to_string(&saved).expect("JSON").contains("words"));
    let step = saved.before_poll(at(1)).expect("a step");
    assert_eq!(step, Some(Step::Failed { reason: "采集流程失败".to_owned() }));
}
