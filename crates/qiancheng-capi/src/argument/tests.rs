//! These do no I/O, and run under Miri.

use std::ptr;

use super::*;

fn message<T>(result: Result<T>) -> String {
    result.err().expect("refused").message().to_owned()
}

#[test]
fn a_text_ends_at_its_nul() {
    // SAFETY: a text with its NUL.
    let read = unsafe { text(Charset::UTF8, c"a\u{5f20}".as_ptr(), "name") }.expect("text");
    assert_eq!(&*read, "a张");
}

#[test]
fn null_is_refused_where_it_is_not_allowed() {
    // SAFETY: NULL is allowed.
    unsafe {
        assert_eq!(message(text(Charset::UTF8, ptr::null(), "name")), "the argument name is NULL");
        assert!(optional_text(Charset::UTF8, ptr::null(), "name").expect("allowed").is_none());
        assert_eq!(message(bytes(ptr::null(), 0, "key")), "the argument key is NULL");
        assert_eq!(message(Out::<i64>::new(ptr::null_mut(), "out")), "the argument out is NULL");
    }
}

#[test]
fn invalid_text_is_refused_by_name_and_not_repeated() {
    // SAFETY: a text with its NUL.
    let error = unsafe { text(Charset::UTF8, c"138\xff".as_ptr(), "mobile") }.err().expect("refused");
    assert_eq!(error.field(), Some("mobile"));
    assert_eq!(error.message(), "the argument mobile is not text in UTF-8; see qc_options_set_encoding");
}

#[test]
#[cfg_attr(miri, ignore = "64 MiB, byte by byte")]
fn a_text_without_an_end_is_refused() {
    let endless = vec![b'a'; LONGEST_TEXT + 1];
    // SAFETY: no more than this is read.
    let refused = unsafe { optional_bytes(endless.as_ptr().cast(), "name") };
    assert_eq!(message(refused), "the argument name is longer than 64 MiB, or lacks its NUL");
}

#[test]
fn bytes_of_an_impossible_length_are_refused() {
    // SAFETY: nothing is read.
    assert!(unsafe { bytes(ptr::dangling(), usize::MAX, "key") }.is_err());
}

#[test]
fn crooked_places_are_refused_and_straight_ones_written_once() {
    let mut places = [7_i64, 7];
    #[allow(clippy::cast_ptr_alignment, reason = "it is what is tested")]
    let crooked = places.as_mut_ptr().cast::<u8>().wrapping_add(1).cast::<i64>();
    // SAFETY: the crooked one is looked at only as a number; the other is ours.
    unsafe {
        assert_eq!(message(Out::new(crooked, "out")), "the argument out is not aligned");
        assert_eq!(message(optional(crooked.cast_const(), "hours")), "the argument hours is not aligned");
        Out::new(&raw mut places[0], "out").expect("a place").write(1);
    }
    assert_eq!(places, [1, 7]);
}

#[test]
fn a_texts_length_is_written_where_it_is_wanted() {
    let crossing = Charset::UTF8.message("abc");
    let (mut out, mut length) = (ptr::null(), 0);
    // SAFETY: our own places.
    unsafe {
        TextOut::new(&raw mut out, &raw mut length, "out").expect("places").write(&crossing);
        assert_eq!((length, text_bytes(out, "out").expect("text")), (3, &b"abc"[..]));
        TextOut::new(&raw mut out, ptr::null_mut(), "out").expect("places").write(&crossing);
    }
}
