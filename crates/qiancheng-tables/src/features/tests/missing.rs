//! NaN where data is missing, 0 where there is nothing to count.

use std::collections::HashMap;

use super::super::{Features, compute, dictionary};
use super::documents::{Batches, Bill, Call, DAY, Message, Net, Raw, at, batch, call, date, integers, texts};

/// Features of calls, by what their names begin with.
const OF_CALLS: [&str; 15] = [
    "call_",
    "peer_",
    "night_",
    "active_days",
    "max_silence",
    "silence_",
    "days_since_last_call",
    "weekend_",
    "home_",
    "place_cnt",
    "top10_",
    "mutual_",
    "retain_",
    "out_",
    "in_cnt",
];

fn is_of_calls(name: &str) -> bool {
    OF_CALLS.iter().any(|start| name.starts_with(start))
}

/// A count stays a number where its data is there; these are no counts.
fn is_quotient(name: &str) -> bool {
    ["_ratio", "_mean", "_trend", "days_since", "_max_6m", "_min_6m"].iter().any(|part| name.contains(part))
}

fn missing(features: &Features) -> Vec<&'static str> {
    features.iter().filter(|(_, value)| value.is_nan()).map(|(name, _)| name).collect()
}

#[test]
fn nothing_is_known_of_nothing() {
    let nothing = Batches(HashMap::new());
    for features in [Raw::default().features(), compute(&nothing, None, None).unwrap()] {
        assert_eq!(missing(&features).len(), dictionary().len());
        assert_eq!(features.as_of(), None);
    }
    let features = compute(&nothing, Some(&nothing), Some(at(2018, 7, 2, 12, 0))).unwrap();
    assert_eq!(missing(&features).len(), dictionary().len());
}

#[test]
fn without_a_time_to_count_from_nothing_is_counted() {
    let raw = Raw { calls: vec![call(at(2018, 7, 1, 12, 0), 1, "out", "13800000001")], ..Raw::default() };
    assert_eq!(missing(&raw.features()).len(), dictionary().len());
}

#[test]
fn without_call_data_everything_on_calls_is_missing() {
    let as_of = at(2018, 7, 2, 12, 0);
    let full = Raw {
        registered: Some(as_of - 400 * DAY),
        fetched: Some(as_of),
        calls: vec![
            call(as_of - DAY, 1, "out", "13800000001"),
            call(as_of - 100 * DAY, 1, "out", "13800000001"),
        ],
        messages: vec![Message { start: Some(as_of - DAY), ..Message::default() }],
        nets: vec![Net { start: Some(as_of - DAY), kilobytes: Some(1.0), ..Net::default() }],
        bills: vec![Bill { cycle: Some(date(2018, 6, 1)), total: Some(1), plan: Some(1), paid: Some(1) }],
    };
    let of_report = |name: &&str| name.starts_with("report_");
    assert!(missing(&full.features()).iter().all(of_report), "{:?}", missing(&full.features()));
    let without: Vec<&str> = dictionary()
        .iter()
        .map(|info| info.name.as_str())
        .filter(|name| is_of_calls(name) || of_report(name))
        .collect();
    let none = Raw { calls: Vec::new(), ..full.clone() };
    assert_eq!(missing(&none.features()), without);
    // Calls of which none says when it was are no data either.
    let timeless =
        Raw { calls: vec![Call { start: None, ..call(0, 1, "out", "13800000001") }], ..full.clone() };
    assert_eq!(missing(&timeless.features()), without);
    for (prefix, raw) in [
        ("sms_", Raw { messages: Vec::new(), ..full.clone() }),
        ("net_", Raw { nets: Vec::new(), ..full.clone() }),
        ("bill_", Raw { bills: Vec::new(), ..full.clone() }),
        ("in_network", Raw { registered: None, ..full.clone() }),
    ] {
        let names = missing(&raw.features());
        assert!(names.iter().any(|name| name.starts_with(prefix)));
        assert!(names.iter().all(|name| name.starts_with(prefix) || of_report(name)), "{names:?}");
    }
}

#[test]
fn a_count_over_nothing_is_zero_and_a_ratio_is_missing() {
    let as_of = at(2018, 7, 2, 12, 0);
    let old = as_of - 400 * DAY;
    let raw = Raw {
        fetched: Some(as_of),
        calls: vec![call(old, 9, "out", "13800000001")],
        messages: vec![Message { start: Some(old), ..Message::default() }],
        nets: vec![Net { start: Some(old), seconds: Some(1), kilobytes: Some(1.0) }],
        bills: vec![Bill { cycle: Some(date(2017, 1, 1)), total: Some(1), ..Bill::default() }],
        ..Raw::default()
    };
    let features = raw.features();
    for (name, value) in features.iter().filter(|(name, _)| !name.starts_with("report_")) {
        match name {
            "in_network_months" => assert!(value.is_nan()),
            "days_since_last_call" => assert!((value - 400.0).abs() < 1e-9),
            _ if is_quotient(name) => assert!(value.is_nan(), "{name} is {value}"),
            _ => assert!(value.abs() < f64::EPSILON, "{name} is {value}"),
        }
    }
}

#[test]
fn sums_of_what_nobody_says_are_missing() {
    let as_of = at(2018, 7, 2, 12, 0);
    let raw = Raw {
        fetched: Some(as_of),
        calls: vec![Call { charge: None, ..call(as_of, 0, "out", "13800000001") }],
        nets: vec![Net { start: Some(as_of), seconds: Some(1), kilobytes: Some(f64::NAN) }],
        ..Raw::default()
    };
    let features = raw.features();
    for name in
        ["call_charge_180d", "net_megabytes_30d", "top10_seconds_ratio_180d", "retain_ratio_top20_180d"]
    {
        assert!(features.get(name).unwrap().is_nan(), "{name}");
    }
}

#[test]
fn a_table_of_elsewhere_is_an_error_that_names_the_column() {
    let as_of = Some(at(2018, 7, 2, 12, 0));
    let calls =
        batch(vec![("start_time", texts([Some("2018-07-02 12:00:00")])), ("use_time", integers([Some(1)]))]);
    let error = compute(&Batches([("calls", calls)].into()), None, as_of).unwrap_err();
    assert_eq!(error.to_string(), "table calls: column start_time is missing, or of another type");
}
