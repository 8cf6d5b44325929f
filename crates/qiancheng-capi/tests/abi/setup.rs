//! Options and clients.

use std::ptr;
use std::time::{Duration, Instant};

use qiancheng_capi::call_options as call_set;
use qiancheng_capi::client::{qc_client, qc_client_new, qc_client_origin, qc_client_stats};
use qiancheng_capi::options as set;
use qiancheng_capi::options::{limits, wire};
use qiancheng_capi::status::qc_status;
use serde_json::json;

use crate::support::{Failure, Owned, Vendor, altered, c, call, client_of, data, make, person, run, text};

fn refused(options: &Owned<set::qc_options>) -> Failure {
    let made: Result<Owned<qc_client>, _> = make(|out, err| unsafe { qc_client_new(options.0, out, err) });
    made.err().expect("refused")
}

#[test]
fn the_order_of_settings_does_not_matter() {
    let vendor = Vendor::start();
    let options = vendor.options();
    let (user, password) = (c(vendor.sandbox.username()), c(vendor.sandbox.password()));
    let late = b"\xd5\xc5\0";
    run(|err| unsafe { wire::qc_options_set_user_agent(options.0, late.as_ptr().cast(), err) }).expect("set");
    run(|err| unsafe { set::qc_options_set_encoding(options.0, c"gb18030".as_ptr(), err) }).expect("set");
    run(|err| unsafe { set::qc_options_set_account(options.0, user.as_ptr(), password.as_ptr(), err) })
        .expect("set");
    // It is text in the encoding that was set after it, and no user agent for all that.
    let failure = refused(&options);
    assert_eq!((failure.status, failure.field.as_str()), (qc_status::QC_CONFIG, ""));
    assert!(failure.message.contains("visible ASCII"), "{failure:?}");
    run(|err| unsafe { wire::qc_options_set_user_agent(options.0, c"loans/7.2".as_ptr(), err) })
        .expect("set");
    assert!(call(&client_of(&options), "blacklist.search", &person()).is_ok());
    let agent = vendor.requests("blacklist.search")[0]["headers"]["user-agent"].clone();
    assert!(agent.as_str().is_some_and(|agent| agent.ends_with(" loans/7.2")), "{agent}");
}

#[test]
fn a_text_that_is_none_in_the_options_encoding_is_found_when_the_client_is_made() {
    let vendor = Vendor::start();
    let options = vendor.options();
    run(|err| unsafe { set::qc_options_set_base_url(options.0, c"\xff".as_ptr(), err) }).expect("stored");
    let failure = refused(&options);
    assert_eq!((failure.status, failure.field.as_str()), (qc_status::QC_INVALID_INPUT, "url"));
}

#[test]
fn a_name_that_is_not_known_is_refused_with_those_that_are() {
    let options = make(|out, err| unsafe { set::qc_options_new(out, err) }).expect("options");
    let name = c"latin1".as_ptr();
    let o = options.0;
    let cases = [
        (run(|err| unsafe { set::qc_options_set_encoding(o, name, err) }), "UTF-8, GB18030, GBK or Big5"),
        (run(|err| unsafe { set::qc_options_set_environment(o, name, err) }), "production, test"),
        (run(|err| unsafe { wire::qc_options_set_wire_format(o, name, err) }), "form, json"),
        (run(|err| unsafe { wire::qc_options_set_audit_padding(o, name, err) }), "pkcs1v15, oaep_sha1"),
        (run(|err| unsafe { wire::qc_options_set_audit_encoding(o, name, err) }), "base64, base64url, hex"),
    ];
    for (result, words) in cases {
        let failure = result.expect_err("refused");
        assert_eq!((failure.status, failure.field.as_str()), (qc_status::QC_CONFIG, "name"));
        assert!(failure.message.contains(words), "{failure:?}");
    }
}

type Set = fn(*mut set::qc_options);

#[test]
fn what_makes_no_sense_is_refused_when_the_client_is_made() {
    let vendor = Vendor::start();
    let cases: [(Set, &str); 7] = [
        (
            |o| ok(unsafe { set::qc_options_set_account(o, c"".as_ptr(), c"".as_ptr(), ptr::null_mut()) }),
            "no merchant account",
        ),
        (
            |o| ok(unsafe { set::qc_options_set_base_url(o, c"http://10.0.0.1".as_ptr(), ptr::null_mut()) }),
            "plain http",
        ),
        (|o| ok(unsafe { set::qc_options_set_token_hours(o, 0, ptr::null_mut()) }), "1 to 8760"),
        (|o| ok(unsafe { wire::qc_options_set_proxy(o, c"ftp://x".as_ptr(), ptr::null_mut()) }), "the proxy"),
        (
            |o| {
                ok(unsafe {
                    wire::qc_options_set_path(o, c"telecom.opne_id".as_ptr(), c"/x".as_ptr(), ptr::null_mut())
                });
            },
            "telecom.open_id",
        ),
        (
            |o| ok(unsafe { wire::qc_options_set_extra_ca_pem(o, b"x".as_ptr(), 1, ptr::null_mut()) }),
            "extra certificate authority",
        ),
        (
            |o| ok(unsafe { set::qc_options_set_token_store(o, c"/dev/null/x".as_ptr(), ptr::null_mut()) }),
            "cannot be used for tokens",
        ),
    ];
    for (change, words) in cases {
        let options = vendor.options();
        change(options.0);
        let failure = refused(&options);
        assert_eq!(failure.status, qc_status::QC_CONFIG, "{failure:?}");
        assert!(failure.message.contains(words), "{words}: {failure:?}");
    }
}

fn ok(status: qc_status) {
    assert_eq!(status, qc_status::QC_OK);
}

#[test]
fn a_public_key_that_is_none_is_an_error_of_encryption() {
    let options = Vendor::start().options();
    ok(unsafe { wire::qc_options_set_audit_public_key(options.0, b"no key".as_ptr(), 6, ptr::null_mut()) });
    assert_eq!(refused(&options).status, qc_status::QC_CRYPTO);
}

#[test]
fn a_pause_of_nothing_is_refused() {
    let options = make(|out, err| unsafe { set::qc_options_new(out, err) }).expect("options");
    let failure = run(|err| unsafe { limits::qc_options_set_poll_interval(options.0, 0, err) });
    let failure = failure.expect_err("refused");
    assert_eq!((failure.status, failure.field.as_str()), (qc_status::QC_CONFIG, "interval_ms"));
}

#[test]
fn settings_reach_the_wire() {
    let vendor = Vendor::start();
    let options = vendor.options();
    let folder = tempfile::tempdir().expect("a folder");
    let tokens = c(folder.path().join("令牌").to_str().expect("UTF-8"));
    ok(unsafe { wire::qc_options_set_wire_format(options.0, c"json".as_ptr(), ptr::null_mut()) });
    ok(unsafe { set::qc_options_set_token_hours(options.0, 48, ptr::null_mut()) });
    ok(unsafe { set::qc_options_set_token_store(options.0, tokens.as_ptr(), ptr::null_mut()) });
    assert!(call(&client_of(&options), "blacklist.search", &person()).is_ok());
    let request = vendor.requests("blacklist.search").remove(0);
    assert_eq!(request["encoding"], "json", "{request}");
    assert_eq!(vendor.requests("auth.token")[0]["params"]["hours"].as_str().unwrap_or_default(), "48");
    assert!(folder.path().join("令牌").read_dir().expect("made").next().is_some(), "a token is kept");
}

#[test]
fn a_timeout_is_set_for_some_calls_and_keeps_what_is_zero() {
    let vendor = Vendor::start();
    let client = vendor.client();
    assert!(call(&client, "ebank.bank_info", &json!({})).is_ok());
    vendor.sandbox.add_faults(json!({"fault": {"kind": "latency", "ms": 30_000}})).expect("a fault");
    let options = vendor.options();
    ok(unsafe { limits::qc_options_set_timeouts(options.0, 0, 0, 0, 50, ptr::null_mut()) });
    let impatient = client_of(&options);
    let hasty = altered(&client, |options| {
        ok(unsafe { call_set::qc_call_options_set_timeout(options, 50, ptr::null_mut()) });
    });
    for client in [&impatient, &hasty] {
        let started = Instant::now();
        let failure = call(client, "ebank.bank_info", &json!({})).err().expect("late");
        assert_eq!(failure.status, qc_status::QC_TIMEOUT, "{failure:?}");
        assert!(started.elapsed() < Duration::from_secs(20));
    }
}

#[test]
fn a_changed_client_shares_tokens_and_counters() {
    let vendor = Vendor::start();
    let client = vendor.client();
    let other = altered(&client, |options| {
        ok(unsafe { call_set::qc_call_options_set_validate(options, false, ptr::null_mut()) });
    });
    let crooked = json!({"name": "张三", "id_card": "1", "mobile": "1"});
    assert_eq!(
        call(&client, "blacklist.search", &crooked).err().expect("checked").status,
        qc_status::QC_INVALID_INPUT
    );
    let sent = call(&other, "blacklist.search", &crooked).map(drop);
    assert!(sent.is_ok() || sent.is_err_and(|failure| failure.status == qc_status::QC_REJECTED));
    assert!(call(&client, "blacklist.search", &person()).is_ok());
    assert_eq!(vendor.requests("auth.token").len(), 1);
    for client in [&client, &other] {
        let stats = make(|out, err| unsafe { qc_client_stats(client.0, out, err) }).expect("counters");
        let stats = data(&stats);
        assert_eq!(
            (stats["calls"].as_u64(), stats["tokens_fetched"].as_u64()),
            (Some(3), Some(1)),
            "{stats}"
        );
        assert!(stats["latency"].as_array().is_some_and(|buckets| !buckets.is_empty()));
    }
}

#[test]
fn a_client_says_where_it_points() {
    let vendor = Vendor::start();
    let client = vendor.client();
    assert_eq!(text(unsafe { qc_client_origin(client.0) }), vendor.sandbox.base_url());
}
