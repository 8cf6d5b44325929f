//! Documents as tables in files.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};

use crate::help::{examples, run_script};
use crate::support::{ID_CARD, MOBILE, NAME, SandboxProcess, bare, error, run, stdout};

/// Runs `tables` on a file, or on stdin where it is `-`.
fn tables(file: &str, out: &Path, more: &[&str], stdin: &str) -> Output {
    let mut command = bare(["tables", file, "--out"]);
    command.arg(out).args(more);
    run(command, stdin)
}

fn document() -> Value {
    json!({"transactions": [{
        "basic": {"cell_phone": "13800138001", "reg_time": "2016-01-01 00:00:00", "update_time": "2018-07-02 12:00:00"},
        "calls": [
            {"start_time": "2018-07-01 23:30:00", "use_time": "61", "init_type": "主叫", "other_cell_phone": "+8613900139000",
             "place": "=HYPERLINK(\"x\")", "subtotal": "0.15"},
            {"start_time": "2018-06-20 08:00:00", "use_time": "soon", "init_type": "被叫", "other_cell_phone": "95588"},
        ],
        "transactions": [{"bill_cycle": "2018-06-01 00:00:00", "total_amt": "1,058.00"}],
    }]})
}

/// A CSV file's line of names, and its rows by those names.
fn csv(path: &Path) -> Vec<serde_json::Map<String, Value>> {
    let text = fs::read_to_string(path).expect("a file");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let names = reader.headers().expect("a line of names").clone();
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        let row = row.expect("a row");
        names.iter().zip(&row).map(|(name, value)| (name.to_owned(), value.into())).collect()
    };
    reader.records().map(row).collect()
}

#[test]
fn raw_data_becomes_tables_and_features() {
    let directory = tempfile::tempdir().expect("a directory");
    let (file, out) = (directory.path().join("raw.json"), directory.path().join("tables"));
    fs::write(&file, document().to_string()).expect("written");
    let output = tables(file.to_str().expect("UTF-8"), &out, &[], "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let listed: Vec<String> = stdout(&output).lines().map(str::to_owned).collect();
    for name in ["basic", "calls", "smses", "nets", "bills", "issues", "features"] {
        for ending in ["parquet", "csv"] {
            let path = out.join(format!("{name}.{ending}"));
            assert!(listed.contains(&path.display().to_string()), "{name}.{ending}");
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
            }
        }
        assert!(fs::read(out.join(format!("{name}.parquet"))).expect("a file").starts_with(b"PAR1"));
    }
    let calls = csv(&out.join("calls.csv"));
    assert_eq!(
        (calls.len(), &calls[0]["peer"], &calls[0]["direction"]),
        (2, &json!("13900139000"), &json!("out"))
    );
    assert_eq!(
        (&calls[0]["start_time"], &calls[0]["subtotal"]),
        (&json!("2018-07-01 23:30:00"), &json!("0.15"))
    );
    assert_eq!(
        (&calls[0]["other_cell_phone"], &calls[1]["use_time"]),
        (&json!("+8613900139000"), &json!(""))
    );
    let issues = csv(&out.join("issues.csv"));
    assert_eq!((issues.len(), &issues[0]["count"]), (1, &json!("1")));
    assert!(String::from_utf8_lossy(&output.stderr).contains("issues"), "what did not fit is said");
    let features = csv(&out.join("features.csv"));
    assert_eq!(features.len(), 1);
    assert_eq!((&features[0]["call_cnt_7d"], &features[0]["call_cnt_30d"]), (&json!("1"), &json!("2")));
    assert_eq!((&features[0]["bill_mean_6m"], &features[0]["sms_cnt_30d"]), (&json!("1058"), &json!("")));
}

#[test]
fn parquet_keeps_types_zone_and_descriptions() {
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    let directory = tempfile::tempdir().expect("a directory");
    let output = tables("-", directory.path(), &["--format", "parquet"], &document().to_string());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(!directory.path().join("calls.csv").exists());
    let file = fs::File::open(directory.path().join("calls.parquet")).expect("a file");
    let mut reader =
        ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet").build().expect("a reader");
    let batch = reader.next().expect("a batch").expect("rows");
    assert_eq!(batch.num_rows(), 2);
    let schema = batch.schema();
    let start = schema.field_with_name("start_time").expect("a column");
    assert!(start.data_type().to_string().contains("Asia/Shanghai"), "{}", start.data_type());
    assert!(!start.metadata()["description_zh"].is_empty());
}

#[test]
fn what_was_collected_can_be_read() {
    let sandbox = SandboxProcess::start();
    let directory = tempfile::tempdir().expect("a directory");
    let open = json!({"name": NAME, "id_card": ID_CARD, "mobile": MOBILE, "service_password": "direct"});
    let collected = directory.path().join("data");
    let mut collect = sandbox.command(["collect", "telecom", "--json", "--params", "-", "--out"]);
    collect.arg(&collected);
    let output = run(collect, &open.to_string());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let [raw, report] = ["raw.json", "report.json"].map(|name| collected.join(name).display().to_string());

    let out = directory.path().join("raw");
    let output = tables(&raw, &out, &["--format", "csv", "--report", &report, "--as-of", "2030-01-01"], "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(csv(&out.join("calls.csv")).len() > 50);
    let features = csv(&out.join("features.csv"));
    assert_eq!(features[0]["call_cnt_180d"], "0", "counted back from another time");
    assert_ne!(features[0]["report_gray_score"], "", "the report is heard");

    let out = directory.path().join("report");
    assert_eq!(tables(&report, &out, &["--strict"], "").status.code(), Some(0));
    assert!(out.join("behavior_check.csv").exists() && !out.join("features.csv").exists());

    let out = directory.path().join("banks");
    let banks = sandbox.run(["call", "ebank.bank_info", "--envelope"], "");
    assert_eq!(tables("-", &out, &["--format", "csv"], &stdout(&banks)).status.code(), Some(0));
    assert!(!csv(&out.join("banks.csv")).is_empty());

    run_script(&examples("tables"), directory.path());
    assert!(directory.path().join("banks/banks.csv").exists());
    assert!(directory.path().join("tables/features.parquet").exists());
}

#[test]
fn a_spreadsheet_meets_no_formula() {
    let directory = tempfile::tempdir().expect("a directory");
    let output =
        tables("-", directory.path(), &["--format", "csv", "--spreadsheet"], &document().to_string());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let calls = fs::read_to_string(directory.path().join("calls.csv")).expect("a file");
    assert!(calls.starts_with("\u{feff}seq,"));
    assert_eq!(csv(&directory.path().join("calls.csv"))[0]["place"], "'=HYPERLINK(\"x\")");
}

#[test]
fn what_cannot_be_read_is_located_and_not_quoted() {
    let directory = tempfile::tempdir().expect("a directory");
    let whole = document().to_string();
    let cut = &whole[..whole.find("95588").expect("there") + 3];
    for (stdin, more, expected) in [
        (cut, &[][..], "byte"),
        ("hello", &[], "line 1, column 1"),
        ("{\"weather\": 3}", &[], "--kind"),
        ("[]", &[], "--kind"),
        (&whole, &["--kind", "degree_raw"], "expected"),
        (&whole, &["--strict"], "calls[1].use_time"),
        ("[]", &["--kind", "bank_list", "--as-of", "2018-01-01"], "--as-of"),
    ] {
        let out = directory.path().join("none");
        let output = tables("-", &out, more, stdin);
        let (code, error) = error(&output);
        assert_eq!((code, &error["kind"]), (2, &json!("InvalidInput")), "{error}");
        let message = error["message"].as_str().expect("a text");
        assert!(message.contains(expected), "{message}");
        assert!(
            !message.contains("955") && !message.contains("soon") && !message.contains("hello"),
            "{message}"
        );
        assert!(!out.exists(), "nothing is written of what cannot be read");
    }
    let missing = tables("/nowhere/at/all", directory.path(), &[], "");
    assert_eq!(error(&missing).1["kind"], "Config");
    for more in
        [&["--kind", "weather"][..], &["--format", "xlsx"], &["--as-of", "soon"], &["--strict", "--partial"]]
    {
        assert_eq!(error(&tables("-", directory.path(), more, "[]")).0, 2, "{more:?}");
    }
}

#[test]
fn part_of_a_document_is_better_than_nothing() {
    let directory = tempfile::tempdir().expect("a directory");
    let whole = document().to_string();
    let cut = &whole[..whole.find("95588").expect("there") + 3];
    let output = tables("-", directory.path(), &["--partial", "--format", "csv"], cut);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(csv(&directory.path().join("calls.csv")).len(), 1);
    assert!(!csv(&directory.path().join("issues.csv")).is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("byte"), "where it ends is said");
}

#[test]
fn a_stored_raw_file_says_what_it_is() {
    use qiancheng_tables::Kind;
    use qiancheng_tables::stored::Stored;
    let directory = tempfile::tempdir().expect("a directory");
    let mut document = document();
    document["transactions"][0]["basic"]["update_time"] = Value::Null;
    // 2018-07-02 12:00:00 in Beijing.
    let stored = Stored::new(Kind::TelecomRaw, document.to_string(), Some(1_530_504_000_000_000));
    let file = directory.path().join("applicant.raw");
    stored.write(&file).expect("written");
    let file = file.to_str().expect("UTF-8");
    let output = tables(file, directory.path(), &["--format", "csv"], "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(
        csv(&directory.path().join("features.csv"))[0]["call_cnt_30d"],
        "2",
        "counted back from the fetch"
    );

    let wrong = error(&tables(file, directory.path(), &["--kind", "bank_list"], "")).1;
    assert!(wrong["message"].as_str().expect("a text").contains("stored as telecom_raw"), "{wrong}");
    let mut bytes = stored.encode();
    let last = bytes.len() - 3;
    bytes[last] ^= 1;
    fs::write(file, bytes).expect("written");
    let changed = error(&tables(file, directory.path(), &[], "")).1;
    assert!(changed["message"].as_str().expect("a text").contains("checksum"), "{changed}");
}
