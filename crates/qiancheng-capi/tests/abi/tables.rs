//! Tables, through the Arrow C stream interface and back.

use std::ptr;

use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::types::Int64Type;
use arrow_array::{RecordBatch, RecordBatchReader};
use qiancheng_capi::status::qc_status;
use qiancheng_capi::tables as read;
use qiancheng_capi::tables::qc_tables;
use serde_json::json;

use crate::support::{Failure, Owned, Vendor, c, call, make, run, take, text};

const DOCUMENT: &str = r#"{"transactions": [{
    "basic": {"cell_phone": "13800138000", "reg_time": "2016-01-01 00:00:00", "update_time": "2018-02-01 12:00:00"},
    "calls": [
        {"start_time": "2018-01-31 23:34:56", "use_time": "61", "init_type": "主叫", "other_cell_phone": "13911110001"},
        {"start_time": "2018-01-30 10:00:00", "use_time": "x", "init_type": "被叫", "other_cell_phone": "13911110002"}
    ]
}]}"#;

fn tables(kind: &str, document: &[u8], options: Option<&str>) -> Result<Owned<qc_tables>, Failure> {
    let (kind, options) = (c(kind), options.map(c));
    let options = options.as_ref().map_or(ptr::null(), |options| options.as_ptr());
    make(|out, err| unsafe {
        read::qc_tables_read(kind.as_ptr(), document.as_ptr(), document.len(), options, out, err)
    })
}

/// What a stream gives: its only batch.
fn batch(stream: FFI_ArrowArrayStream) -> RecordBatch {
    let mut reader = RecordBatchStreamReader::try_new(stream).expect("a stream");
    let schema = reader.schema();
    let batch = reader.next().expect("a batch").expect("a good one");
    assert!(reader.next().is_none());
    assert_eq!(batch.schema(), schema);
    batch
}

fn stream(tables: &Owned<qc_tables>, name: &str) -> Result<RecordBatch, Failure> {
    let name = c(name);
    let mut stream = FFI_ArrowArrayStream::empty();
    run(|err| unsafe { read::qc_table_stream(tables.0, name.as_ptr(), &raw mut stream, err) })
        .map(|()| batch(stream))
}

#[test]
fn tables_come_back_as_they_went() {
    let tables = tables("telecom_raw", DOCUMENT.as_bytes(), None).expect("tables");
    let expected = qiancheng_tables::telecom_raw(DOCUMENT.as_bytes(), &qiancheng_tables::Options::default())
        .expect("tables");
    let count = unsafe { read::qc_tables_count(tables.0) };
    let names: Vec<String> =
        (0..count).map(|index| text(unsafe { read::qc_tables_name(tables.0, index) })).collect();
    assert_eq!(names, expected.names().collect::<Vec<_>>());
    assert!(unsafe { read::qc_tables_name(tables.0, count) }.is_null());
    for table in &expected {
        assert_eq!(&stream(&tables, table.name()).expect("a stream"), table.batch(), "{}", table.name());
        let name = c(table.name());
        let rows = take(0, |out, err| unsafe { read::qc_table_rows(tables.0, name.as_ptr(), out, err) });
        assert_eq!(rows, Ok(table.num_rows() as u64));
    }
}

#[test]
fn a_stream_outlives_its_tables() {
    let tables = tables("telecom_raw", DOCUMENT.as_bytes(), None).expect("tables");
    let mut stream = FFI_ArrowArrayStream::empty();
    run(|err| unsafe { read::qc_table_stream(tables.0, c"calls".as_ptr(), &raw mut stream, err) })
        .expect("a stream");
    drop(tables);
    let calls = batch(stream);
    let seconds = calls.column_by_name("use_time").expect("a column").as_primitive::<Int64Type>();
    assert_eq!(seconds.iter().collect::<Vec<_>>(), [Some(61), None]);
}

#[test]
fn an_answer_becomes_tables_without_a_copy_of_it() {
    let vendor = Vendor::start();
    let document: serde_json::Value = serde_json::from_str(DOCUMENT).expect("JSON");
    let script = json!({"match": {"endpoint": "telecom.raw_data"}, "answers": [{"body": {"code": 0, "data": document}}]});
    vendor.sandbox.script(script).expect("a script");
    let answer = call(&vendor.client(), "telecom.raw_data", &json!({"open_id": "x"})).expect("an answer");
    let tables = make(|out, err| unsafe {
        read::qc_tables_from_answer(c"telecom_raw".as_ptr(), answer.0, ptr::null(), out, err)
    });
    let tables = tables.expect("tables");
    drop(answer);
    assert_eq!(stream(&tables, "calls").expect("a stream").num_rows(), 2);
}

#[test]
fn features_are_one_row_of_numbers() {
    let tables = tables("telecom_raw", DOCUMENT.as_bytes(), None).expect("tables");
    let row = |as_of: *const std::ffi::c_char| {
        let mut stream = FFI_ArrowArrayStream::empty();
        run(|err| unsafe { read::qc_table_features(tables.0, ptr::null(), as_of, &raw mut stream, err) })
            .map(|()| batch(stream))
    };
    let now = row(ptr::null()).expect("a row");
    assert_eq!(now.num_rows(), 1);
    let count = |row: &RecordBatch| {
        row.column_by_name("call_cnt_7d")
            .expect("a feature")
            .as_primitive::<arrow_array::types::Float64Type>()
            .value(0)
    };
    assert!((count(&now) - 2.0).abs() < f64::EPSILON);
    let earlier = row(c"2018-01-30 12:00:00".as_ptr()).expect("a row");
    assert!((count(&earlier) - 1.0).abs() < f64::EPSILON);
    assert_eq!(row(c"yesterday".as_ptr()).expect_err("no time").field, "as_of");
}

#[test]
fn what_cannot_be_read_is_named() {
    let failure = tables("telecom", b"{}", None).err().expect("no such kind");
    assert_eq!((failure.status, failure.field.as_str()), (qc_status::QC_INVALID_INPUT, "kind"));
    let failure = tables("telecom_raw", b"{\"transactions\": [", None).err().expect("broken");
    assert_eq!(failure.status, qc_status::QC_PROTOCOL, "{failure:?}");
    let failure =
        tables("telecom_raw", DOCUMENT.as_bytes(), Some(r#"{"strict": true}"#)).err().expect("strict");
    assert_eq!(
        (failure.status, failure.field.ends_with("use_time")),
        (qc_status::QC_PROTOCOL, true),
        "{failure:?}"
    );
    for options in ["{\"strickt\": true}", "[]", "{", "{\"strict\": 1}"] {
        let failure = tables("telecom_raw", b"{}", Some(options)).err().expect("no options");
        assert_eq!((failure.status, failure.field.as_str()), (qc_status::QC_INVALID_INPUT, "options_json"));
    }
    let read = tables("telecom_raw", b"{}", None).expect("tables");
    let failure = stream(&read, "call").expect_err("no such table");
    assert_eq!((failure.field.as_str(), failure.message.contains("calls")), ("name", true));
    let wrong = tables("degree_raw", b"{}", None).expect("tables");
    let mut stream = FFI_ArrowArrayStream::empty();
    let failure = run(|err| unsafe {
        read::qc_table_features(wrong.0, ptr::null(), ptr::null(), &raw mut stream, err)
    });
    assert_eq!(failure.expect_err("another kind").status, qc_status::QC_INVALID_INPUT);
}
