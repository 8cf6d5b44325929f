//! A panic ends at the boundary, and everything stays usable.

use std::ptr;

use qiancheng_capi::error::{qc_error, qc_status_advice, qc_status_meaning, qc_status_name};
use qiancheng_capi::status::qc_status;

use crate::support::{Vendor, call, person, run, text};

#[allow(improper_ctypes, reason = "it is a pointer, whatever is behind it")]
unsafe extern "C" {
    fn qc_test_panic(err: *mut *mut qc_error) -> qc_status;
}

#[test]
fn a_panic_becomes_a_status_and_the_client_goes_on() {
    let vendor = Vendor::start();
    let client = vendor.client();
    let failure = run(|err| unsafe { qc_test_panic(err) }).expect_err("a panic");
    assert_eq!((failure.status, failure.message.as_str()), (qc_status::QC_PANIC, "the library panicked"));
    assert_eq!(unsafe { qc_test_panic(ptr::null_mut()) }, qc_status::QC_PANIC);
    assert!(call(&client, "blacklist.search", &person()).is_ok());
}

#[test]
fn every_status_has_its_words_and_nothing_else_has() {
    for number in 0..=16 {
        let name = text(qc_status_name(number));
        assert!(!name.is_empty() && name.chars().all(char::is_alphabetic), "{number}: {name}");
        assert!(text(qc_status_meaning(number)).ends_with('.'));
        assert!(text(qc_status_advice(number)).ends_with('.'));
    }
    for number in [-1, 17, i32::MAX, i32::MIN] {
        assert!(qc_status_name(number).is_null() && qc_status_advice(number).is_null());
    }
}
