//! Degree raw data, under all names that were seen.
#![allow(clippy::unwrap_used)]

mod common;

use common::{applicant, dates, floats, issues, some, table, texts};
use qiancheng_tables::{Options, Tables, degree_raw};
use serde_json::{Value, json};

fn read(document: &Value) -> Tables {
    degree_raw(document.to_string().as_bytes(), &Options::default()).unwrap()
}

#[test]
fn sandbox_data_fit_and_lose_no_row() {
    let mut rows = 0;
    for index in 0..20 {
        let document = applicant(index, 1).degree_raw_data();
        let options = Options::default().strict(true);
        let tables = degree_raw(document.to_string().as_bytes(), &options).unwrap();
        for (name, list) in [("enrolments", "student_info_list"), ("qualifications", "education_info_list")] {
            let records = document[list].as_array().unwrap();
            rows += records.len();
            assert_eq!(table(&tables, name).num_rows(), records.len());
            assert!(texts(table(&tables, name), "_extra").iter().all(Option::is_none));
            for (row, record) in records.iter().enumerate() {
                assert_eq!(
                    texts(table(&tables, name), "university")[row].as_deref(),
                    record["university"].as_str()
                );
            }
        }
    }
    assert!(rows > 20);
}

#[test]
fn every_name_of_a_field_fills_its_column() {
    let first = json!({"name": "张三", "birth_date": "1990-01-02", "university": "上海大学", "degree": "本科", "length_school": "4",
        "entrance_date": "2008-09-01", "graduation_date": "2012-06-30", "certificate_num": "1", "learning_form": "全日制"});
    let second = json!({"name": "张三", "birthDate": "19900102", "school": "上海大学", "arrangement": "本科", "schooling_length": 4,
        "enrollment_date": "2008/09/01", "graduation_date": "2012-06-30 00:00:00", "certificateNo": 1, "learningMode": "全日制"});
    let labels = json!({"姓名": "张三", "出生日期": "1990年01月02日", "学校名称": "上海大学", "层次": "本科", "学制": "4年",
        "入学日期": "2008年9月1日", "毕(结)业日期": "2012年06月30日", "证书编号": "1", "学习形式": "全日制"});
    for document in [
        json!({"education_info_list": [first, second, labels]}),
        json!({"学历": [first, second, labels]}),
        json!({"data": {"some_list": [first, second, labels]}}),
        json!([first, second, labels]),
    ] {
        let tables = read(&document);
        let degrees = table(&tables, "qualifications");
        assert_eq!(degrees.num_rows(), 3, "{document}");
        assert_eq!(table(&tables, "enrolments").num_rows(), 0);
        for (name, text) in [
            ("name", "张三"),
            ("university", "上海大学"),
            ("degree", "本科"),
            ("certificate_num", "1"),
            ("learning_form", "全日制"),
        ] {
            assert_eq!(texts(degrees, name), some(&[text; 3]), "{name}");
        }
        assert_eq!(floats(degrees, "length_school"), [Some(4.0); 3]);
        assert_eq!(dates(degrees, "birth_date"), [Some(7_306); 3]);
        assert_eq!(dates(degrees, "entrance_date"), [Some(14_123); 3]);
        assert_eq!(dates(degrees, "graduation_date"), [Some(15_521); 3]);
        assert!(issues(&tables).is_empty());
    }
}

#[test]
fn a_record_without_a_certificate_is_an_enrolment() {
    let tables = read(
        &json!([{"length_school": 4, "certificate_num": ""}, {"certificate_num": "1", "length_school": 4}]),
    );
    assert_eq!(table(&tables, "enrolments").num_rows(), 1);
    assert_eq!(table(&tables, "qualifications").num_rows(), 1);
}

#[test]
fn two_names_of_one_field_lose_neither_value() {
    let tables = read(&json!({"student_info_list": [{"arrangement": "本科", "branch_college": "数学学院"}]}));
    let enrolments = table(&tables, "enrolments");
    assert_eq!(texts(enrolments, "degree"), some(&["本科"]));
    assert_eq!(texts(enrolments, "_extra"), some(&[r#"{"branch_college":"数学学院"}"#]));
    assert!(issues(&tables).is_empty());
}
