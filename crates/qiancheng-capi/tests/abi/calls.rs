//! Calls and their errors.

use std::ffi::CString;
use std::ptr;

use qiancheng_capi::call::{qc_call, qc_call_path};
use qiancheng_capi::endpoints;
use qiancheng_capi::error as read;
use qiancheng_capi::status::qc_status;
use serde_json::{Value, json};

use crate::support::{
    Failure, Owned, Vendor, application, bytes, c, call, data, make, opening, person, run, text,
};

#[test]
fn a_call_answers_and_may_have_nobody_who_wants_the_answer() {
    let vendor = Vendor::start();
    let client = vendor.client();
    let answer = call(&client, "blacklist.search", &person()).expect("an answer");
    assert_eq!(data(&answer)["is_in"], json!(false));
    let params = c(person().to_string());
    run(|err| unsafe {
        qc_call(client.0, c"blacklist.search".as_ptr(), params.as_ptr(), ptr::null_mut(), err)
    })
    .expect("answered");
    assert_eq!(vendor.requests("blacklist.search").len(), 2);
}

#[test]
fn an_endpoints_own_function_sends_what_the_call_by_id_sends() {
    let vendor = Vendor::start();
    let client = vendor.client();
    let (name, id_card, mobile) = (c"张三".as_ptr(), c"11010519491231002X".as_ptr(), c"13800138001".as_ptr());
    let options =
        json!({"contacts": [{"contact_type": "0", "contact_name": "王芳", "contact_tel": "13911110001"}]});
    let options_json = c(options.to_string());
    let by_function = make(|out, err| unsafe {
        endpoints::qc_telecom_open_id(
            client.0,
            name,
            id_card,
            mobile,
            c"direct".as_ptr(),
            options_json.as_ptr(),
            out,
            err,
        )
    });
    assert!(by_function.is_ok());
    let mut params = opening("direct");
    params["options"] = options;
    assert!(call(&client, "telecom.open_id", &params).is_ok());
    let sent = vendor.requests("telecom.open_id");
    assert_eq!(sent[0]["params"], sent[1]["params"]);
}

#[test]
fn numbers_are_given_as_numbers_and_left_out_as_null() {
    let vendor = Vendor::start();
    let client = vendor.client();
    let hours = 48_i64;
    run(|err| unsafe { endpoints::qc_auth_token(client.0, &raw const hours, ptr::null_mut(), err) })
        .expect("a token");
    run(|err| unsafe { endpoints::qc_auth_token(client.0, ptr::null(), ptr::null_mut(), err) })
        .expect("a token");
    let sent = vendor.requests("auth.token");
    assert_eq!(sent[0]["params"]["hours"], "48");
    assert!(sent[1]["params"].get("hours").is_none(), "{}", sent[1]);
}

#[test]
fn a_whole_application_goes_out_encrypted_through_its_own_function() {
    let vendor = Vendor::start();
    let client = vendor.client();
    let data_json = c(application(200)["data"].to_string());
    let (name, phone, id_card) = (c"张三", c"13800138000", c"110101199003070011");
    let answer = make(|out, err| unsafe {
        let (name, phone, id_card) = (name.as_ptr(), phone.as_ptr(), id_card.as_ptr());
        endpoints::qc_risk_audit(client.0, name, phone, id_card, data_json.as_ptr(), out, err)
    });
    assert!(data(&answer.expect("taken"))["open_id"].is_string());
}

#[test]
fn a_path_is_called_that_the_library_does_not_know() {
    let vendor = Vendor::start();
    let client = vendor.client();
    let path = |method: &str, path: &str, params: &Value| {
        let (method, path, params) = (c(method), c(path), c(params.to_string()));
        make(|out, err| unsafe {
            qc_call_path(client.0, method.as_ptr(), path.as_ptr(), params.as_ptr(), out, err)
        })
    };
    let mut params = person();
    params["token"] = Value::Null;
    let answer = path("POST", "/blacklist/search", &params);
    if let Ok(answer) = &answer {
        assert!(data(answer).get("is_in").is_some());
    }
    let failure = path("PUT", "/x", &json!({})).err().expect("refused");
    assert_eq!((failure.field.as_str(), failure.message.contains("GET, POST")), ("method", true));
    assert!(path("POST", "no slash", &json!({})).is_err());
}

#[test]
fn an_unknown_endpoint_is_refused_with_the_nearest() {
    let vendor = Vendor::start();
    let failure = call(&vendor.client(), "telecom.openid", &json!({})).err().expect("refused");
    assert_eq!(failure.status, qc_status::QC_INVALID_INPUT);
    assert!(failure.message.contains("telecom.open_id"), "{failure:?}");
}

fn params(given: impl Into<Vec<u8>>) -> Failure {
    let vendor = Vendor::start();
    let (client, given): (_, CString) = (vendor.client(), c(given));
    let failure =
        make(|out, err| unsafe { qc_call(client.0, c"blacklist.search".as_ptr(), given.as_ptr(), out, err) });
    assert!(vendor.requests("blacklist.search").is_empty());
    failure.err().expect("refused")
}

#[test]
fn json_that_is_none_is_refused_where_it_breaks_and_not_repeated() {
    let failure = params("{\"name\": \"secret\",\n x}");
    assert_eq!((failure.status, failure.field.as_str()), (qc_status::QC_INVALID_INPUT, "params_json"));
    assert_eq!(failure.message, "the argument params_json is not JSON: line 2, column 2");
    assert!(params("[1]").message.contains("not an object"));
    assert!(params("").message.contains("is not JSON"));
    assert!(params("[".repeat(100_000)).message.contains("is not JSON"));
    assert_eq!(params(r#"{"nmae": "x"}"#).field, "/nmae");
}

#[test]
fn a_text_of_more_than_64_mib_is_refused() {
    let failure = params(vec![b' '; (64 << 20) + 1]);
    assert_eq!((failure.status, failure.field.as_str()), (qc_status::QC_INVALID_INPUT, "params_json"));
    assert!(failure.message.contains("64 MiB"), "{failure:?}");
}

#[test]
fn an_error_says_what_happened_and_what_may_have_been_done() {
    let vendor = Vendor::start();
    let client = vendor.client();
    vendor
        .sandbox
        .script(json!({
            "match": {"endpoint": "telecom.get_state"},
            "answers": [{"body": {"code": 1001, "msg": "参数 a-session 有误"}}]
        }))
        .expect("a script");
    let (params, mut err) = (c(r#"{"open_id": "a-session"}"#), ptr::null_mut());
    let status = unsafe {
        qc_call(client.0, c"telecom.get_state".as_ptr(), params.as_ptr(), ptr::null_mut(), &raw mut err)
    };
    let err = Owned(err);
    assert_eq!(status, qc_status::QC_REJECTED);
    let mut code = 0;
    unsafe {
        assert!(read::qc_error_code(err.0, &raw mut code) && read::qc_error_code(err.0, ptr::null_mut()));
        assert_eq!((code, read::qc_error_http_status(err.0), read::qc_error_attempts(err.0)), (1001, 200, 1));
        assert_eq!((read::qc_error_outcome(err.0), read::qc_error_retryable(err.0)), (1, false));
        assert_eq!(text(read::qc_error_kind_name(err.0)), "Rejected");
        assert_eq!(text(read::qc_error_outcome_name(err.0)), "Rejected");
        assert_eq!(text(read::qc_error_endpoint(err.0)), "telecom.get_state");
        let vendors = text(read::qc_error_vendor_message(err.0));
        assert!(vendors.contains("有误") && !vendors.contains("a-session"), "{vendors}");
        assert!(read::qc_error_field(err.0).is_null());
        assert!(text(read::qc_error_text(err.0)).starts_with("Rejected at telecom.get_state: "));
        assert_eq!(text(read::qc_error_advice(err.0)), "Read `vendor_message`; correct the input.");
        let json: Value = serde_json::from_slice(bytes(read::qc_error_json(err.0))).expect("JSON");
        assert_eq!((json["code"].as_i64(), json["kind"].as_str()), (Some(1001), Some("Rejected")));
        assert_eq!(read::qc_error_text(err.0), read::qc_error_text(err.0), "the same text");
    }
}

#[test]
fn a_lost_answer_may_have_been_done() {
    let vendor = Vendor::start();
    let rule = json!({"match": {"endpoint": "telecom.open_id"}, "fault": {"kind": "processed_but_lost"}});
    vendor.sandbox.add_faults(rule).expect("a fault");
    let failure = call(&vendor.client(), "telecom.open_id", &opening("direct")).err().expect("lost");
    assert_eq!((failure.status, failure.outcome.as_str()), (qc_status::QC_CONNECTION, "Unknown"));
    assert_eq!(vendor.requests("telecom.open_id").len(), 1);
}
