//! The promised features once more, computed the slow way, straight from their definitions.

use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;

use super::documents::{Call, DAY, HOUR, Raw};

const AS_OF: i64 = 17_700 * DAY + 5 * HOUR;

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let call = (-190 * DAY..2 * DAY, 0..600_i64, 0..3_usize, 0..30_u32);
    prop::collection::vec(call, 1..200).prop_map(|calls| {
        calls
            .into_iter()
            .map(|(ago, seconds, direction, peer)| Call {
                start: Some(AS_OF + ago),
                seconds: Some(seconds),
                direction: [Some("out"), Some("in"), None][direction],
                // Some numbers are called more than others.
                peer: Some(format!("138{:08}", peer * peer / 20)),
                ..Call::default()
            })
            .collect()
    })
}

/// The local day, and the hour in it.
fn clock(call: &Call) -> (i64, i64) {
    let local = call.start.unwrap() + 8 * HOUR;
    (local.div_euclid(DAY), local.rem_euclid(DAY) / HOUR)
}

#[allow(clippy::cast_precision_loss)]
fn slowly(calls: &[Call]) -> HashMap<String, f64> {
    let mut values = HashMap::new();
    let count = |calls: &[&Call]| calls.len() as f64;
    let seconds = |calls: &[&Call]| calls.iter().map(|call| call.seconds.unwrap()).sum::<i64>() as f64;
    for days in [7, 30, 90, 180] {
        let within: Vec<&Call> = calls
            .iter()
            .filter(|call| AS_OF - days * DAY < call.start.unwrap() && call.start.unwrap() <= AS_OF)
            .collect();
        let some = |keep: &dyn Fn(&Call) -> bool| {
            within.iter().copied().filter(|call| keep(call)).collect::<Vec<_>>()
        };
        let night = some(&|call| matches!(clock(call).1, 23 | 0..=5));
        let peers: BTreeSet<&str> = within.iter().filter_map(|call| call.peer.as_deref()).collect();
        let active: BTreeSet<i64> = within.iter().map(|call| clock(call).0).collect();
        let mut set = |name: &str, value: f64| values.insert(format!("{name}_{days}d"), value);
        set("call_cnt", count(&within));
        set("call_out_cnt", count(&some(&|call| call.direction == Some("out"))));
        set("call_in_cnt", count(&some(&|call| call.direction == Some("in"))));
        set("call_seconds", seconds(&within));
        set("peer_cnt", peers.len() as f64);
        set("night_call_cnt", count(&night));
        set("night_call_ratio", count(&night) / count(&within));
        set("active_days", active.len() as f64);
        if days == 180 {
            let active: Vec<i64> = active.into_iter().collect();
            let gaps = active.windows(2).map(|pair| pair[1] - pair[0] - 1);
            set("max_silence_days", gaps.max().unwrap_or(0) as f64);
            let with = |peer: &str| some(&|call| call.peer.as_deref() == Some(peer));
            let mut counts: Vec<f64> = peers.iter().map(|peer| count(&with(peer))).collect();
            let mut lengths: Vec<f64> = peers.iter().map(|peer| seconds(&with(peer))).collect();
            counts.sort_by(|one, other| other.total_cmp(one));
            lengths.sort_by(|one, other| other.total_cmp(one));
            set("top10_call_ratio", counts.iter().take(10).sum::<f64>() / count(&within));
            set("top10_seconds_ratio", lengths.iter().take(10).sum::<f64>() / seconds(&within));
            let both = |peer: &&&str| {
                ["out", "in"].iter().all(|way| with(peer).iter().any(|call| call.direction == Some(*way)))
            };
            set("mutual_peer_cnt", peers.iter().filter(both).count() as f64);
        }
    }
    values
}

proptest! {
    #[test]
    fn one_pass_comes_to_the_same_as_the_definitions(calls in calls()) {
        let expected = slowly(&calls);
        let features = Raw { fetched: Some(AS_OF), calls, ..Raw::default() }.features();
        prop_assert_eq!(expected.len(), 36);
        for (name, expected) in expected {
            let found = features.get(&name).unwrap();
            prop_assert!((found - expected).abs() < 1e-9 || (found.is_nan() && expected.is_nan()), "{name}: {found}, not {expected}");
        }
    }
}
