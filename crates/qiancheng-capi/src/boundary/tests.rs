//! These do no I/O, and run under Miri.

use std::ffi::{CStr, c_char};

use qiancheng::ErrorKind;

use super::*;
use crate::error as read;
use crate::text::Crossing;

fn text(text: *const c_char) -> String {
    assert!(!text.is_null());
    // SAFETY: the library's texts have a NUL behind them, and their errors are still there.
    unsafe { CStr::from_ptr(text) }.to_str().expect("UTF-8").to_owned()
}

fn failing() -> Result<()> {
    Err(Error::of_binding(ErrorKind::Session, "it has\0ended").with_field("/a"))
}

#[test]
fn an_error_crosses_with_its_texts_and_is_freed_with_them() {
    let mut err = ptr::null_mut();
    // SAFETY: our own place, and an error that is freed once.
    unsafe {
        assert_eq!(fallible(&raw mut err, failing), qc_status::QC_SESSION);
        assert_eq!(read::qc_error_kind(err), 14);
        assert_eq!(text(read::qc_error_message(err)), "it has?ended");
        assert_eq!(text(read::qc_error_field(err)), "/a");
        assert_eq!(text(read::qc_error_kind_name(err)), "Session");
        assert!(read::qc_error_endpoint(err).is_null());
        assert_eq!(read::qc_error_json(err), read::qc_error_json(err));
        read::qc_error_free(err);
    }
}

#[test]
fn nobody_has_to_take_an_error() {
    let crooked = ptr::without_provenance_mut(1);
    for place in [ptr::null_mut(), crooked] {
        // SAFETY: neither is written to.
        assert_eq!(unsafe { fallible(place, failing) }, qc_status::QC_SESSION);
    }
}

#[test]
fn success_writes_no_error() {
    let mut err = ptr::dangling_mut();
    // SAFETY: our own place.
    assert_eq!(unsafe { fallible(&raw mut err, || Ok(())) }, qc_status::QC_OK);
    assert_eq!(err, ptr::dangling_mut());
}

#[test]
fn a_panic_is_a_status_or_nothing() {
    let mut err = ptr::null_mut();
    // SAFETY: our own place, and an error that is freed once.
    unsafe {
        let status = fallible(&raw mut err, || panic!("13800138000"));
        assert_eq!((status, read::qc_error_outcome(err)), (qc_status::QC_PANIC, 2));
        assert!(!text(read::qc_error_text(err)).contains("138"));
        assert_eq!(look(err, |_| -> i32 { panic!("a getter") }), 0);
        assert!(look_at(err, |_| -> *const u8 { panic!("a getter") }).is_null());
        read::qc_error_free(err);
    }
}

#[test]
fn an_error_speaks_the_encoding_of_what_it_is_about() {
    let gbk = Charset::named(b"gbk").expect("an encoding");
    let mut err = ptr::null_mut();
    // SAFETY: our own place, and an error that is freed once.
    unsafe {
        spoken(&raw mut err, |charset| {
            *charset = gbk;
            Err(Error::of_binding(ErrorKind::Config, "张三𠮷"))
        });
        let expected = Crossing::from(&b"\xd5\xc5\xc8\xfd?"[..]);
        let message = CStr::from_ptr(read::qc_error_message(err));
        assert_eq!(message.to_bytes().len(), expected.len());
        assert_eq!(message, CStr::from_ptr(expected.as_ptr()));
        read::qc_error_free(err);
    }
}
