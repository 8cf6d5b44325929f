//! The names that others rely on, and what is said of each.

use std::collections::HashSet;

use super::super::dictionary;
use super::documents::{DAY, Raw, at, call};

/// Names that may not change.
fn promised() -> Vec<String> {
    let by_window = [
        "call_cnt",
        "call_out_cnt",
        "call_in_cnt",
        "call_seconds",
        "peer_cnt",
        "night_call_cnt",
        "night_call_ratio",
        "active_days",
    ];
    let windows = [7, 30, 90, 180];
    let mut names: Vec<String> =
        by_window.iter().flat_map(|name| windows.iter().map(move |days| format!("{name}_{days}d"))).collect();
    let others = [
        "max_silence_days_180d",
        "top10_call_ratio_180d",
        "top10_seconds_ratio_180d",
        "mutual_peer_cnt_180d",
        "in_network_months",
        "bill_mean_6m",
    ];
    names.extend(others.map(str::to_owned));
    names
}

#[test]
fn promised_names_are_kept() {
    let names: HashSet<&str> = dictionary().iter().map(|info| info.name.as_str()).collect();
    assert!(promised().iter().all(|name| names.contains(name.as_str())));
    assert_eq!(names.len(), dictionary().len(), "no name stands twice");
    assert!((60..=120).contains(&names.len()), "{} features", names.len());
}

#[test]
fn every_feature_is_explained_in_two_languages() {
    for info in dictionary() {
        let chinese = |text: &str| text.chars().any(|character| ('一'..='鿿').contains(&character));
        assert!(!chinese(&info.description) && !info.description.is_empty(), "{info:?}");
        assert!(chinese(&info.description_zh) && chinese(info.nan_zh) && !chinese(info.nan), "{info:?}");
        assert!(!info.description.contains('{') && !info.description_zh.contains('{'), "{info:?}");
        assert!(info.name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_')), "{info:?}");
        assert_eq!(info.unit == "share (0 to 1)", info.name.contains("_ratio"), "{info:?}");
        if let Some(days) = info.window_days {
            assert!(info.name.ends_with(&format!("_{days}d")), "{info:?}");
        }
    }
}

#[test]
fn the_row_is_a_table_too() {
    let as_of = at(2018, 7, 2, 12, 0);
    let raw = Raw {
        fetched: Some(as_of),
        calls: vec![call(as_of - DAY, 1, "out", "13800000001")],
        ..Raw::default()
    };
    let features = raw.features();
    let batch = features.to_batch();
    assert_eq!((batch.num_rows(), batch.num_columns()), (1, features.values().len()));
    let schema = batch.schema();
    assert_eq!(schema.metadata()["as_of"], as_of.to_string());
    for (field, (name, _)) in schema.fields().iter().zip(features.iter()) {
        assert_eq!(field.name(), name);
        assert!(!field.metadata()["description_zh"].is_empty());
    }
}
