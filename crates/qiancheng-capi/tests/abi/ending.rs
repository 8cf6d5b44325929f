//! Calls that are ended from elsewhere: by closing, cancelling, freeing.

use std::ptr;
use std::thread;
use std::time::{Duration, Instant};

use qiancheng_capi::call_options::qc_call_options_set_cancel;
use qiancheng_capi::cancel::{qc_cancel, qc_cancel_fire, qc_cancel_fired, qc_cancel_new};
use qiancheng_capi::client::{qc_client, qc_client_close};
use qiancheng_capi::session::step::qc_step;
use qiancheng_capi::session::{qc_session, qc_session_next, qc_session_open, qc_session_poll};
use qiancheng_capi::status::qc_status;
use serde_json::json;

use crate::support::{FOR_EVER, Failure, Owned, Vendor, altered, c, call, make, opening, person};

/// Waits until something has come about elsewhere.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < FOR_EVER, "in vain: {what}");
        thread::sleep(Duration::from_millis(1));
    }
}

/// Makes a call that gets no answer, and ends it when it is under way.
fn ended(vendor: &Vendor, client: &Owned<qc_client>, end: impl FnOnce()) -> Failure {
    let slow = json!({"match": {"endpoint": "telecom.open_id"}, "fault": {"kind": "latency", "ms": 60_000}});
    vendor.sandbox.add_faults(slow).expect("a fault");
    let before = vendor.requests("telecom.open_id").len();
    let started = Instant::now();
    let failure = thread::scope(|scope| {
        let calling = scope.spawn(|| call(client, "telecom.open_id", &opening("direct")).err());
        until("the call is under way", || vendor.requests("telecom.open_id").len() > before);
        end();
        calling.join().expect("no panic").expect("ended")
    });
    assert!(started.elapsed() < FOR_EVER);
    failure
}

fn cancel() -> Owned<qc_cancel> {
    make(|out, err| unsafe { qc_cancel_new(out, err) }).expect("a cancel")
}

fn with(client: &Owned<qc_client>, cancel: &Owned<qc_cancel>) -> Owned<qc_client> {
    altered(client, |options| unsafe {
        assert_eq!(qc_call_options_set_cancel(options, cancel.0, ptr::null_mut()), qc_status::QC_OK);
    })
}

#[test]
fn closing_ends_a_call_in_flight_and_refuses_later_ones() {
    let vendor = Vendor::start();
    let client = vendor.client();
    let failure = ended(&vendor, &client, || unsafe { qc_client_close(client.0) });
    assert_eq!((failure.status, failure.outcome.as_str()), (qc_status::QC_CANCELLED, "Unknown"));
    unsafe { qc_client_close(client.0) };
    let failure = call(&client, "blacklist.search", &person()).err().expect("refused");
    assert_eq!((failure.status, failure.message.as_str()), (qc_status::QC_CONFIG, "the client is closed"));
    assert!(vendor.requests("blacklist.search").is_empty());
}

#[test]
fn closing_a_client_closes_what_was_made_from_it_and_nothing_else() {
    let vendor = Vendor::start();
    let client = vendor.client();
    let (child, other) = (altered(&client, |_| ()), altered(&client, |_| ()));
    unsafe { qc_client_close(child.0) };
    assert!(call(&child, "blacklist.search", &person()).is_err());
    assert!(call(&client, "blacklist.search", &person()).is_ok());
    let failure = ended(&vendor, &other, || unsafe { qc_client_close(client.0) });
    assert_eq!(failure.status, qc_status::QC_CANCELLED);
    assert!(call(&other, "blacklist.search", &person()).is_err());
}

#[test]
fn a_cancel_ends_the_calls_that_carry_it_and_stays_fired() {
    let vendor = Vendor::start();
    let (client, cancel) = (vendor.client(), cancel());
    let cancellable = with(&client, &cancel);
    let failure = ended(&vendor, &cancellable, || unsafe { qc_cancel_fire(cancel.0) });
    assert_eq!((failure.status, failure.outcome.as_str()), (qc_status::QC_CANCELLED, "Unknown"));
    assert!(unsafe { qc_cancel_fired(cancel.0) });
    let failure = call(&cancellable, "blacklist.search", &person()).err().expect("refused");
    assert_eq!((failure.status, failure.outcome.as_str()), (qc_status::QC_CANCELLED, "NotSent"));
    assert!(call(&client, "blacklist.search", &person()).is_ok(), "the client that it was not given to");
}

#[test]
fn a_call_with_a_cancel_of_its_own_ends_with_its_client_too() {
    let vendor = Vendor::start();
    let (client, outer, inner) = (vendor.client(), cancel(), cancel());
    let both = with(&with(&client, &outer), &inner);
    let failure = ended(&vendor, &both, || unsafe { qc_client_close(client.0) });
    assert_eq!(failure.status, qc_status::QC_CANCELLED);
    let client = vendor.client();
    for fired in [&outer, &inner] {
        let (spare, both) = (cancel(), with(&client, fired));
        let both = with(&both, &spare);
        let failure = ended(&vendor, &both, || unsafe { qc_cancel_fire(fired.0) });
        assert_eq!(failure.status, qc_status::QC_CANCELLED);
    }
}

#[test]
fn a_client_and_a_cancel_may_be_freed_while_a_call_is_under_way() {
    let vendor = Vendor::start();
    let cancel = cancel();
    let mut client = with(&vendor.client(), &cancel);
    let freed = Owned(client.0);
    client.0 = ptr::null_mut();
    let handle = freed.0 as usize;
    let failure = thread::scope(|scope| {
        let slow =
            json!({"match": {"endpoint": "telecom.open_id"}, "fault": {"kind": "latency", "ms": 60_000}});
        vendor.sandbox.add_faults(slow).expect("a fault");
        let calling = scope.spawn(move || {
            let client = std::mem::ManuallyDrop::new(Owned(handle as *mut qc_client));
            call(&client, "telecom.open_id", &opening("direct")).err()
        });
        until("the call is under way", || !vendor.requests("telecom.open_id").is_empty());
        drop(freed);
        unsafe { qc_cancel_fire(cancel.0) };
        drop(cancel);
        calling.join().expect("no panic").expect("ended")
    });
    assert_eq!(failure.status, qc_status::QC_CANCELLED);
}

fn session(client: &Owned<qc_client>) -> Owned<qc_session> {
    let params = c(opening("x").to_string());
    make(|out, err| unsafe { qc_session_open(client.0, c"telecom".as_ptr(), params.as_ptr(), out, err) })
        .expect("a session")
}

fn next(session: &Owned<qc_session>) -> Result<Owned<qc_step>, Failure> {
    make(|out, err| unsafe { qc_session_next(session.0, out, err) })
}

#[test]
fn a_session_outlives_its_clients_handle_and_ends_with_its_closing() {
    let vendor = Vendor::start();
    let client = vendor.eager();
    let kept = altered(&client, |_| ());
    let session = session(&client);
    drop(client);
    assert!(make(|out, err| unsafe { qc_session_poll(session.0, out, err) }).is_ok());
    let client = vendor.eager();
    let closed = self::session(&client);
    unsafe { qc_client_close(client.0) };
    let failure = make(|out, err| unsafe { qc_session_poll(closed.0, out, err) }).err().expect("closed");
    assert_eq!(failure.status, qc_status::QC_CONFIG);
    drop(kept);
}

#[test]
fn waiting_for_the_next_step_ends_with_the_client() {
    let vendor = Vendor::start();
    // Its pauses are a minute.
    let client = altered(&vendor.client(), |options| unsafe {
        qiancheng_capi::call_options::qc_call_options_set_poll_interval(options, 60_000, ptr::null_mut());
    });
    let session = session(&client);
    assert!(next(&session).is_ok());
    let started = Instant::now();
    let failure = thread::scope(|scope| {
        let waiting = scope.spawn(|| next(&session).err());
        unsafe { qc_client_close(client.0) };
        waiting.join().expect("no panic").expect("ended")
    });
    assert!([qc_status::QC_CANCELLED, qc_status::QC_CONFIG].contains(&failure.status), "{failure:?}");
    assert!(started.elapsed() < FOR_EVER);
}
