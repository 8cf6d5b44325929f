//! Logins of sessions that are opened without one: degree and e-bank's second version.

use std::sync::Barrier;
use std::thread;

use qiancheng::api::degree::SYNCHRONOUS;
use qiancheng::session::{ChallengeKind, Login, SessionKind, Step};
use qiancheng::{ErrorKind, Outcome};

use crate::support::{Vendor, assert_refused, person, walk};

fn degree(password: &str, sync: i64) -> Login {
    let mut login = Login::degree("zhangsan@example.com", password);
    if let Login::Degree { sync: how, .. } = &mut login {
        *how = sync;
    }
    login
}

#[test]
fn a_session_without_a_login_asks_for_it_before_anything_is_sent() {
    let vendor = Vendor::start();
    for kind in [SessionKind::Degree, SessionKind::EbankV2] {
        let session = vendor.client.open_session(kind, person()).expect("a session");
        assert_refused(vendor.silent(|| session.poll()), ErrorKind::Session, "not logged in yet");
    }
}

#[test]
fn a_synchronous_login_ends_with_the_collection() {
    let vendor = Vendor::start();
    for (password, end) in [("direct", "finished"), ("fail", "failed:STATE_COLLECT_FAILED")] {
        let session = vendor.client.open_session(SessionKind::Degree, person()).expect("a session");
        session.login(degree(password, SYNCHRONOUS)).expect("taken");
        assert_eq!(walk(&session), end);
    }
}

#[test]
fn an_asynchronous_login_is_polled() {
    let vendor = Vendor::start();
    let session = vendor.client.open_session(SessionKind::Degree, person()).expect("a session");
    session.login(Login::degree("zhangsan@example.com", "slow_1")).expect("taken");
    assert_eq!(walk(&session), "11 11 finished");
}

#[test]
fn a_refused_login_can_be_repeated_and_one_that_was_taken_cannot() {
    let vendor = Vendor::start();
    let entry = vendor.entry_id();
    let login_of = |kind, password: &str| match kind {
        SessionKind::Degree => degree(password, 1),
        _ => Login::ebank_v2(entry.clone(), "n", password),
    };
    for kind in [SessionKind::Degree, SessionKind::EbankV2] {
        let (endpoint, login) = (format!("{}.login", kind.name()), |password| login_of(kind, password));
        let session = vendor.client.open_session(kind, person()).expect("a session");
        let error = session.login(login("wrong")).expect_err("a wrong password");
        assert_eq!((error.kind(), error.code()), (ErrorKind::Rejected, Some(1001)));
        assert_refused(vendor.silent(|| session.poll()), ErrorKind::Session, "not logged in yet");
        session.login(login("direct")).expect("taken");
        assert_refused(vendor.silent(|| session.login(login("direct"))), ErrorKind::Session, "is logged in");
        assert_eq!(vendor.sent(&endpoint), 2);
        assert!(walk(&session).ends_with("finished"));
    }
}

#[test]
fn a_bank_is_chosen_from_the_sessions_list() {
    let vendor = Vendor::start();
    let session = vendor.client.open_session(SessionKind::EbankV2, person()).expect("a session");
    assert!(session.provider().is_some_and(|provider| (1..=3).contains(&provider)), "whose licence is shown");
    let banks = session.banks().expect("banks");
    let entries: Vec<String> =
        banks.iter().flat_map(|bank| &bank.login_types).filter_map(|login| login.entry_id.clone()).collect();
    assert!(entries.contains(&vendor.entry_id()));
    let error = session.login(Login::ebank_v2("no such entry", "n", "x")).expect_err("no such bank");
    assert_eq!((error.kind(), error.endpoint()), (ErrorKind::Rejected, Some("ebank_v2.license_upload")));
    session.login(Login::ebank_v2(vendor.entry_id(), "n", "direct")).expect("taken");
    assert_eq!(walk(&session), "1 finished");
}

#[test]
fn a_login_whose_answer_was_lost_is_polled_and_never_sent_again() {
    let vendor = Vendor::start();
    let session = vendor.client.open_session(SessionKind::Degree, person()).expect("a session");
    vendor.fault("degree.login", "processed_but_lost");
    let error = session.login(degree("direct", 1)).expect_err("lost");
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    assert_refused(vendor.silent(|| session.login(degree("direct", 1))), ErrorKind::Session, "is logged in");
    assert_eq!(walk(&session), "11 finished");
    assert_eq!(vendor.sent("degree.login"), 1);
}

#[test]
fn a_lost_login_does_not_lose_the_session_it_was_opened_with() {
    let vendor = Vendor::start();
    for (kind, login, journey) in [
        (SessionKind::Degree, "degree.login", "11 finished"),
        (SessionKind::EbankV2, "ebank_v2.login", "1 finished"),
    ] {
        vendor.fault(login, "processed_but_lost");
        assert_eq!(walk(&vendor.open(kind, "direct")), journey);
        assert_eq!(vendor.sent(login), 1);
    }
}

#[test]
fn two_threads_log_in_once() {
    let vendor = Vendor::start();
    let session = vendor.client.open_session(SessionKind::Degree, person()).expect("a session");
    let together = Barrier::new(2);
    let results = thread::scope(|scope| {
        let threads = [(), ()].map(|()| {
            scope.spawn(|| {
                together.wait();
                session.login(degree("direct", 1))
            })
        });
        threads.map(|thread| thread.join().expect("no panic"))
    });
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    assert_eq!(vendor.sent("degree.login"), 1);
}

/// A future that is dropped before it is ready leaves things as uncertain as an answer that was lost.
#[tokio::test]
async fn a_login_that_is_dropped_half_way_counts_as_sent() {
    let vendor = Vendor::start();
    let session =
        vendor.client.as_async().open_session(SessionKind::Degree, person()).await.expect("a session");
    {
        let mut login = std::pin::pin!(session.login(degree("direct", 1)));
        let polled =
            std::future::poll_fn(|context| std::task::Poll::Ready(login.as_mut().poll(context))).await;
        assert!(polled.is_pending(), "it takes a round trip");
    }
    let error = session.login(degree("direct", 1)).await.expect_err("it may be on its way");
    assert_eq!(error.kind(), ErrorKind::Session);
    assert!(matches!(session.poll().await.expect("a step"), Step::Working { .. }));
}

#[test]
fn a_telecom_session_can_be_opened_without_the_service_password() {
    let vendor = Vendor::start();
    let session = vendor.client.open_session(SessionKind::Telecom, person()).expect("a session");
    let Step::NeedsInput { challenge } = session.poll().expect("a step") else { panic!("asks nothing") };
    assert_eq!(challenge.kind(), ChallengeKind::ServicePassword);
    session.submit(&challenge, "direct").expect("taken");
    assert_eq!(walk(&session), "11 41 finished");
}
