//! Features that the report has already: its checks, its scores, and what it knows of blacklists.

use super::super::facts::Facts;
use super::super::report::Report;
use super::{Declared, Missing, Value, unit};

/// Something of the report, where there is one.
fn report(facts: &Facts<'_>, of: impl FnOnce(&Report<'_>) -> f64) -> f64 {
    facts.report.as_ref().map_or(f64::NAN, of)
}

/// Checks on behaviour, by their codes.
macro_rules! check {
    ($code:literal, $english:literal, $chinese:literal) => {
        Declared {
            name: concat!("report_check_", $code),
            description: concat!("The report's check ", $code, " (", $english, "): 1 passed, 2 failed"),
            description_zh: concat!("报告行为检测“", $chinese, "”：1通过，2未通过"),
            unit: unit::SCORE,
            missing: Missing::NoReport,
            value: Value::Once(|facts| report(facts, |report| report.check($code))),
        }
    };
}

pub(super) const DECLARED: &[Declared] = &[
    check!("regular_circle", "where the circle of contacts is", "朋友圈所在地"),
    check!("phone_used_time", "how long the number has been used", "号码使用时间"),
    check!("phone_silent", "days without calls", "手机静默情况"),
    check!("phone_power_off", "days switched off", "关机情况"),
    check!("contact_each_other", "numbers with calls in both directions", "互通过电话的号码数量"),
    check!("contact_macao", "calls with Macao", "与澳门通话情况"),
    check!("contact_110", "calls with 110", "与110通话情况"),
    check!("contact_120", "calls with 120", "与120通话情况"),
    check!("contact_lawyer", "calls with lawyers", "与律师通话情况"),
    check!("contact_court", "calls with courts", "与法院通话情况"),
    check!("contact_night", "calls at night", "夜间通话情况"),
    check!("contact_loan", "calls with lenders", "与贷款机构通话情况"),
    check!("contact_bank", "calls with banks", "与银行通话情况"),
    check!("contact_credit_card", "calls with credit card centres", "与信用卡中心通话情况"),
    check!("contact_collection", "calls with debt collectors", "与催收机构通话情况"),
    check!("phone_call", "calls altogether", "总体通话情况"),
];
