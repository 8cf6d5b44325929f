//! Sessions, from their opening to their data.

use std::ptr;
use std::slice;

use qiancheng_capi::answer::qc_answer;
use qiancheng_capi::client::qc_client;
use qiancheng_capi::owned::{qc_text, qc_text_data, qc_text_len};
use qiancheng_capi::session as ask;
use qiancheng_capi::session::step as read;
use qiancheng_capi::session::step::qc_step;
use qiancheng_capi::session::{qc_session, replies};
use qiancheng_capi::status::qc_status;
use serde_json::{Value, json};

use crate::support::{Failure, Owned, Vendor, bytes, c, call, data, make, opening, person, run, text};

const KEY: [u8; 32] = [9; 32];

fn open(client: &Owned<qc_client>, kind: &str, params: &Value) -> Result<Owned<qc_session>, Failure> {
    let (kind, params) = (c(kind), c(params.to_string()));
    make(|out, err| unsafe { ask::qc_session_open(client.0, kind.as_ptr(), params.as_ptr(), out, err) })
}

fn next(session: &Owned<qc_session>) -> Owned<qc_step> {
    make(|out, err| unsafe { ask::qc_session_next(session.0, out, err) }).expect("a step")
}

fn poll(session: &Owned<qc_session>) -> Result<Owned<qc_step>, Failure> {
    make(|out, err| unsafe { ask::qc_session_poll(session.0, out, err) })
}

fn kind(step: &Owned<qc_step>) -> i32 {
    unsafe { read::qc_step_kind(step.0) }
}

fn challenge(step: &Owned<qc_step>) -> String {
    text(unsafe { read::qc_step_challenge_id(step.0) })
}

fn submit(session: &Owned<qc_session>, challenge: &str, answer: &str) -> Result<(), Failure> {
    let (challenge, answer) = (c(challenge), c(answer));
    run(|err| unsafe { replies::qc_session_submit(session.0, challenge.as_ptr(), answer.as_ptr(), err) })
}

/// The answer that the sandbox takes for right.
fn right(step: &Owned<qc_step>) -> &'static str {
    match text(unsafe { read::qc_step_challenge_kind(step.0) }).as_str() {
        "sms_captcha" => "123456",
        "picture_captcha" => "8642",
        "dynamic_password" => "135790",
        "query_password" => "654321",
        other => panic!("no answer to {other}"),
    }
}

/// Leads a session to its end, and says what it was like.
fn walk(session: &Owned<qc_session>) -> Vec<String> {
    let mut said = Vec::new();
    loop {
        let step = next(session);
        let (mut state, s) = (0, step.0);
        said.push(match kind(&step) {
            1 => {
                assert!(unsafe { read::qc_step_state(s, &raw mut state) });
                state.to_string()
            }
            2 => {
                submit(session, &challenge(&step), right(&step)).expect("taken");
                text(unsafe { read::qc_step_challenge_kind(s) })
            }
            3 => "finished".to_owned(),
            4 => format!("failed: {}", text(unsafe { read::qc_step_reason(s) })),
            other => format!("step {other}"),
        });
        if unsafe { read::qc_step_is_last(s) } {
            return said;
        }
        assert!(said.len() < 60, "without an end: {said:?}");
    }
}

fn fetched(
    session: &Owned<qc_session>,
    fetch: unsafe extern "C" fn(
        *const qc_session,
        *mut *mut qc_answer,
        *mut *mut qiancheng_capi::error::qc_error,
    ) -> qc_status,
) -> Result<Owned<qc_answer>, Failure> {
    make(|out, err| unsafe { fetch(session.0, out, err) })
}

#[test]
fn a_direct_collection_finishes_and_gives_its_data() {
    let vendor = Vendor::start();
    let client = vendor.eager();
    let session = open(&client, "telecom", &opening("direct")).expect("a session");
    let failure = fetched(&session, ask::qc_session_raw_data).err().expect("too early");
    assert!([qc_status::QC_COLLECTING, qc_status::QC_SESSION].contains(&failure.status), "{failure:?}");
    assert_eq!(walk(&session).last().map(String::as_str), Some("finished"));
    assert!(data(&fetched(&session, ask::qc_session_raw_data).expect("data"))["transactions"].is_array());
    assert!(data(&fetched(&session, ask::qc_session_report).expect("a report")).is_object());
    let again = next(&session);
    assert_eq!(kind(&again), 3, "the last step again");
    unsafe {
        assert_eq!(text(ask::qc_session_kind(session.0)), "telecom");
        assert!(!text(ask::qc_session_open_id(session.0)).is_empty());
        assert_eq!(ask::qc_session_open_id(session.0), ask::qc_session_open_id(session.0));
        assert!(ask::qc_session_expires_at(session.0) > 1_600_000_000);
        assert!(!ask::qc_session_provider(session.0, ptr::null_mut()));
        assert_eq!(text(read::qc_step_json(again.0)), r#"{"step":"finished"}"#);
    }
}

#[test]
fn a_borrower_is_asked_for_captcha_and_query_password() {
    let vendor = Vendor::start();
    let client = vendor.eager();
    for (password, asked) in [("x", "sms_captcha"), ("query_password", "query_password")] {
        let session = open(&client, "telecom", &opening(password)).expect("a session");
        let said = walk(&session);
        assert!(
            said.iter().any(|step| step == asked) && said.last().is_some_and(|step| step == "finished"),
            "{said:?}"
        );
    }
    let session = open(&client, "telecom", &opening("fail")).expect("a session");
    assert!(walk(&session).last().is_some_and(|step| step.starts_with("failed: ")));
}

/// The session's next challenge.
fn next_challenge(session: &Owned<qc_session>) -> Owned<qc_step> {
    for _ in 0..60 {
        let step = next(session);
        if kind(&step) == 2 {
            return step;
        }
    }
    panic!("no challenge");
}

#[test]
fn a_challenge_says_what_it_wants() {
    let vendor = Vendor::start();
    let session = open(&vendor.eager(), "telecom", &opening("x")).expect("a session");
    let step = next_challenge(&session);
    unsafe {
        assert!(!text(read::qc_step_challenge_prompt(step.0)).is_empty());
        assert!(text(read::qc_step_challenge_prompt_zh(step.0)).contains("验证码"));
        assert_eq!(read::qc_step_challenge_attempt(step.0), 1);
        assert!(read::qc_step_challenge_can_resend(step.0));
        assert_eq!(read::qc_step_challenge_expires_at(step.0), ask::qc_session_expires_at(session.0));
        assert!(read::qc_step_challenge_mime(step.0).is_null());
        let (mut picture, mut length) = (ptr::null(), 0);
        assert!(!read::qc_step_challenge_image(step.0, &raw mut picture, &raw mut length));
        assert!(picture.is_null());
        let json: Value = serde_json::from_slice(bytes(read::qc_step_json(step.0))).expect("JSON");
        assert_eq!(json["challenge"]["kind"], "sms_captcha");
    }
}

#[test]
fn a_superseded_challenge_is_refused_and_nothing_is_sent() {
    let vendor = Vendor::start();
    let session = open(&vendor.eager(), "telecom", &opening("x")).expect("a session");
    let first = challenge(&next_challenge(&session));
    submit(&session, &first, "000000").expect("taken, and found wrong later");
    let second = next_challenge(&session);
    assert_eq!(unsafe { read::qc_step_challenge_attempt(second.0) }, 2);
    let before = vendor.requests("telecom.captcha").len();
    for stale in [&first, "no such challenge", ""] {
        let failure = submit(&session, stale, "123456").expect_err("stale");
        assert_eq!(failure.status, qc_status::QC_CHALLENGE, "{failure:?}");
    }
    assert_eq!(vendor.requests("telecom.captcha").len(), before);
    let id = c(challenge(&second));
    run(|err| unsafe { replies::qc_session_resend(session.0, id.as_ptr(), err) }).expect("sent again");
    assert_eq!(
        submit(&session, &challenge(&second), "123456").expect_err("stale").status,
        qc_status::QC_CHALLENGE
    );
    assert_eq!(walk(&session).last().map(String::as_str), Some("finished"));
}

/// A way to log in to a bank that is in service.
fn entry_id(vendor: &Vendor) -> Value {
    let banks = data(&call(&vendor.client(), "ebank.bank_info", &json!({})).expect("banks"));
    let logins = banks
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|bank| bank["loginTypes"].as_array().into_iter().flatten());
    let mut open = logins.filter(|login| login["disable"] == json!(false) || login["disable"] == json!(0));
    open.next().map(|login| login["entryId"].clone()).expect("a bank in service")
}

#[test]
fn a_picture_comes_with_its_type() {
    let vendor = Vendor::start();
    let mut params = person();
    params["entry_id"] = entry_id(&vendor);
    params["login_name"] = json!("6222020000000000");
    params["password"] = json!("picture");
    let session = open(&vendor.eager(), "ebank", &params).expect("a session");
    let step = next_challenge(&session);
    let (mut picture, mut length) = (ptr::null(), 0);
    unsafe {
        assert!(read::qc_step_challenge_image(step.0, &raw mut picture, &raw mut length));
        assert_eq!(text(read::qc_step_challenge_mime(step.0)), "image/png");
        assert!(slice::from_raw_parts(picture, length).starts_with(b"\x89PNG"));
    }
    submit(&session, &challenge(&step), "8642").expect("taken");
    assert_eq!(walk(&session).last().map(String::as_str), Some("finished"));
}

#[test]
fn a_login_follows_an_opening_without_one() {
    let vendor = Vendor::start();
    let client = vendor.eager();
    let session = open(&client, "ebank_v2", &person()).expect("a session");
    let banks = data(&fetched(&session, ask::qc_session_banks).expect("banks"));
    assert!(banks.as_array().is_some_and(|banks| !banks.is_empty()));
    let login =
        json!({"entry_id": entry_id(&vendor), "login_name": "6222020000000000", "password": "direct"});
    let login = c(login.to_string());
    run(|err| unsafe { ask::qc_session_login(session.0, login.as_ptr(), err) }).expect("logged in");
    assert_eq!(walk(&session).last().map(String::as_str), Some("finished"));
    let telecom = open(&client, "telecom", &opening("x")).expect("a session");
    let failure = run(|err| unsafe { ask::qc_session_login(telecom.0, login.as_ptr(), err) });
    assert_eq!(failure.expect_err("no login there").status, qc_status::QC_SESSION);
}

fn save(session: &Owned<qc_session>, key: &[u8]) -> Result<Owned<qc_text>, Failure> {
    make(|out, err| unsafe { ask::qc_session_save(session.0, key.as_ptr(), key.len(), out, err) })
}

fn resume(client: &Owned<qc_client>, key: &[u8], saved: &str) -> Result<Owned<qc_session>, Failure> {
    let saved = c(saved);
    make(|out, err| unsafe {
        ask::qc_session_resume(client.0, key.as_ptr(), key.len(), saved.as_ptr(), out, err)
    })
}

#[test]
fn a_saved_session_is_taken_up_by_another_client() {
    let vendor = Vendor::start();
    let session = open(&vendor.eager(), "telecom", &opening("x")).expect("a session");
    let asked = challenge(&next_challenge(&session));
    let saved = save(&session, &KEY).expect("saved");
    let text = text(unsafe { qc_text_data(saved.0) });
    assert_eq!(text.len(), unsafe { qc_text_len(saved.0) });
    drop(session);
    let other = vendor.eager();
    for (key, saved) in [(&[8; 32], text.as_str()), (&KEY, "hello"), (&KEY, &text[..text.len() - 4])] {
        let failure = resume(&other, key, saved).err().expect("refused");
        assert_eq!(failure.status, qc_status::QC_SESSION, "{failure:?}");
    }
    assert_eq!(resume(&other, &KEY[..31], &text).err().expect("refused").status, qc_status::QC_CRYPTO);
    let session = resume(&other, &KEY, &text).expect("resumed");
    submit(&session, &asked, "123456").expect("taken");
    assert_eq!(walk(&session).last().map(String::as_str), Some("finished"));
    assert_eq!(save(&session, &KEY[..31]).err().expect("refused").status, qc_status::QC_CRYPTO);
}

#[test]
fn a_session_that_is_too_late_fails_and_a_cancelled_one_sends_nothing() {
    let vendor = Vendor::start();
    let client = vendor.eager();
    let session = open(&client, "telecom", &opening("x")).expect("a session");
    next_challenge(&session);
    vendor.sandbox.advance_clock(601).expect("forward");
    let step = poll(&session).expect("a step");
    assert_eq!(text(unsafe { read::qc_step_reason(step.0) }), "采集超时");
    let session = open(&client, "telecom", &opening("x")).expect("a session");
    unsafe { ask::qc_session_cancel(session.0) };
    let before = vendor.requests("telecom.get_state").len();
    assert_eq!(poll(&session).err().expect("cancelled").status, qc_status::QC_SESSION);
    assert_eq!(vendor.requests("telecom.get_state").len(), before);
}

#[test]
fn the_status_is_what_the_vendor_said_last() {
    let vendor = Vendor::start();
    let session = open(&vendor.eager(), "telecom", &opening("slow_3")).expect("a session");
    assert_eq!(data(&fetched(&session, ask::qc_session_status).expect("a status")), Value::Null);
    let step = poll(&session).expect("a step");
    assert_eq!(kind(&step), 1);
    let status = data(&fetched(&session, ask::qc_session_status).expect("a status"));
    let mut state = 0;
    assert!(unsafe { read::qc_step_state(step.0, &raw mut state) });
    assert_eq!(status["code"].as_i64(), Some(state));
    assert_eq!(
        status["name"].as_str().unwrap_or_default(),
        text(unsafe { read::qc_step_state_name(step.0) })
    );
}

#[test]
fn a_kind_that_is_none_and_parameters_that_do_not_fit_are_refused() {
    let vendor = Vendor::start();
    let client = vendor.client();
    let failure = open(&client, "mortgage", &json!({})).err().expect("refused");
    assert_eq!((failure.field.as_str(), failure.message.contains("ebank_v2")), ("kind", true));
    let failure = open(&client, "telecom", &json!({"name": "张三"})).err().expect("refused");
    assert_eq!(failure.status, qc_status::QC_INVALID_INPUT);
    assert!(failure.field.starts_with('/'), "{failure:?}");
}

#[test]
fn a_loop_of_steps_and_replies_goes_on_whatever_becomes_of_a_reply() {
    let vendor = Vendor::start();
    let session = open(&vendor.eager(), "telecom", &opening("x")).expect("a session");
    let respond = |answer: Option<&std::ffi::CStr>| {
        let answer = answer.map_or(ptr::null(), std::ffi::CStr::as_ptr);
        run(|err| unsafe { replies::qc_session_respond(session.0, answer, err) })
    };
    assert_eq!(respond(Some(c"123456")).expect_err("no step yet").status, qc_status::QC_CHALLENGE);
    next_challenge(&session);
    respond(None).expect("sent again");
    next_challenge(&session);
    respond(Some(c"000000")).expect("found wrong later");
    next_challenge(&session);
    let lost = json!({"match": {"endpoint": "telecom.captcha"}, "times": 1, "fault": {"kind": "processed_but_lost"}});
    vendor.sandbox.add_faults(lost).expect("a fault");
    respond(Some(c"123456")).expect("its fate is the next step's to say");
    assert_eq!(walk(&session).last().map(String::as_str), Some("finished"));
}
