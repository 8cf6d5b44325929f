//! The log: what it says, to whom, and what it never holds.

use std::ffi::{c_char, c_void};
use std::ptr;
use std::slice;
use std::sync::{Mutex, PoisonError};

use qiancheng_capi::options::qc_options_set_log;
use qiancheng_capi::status::qc_status;
use serde_json::{Value, json};

use crate::support::{Owned, Vendor, call, client_of, opening, person};

#[derive(Default)]
struct Lines(Mutex<Vec<(i32, Vec<u8>)>>);

impl Lines {
    fn take(&self) -> Vec<(i32, Value)> {
        let lines = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        lines.iter().map(|(level, line)| (*level, serde_json::from_slice(line).expect("JSON"))).collect()
    }

    fn all(&self) -> String {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().map(|(_, line)| String::from_utf8_lossy(line).into_owned() + "\n").collect()
    }
}

unsafe extern "C" fn hear(user_data: *mut c_void, level: i32, line: *const c_char, len: usize) {
    let lines = unsafe { &*user_data.cast::<Lines>() };
    let line = unsafe { slice::from_raw_parts(line.cast::<u8>(), len + 1) };
    assert_eq!(line.last(), Some(&0), "a NUL behind");
    lines.0.lock().unwrap_or_else(PoisonError::into_inner).push((level, line[..len].to_vec()));
}

fn logged(vendor: &Vendor, lines: &Lines) -> Owned<qiancheng_capi::client::qc_client> {
    let options = vendor.options();
    let user_data = ptr::from_ref(lines).cast_mut().cast();
    assert_eq!(
        unsafe { qc_options_set_log(options.0, Some(hear), user_data, ptr::null_mut()) },
        qc_status::QC_OK
    );
    client_of(&options)
}

#[test]
fn a_call_is_told_line_by_line() {
    let (vendor, lines) = (Vendor::start(), Lines::default());
    let client = logged(&vendor, &lines);
    let fault = json!({"match": {"endpoint": "blacklist.search"}, "times": 1, "fault": {"kind": "html_502"}});
    vendor.sandbox.add_faults(fault).expect("a fault");
    assert!(call(&client, "blacklist.search", &person()).is_ok());
    let told = lines.take();
    let events: Vec<(i32, &str)> =
        told.iter().map(|(level, line)| (*level, line["event"].as_str().unwrap_or_default())).collect();
    let expected = [
        (10, "attempt"),
        (10, "token_fetched"),
        (10, "attempt"),
        (20, "repeat"),
        (10, "attempt"),
        (10, "call"),
    ];
    assert_eq!(events, expected);
    assert_eq!(told[4].1["http_status"], 200);
    assert_eq!(told[5].1["error"], Value::Null);
}

#[test]
fn what_may_have_been_done_is_a_warning() {
    let (vendor, lines) = (Vendor::start(), Lines::default());
    let client = logged(&vendor, &lines);
    let fault = json!({"match": {"endpoint": "telecom.open_id"}, "fault": {"kind": "processed_but_lost"}});
    vendor.sandbox.add_faults(fault).expect("a fault");
    assert!(call(&client, "telecom.open_id", &opening("direct")).is_err());
    let told = lines.take();
    let (level, last) = told.last().expect("a line");
    assert_eq!((*level, last["error"]["outcome"].as_str()), (30, Some("Unknown")), "{last}");
}

#[test]
fn no_line_holds_anything_of_a_person_or_a_secret() {
    let (vendor, lines) = (Vendor::start(), Lines::default());
    let client = logged(&vendor, &lines);
    let script = json!({
        "match": {"endpoint": "blacklist.search"},
        "answers": [{"body": {"code": 1001, "msg": "张三 11010519491231002X 13800138001 有误"}}]
    });
    vendor.sandbox.script(script).expect("a script");
    assert!(call(&client, "blacklist.search", &person()).is_err());
    let mut secret = opening("hunter2-secret");
    secret["id_card"] = json!("11010519491231002");
    assert!(call(&client, "telecom.open_id", &secret).is_err());
    assert!(call(&client, "telecom.open_id", &opening("hunter2-secret")).is_ok());
    let told = lines.all();
    assert!(told.lines().count() > 5);
    for word in ["张三", "11010519491231002", "13800138001", "hunter2", "demo-password", "有误"] {
        assert!(!told.contains(word), "{word} in {told}");
    }
}

#[test]
fn without_a_callback_there_is_no_log() {
    let (vendor, lines) = (Vendor::start(), Lines::default());
    let options = vendor.options();
    let user_data = ptr::from_ref(&lines).cast_mut().cast();
    unsafe {
        qc_options_set_log(options.0, Some(hear), user_data, ptr::null_mut());
        qc_options_set_log(options.0, None, ptr::null_mut(), ptr::null_mut());
    }
    assert!(call(&client_of(&options), "blacklist.search", &person()).is_ok());
    assert!(lines.take().is_empty());
}
