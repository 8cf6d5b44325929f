//! Telecom raw data: columns, wrappings, coercions, what does not fit, what is broken.
#![allow(clippy::unwrap_used)]

mod common;

use arrow_schema::DataType;
use common::{applicant, dates, integers, issues, left_out, money, some, table, texts, times};
use qiancheng_tables::{Options, ReadErrorKind, Tables, telecom_raw};
use serde_json::{Value, json};

fn read(document: &Value) -> Tables {
    telecom_raw(document.to_string().as_bytes(), &Options::default()).unwrap()
}

fn calls(calls: &Value) -> Tables {
    read(&json!({"transactions": [{"calls": calls}]}))
}

#[test]
fn calls_have_their_fixed_columns() {
    let tables = calls(&json!([
        {"start_time": "2018-01-31 12:34:56", "use_time": "61", "call_type": "本地通话", "init_type": "主叫",
         "other_cell_phone": "+8613800001234", "place": "上海", "subtotal": 0.15, "cell_phone": "13900005678",
         "update_time": "2018-02-01 00:00:00", "toll": {"a": [1, "x"]}},
        {"use_time": 7.0, "init_type": "被叫", "other_cell_phone": "10086", "subtotal": "1,234.50", "place": ""},
    ]));
    let calls = table(&tables, "calls");
    let names: Vec<String> = calls.schema().fields().iter().map(|field| field.name().clone()).collect();
    let expected = [
        "seq",
        "start_time",
        "use_time",
        "call_type",
        "init_type",
        "direction",
        "other_cell_phone",
        "peer",
        "place",
        "subtotal",
        "cell_phone",
        "update_time",
        "_extra",
    ];
    assert_eq!(names, expected);
    assert_eq!(integers(calls, "seq"), [Some(0), Some(1)]);
    assert_eq!(times(calls, "start_time"), [Some(1_517_373_296_000_000), None]);
    assert_eq!(integers(calls, "use_time"), [Some(61), Some(7)]);
    assert_eq!(texts(calls, "direction"), some(&["out", "in"]));
    assert_eq!(texts(calls, "other_cell_phone"), some(&["+8613800001234", "10086"]));
    assert_eq!(texts(calls, "peer"), some(&["13800001234", "10086"]));
    assert_eq!(texts(calls, "place"), [Some("上海".to_owned()), None]);
    assert_eq!(money(calls, "subtotal"), [Some(15), Some(123_450)]);
    assert_eq!(texts(calls, "_extra"), [Some(r#"{"toll":{"a":[1,"x"]}}"#.to_owned()), None]);
    assert!(issues(&tables).is_empty());

    let schema = calls.schema();
    let field = |name: &str| schema.field_with_name(name).unwrap().clone();
    assert_eq!(field("subtotal").data_type(), &DataType::Decimal128(18, 2));
    let time = DataType::Timestamp(arrow_schema::TimeUnit::Microsecond, Some("Asia/Shanghai".into()));
    assert_eq!(field("start_time").data_type(), &time);
    assert_eq!(field("use_time").metadata()["unit"], "s");
    assert_eq!(field("use_time").metadata()["source"], "calls[].use_time");
    assert_eq!(field("peer").metadata()["personal"], "true");
    assert!(!field("place").metadata().contains_key("personal"));
}

#[test]
fn bills_stand_under_a_name_that_wrappings_use_too() {
    let bills =
        json!([{"bill_cycle": "2018-01-01 00:00:00", "total_amt": "58.00", "plan_amt": 58, "pay_amt": null}]);
    let record = json!({"basic": {"reg_time": "2010-01-01 00:00:00"}, "transactions": bills});
    for document in
        [json!({"transactions": [record]}), record.clone(), json!({"transactions": bills, "calls": []})]
    {
        let tables = read(&document);
        let bills = table(&tables, "bills");
        assert_eq!(dates(bills, "bill_cycle"), [Some(17_532)], "{document}");
        assert_eq!(money(bills, "total_amt"), [Some(5_800)]);
        assert_eq!(money(bills, "pay_amt"), [None]);
    }
}

#[test]
fn every_wrapping_gives_the_same_tables() {
    let plain = applicant(1, 2).telecom_raw_data();
    let record = &plain["transactions"][0];
    let expected = read(&plain);
    assert!(table(&expected, "calls").num_rows() > 400);
    assert_eq!(table(&expected, "basic").num_rows(), 1);
    for document in [
        json!({"transactions": record}),
        json!({"members": {"transactions": [record]}}),
        json!({"members": {"error_code": 31200, "error_msg": "请求用户数据成功", "status": "success", "transactions": record}}),
        json!({"raw_data": {"members": {"transactions": [record]}}}),
        json!({"code": 0, "msg": "", "data": plain}),
        json!({"code": "0", "data": {"raw_data": {"members": {"transactions": [record]}}}}),
        json!([plain]),
        record.clone(),
    ] {
        assert!(read(&document) == expected, "{}", document.to_string().chars().take(60).collect::<String>());
    }
    let pretty = serde_json::to_vec_pretty(&plain).unwrap();
    assert!(telecom_raw(&pretty, &Options::default()).unwrap() == expected);
}

#[test]
fn nothing_gives_empty_tables_with_all_columns() {
    let full = read(&applicant(1, 0).telecom_raw_data());
    for document in [
        "null",
        "[]",
        "{}",
        "\"\"",
        r#"{"code":0,"msg":"","data":[]}"#,
        r#"{"code":0}"#,
        r#"{"transactions":[]}"#,
        r#"{"transactions":null}"#,
        r#"{"transactions":[{}]}"#,
        r#"{"transactions":[{"calls":null,"smses":{},"nets":"","basic":[]}]}"#,
        "\u{feff} {}",
    ] {
        let tables = telecom_raw(document.as_bytes(), &Options::default().strict(true)).unwrap();
        assert!(tables.names().eq(["basic", "calls", "smses", "nets", "bills", "issues"]), "{document}");
        for (table, full) in tables.iter().zip(&full) {
            assert_eq!(table.num_rows(), 0, "{document} {}", table.name());
            assert_eq!(table.schema(), full.schema());
        }
    }
}

#[test]
fn what_does_not_fit_is_null_and_counted_without_its_value() {
    let document = json!([
        {"use_time": "abc", "start_time": "yesterday", "subtotal": {}},
        {"use_time": "x", "start_time": "2018-02-30 00:00:00", "subtotal": []},
        {"use_time": 1.5, "place": ["上海"]},
        null,
        "13800001234",
        {},
    ]);
    let tables = calls(&document);
    let calls_table = table(&tables, "calls");
    assert_eq!(integers(calls_table, "seq"), [Some(0), Some(1), Some(2), Some(5)]);
    assert_eq!(integers(calls_table, "use_time"), [None, None, Some(2), None]);
    let expected = [
        ("calls[]", "not_a_record", 2),
        ("calls[].place", "wrong_type", 1),
        ("calls[].start_time", "not_a_time", 2),
        ("calls[].subtotal", "wrong_type", 2),
        ("calls[].use_time", "not_a_number", 2),
        ("calls[].use_time", "rounded", 1),
    ];
    assert_eq!(
        issues(&tables),
        expected.map(|(path, kind, count)| (path.to_owned(), kind.to_owned(), count))
    );
    let error = telecom_raw(
        json!({"transactions": [{"calls": document}]}).to_string().as_bytes(),
        &Options::default().strict(true),
    )
    .unwrap_err();
    assert_eq!(error.kind(), ReadErrorKind::Misfit);
    assert_eq!(error.path(), "transactions[0].calls[0].use_time");
    assert!(!error.to_string().contains("abc"), "{error}");
}

#[test]
fn lists_that_php_numbered_are_lists() {
    let tables = calls(&json!({"0": {"use_time": 1}, "7": {"use_time": 2}, "9": 3}));
    assert_eq!(integers(table(&tables, "calls"), "use_time"), [Some(1), Some(2)]);
    assert_eq!(left_out(&tables, "calls[]"), 1);
    let tables = calls(&json!({"use_time": 1}));
    assert_eq!(integers(table(&tables, "calls"), "use_time"), [Some(1)]);
}

#[test]
fn a_key_that_comes_twice_is_kept_and_counted() {
    let tables = telecom_raw(
        br#"{"calls":[{"use_time":1,"use_time":2,"place":null,"place":"x"}]}"#,
        &Options::default(),
    )
    .unwrap();
    let calls = table(&tables, "calls");
    assert_eq!(integers(calls, "use_time"), [Some(1)]);
    assert_eq!(texts(calls, "place"), some(&["x"]));
    assert_eq!(texts(calls, "_extra"), some(&[r#"{"use_time":2}"#]));
    assert_eq!(issues(&tables), [("calls[].use_time".to_owned(), "duplicate_key".to_owned(), 1)]);
}

#[test]
fn escaped_keys_and_texts_read_like_plain_ones() {
    let document =
        br#"{"calls":[{"init_type":"\u4e3b\u53eb","\u0070lace":"\u4e0a\u6d77","use_time":"\u0031"}]}"#;
    let tables = telecom_raw(document, &Options::default()).unwrap();
    let calls = table(&tables, "calls");
    assert_eq!(texts(calls, "init_type"), some(&["主叫"]));
    assert_eq!(texts(calls, "direction"), some(&["out"]));
    assert_eq!(texts(calls, "place"), some(&["上海"]));
    assert_eq!(integers(calls, "use_time"), [Some(1)]);
}

#[test]
fn what_is_no_telecom_data_says_what_was_expected() {
    let report = applicant(1, 0).telecom_report().to_string();
    for (document, kind, expected) in [
        ("<html>502</html>", ReadErrorKind::Syntax, "a value"),
        ("", ReadErrorKind::Truncated, "a value"),
        ("{}x", ReadErrorKind::Syntax, "the end of the document"),
        ("42", ReadErrorKind::Unrecognised, "telecom raw data"),
        (r#"{"foo": 1}"#, ReadErrorKind::Unrecognised, "telecom raw data"),
        (r#"{"code":1003,"msg":"x"}"#, ReadErrorKind::Refused, "an answer whose code is 0"),
        (&report, ReadErrorKind::Unrecognised, "telecom raw data"),
    ] {
        let error = telecom_raw(document.as_bytes(), &Options::default()).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(expected), "{error}");
        let partial = telecom_raw(document.as_bytes(), &Options::default().partial(true)).unwrap();
        assert_eq!(partial.fault(), Some(&error));
        assert!(issues(&partial).contains(&(String::new(), kind.name().to_owned(), 1)));
    }
    let error = telecom_raw(b"{\"calls\":\n [{\"place\": \"\xff\"}]}", &Options::default()).unwrap_err();
    assert_eq!((error.kind(), error.line(), error.column()), (ReadErrorKind::Encoding, 2, 14));
    for document in [&b"{\"calls\": [{}]} \xff"[..], b"{\"calls\": [{}], \"\xff\": 1}"] {
        let tables = telecom_raw(document, &Options::default().partial(true)).unwrap();
        assert_eq!(table(&tables, "calls").num_rows(), 1);
        assert_eq!(tables.fault().map(qiancheng_tables::ReadError::kind), Some(ReadErrorKind::Encoding));
    }
}

#[test]
fn a_truncated_document_gives_its_place_or_what_could_be_read() {
    let whole = applicant(3, 1).telecom_raw_data();
    let bytes = whole.to_string().into_bytes();
    let all = telecom_raw(&bytes, &Options::default()).unwrap();
    let cut = &bytes[..bytes.len() / 4];
    let error = telecom_raw(cut, &Options::default()).unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::Truncated | ReadErrorKind::Encoding), "{error}");
    assert!(error.path().starts_with("transactions[0].calls["), "{error}");
    assert!(error.offset() <= cut.len());

    let partial = telecom_raw(cut, &Options::default().partial(true)).unwrap();
    assert_eq!(partial.fault(), Some(&error));
    let (calls, all_calls) = (table(&partial, "calls"), table(&all, "calls"));
    assert!(calls.num_rows() > 50);
    assert!(*calls.batch() == all_calls.batch().slice(0, calls.num_rows()));
    assert_eq!(table(&partial, "basic"), table(&all, "basic"));
    assert_eq!(left_out(&partial, "calls[]"), 1);
}

#[test]
fn sandbox_data_fit_without_issues() {
    for digit in [0, 1, 4, 8] {
        let document = applicant(u64::from(digit), digit).telecom_raw_data();
        let record = &document["transactions"][0];
        let tables = telecom_raw(document.to_string().as_bytes(), &Options::default().strict(true)).unwrap();
        for (name, list) in
            [("calls", "calls"), ("smses", "smses"), ("nets", "nets"), ("bills", "transactions")]
        {
            assert_eq!(table(&tables, name).num_rows(), record[list].as_array().unwrap().len());
        }
        let calls = table(&tables, "calls");
        for (row, call) in record["calls"].as_array().unwrap().iter().enumerate() {
            let text = |name: &str| texts_at(calls, name, row);
            assert_eq!(text("other_cell_phone").as_deref(), call["other_cell_phone"].as_str());
            assert_eq!(text("call_type").as_deref(), call["call_type"].as_str());
        }
        assert!(integers(calls, "use_time").iter().all(Option::is_some));
        assert!(money(calls, "subtotal").iter().all(Option::is_some));
    }
}

fn texts_at(table: &qiancheng_tables::Table, name: &str, row: usize) -> Option<String> {
    use arrow_array::Array;
    use arrow_array::cast::AsArray;
    let column = table.batch().column_by_name(name).unwrap().as_string::<i32>();
    column.is_valid(row).then(|| column.value(row).to_owned())
}
