//! What holds for every document: nothing panics, no row is lost silently, wrappings make no difference.
#![allow(clippy::unwrap_used)]

mod common;

use std::sync::LazyLock;

use common::{applicant, left_out, table};
use proptest::collection::vec;
use proptest::prelude::*;
use qiancheng_sandbox::story::{bank_by_entry, banks_v1};
use qiancheng_tables::{Kind, Options, SignConvention, read, telecom_raw};
use serde_json::{Value, json};

/// One document of each kind, not too large.
static DOCUMENTS: LazyLock<Vec<(Kind, Value)>> = LazyLock::new(|| {
    let person = applicant(11, 0);
    let student = (0..50).map(|index| applicant(index, 0).degree_raw_data());
    let student = student.max_by_key(|document| document.to_string().len()).unwrap();
    let mut report = person.telecom_report();
    report["contact_list"].as_array_mut().unwrap().truncate(5);
    let mut raw = person.telecom_raw_data();
    for list in ["calls", "smses", "nets"] {
        raw["transactions"][0][list].as_array_mut().unwrap().truncate(12);
    }
    let mut bank = person.ebank_raw_data(&bank_by_entry("cmb-id").unwrap());
    bank["CMB"]["bill_record"].as_array_mut().unwrap().truncate(12);
    vec![
        (Kind::TelecomRaw, raw),
        (Kind::TelecomReport, report),
        (Kind::DegreeRaw, student),
        (Kind::EbankRaw, bank),
        (Kind::BankList, banks_v1()),
    ]
});

fn all_options() -> [Options; 4] {
    let usual = Options::default();
    [
        usual,
        usual.strict(true),
        usual.partial(true),
        usual.strict(true).partial(true).sign(SignConvention::ExpensePositive),
    ]
}

/// Reads it in every way; what was read has to hold together.
fn read_every_way(kind: Kind, bytes: &[u8]) {
    for options in all_options() {
        match read(kind, bytes, &options) {
            Ok(tables) => {
                assert_eq!(tables.names().last(), Some("issues"));
                for table in &tables {
                    let columns = table.batch().columns();
                    assert!(columns.iter().all(|column| column.len() == table.num_rows()));
                }
            }
            Err(error) => {
                assert!(!options.partial, "partial reading always gives tables: {error}");
                assert!(error.offset() <= bytes.len());
            }
        }
    }
}

/// Anything that could stand anywhere.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[0-9,.+-]{0,12}".prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(Value::from("2018-01-31 12:34:56")),
        Just(Value::from("１，２３４．５元")),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec(("(use_time|calls|transactions|data|0|1|[a-z]{1,3})", inner), 0..4)
                .prop_map(|members| members.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

/// Replaces the node that `way` leads to.
fn replace(value: &mut Value, way: &[usize], new: Value) {
    let Some((&step, rest)) = way.split_first() else {
        *value = new;
        return;
    };
    match value {
        Value::Array(items) if !items.is_empty() => {
            let place = step % items.len();
            replace(&mut items[place], rest, new);
        }
        Value::Object(members) if !members.is_empty() => {
            let place = step % members.len();
            replace(members.values_mut().nth(place).unwrap(), rest, new);
        }
        other => *other = new,
    }
}

/// How many records stand here, by the rules of the module's documentation.
fn records(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.len(),
        Value::Object(members) => match members.keys().next() {
            None => 0,
            Some(key) if !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit()) => members.len(),
            Some(_) => 1,
        },
        _ => 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..200)) {
        for kind in Kind::ALL {
            read_every_way(*kind, &bytes);
        }
    }

    #[test]
    fn no_changed_bytes_panic(which in 0..5_usize, changes in vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6)) {
        let (kind, document) = &DOCUMENTS[which];
        let mut bytes = document.to_string().into_bytes();
        for (at, byte, how) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(at.max(1)),
            }
        }
        read_every_way(*kind, &bytes);
    }

    #[test]
    fn no_values_panic(which in 0..5_usize, changes in vec((vec(any::<usize>(), 0..7), anything()), 1..8)) {
        let (kind, document) = &DOCUMENTS[which];
        let mut document = document.clone();
        for (way, new) in changes {
            replace(&mut document, &way, new);
        }
        let bytes = document.to_string().into_bytes();
        read_every_way(*kind, &bytes);
        for other in Kind::ALL {
            read_every_way(*other, &bytes);
        }
    }

    #[test]
    fn rows_in_are_rows_out_and_rows_counted(changes in vec((vec(any::<usize>(), 1..4), anything()), 1..12)) {
        let mut record = DOCUMENTS[0].1["transactions"][0].clone();
        for (way, new) in changes {
            replace(&mut record, &way, new);
        }
        let tables = telecom_raw(json!({"transactions": [record]}).to_string().as_bytes(), &Options::default()).unwrap();
        for (name, list) in [("calls", "calls"), ("smses", "smses"), ("nets", "nets"), ("bills", "transactions")] {
            let out = table(&tables, name).num_rows() + usize::try_from(left_out(&tables, &format!("{list}[]"))).unwrap();
            prop_assert_eq!(records(&record[list]), out, "{}", name);
        }
    }

    #[test]
    fn wrappings_make_no_difference(changes in vec((vec(any::<usize>(), 2..4), anything()), 0..6)) {
        let mut record = DOCUMENTS[0].1["transactions"][0].clone();
        for (way, new) in changes {
            replace(&mut record, &way, new);
        }
        let read = |document: Value| telecom_raw(document.to_string().as_bytes(), &Options::default()).unwrap();
        let expected = read(json!({"transactions": [record]}));
        for document in [
            json!({"transactions": record}),
            json!({"members": {"transactions": [record]}}),
            json!({"raw_data": {"members": {"transactions": [record]}}}),
            json!({"code": 0, "msg": "", "data": {"transactions": [record]}}),
        ] {
            prop_assert!(read(document) == expected);
        }
    }

    #[test]
    fn a_cut_document_gives_the_rows_before_the_cut(cut in any::<prop::sample::Index>()) {
        let bytes = DOCUMENTS[0].1.to_string().into_bytes();
        let whole = telecom_raw(&bytes, &Options::default()).unwrap();
        let cut = &bytes[..cut.index(bytes.len())];
        let tables = telecom_raw(cut, &Options::default().partial(true)).unwrap();
        for name in ["calls", "smses", "nets", "bills"] {
            let (part, all) = (table(&tables, name), table(&whole, name));
            prop_assert!(*part.batch() == all.batch().slice(0, part.num_rows()));
        }
        prop_assert!(tables.fault().is_some());
    }
}
