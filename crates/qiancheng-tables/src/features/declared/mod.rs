//! Every feature, declared once: its name, what it says in two languages, its unit, its window, what NaN means, and how it is
//! computed. The dictionary and the computation both go through these declarations, in their order.

mod bills;
mod calls;
mod contacts;
mod report;
mod usage;

use super::facts::Facts;
use super::window::Window;

/// A feature, or one for each of several windows.
pub(super) struct Declared {
    /// The name; `_7d` and so on is put behind it for a window.
    pub(super) name: &'static str,
    /// The description, in which `{N}` is the window's days.
    pub(super) description: &'static str,
    /// The same in Chinese.
    pub(super) description_zh: &'static str,
    pub(super) unit: &'static str,
    pub(super) missing: Missing,
    pub(super) value: Value,
}

/// How a feature is computed.
#[derive(Clone, Copy)]
pub(super) enum Value {
    /// Without a window.
    Once(fn(&Facts<'_>) -> f64),
    /// For each of these windows.
    Within(&'static [Window], fn(&Facts<'_>, Window) -> f64),
}

/// What is not there if a feature is NaN.
#[derive(Clone, Copy)]
pub(super) enum Missing {
    /// Counts and sums of calls.
    Calls,
    /// Ratios and means of calls.
    CallsWithin,
    /// What is counted from the last call.
    LastCall,
    /// Sums of charges.
    Charges,
    /// Comparisons of two periods.
    Period,
    Messages,
    Nets,
    Volume,
    Bills,
    BillsWithin,
    Registration,
    Report,
    Contacts,
}

impl Missing {
    /// In English and in Chinese.
    pub(super) fn texts(self) -> [&'static str; 2] {
        match self {
            Self::Calls => ["no call data, or no time to count back from", "无通话详单，或无计算时点"],
            Self::CallsWithin => [
                "no call data, no time to count back from, or nothing in the window to divide by",
                "无通话详单、无计算时点，或窗口内分母为零",
            ],
            Self::LastCall => {
                ["no call data, or no call before the time counted back from", "计算时点前无通话记录"]
            }
            Self::Charges => [
                "no call data, no time to count back from, or calls in the window of which none says what it cost",
                "无通话详单、无计算时点，或窗口内通话均无费用",
            ],
            Self::Period => [
                "no call data, no time to count back from, or one of the two periods is empty",
                "无通话详单、无计算时点，或两个时段之一无通话",
            ],
            Self::Messages => {
                ["no short messages, or no time to count back from", "无短信详单，或无计算时点"]
            }
            Self::Nets => ["no data sessions, or no time to count back from", "无流量详单，或无计算时点"],
            Self::Volume => [
                "no data sessions, no time to count back from, or sessions in the window of which none says its volume",
                "无流量详单、无计算时点，或窗口内均无流量值",
            ],
            Self::Bills => ["no bills, or no time to count back from", "无账单，或无计算时点"],
            Self::BillsWithin => [
                "no bills, no time to count back from, or no such amount in the six months",
                "无账单、无计算时点，或六个月内无该金额",
            ],
            Self::Registration => {
                ["no date of registration, or no time to count to", "无入网时间，或无计算时点"]
            }
            Self::Report => ["no report, or the report does not say", "无报告，或报告未给出"],
            Self::Contacts => [
                "no report, no emergency contact in it, no call data, or no such call",
                "无报告、报告无紧急联系人、无通话详单，或无此类通话",
            ],
        }
    }
}

/// Units, as the dictionary spells them.
mod unit {
    pub(super) const CALLS: &str = "calls";
    pub(super) const NUMBERS: &str = "numbers";
    pub(super) const DAYS: &str = "days";
    pub(super) const MONTHS: &str = "months";
    pub(super) const SECONDS: &str = "s";
    pub(super) const SHARE: &str = "share (0 to 1)";
    pub(super) const TIMES: &str = "times";
    pub(super) const YUAN: &str = "yuan";
    pub(super) const MESSAGES: &str = "messages";
    pub(super) const MEGABYTES: &str = "MB";
    pub(super) const PLACES: &str = "places";
    pub(super) const FLAG: &str = "flag (0 or 1)";
    pub(super) const SCORE: &str = "score";
    pub(super) const RANK: &str = "rank";
    pub(super) const YEARS: &str = "years";
    pub(super) const ORGANISATIONS: &str = "organisations";
}

/// All of them, in the order of the row. New ones are added at the end of their group, with a new version of the dictionary.
pub(super) fn all() -> impl Iterator<Item = &'static Declared> {
    [calls::DECLARED, contacts::DECLARED, bills::DECLARED, usage::DECLARED, report::DECLARED]
        .into_iter()
        .flatten()
}
