//! These do no I/O, and run under Miri.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use super::*;

struct qc_box {
    _opaque: [u8; 0],
}
struct qc_share {
    _opaque: [u8; 0],
}

static DROPPED: AtomicUsize = AtomicUsize::new(0);

struct Counted(String);

impl Drop for Counted {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Relaxed);
    }
}

handle!(qc_box, "box", b"qc_box  ", Boxed<String>);
handle!(qc_share, "share", b"qc_share", Shared<Counted>);

fn refusal<T>(result: Result<T>) -> Error {
    result.err().expect("refused")
}

#[test]
fn a_boxed_object_is_borrowed_and_freed() {
    let handle: *mut qc_box = make("a".to_owned());
    // SAFETY: just made, and freed once.
    unsafe {
        assert_eq!(*enter(handle, "box").expect("entered"), "a");
        free(handle);
    }
}

#[test]
fn a_shared_object_outlives_its_handle_while_somebody_is_inside() {
    let handle: *mut qc_share = make(Counted("a".to_owned()));
    // SAFETY: just made, and freed once; what was entered is its own reference.
    let inside = unsafe {
        let inside = enter(handle, "share").expect("entered");
        free(handle);
        inside
    };
    assert_eq!((inside.0.as_str(), DROPPED.load(Relaxed)), ("a", 0));
    drop(inside);
    assert_eq!(DROPPED.load(Relaxed), 1);
}

#[test]
fn null_is_refused_by_name_and_freed_without_effect() {
    // SAFETY: NULL is allowed.
    unsafe {
        let error = refusal(enter::<qc_box>(ptr::null(), "box"));
        assert_eq!((error.field(), error.message()), (Some("box"), "the argument box is NULL"));
        assert!(enter_optional::<qc_box>(ptr::null(), "box").expect("allowed").is_none());
        free::<qc_box>(ptr::null_mut());
    }
}

#[test]
fn a_handle_of_another_type_is_refused_and_left_alone() {
    let handle: *mut qc_box = make("a".to_owned());
    // SAFETY: handles of this library, of the wrong type, which is what is tested; freed once as what it is.
    unsafe {
        let error = refusal(enter::<qc_share>(handle.cast(), "share"));
        assert_eq!(error.message(), "the argument share is no qc_share, or was freed");
        free::<qc_share>(handle.cast());
        assert_eq!(*enter(handle, "box").expect("still there"), "a");
        free(handle);
    }
}

#[test]
fn a_crooked_pointer_is_not_read() {
    let handle: *mut qc_box = make("a".to_owned());
    // SAFETY: it is not looked into, for it is not aligned; freed once as what it is.
    unsafe {
        let crooked = handle.cast::<u8>().wrapping_add(1).cast::<qc_box>();
        assert!(enter(crooked, "box").is_err());
        free(crooked);
        free(handle);
    }
}

/// The tags of types that C knows.
macro_rules! tags {
    ($($handle:path),+ $(,)?) => {
        [$((<$handle as Handle>::NAME, <$handle as Handle>::TAG)),+]
    };
}

#[test]
fn every_type_has_a_tag_of_its_own() {
    let tags = tags![
        crate::answer::qc_answer,
        crate::call_options::qc_call_options,
        crate::cancel::qc_cancel,
        crate::client::qc_client,
        crate::error::qc_error,
        crate::options::qc_options,
        crate::owned::qc_text,
        crate::session::qc_session,
        crate::session::step::qc_step,
        crate::tables::qc_tables,
    ];
    for (place, (name, tag)) in tags.iter().enumerate() {
        assert_ne!(*tag, FREED, "{name}");
        assert!(tags[..place].iter().all(|(_, other)| other != tag), "{name}");
    }
}
