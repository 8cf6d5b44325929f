//! The telecom report: every section is a table, every list in one a child table.
#![allow(clippy::unwrap_used)]

mod common;

use common::{applicant, dates, flags, floats, integers, issues, money, some, table, texts, times};
use qiancheng_tables::{Options, Tables, telecom_report};
use serde_json::{Value, json};

fn read(document: &Value) -> Tables {
    telecom_report(document.to_string().as_bytes(), &Options::default()).unwrap()
}

/// How many items all lists under `list` have.
fn items(rows: &Value, list: &[&str]) -> usize {
    let rows = rows.as_array().map_or(&[][..], Vec::as_slice);
    match list {
        [] => rows.len(),
        [first, rest @ ..] => rows.iter().map(|row| items(&row[*first], rest)).sum(),
    }
}

#[test]
fn sandbox_reports_fit_and_lose_no_row() {
    for digit in [0, 3, 7] {
        let document = applicant(40 + u64::from(digit), digit).telecom_report();
        let options = Options::default().strict(true);
        let tables = telecom_report(document.to_string().as_bytes(), &options).unwrap();
        assert!(issues(&tables).is_empty());
        for table in &tables {
            if let Some(extra) = table.batch().column_by_name("_extra") {
                assert_eq!(extra.null_count(), extra.len(), "{} knows every field", table.name());
            }
        }
        for section in [
            "application_check",
            "behavior_check",
            "cell_behavior",
            "contact_list",
            "contact_region",
            "main_service",
            "deliver_address",
            "ebusiness_expense",
            "trip_info",
            "collection_contact",
        ] {
            assert_eq!(table(&tables, section).num_rows(), items(&document[section], &[]), "{section}");
        }
        for (name, section, list) in [
            ("cell_behavior_months", "cell_behavior", &["behavior"][..]),
            ("main_service_details", "main_service", &["service_details"]),
            ("collection_contact_details", "collection_contact", &["contact_details"]),
            ("deliver_address_receivers", "deliver_address", &["receiver"]),
            ("deliver_address_receiver_phones", "deliver_address", &["receiver", "phone_num_list"]),
            ("ebusiness_expense_categories", "ebusiness_expense", &["all_category"]),
        ] {
            assert_eq!(table(&tables, name).num_rows(), items(&document[section], list), "{name}");
        }
        let trips = ["trip_transportation", "trip_person", "trip_data_source"];
        let trips: usize = trips.iter().map(|list| items(&document["trip_info"], &[list])).sum();
        assert_eq!(table(&tables, "trip_info_values").num_rows(), trips);
        let contacts = table(&tables, "contact_list");
        for (row, contact) in document["contact_list"].as_array().unwrap().iter().enumerate() {
            assert_eq!(integers(contacts, "call_cnt")[row], contact["call_cnt"].as_i64());
            assert_eq!(floats(contacts, "call_len")[row], contact["call_len"].as_f64());
        }
        assert_eq!(times(table(&tables, "report"), "update_time"), [Some(1_517_371_200_000_000)]);
    }
}

#[test]
fn children_name_their_parent() {
    let tables = read(&json!({
        "deliver_address": [
            {"address": "a", "receiver": [{"name": "甲", "phone_num_list": ["1", "2"]}, {"name": "乙", "phone_num_list": "3"}]},
            {"address": "b", "receiver": []},
            {"address": "c", "receiver": {"name": "丙", "phone_num_list": [4, null]}},
        ],
        "user_info_check": {"check_search_info": {"searched_org_cnt": "3", "searched_org_type": ["x", "y"], "arised_open_web": []}},
    }));
    let receivers = table(&tables, "deliver_address_receivers");
    assert_eq!(integers(receivers, "parent_seq"), [Some(0), Some(0), Some(2)]);
    assert_eq!(integers(receivers, "seq"), [Some(0), Some(1), Some(2)]);
    let phones = table(&tables, "deliver_address_receiver_phones");
    assert_eq!(integers(phones, "parent_seq"), [Some(0), Some(0), Some(1), Some(2), Some(2)]);
    assert_eq!(texts(phones, "value")[..4], some(&["1", "2", "3", "4"]));
    assert_eq!(texts(phones, "value")[4], None);
    let values = table(&tables, "user_info_check_values");
    assert_eq!(texts(values, "list"), some(&["searched_org_type", "searched_org_type"]));
    assert_eq!(integers(table(&tables, "user_info_check"), "searched_org_cnt"), [Some(3)]);
}

#[test]
fn nested_checks_are_columns() {
    let tables = read(&json!({"application_check": [
        {"app_point": "id_card", "check_points": {"key_value": "x", "age": "30", "court_blacklist": {"arised": true, "black_type": ["失信被执行人"]},
         "financial_blacklist": {"arised": "false", "black_type": []}, "new": 1}},
        {"app_point": "user_name", "check_points": []},
    ]}));
    let checks = table(&tables, "application_check");
    assert_eq!(flags(checks, "court_blacklist"), [Some(true), None]);
    assert_eq!(flags(checks, "financial_blacklist"), [Some(false), None]);
    assert_eq!(integers(checks, "age"), [Some(30), None]);
    assert_eq!(texts(checks, "_extra"), [Some(r#"{"new":1}"#.to_owned()), None]);
    assert_eq!(
        texts(table(&tables, "application_check_values"), "list"),
        some(&["court_blacklist.black_type"])
    );
    assert!(issues(&tables).is_empty());
}

#[test]
fn the_older_generation_is_read_too() {
    let tables = read(&json!({"report_data": {
        "report": {"update_time": "2017-05-01T15:31:47+0800", "version": "3.0"},
        "person": {"real_name": "张三", "age": 30, "sign": "狮子座"},
        "data_source": [{"key": "chinamobile", "name": "移动"}],
        "behavior_check": [{"check_point": "朋友圈在哪里", "result": "本地", "evidence": "…", "score": 1}],
        "application_check": [{"check_point": "身份证号码有效性", "result": "有效", "evidence": "", "score": "1"}],
        "trip_consume": [{"amount": 1}],
        "recent_need": [{"req_type": "房产"}],
        "cell_behavior": [{"phone_num": "1", "behavior": [{"cell_mth": "2017-04", "total_amount": -1, "call_out_time": "1.5"}]}],
    }}));
    assert_eq!(texts(table(&tables, "behavior_check"), "check_point"), some(&["朋友圈在哪里"]));
    assert_eq!(texts(table(&tables, "application_check"), "result"), some(&["有效"]));
    assert_eq!(texts(table(&tables, "person"), "_extra"), some(&[r#"{"sign":"狮子座"}"#]));
    assert_eq!(texts(table(&tables, "trip_consume"), "_extra"), some(&[r#"{"amount":1}"#]));
    assert_eq!(
        texts(table(&tables, "report"), "_extra"),
        some(&[r#"{"recent_need":[{"req_type":"房产"}]}"#])
    );
    let months = table(&tables, "cell_behavior_months");
    assert_eq!(dates(months, "cell_mth"), [Some(17_257)]);
    assert_eq!(money(months, "total_amount"), [Some(-100)]);
    assert_eq!(months.schema().field_with_name("call_out_time").unwrap().metadata()["unit"], "min");
    assert!(issues(&tables).is_empty());
}

#[test]
fn raw_data_is_no_report() {
    let document = applicant(1, 0).telecom_raw_data().to_string();
    let error = telecom_report(document.as_bytes(), &Options::default()).unwrap_err();
    assert!(error.to_string().contains("a telecom report"), "{error}");
}
