//! Texts in GB18030, GBK and Big5, in and out; on the wire it is UTF-8.

use std::ptr;

use qiancheng_capi::answer::qc_answer_json;
use qiancheng_capi::call::qc_call;
use qiancheng_capi::client::qc_client;
use qiancheng_capi::endpoints::qc_blacklist_search;
use qiancheng_capi::error as read;
use qiancheng_capi::owned::{qc_json_string, qc_text_data};
use qiancheng_capi::status::qc_status;
use serde_json::json;

use crate::support::{Owned, Vendor, bytes, c, make, run, string, take};

/// 张三 and 𠮷 in GB18030.
const ZHANG_SAN: &[u8] = b"\xd5\xc5\xc8\xfd";
const RARE: &[u8] = b"\x95\x34\xb2\x35";

fn search(client: &Owned<qc_client>, name: &[u8]) -> Result<(), crate::support::Failure> {
    let name = c(name);
    run(|err| unsafe {
        let (id_card, mobile) = (c"11010519491231002X".as_ptr(), c"13800138001".as_ptr());
        qc_blacklist_search(client.0, name.as_ptr(), id_card, mobile, ptr::null_mut(), err)
    })
}

#[test]
fn names_in_gb18030_are_utf8_on_the_wire() {
    let vendor = Vendor::start();
    let client = vendor.speaking("GB18030");
    search(&client, ZHANG_SAN).expect("sent");
    search(&client, RARE).expect("sent");
    let json = [
        &b"{\"id_card\": \"11010519491231002X\", \"mobile\": \"13800138001\", \"name\": \""[..],
        RARE,
        b"\"}",
    ];
    let json = c(json.concat());
    run(|err| unsafe {
        qc_call(client.0, c"blacklist.search".as_ptr(), json.as_ptr(), ptr::null_mut(), err)
    })
    .expect("sent");
    let names: Vec<String> = vendor
        .requests("blacklist.search")
        .iter()
        .map(|request| request["params"]["name"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(names, ["张三", "𠮷", "𠮷"]);
}

fn raw_data(vendor: &Vendor, client: &Owned<qc_client>) -> Owned<qiancheng_capi::answer::qc_answer> {
    let data = json!({"code": 0, "data": {"name": "张三", "rare": "𠮷", "𠮷": 1}});
    let script = json!({"match": {"endpoint": "telecom.raw_data"}, "answers": [{"body": data}]});
    vendor.sandbox.script(script).expect("a script");
    make(|out, err| unsafe {
        qc_call(client.0, c"telecom.raw_data".as_ptr(), c"{\"open_id\": \"x\"}".as_ptr(), out, err)
    })
    .expect("an answer")
}

#[test]
fn answers_come_back_in_gb18030_unharmed() {
    let vendor = Vendor::start();
    let client = vendor.speaking("gb18030");
    let answer = raw_data(&vendor, &client);
    assert_eq!(string(&answer, "/name").expect("a text"), ZHANG_SAN);
    assert_eq!(string(&answer, "/rare").expect("a text"), RARE);
    let pointer = c([b"/", RARE].concat());
    let number = take(0, |out, err| unsafe {
        qiancheng_capi::answer::qc_answer_int(answer.0, pointer.as_ptr(), out, err)
    });
    assert_eq!(number, Ok(1));
    let json = take(ptr::null(), |out, err| unsafe { qc_answer_json(answer.0, out, ptr::null_mut(), err) });
    let json = bytes(json.expect("JSON"));
    assert!(json.windows(RARE.len()).any(|part| part == RARE), "{}", json.escape_ascii());
}

#[test]
fn gbk_escapes_in_json_what_it_lacks_and_refuses_it_as_a_value() {
    let vendor = Vendor::start();
    let client = vendor.speaking("GBK");
    let answer = raw_data(&vendor, &client);
    let json = take(ptr::null(), |out, err| unsafe { qc_answer_json(answer.0, out, ptr::null_mut(), err) });
    let json = String::from_utf8_lossy(bytes(json.expect("JSON"))).into_owned();
    assert!(json.contains(r"\ud842\udfb7"), "{json}");
    assert_eq!(string(&answer, "/name").expect("a text"), ZHANG_SAN);
    let failure = string(&answer, "/rare").expect_err("not in GBK");
    assert_eq!((failure.status, failure.field.as_str()), (qc_status::QC_INVALID_INPUT, "/rare"));
    assert!(failure.message.contains("GB18030"), "{failure:?}");
}

#[test]
fn big5_crosses_both_ways() {
    let vendor = Vendor::start();
    let client = vendor.speaking("Big5");
    search(&client, b"\xb1\x69\xa4\x54").expect("sent");
    assert_eq!(vendor.requests("blacklist.search")[0]["params"]["name"], "張三");
}

#[test]
fn text_that_is_none_in_the_clients_encoding_is_refused() {
    let vendor = Vendor::start();
    for (encoding, broken) in
        [("GB18030", &b"\xd5"[..]), ("GB18030", b"\xff"), ("Big5", b"\xa1"), ("UTF-8", ZHANG_SAN)]
    {
        let failure = search(&vendor.speaking(encoding), broken).expect_err("refused");
        assert_eq!(
            (failure.status, failure.field.as_str()),
            (qc_status::QC_INVALID_INPUT, "name"),
            "{encoding}"
        );
        assert!(failure.message.contains(&format!("is not text in {encoding}")), "{failure:?}");
    }
    assert!(vendor.requests("blacklist.search").is_empty());
}

#[test]
fn errors_speak_the_clients_encoding() {
    let vendor = Vendor::start();
    let client = vendor.speaking("GB18030");
    let script = json!({"match": {"endpoint": "telecom.get_state"}, "answers": [{"body": {"code": 1001, "msg": "张三𠮷"}}]});
    vendor.sandbox.script(script).expect("a script");
    let mut err = ptr::null_mut();
    unsafe {
        let (endpoint, params) = (c"telecom.get_state".as_ptr(), c"{\"open_id\": \"x\"}".as_ptr());
        qc_call(client.0, endpoint, params, ptr::null_mut(), &raw mut err);
        let err = Owned(err);
        let expected = [ZHANG_SAN, RARE].concat();
        assert_eq!(bytes(read::qc_error_vendor_message(err.0)), expected);
        let json = bytes(read::qc_error_json(err.0));
        assert!(json.windows(expected.len()).any(|part| part == expected));
    }
}

#[test]
fn a_text_whose_bytes_look_like_a_backslash_becomes_a_json_string() {
    let vendor = Vendor::start();
    // 昞 ends in what is a backslash alone.
    for (encoding, character) in [("GB18030", &b"\x95\x5c"[..]), ("Big5", b"\xa5\x5c")] {
        let client = vendor.speaking(encoding);
        let text = c([character, b"\"\\"].concat());
        let json =
            make(|out, err| unsafe { qc_json_string(client.0, text.as_ptr(), out, err) }).expect("a string");
        let expected = [b"\"", character, br#"\"\\""#].concat();
        assert_eq!(bytes(unsafe { qc_text_data(json.0) }), expected, "{encoding}");
        let name = [
            b"{\"id_card\": \"11010519491231002X\", \"mobile\": \"13800138001\", \"name\": ",
            &expected[..],
            b"}",
        ];
        let params = c(name.concat());
        run(|err| unsafe {
            qc_call(client.0, c"blacklist.search".as_ptr(), params.as_ptr(), ptr::null_mut(), err)
        })
        .expect("sent");
    }
    let names: Vec<_> =
        vendor.requests("blacklist.search").iter().map(|request| request["params"]["name"].clone()).collect();
    assert_eq!(names, [json!("昞\"\\"), json!("功\"\\")]);
}
