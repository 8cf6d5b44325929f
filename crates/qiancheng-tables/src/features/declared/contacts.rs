//! Features of whom one calls: the circle, and numbers that tell whose they are.

use super::super::calls::OwnerTally;
use super::super::facts::Facts;
use super::super::peers::Direction;
use super::super::window::Window;
use super::super::{number, ratio};
use super::calls::calls;
use super::{Declared, Missing, Value, unit};

/// So many numbers are at the top.
const TOP: usize = 10;

fn owners(facts: &Facts<'_>, window: Window, part: fn(&OwnerTally) -> u64) -> f64 {
    calls(facts, |calls| number(part(&calls.within(window).owners)))
}

pub(super) const DECLARED: &[Declared] = &[
    Declared {
        name: "top10_call_ratio",
        description: "Share of the last {N} days' calls with the ten numbers that have most of them",
        description_zh: "近{N}天通话次数前十号码的次数占比",
        unit: unit::SHARE,
        missing: Missing::CallsWithin,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| {
            calls(facts, |calls| ratio(calls.peers.calls_with_top(TOP), calls.within(window).calls))
        }),
    },
    Declared {
        name: "top10_seconds_ratio",
        description: "Share of the last {N} days' talk time with the ten numbers that have most of it",
        description_zh: "近{N}天通话时长前十号码的时长占比",
        unit: unit::SHARE,
        missing: Missing::CallsWithin,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| {
            calls(facts, |calls| ratio(calls.peers.seconds_with_top(TOP), calls.within(window).seconds))
        }),
    },
    Declared {
        name: "mutual_peer_cnt",
        description: "Distinct numbers with both outgoing and incoming calls in the last {N} days",
        description_zh: "近{N}天互通电话的号码数",
        unit: unit::NUMBERS,
        missing: Missing::Calls,
        value: Value::Within(&Window::HALF_YEAR, |facts, _| {
            calls(facts, |calls| number(calls.peers.mutual(&calls.windows)))
        }),
    },
    Declared {
        name: "mutual_peer_ratio",
        description: "Share of the last {N} days' numbers that have both outgoing and incoming calls",
        description_zh: "近{N}天互通电话的号码占比",
        unit: unit::SHARE,
        missing: Missing::CallsWithin,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| {
            calls(facts, |calls| ratio(calls.peers.mutual(&calls.windows), calls.distinct(window, None)))
        }),
    },
    Declared {
        name: "peer_out_cnt",
        description: "Distinct numbers called in the last {N} days",
        description_zh: "近{N}天主叫号码数",
        unit: unit::NUMBERS,
        missing: Missing::Calls,
        value: Value::Within(&Window::MONTH_AND_HALF_YEAR, |facts, window| {
            calls(facts, |calls| number(calls.distinct(window, Some(Direction::Out))))
        }),
    },
    Declared {
        name: "peer_in_cnt",
        description: "Distinct numbers that called in the last {N} days",
        description_zh: "近{N}天被叫号码数",
        unit: unit::NUMBERS,
        missing: Missing::Calls,
        value: Value::Within(&Window::MONTH_AND_HALF_YEAR, |facts, window| {
            calls(facts, |calls| number(calls.distinct(window, Some(Direction::In))))
        }),
    },
    Declared {
        name: "retain_ratio_top20",
        description: "The 20 most called numbers of the last 90 days and of the 90 days before: those in both, among those in either",
        description_zh: "近90天与此前90天通话前20号码的交集与并集之比",
        unit: unit::SHARE,
        missing: Missing::Period,
        value: Value::Within(&Window::HALF_YEAR, |facts, _| calls(facts, |calls| calls.peers.retained())),
    },
    Declared {
        name: "call_110_cnt",
        description: "Calls with 110, the police, in the last {N} days",
        description_zh: "近{N}天与110通话次数",
        unit: unit::CALLS,
        missing: Missing::Calls,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| owners(facts, window, |tally| tally.police)),
    },
    Declared {
        name: "call_120_cnt",
        description: "Calls with 120, the ambulance, in the last {N} days",
        description_zh: "近{N}天与120通话次数",
        unit: unit::CALLS,
        missing: Missing::Calls,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| {
            owners(facts, window, |tally| tally.ambulance)
        }),
    },
    Declared {
        name: "call_court_cnt",
        description: "Calls with 12368, the courts' line, in the last {N} days",
        description_zh: "近{N}天与法院热线12368通话次数",
        unit: unit::CALLS,
        missing: Missing::Calls,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| owners(facts, window, |tally| tally.court)),
    },
    Declared {
        name: "call_legal_aid_cnt",
        description: "Calls with 12348, legal aid, in the last {N} days",
        description_zh: "近{N}天与法律援助热线12348通话次数",
        unit: unit::CALLS,
        missing: Missing::Calls,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| {
            owners(facts, window, |tally| tally.legal_aid)
        }),
    },
    Declared {
        name: "call_95_cnt",
        description: "Calls with numbers 95xxx and 96xxx (banks, insurers, other companies) in the last {N} days",
        description_zh: "近{N}天与95、96开头客服号码通话次数",
        unit: unit::CALLS,
        missing: Missing::Calls,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| owners(facts, window, |tally| tally.bank)),
    },
    Declared {
        name: "call_400_cnt",
        description: "Calls with numbers 400, 800 and 1010 (companies) in the last {N} days",
        description_zh: "近{N}天与400、800、1010开头客服号码通话次数",
        unit: unit::CALLS,
        missing: Missing::Calls,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| {
            owners(facts, window, |tally| tally.company)
        }),
    },
    Declared {
        name: "call_service_in_cnt",
        description: "Incoming calls from 95, 96, 400, 800 and 1010 numbers in the last {N} days: how lenders remind and collect, as far as numbers tell",
        description_zh: "近{N}天95、96、400、800、1010客服号码来电次数（仅凭号码可见的提醒与催收）",
        unit: unit::CALLS,
        missing: Missing::Calls,
        value: Value::Within(&Window::MONTH_AND_HALF_YEAR, |facts, window| {
            owners(facts, window, |tally| tally.service_in)
        }),
    },
];
