//! Tables leave through the Arrow C data interface, and say what they mean.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::HashSet;

use arrow_array::RecordBatchReader;
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_schema::Schema;
use common::applicant;
use qiancheng_tables::{Kind, Options, dictionary, read, telecom_raw};

#[test]
fn a_stream_gives_the_table_back_with_its_metadata() {
    let document = applicant(2, 1).telecom_raw_data().to_string();
    for table in &telecom_raw(document.as_bytes(), &Options::default()).unwrap() {
        let reader = RecordBatchStreamReader::try_new(table.stream()).unwrap();
        assert_eq!(reader.schema(), table.schema());
        let batches: Vec<_> = reader.map(Result::unwrap).collect();
        assert_eq!(batches, [table.batch().clone()]);
        assert_eq!(Schema::try_from(&table.ffi_schema().unwrap()).unwrap(), *table.schema());
    }
}

#[test]
fn the_dictionary_has_every_column_in_two_languages() {
    let dictionary = dictionary();
    for kind in Kind::ALL {
        for table in &read(*kind, b"[]", &Options::default()).unwrap() {
            let columns: Vec<_> = dictionary
                .iter()
                .filter(|info| info.kind == kind.name() && info.table == table.name())
                .collect();
            assert!(
                columns.iter().map(|info| info.column).eq(table
                    .schema()
                    .fields()
                    .iter()
                    .map(|field| field.name().as_str()))
            );
            for (info, field) in columns.iter().zip(table.schema().fields()) {
                assert_eq!(info.description, field.metadata()["description"]);
                assert_eq!(info.source, field.metadata()["source"]);
                assert_eq!(info.personal, field.metadata().contains_key("personal"));
                assert!(!info.description.is_empty() && !info.table_description.is_empty());
                let chinese = |text: &str| text.chars().any(|character| ('一'..='鿿').contains(&character));
                assert!(chinese(info.description_zh), "{info:?}");
                assert!(chinese(info.table_description_zh), "{info:?}");
            }
        }
    }
    let kinds: HashSet<_> = dictionary.iter().map(|info| info.kind).collect();
    assert_eq!(kinds.len(), Kind::ALL.len());
    assert!(serde_json::to_string(&dictionary).unwrap().contains(r#""source":"calls[].use_time""#));
}
