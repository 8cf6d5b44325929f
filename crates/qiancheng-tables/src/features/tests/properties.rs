//! What must not matter, and what must hold of every document.

use proptest::prelude::*;

use super::super::{Features, dictionary};
use super::documents::{Bill, Call, DAY, Message, Net, Raw};

const AS_OF: i64 = 17_700 * DAY;

fn start() -> impl Strategy<Value = Option<i64>> {
    // Around the windows, at their edges, and anywhere.
    prop_oneof![
        10 => (-200 * DAY..5 * DAY).prop_map(|ago| Some(AS_OF + ago)),
        1 => prop::sample::select(vec![0, 7, 30, 90, 180]).prop_map(|days| Some(AS_OF - days * DAY)),
        1 => any::<i64>().prop_map(Some),
        1 => Just(None),
    ]
}

fn direction() -> impl Strategy<Value = Option<&'static str>> {
    prop::sample::select(vec![Some("out"), Some("in"), None])
}

prop_compose! {
    fn any_call()(
        start in start(),
        seconds in prop::option::of(prop_oneof![10 => 0..4_000_i64, 1 => any::<i64>()]),
        direction in direction(),
        peer in prop::option::of(prop_oneof!["1380000000[0-9]", "1(10|20)", "95[0-9]{3}", "[0-9*]{0,12}"]),
        place in prop::sample::select(vec![None, Some("北京"), Some("北京市"), Some("021"), Some("市")]),
        charge in prop::option::of(-1_000..10_000_i128),
    ) -> Call {
        Call { start, seconds, direction, peer, place, charge }
    }
}

prop_compose! {
    fn any_raw()(
        registered in prop::option::of(any::<i64>()),
        calls in prop::collection::vec(any_call(), 0..60),
        messages in prop::collection::vec(
            (start(), direction()).prop_map(|(start, direction)| Message { start, direction, peer: Some("10086") }),
            0..20,
        ),
        nets in prop::collection::vec(
            (start(), any::<Option<i64>>(), prop::option::of(prop_oneof![0.0..1e7, any::<f64>()]))
                .prop_map(|(start, seconds, kilobytes)| Net { start, seconds, kilobytes }),
            0..20,
        ),
        bills in prop::collection::vec(
            (prop::option::of(17_300..17_800_i32), prop::option::of(0..100_000_i128))
                .prop_map(|(cycle, total)| Bill { cycle, total, plan: total, paid: None }),
            0..10,
        ),
    ) -> Raw {
        Raw { registered, fetched: Some(AS_OF), calls, messages, nets, bills }
    }
}

/// The same values, NaN in the same places.
fn same(one: &Features, other: &Features, only: impl Fn(&str) -> bool) -> Result<(), TestCaseError> {
    for ((name, left), (_, right)) in one.iter().zip(other.iter()).filter(|((name, _), _)| only(name)) {
        prop_assert!(
            left.to_bits() == right.to_bits() || (left.is_nan() && right.is_nan()),
            "{name}: {left} and {right}"
        );
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_order_of_rows_does_not_matter((raw, shuffled) in any_raw().prop_flat_map(|raw| {
        let rows = (
            Just(raw.calls.clone()).prop_shuffle(), Just(raw.messages.clone()).prop_shuffle(),
            Just(raw.nets.clone()).prop_shuffle(), Just(raw.bills.clone()).prop_shuffle(),
        );
        let original = raw.clone();
        rows.prop_map(move |(calls, messages, nets, bills)| {
            (original.clone(), Raw { calls, messages, nets, bills, ..original.clone() })
        })
    })) {
        same(&raw.features(), &shuffled.features(), |_| true)?;
    }

    #[test]
    fn calls_outside_a_window_do_not_matter(
        raw in any_raw(),
        more in prop::collection::vec(any_call(), 1..20),
        ago in 181..4_000_i64,
        ahead in 1..1_000_000_i64,
    ) {
        // Of the very first call with a time it does matter that calls are known at all.
        prop_assume!(raw.calls.iter().any(|call| call.start.is_some()));
        let mut longer = raw.clone();
        longer.calls.extend(more.iter().enumerate().map(|(place, call)| {
            let start = if place % 2 == 0 { AS_OF - ago * DAY } else { AS_OF + ahead };
            Call { start: Some(start), ..call.clone() }
        }));
        same(&raw.features(), &longer.features(), |name| name != "days_since_last_call")?;
    }

    #[test]
    fn numbers_are_what_they_say(raw in any_raw()) {
        let features = raw.features();
        for (info, &value) in dictionary().iter().zip(features.values()) {
            prop_assert!(!value.is_infinite(), "{} is {value}", info.name);
            if info.name.contains("_ratio") {
                prop_assert!(value.is_nan() || (0.0..=1.0).contains(&value), "{} is {value}", info.name);
            }
            let days = info.window_days.filter(|_| info.name.contains("active_days") || info.name.contains("silence_days"));
            if let Some(days) = days {
                prop_assert!(value.is_nan() || value <= f64::from(days + 1), "{} is {value}", info.name);
            }
        }
        let get = |name: &str, days: u32| features.get(&format!("{name}_{days}d")).unwrap();
        for days in [7, 30, 90, 180] {
            let calls = get("call_cnt", days);
            if calls.is_nan() {
                continue;
            }
            prop_assert!(get("call_out_cnt", days) + get("call_in_cnt", days) <= calls);
            prop_assert!(get("peer_cnt", days) <= calls && get("active_days", days) <= calls);
            prop_assert!(get("night_call_cnt", days) <= calls);
            prop_assert_eq!(get("night_call_ratio", days).is_nan(), calls == 0.0);
        }
        for (shorter, longer) in [(7, 30), (30, 90), (90, 180)] {
            for name in ["call_cnt", "call_seconds", "peer_cnt", "night_call_cnt", "active_days"] {
                prop_assert!(get(name, shorter).is_nan() || get(name, shorter) <= get(name, longer), "{name}");
            }
        }
    }

    #[test]
    fn any_time_may_be_counted_from(raw in any_raw(), as_of in any::<i64>()) {
        let features = raw.features_as_of(Some(as_of));
        prop_assert_eq!(features.as_of(), Some(as_of));
        prop_assert!(features.values().iter().all(|value| !value.is_infinite()));
    }
}
