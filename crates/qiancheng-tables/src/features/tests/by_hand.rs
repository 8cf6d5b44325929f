//! Examples whose features were computed by hand.

use super::super::Features;
use super::documents::{Bill, Call, DAY, HOUR, Message, Net, Raw, at, call, date};

fn expect(features: &Features, expected: &[(&str, f64)]) {
    for &(name, value) in expected {
        let found = features.get(name).unwrap_or_else(|| panic!("there is no {name}"));
        assert!((found - value).abs() < 1e-9, "{name} is {found}, not {value}");
    }
}

/// Fetched on Monday 2018-07-02 at 12:00.
fn fetched() -> i64 {
    at(2018, 7, 2, 12, 0)
}

fn month_of_calls() -> Raw {
    let calls = vec![
        // Within 7 days: a Sunday night, a Monday morning.
        call(at(2018, 7, 1, 23, 0), 60, "out", "13800000001"),
        call(at(2018, 7, 2, 5, 59), 30, "in", "13800000001"),
        call(at(2018, 7, 2, 6, 0), 10, "in", "95588"),
        // Within 30 days.
        call(at(2018, 6, 20, 12, 0), 100, "out", "13800000002"),
        // Within 90 days.
        call(at(2018, 4, 10, 12, 0), 200, "in", "13800000002"),
        // Within 180 days, with nothing but its time.
        Call { start: Some(at(2018, 2, 1, 9, 0)), ..Call::default() },
        // Too old, too late, and at no known time.
        call(at(2017, 12, 1, 1, 0), 999, "out", "13800000003"),
        call(at(2018, 7, 2, 12, 1), 999, "out", "13800000004"),
        Call { start: None, ..call(0, 999, "out", "13800000005") },
    ];
    Raw { fetched: Some(fetched()), calls, ..Raw::default() }
}

#[test]
fn calls_fall_into_their_windows() {
    let features = month_of_calls().features();
    expect(
        &features,
        &[("call_cnt_7d", 3.0), ("call_cnt_30d", 4.0), ("call_cnt_90d", 5.0), ("call_cnt_180d", 6.0)],
    );
    expect(&features, &[("call_out_cnt_7d", 1.0), ("call_out_cnt_180d", 2.0)]);
    expect(&features, &[("call_in_cnt_7d", 2.0), ("call_in_cnt_180d", 3.0)]);
    expect(
        &features,
        &[("call_seconds_7d", 100.0), ("call_seconds_30d", 200.0), ("call_seconds_180d", 400.0)],
    );
    expect(&features, &[("call_out_seconds_180d", 160.0), ("call_in_seconds_180d", 240.0)]);
    expect(&features, &[("peer_cnt_7d", 2.0), ("peer_cnt_30d", 3.0), ("peer_cnt_180d", 3.0)]);
    expect(&features, &[("peer_out_cnt_30d", 2.0), ("peer_in_cnt_30d", 2.0), ("peer_in_cnt_180d", 3.0)]);
    expect(&features, &[("night_call_cnt_7d", 2.0), ("night_call_ratio_7d", 2.0 / 3.0)]);
    expect(&features, &[("night_call_ratio_180d", 1.0 / 3.0), ("night_seconds_ratio_7d", 0.9)]);
    expect(&features, &[("active_days_7d", 2.0), ("active_days_30d", 3.0), ("active_days_180d", 5.0)]);
    expect(&features, &[("days_since_last_call", 0.25), ("call_mean_seconds_180d", 400.0 / 6.0)]);
    expect(&features, &[("weekend_call_ratio_180d", 1.0 / 6.0), ("call_cnt_trend_30d_90d", 12.0 / 5.0)]);
    expect(&features, &[("mutual_peer_cnt_180d", 2.0), ("mutual_peer_ratio_180d", 2.0 / 3.0)]);
    expect(
        &features,
        &[("call_95_cnt_180d", 1.0), ("call_service_in_cnt_30d", 1.0), ("call_400_cnt_180d", 0.0)],
    );
    expect(&features, &[("top10_call_ratio_180d", 5.0 / 6.0), ("top10_seconds_ratio_180d", 1.0)]);
    expect(&features, &[("call_charge_180d", 0.75), ("home_call_ratio_180d", 1.0), ("place_cnt_180d", 1.0)]);
    // 02-01 … 04-10 … 06-20 … 07-01, 07-02: 67, 70 and 10 days without a call.
    expect(&features, &[("max_silence_days_180d", 70.0), ("silence_3d_cnt_180d", 3.0)]);
}

#[test]
fn another_time_gives_other_windows() {
    let features = month_of_calls().features_as_of(Some(at(2018, 6, 21, 0, 0)));
    assert_eq!(features.as_of(), Some(at(2018, 6, 21, 0, 0)));
    expect(&features, &[("call_cnt_7d", 1.0), ("call_cnt_90d", 2.0), ("days_since_last_call", 0.5)]);
}

#[test]
fn a_window_begins_after_its_first_instant_and_includes_its_last() {
    let as_of = fetched();
    let edges =
        [as_of, as_of + 1, as_of - 7 * DAY, as_of - 7 * DAY + 1, as_of - 180 * DAY, as_of - 180 * DAY + 1];
    let calls = edges.iter().map(|&start| call(start, 1, "out", "13800000001")).collect();
    let features = Raw { fetched: Some(as_of), calls, ..Raw::default() }.features();
    expect(&features, &[("call_cnt_7d", 2.0), ("call_cnt_30d", 3.0), ("call_cnt_180d", 4.0)]);
    // A window of seven days that begins at noon touches eight days, on two of which there were calls within it.
    expect(&features, &[("active_days_7d", 2.0)]);
}

#[test]
fn two_days_of_silence_are_not_worth_counting_and_three_are() {
    let days = [1, 4, 8, 9];
    let calls = days.map(|day| call(at(2018, 6, day, 12, 0), 1, "out", "13800000001")).to_vec();
    let features = Raw { fetched: Some(fetched()), calls, ..Raw::default() }.features();
    expect(&features, &[("max_silence_days_180d", 3.0), ("silence_3d_cnt_180d", 1.0)]);
    let alone = vec![call(at(2018, 6, 1, 12, 0), 1, "out", "13800000001")];
    let features = Raw { fetched: Some(fetched()), calls: alone, ..Raw::default() }.features();
    expect(&features, &[("max_silence_days_180d", 0.0), ("silence_3d_cnt_180d", 0.0)]);
}

#[test]
fn ten_of_twelve_numbers_are_at_the_top() {
    // Number 1 has one call of 12 seconds, number 2 two of 11 seconds each, … number 12 twelve of one second.
    let calls = (1..=12_i64)
        .flat_map(|number| (0..number).map(move |_| number))
        .map(|number| call(fetched() - DAY, 13 - number, "in", &format!("{}", 13_800_000_000 + number)))
        .collect();
    let features = Raw { fetched: Some(fetched()), calls, ..Raw::default() }.features();
    // 78 calls, of which numbers 1 and 2 have 3. Seconds n(13−n): 12 22 30 36 40 42 42 40 36 30 22 12, of which two times 12 drop out.
    expect(&features, &[("top10_call_ratio_180d", 75.0 / 78.0), ("top10_seconds_ratio_180d", 340.0 / 364.0)]);
}

#[test]
fn a_circle_of_twenty_is_compared_with_the_one_before() {
    let number = |place: i64| format!("{}", 13_800_000_000 + place);
    let mut calls = Vec::new();
    // Recently numbers 0 to 24, of which 5 to 24 have two calls; before, numbers 15 to 34.
    for place in 0..25 {
        calls.extend((0..=i64::from(place >= 5)).map(|_| call(fetched() - DAY, 1, "out", &number(place))));
    }
    calls.extend((15..35).map(|place| call(fetched() - 100 * DAY, 1, "out", &number(place))));
    let features = Raw { fetched: Some(fetched()), calls, ..Raw::default() }.features();
    expect(&features, &[("retain_ratio_top20_180d", 10.0 / 30.0)]);
}

#[test]
fn home_is_where_most_calls_are() {
    let places = [Some("北京"), Some("北京市"), Some("上海"), None, Some("")];
    let calls = places.map(|place| Call { place, ..call(fetched() - DAY, 1, "out", "13800000001") }).to_vec();
    let features = Raw { fetched: Some(fetched()), calls, ..Raw::default() }.features();
    expect(&features, &[("home_call_ratio_180d", 2.0 / 3.0), ("place_cnt_180d", 2.0)]);
}

#[test]
fn short_numbers_are_counted_by_whose_they_are() {
    let numbers = ["110", "010110", "120", "12368", "12348", "95588", "4008001234", "10086", "13800000001"];
    let calls = numbers.map(|number| call(fetched() - 40 * DAY, 1, "in", number)).to_vec();
    let features = Raw { fetched: Some(fetched()), calls, ..Raw::default() }.features();
    expect(
        &features,
        &[("call_110_cnt_180d", 2.0), ("call_120_cnt_180d", 1.0), ("call_court_cnt_180d", 1.0)],
    );
    expect(
        &features,
        &[("call_legal_aid_cnt_180d", 1.0), ("call_95_cnt_180d", 1.0), ("call_400_cnt_180d", 1.0)],
    );
    expect(&features, &[("call_service_in_cnt_180d", 2.0), ("call_service_in_cnt_30d", 0.0)]);
}

#[test]
fn bills_are_of_the_last_six_whole_months() {
    let bill = |year, month, total, paid| Bill {
        cycle: Some(date(year, month, 1)),
        total: Some(total),
        plan: Some(2_000),
        paid,
    };
    let bills = vec![
        bill(2018, 7, 100_000, None),
        bill(2018, 6, 5_000, Some(5_000)),
        bill(2018, 3, 3_000, None),
        bill(2018, 1, 4_000, Some(10_000)),
        bill(2017, 12, 100_000, None),
        Bill { cycle: Some(date(2018, 2, 1)), ..Bill::default() },
        Bill { cycle: None, total: Some(100_000), ..Bill::default() },
    ];
    let raw = Raw {
        registered: Some(fetched() - 3_000 * DAY - 12 * HOUR),
        fetched: Some(fetched()),
        bills,
        ..Raw::default()
    };
    let features = raw.features();
    expect(&features, &[("bill_mean_6m", 40.0), ("bill_max_6m", 50.0), ("bill_min_6m", 30.0)]);
    expect(&features, &[("bill_plan_mean_6m", 20.0), ("bill_pay_mean_6m", 75.0), ("bill_month_cnt_6m", 4.0)]);
    expect(&features, &[("in_network_months", 3000.5 / 30.0)]);
    // Half an hour into January in Beijing is still December in Greenwich.
    let features = raw.features_as_of(Some(at(2018, 1, 1, 0, 30)));
    expect(&features, &[("bill_mean_6m", 1000.0), ("bill_month_cnt_6m", 1.0)]);
}

#[test]
fn messages_and_data_sessions_are_counted() {
    let message = |days: i64, direction, peer| Message {
        start: Some(fetched() - days * DAY),
        direction: Some(direction),
        peer: Some(peer),
    };
    let net =
        |days: i64, kilobytes| Net { start: Some(fetched() - days * DAY), seconds: Some(600), kilobytes };
    let raw = Raw {
        fetched: Some(fetched()),
        messages: vec![
            message(1, "out", "13800000001"),
            message(2, "in", "13800000001"),
            message(100, "in", "10086"),
            message(200, "in", "10010"),
        ],
        nets: vec![
            net(1, Some(1024.0)),
            net(1, Some(512.0)),
            net(90, Some(2048.0)),
            net(91, None),
            net(300, Some(1e9)),
        ],
        ..Raw::default()
    };
    let features = raw.features();
    expect(&features, &[("sms_cnt_30d", 2.0), ("sms_cnt_180d", 3.0), ("sms_out_cnt_180d", 1.0)]);
    expect(&features, &[("sms_in_cnt_180d", 2.0), ("sms_peer_cnt_180d", 2.0)]);
    expect(&features, &[("net_megabytes_30d", 1.5), ("net_megabytes_180d", 3.5)]);
    expect(&features, &[("net_seconds_180d", 2400.0), ("net_active_days_180d", 3.0)]);
}
