//! Answers, by their bytes and by JSON Pointer.

use std::ptr;
use std::slice;

use qiancheng_capi::answer as read;
use qiancheng_capi::answer::qc_answer;
use qiancheng_capi::status::qc_status;
use serde_json::{Value, json};

use crate::support::{Failure, Owned, Vendor, bytes, c, call, data, string, take, text};

/// An answer that holds this.
fn answer(body: &Value) -> Owned<qc_answer> {
    let vendor = Vendor::start();
    let script = json!({"match": {"endpoint": "telecom.raw_data"}, "answers": [{"body": body}]});
    vendor.sandbox.script(script).expect("a script");
    call(&vendor.client(), "telecom.raw_data", &json!({"open_id": "x"})).expect("an answer")
}

fn sample() -> Owned<qc_answer> {
    answer(&json!({"code": 0, "msg": "好", "data": {
        "name": "张三", "count": "12", "big": 9_223_372_036_854_775_808_u64, "ratio": 0.5, "in": 1, "none": null,
        "nul": "a\u{0}b", "list": [{"a/b": "x"}, [], {}]
    }}))
}

fn int(answer: &Owned<qc_answer>, pointer: &str) -> Result<i64, Failure> {
    let pointer = c(pointer);
    take(77, |out, err| unsafe { read::qc_answer_int(answer.0, pointer.as_ptr(), out, err) })
}

#[test]
fn the_whole_answer_is_there_as_it_came() {
    let answer = answer(&json!({"code": 0, "msg": "", "data": {"a": 1}}));
    let mut length = 0;
    let raw =
        take(ptr::null(), |out, err| unsafe { read::qc_answer_raw(answer.0, out, &raw mut length, err) });
    let raw = unsafe { slice::from_raw_parts(raw.expect("bytes"), length) };
    let envelope: Value = serde_json::from_slice(raw).expect("JSON");
    assert_eq!((envelope["code"].as_i64(), &envelope["data"]), (Some(0), &data(&answer)));
}

#[test]
fn an_answer_says_where_it_came_from() {
    let answer = sample();
    unsafe {
        assert_eq!(text(read::qc_answer_endpoint(answer.0)), "telecom.raw_data");
        assert_eq!(text(read::qc_answer_message(answer.0)), "好");
        assert_eq!((read::qc_answer_http_status(answer.0), read::qc_answer_attempts(answer.0)), (200, 1));
    }
}

#[test]
fn values_are_read_by_pointer() {
    let answer = sample();
    let kind = |pointer: &str| {
        let pointer = c(pointer);
        take(-1, |out, err| unsafe { read::qc_answer_type(answer.0, pointer.as_ptr(), out, err) })
            .expect("a kind")
    };
    let kinds =
        ["/no", "/none", "/in", "/ratio", "/name", "/list", "", "/list/0/a~1b", "/list/9", "/big"].map(kind);
    assert_eq!(kinds, [0, 1, 3, 4, 5, 6, 7, 5, 0, 4]);
    assert_eq!(string(&answer, "/name").expect("a text"), "张三".as_bytes());
    assert_eq!(int(&answer, "/count").expect("a number"), 12);
    let ratio =
        take(0.0, |out, err| unsafe { read::qc_answer_double(answer.0, c"/ratio".as_ptr(), out, err) });
    assert!((ratio.expect("a number") - 0.5).abs() < f64::EPSILON);
    assert!(
        take(false, |out, err| unsafe { read::qc_answer_bool(answer.0, c"/in".as_ptr(), out, err) })
            .expect("a flag")
    );
    let size = take(0, |out, err| unsafe { read::qc_answer_size(answer.0, c"/list".as_ptr(), out, err) });
    assert_eq!(size.expect("a list"), 3);
    let key = take(ptr::null(), |out, err| unsafe {
        read::qc_answer_key(answer.0, c"/list/0".as_ptr(), 0, out, ptr::null_mut(), err)
    });
    assert_eq!(bytes(key.expect("a name")), b"a/b");
    let part = take(ptr::null(), |out, err| unsafe {
        read::qc_answer_sub_json(answer.0, c"/list/0".as_ptr(), out, ptr::null_mut(), err)
    });
    assert_eq!(bytes(part.expect("JSON")), br#"{"a/b":"x"}"#);
}

#[test]
fn a_text_with_a_nul_has_its_whole_length() {
    let (answer, mut length) = (sample(), 0);
    let found = take(ptr::null(), |out, err| unsafe {
        read::qc_answer_string(answer.0, c"/nul".as_ptr(), out, &raw mut length, err)
    });
    let found = unsafe { slice::from_raw_parts(found.expect("a text").cast::<u8>(), length + 1) };
    assert_eq!(found, b"a\0b\0");
}

#[test]
fn a_pointer_to_nowhere_and_a_value_of_another_type_are_named() {
    let answer = sample();
    for (result, pointer, words) in [
        (int(&answer, "/no/where"), "/no/where", "nothing at this pointer"),
        (int(&answer, "/name"), "/name", "but a text"),
        (int(&answer, "/big"), "/big", "but another number"),
        (int(&answer, "/list"), "/list", "but a list"),
        (int(&answer, "list"), "list", "begins with a slash"),
        (string(&answer, "/list/0").map(|_| 0), "/list/0", "but an object"),
    ] {
        let failure = result.expect_err(pointer);
        assert_eq!((failure.status, failure.field.as_str()), (qc_status::QC_INVALID_INPUT, pointer));
        assert!(failure.message.contains(words), "{failure:?}");
        assert!(!failure.message.contains("张三"), "{failure:?}");
    }
}

#[test]
fn asking_twice_gives_the_same_text() {
    let answer = sample();
    let ask = || {
        take(ptr::null(), |out, err| unsafe {
            read::qc_answer_string(answer.0, c"/name".as_ptr(), out, ptr::null_mut(), err)
        })
    };
    assert_eq!(ask().expect("a text"), ask().expect("a text"));
}

#[test]
fn an_answer_may_be_read_by_many_threads() {
    let answer = sample();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..100 {
                    assert_eq!(string(&answer, "/name").expect("a text"), "张三".as_bytes());
                    assert_eq!(int(&answer, "/count").expect("a number"), 12);
                }
            });
        }
    });
}
