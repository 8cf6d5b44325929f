//! Features of short messages and data sessions.

use super::super::facts::Facts;
use super::super::messages::Messages;
use super::super::nets::Nets;
use super::super::number;
use super::super::window::Window;
use super::{Declared, Missing, Value, unit};

fn messages(facts: &Facts<'_>, of: impl FnOnce(&Messages) -> f64) -> f64 {
    facts.messages.as_ref().map_or(f64::NAN, of)
}

fn nets(facts: &Facts<'_>, of: impl FnOnce(&Nets) -> f64) -> f64 {
    facts.nets.as_ref().map_or(f64::NAN, of)
}

pub(super) const DECLARED: &[Declared] = &[
    Declared {
        name: "sms_cnt",
        description: "Short messages in the last {N} days",
        description_zh: "近{N}天短信条数",
        unit: unit::MESSAGES,
        missing: Missing::Messages,
        value: Value::Within(&Window::MONTH_AND_HALF_YEAR, |facts, window| {
            messages(facts, |messages| number(messages.within(window).messages))
        }),
    },
    Declared {
        name: "sms_out_cnt",
        description: "Short messages sent in the last {N} days",
        description_zh: "近{N}天发送短信条数",
        unit: unit::MESSAGES,
        missing: Missing::Messages,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| {
            messages(facts, |messages| number(messages.within(window).sent))
        }),
    },
    Declared {
        name: "sms_in_cnt",
        description: "Short messages received in the last {N} days",
        description_zh: "近{N}天接收短信条数",
        unit: unit::MESSAGES,
        missing: Missing::Messages,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| {
            messages(facts, |messages| number(messages.within(window).received))
        }),
    },
    Declared {
        name: "sms_peer_cnt",
        description: "Distinct numbers in short messages of the last {N} days",
        description_zh: "近{N}天短信往来号码数",
        unit: unit::NUMBERS,
        missing: Missing::Messages,
        value: Value::Within(&Window::HALF_YEAR, |facts, _| {
            messages(facts, |messages| number(messages.peers))
        }),
    },
    Declared {
        name: "net_megabytes",
        description: "Data volume in the last {N} days",
        description_zh: "近{N}天上网流量",
        unit: unit::MEGABYTES,
        missing: Missing::Volume,
        value: Value::Within(&Window::MONTH_AND_HALF_YEAR, |facts, window| {
            nets(facts, |nets| nets.within(window).megabytes())
        }),
    },
    Declared {
        name: "net_seconds",
        description: "Length of the data sessions in the last {N} days",
        description_zh: "近{N}天上网时长",
        unit: unit::SECONDS,
        missing: Missing::Nets,
        value: Value::Within(&Window::HALF_YEAR, |facts, window| {
            nets(facts, |nets| number(nets.within(window).seconds))
        }),
    },
    Declared {
        name: "net_active_days",
        description: "Days with a data session, of the last {N} days",
        description_zh: "近{N}天有上网记录的天数",
        unit: unit::DAYS,
        missing: Missing::Nets,
        value: Value::Within(&Window::HALF_YEAR, |facts, _| nets(facts, |nets| number(nets.active_days))),
    },
];
