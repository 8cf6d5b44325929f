//! Features of calls: how many, how long, by day and by night.

use super::super::calls::{CallTally, Calls};
use super::super::facts::Facts;
use super::super::window::Window;
use super::super::{number, ratio};
use super::{Declared, Missing, Value, unit};

/// A silence of so many days is one worth counting.
const LONG_SILENCE: usize = 3;

/// Something of the calls, where there are any.
pub(super) fn calls<'a>(facts: &Facts<'a>, of: impl FnOnce(&Calls<'a>) -> f64) -> f64 {
    facts.calls.as_ref().map_or(f64::NAN, of)
}

fn sum(facts: &Facts<'_>, window: Window, part: fn(&CallTally) -> u64) -> f64 {
    calls(facts, |calls| number(part(calls.within(window))))
}

fn quotient(
    facts: &Facts<'_>,
    window: Window,
    part: fn(&CallTally) -> u64,
    whole: fn(&CallTally) -> u64,
) -> f64 {
    calls(facts, |calls| ratio(part(calls.within(window)), whole(calls.within(window))))
}

pub(super) const DECLARED: &[Declared] = &[
    Declared {
        name: "call_cnt",
        description: "Calls in the last {N} days",
        description_zh: "近{N}天通话次数",
        unit: unit::CALLS,
        missing: Missing::Calls,
        value: Value::Within(&Window::ALL, |facts, window| sum(facts, window, |tally| tally.calls)),
    },
    Declared {
        name: "call_out_cnt",
        description: "Outgoing calls in the last {N} days",
        description_zh: "近{N}天主叫次数",
        unit: unit::CALLS,
        missing: Missing::Calls,
        value: Value::Within(&Window::ALL, |facts, window| sum(facts, window, |tally| tally.out)),
    },
    Declared {
        name: "call_in_cnt",
        description: "Incoming calls in the last {N} days",
        description_zh: "近{N}天被叫次数",
        unit: unit::CALLS,
        missing: Missing::Calls,
        value: Value::Within(&Window::ALL, |facts, window| sum(facts, window, |tally| tally.incoming)),
    },
    Declared {
        name: "call_seconds",
        description: "Talk time in the last {N} days",
        description_zh: "近{N}天通话时长",
        unit: unit::SECONDS,
        missing: Missing::Calls,
        value: Value::Within(&Window::ALL, |facts, window| sum(facts, window, |tally| tally.seconds)),
    },
    Declared {
        name: "peer_cnt",
        description: "Distinct numbers in calls of the last {N} days",
        description_zh: "近{N}天通话号码数",
        unit: unit::NUMBERS,
        missing: Missing::Calls,
        value: Value::Within(&Window::ALL, |facts, window| {
            calls(facts, |calls| number(calls.distinct(window, None)))
        }),
    },
    Declared {
        name: "night_call_cnt",
        description: "Calls that began from 23:00 to 06:00, in the last {N} days",
        description_zh: "近{N}天夜间（23:00至06:00）通话次数",
        unit: unit::CALLS,
        missing: Missing::Calls,
        value: Value::Within(&Window::ALL, |facts, window| sum(facts, window, |tally| tally.night)),
    },
    Declared {
        name: "night_call_ratio",
        description: "Share of the last {N} days' calls that began from 23:00 to 06:00",
        description_zh: "近{N}天夜间通话次数占比",
        unit: unit::SHARE,
        missing: Missing::CallsWithin,
        value: Value::Within(&Window::ALL, |facts, window| {
            quotient(facts, window, |tally| tally.night, |tally| tally.calls)
        }),
    },
    Declared {
        name: "active_days",
        description: "Days with a call, of the last {N} days; the first of them may lie in the window in part",
        description_zh: "近{N}天有通话的天数",
        unit: unit::DAYS,
        missing: Missing::Calls,
        value: Value::Within(&Window::ALL, |facts, window| {
            calls(facts, |calls| number(calls.days.count(&calls.windows, window)))
        }),
    },
    Declared {
        name: "max_silence_days",
        description: "Longest run of whole days without a call between the first and last call of the last {N} days",
        description_zh: "近{N}天首末次通话之间最长连续无通话天数",
        unit: unit::DAYS,
        missing: Missing::Calls,
        value: Value::Within(&Window::HALF_YEAR, |facts, _| {
            calls(facts, |calls| number(calls.days.silences().max().unwrap_or_default()))
        }),
    },
    Declared {
        name: "silence_3d_cnt",
        description: "Runs of three and more whole days without a call between the first and last call of the last {N} days",
        description_zh: "近{N}天首末次通话之间连续三天及以上无通话的次数",
        unit: unit::TIMES,
        missing: Missing::Calls,
        value: Value::Within(&Window::HALF_YEAR, |facts, _| {
            calls(facts, |calls| number(calls.days.silences().filter(|&days| days >= LONG_SILENCE).count()))
        }),
    },
    Declared {
        name: "days_since_last_call",
        description: "Days from the last call to the time counted back from",
        description_zh: "距最近一次通话的天数",
        unit: unit::DAYS,
        missing: Missing::LastCall,
        value: Value::Once(|facts| calls(facts, Calls::days_since_last)),
    },
    Declared {
        name: "call_out_seconds",
        description: "Talk time of outgoing calls in the last {N} days",
        description_zh: "近{N}天主叫时长",
        unit: unit::SECONDS,
        missing: Missing::Calls,
        value: Value::Within(&Window::ALL, |facts, window| sum(facts, window, |tally| tally.out_seconds)),
    },
    Declared {
        name: "call_in_seconds",
        description: "Talk time of incoming calls in the last {N} days",
        description_zh: "近{N}天被叫时长",
        unit: unit::SECONDS,
        missing: Missing::Calls,
        value: Value::Within(&Window::ALL, |facts, window| sum(facts, window, |tally| tally.in_seconds)),
    },
    Declared {
        name: "night_seconds_ratio",
        description: "Share of the last {N} days' talk time in calls that began from 23:00 to 06:00",
        description_zh: "近{N}天夜间通话时长占比",
        unit: unit::SHARE,
        missing: Missing::CallsWithin,
        value: Value::Within(&Window::ALL, |facts, window| {
            quotient(facts, window, |tally| tally.night_seconds, |tally| tally.seconds)
        }),
    },
    Declared {
        name: "weekend_call_ratio",
        description: "Share of the last {N} days' calls on Saturdays and Sundays",
        description_zh: "近{N}天周末通话次数占比",
        unit: unit::SHARE,
        missing: Missing::CallsWithin,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| {
            quotient(facts, window, |tally| tally.weekend, |tally| tally.calls)
        }),
    },
    Declared {
        name: "call_out_ratio",
        description: "Share of the last {N} days' calls that were outgoing",
        description_zh: "近{N}天主叫次数占比",
        unit: unit::SHARE,
        missing: Missing::CallsWithin,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| {
            quotient(facts, window, |tally| tally.out, |tally| tally.calls)
        }),
    },
    Declared {
        name: "call_mean_seconds",
        description: "Mean talk time of a call of the last {N} days",
        description_zh: "近{N}天次均通话时长",
        unit: unit::SECONDS,
        missing: Missing::CallsWithin,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| {
            quotient(facts, window, |tally| tally.seconds, |tally| tally.calls)
        }),
    },
    Declared {
        name: "call_cnt_trend_30d_90d",
        description: "Calls of the last 30 days as a multiple of the monthly mean of the last 90: 1 is steady",
        description_zh: "近30天通话次数与近90天月均次数之比",
        unit: unit::TIMES,
        missing: Missing::CallsWithin,
        value: Value::Once(|facts| {
            calls(facts, |calls| {
                ratio(3 * calls.within(Window::Days30).calls, calls.within(Window::Days90).calls)
            })
        }),
    },
    Declared {
        name: "call_charge",
        description: "What the last {N} days' calls cost",
        description_zh: "近{N}天通话费用",
        unit: unit::YUAN,
        missing: Missing::Charges,
        value: Value::Within(&Window::HALF_YEAR, |facts, _| calls(facts, |calls| calls.charge)),
    },
    Declared {
        name: "home_call_ratio",
        description: "Share of the last {N} days' calls, of those with a known place, at the place with most of them",
        description_zh: "近{N}天常驻地通话次数占比（常驻地为通话最多的地点）",
        unit: unit::SHARE,
        missing: Missing::CallsWithin,
        value: Value::Within(&Window::HALF_YEAR, |facts, _| {
            calls(facts, |calls| {
                let (home, known) = calls.at_home();
                ratio(home, known)
            })
        }),
    },
    Declared {
        name: "place_cnt",
        description: "Different places of the last {N} days' calls",
        description_zh: "近{N}天通话地点数",
        unit: unit::PLACES,
        missing: Missing::Calls,
        value: Value::Within(&Window::HALF_YEAR, |facts, _| {
            calls(facts, |calls| number(calls.place_count()))
        }),
    },
];
