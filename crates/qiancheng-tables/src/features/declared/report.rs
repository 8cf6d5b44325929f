//! Features that the report has already: its checks, its scores, and what it knows of blacklists.

use super::super::calls::Calls;
use super::super::facts::Facts;
use super::super::report::Report;
use super::super::window::Window;
use super::{Declared, Missing, Value, unit};

/// Something of the report, where there is one.
fn report(facts: &Facts<'_>, of: impl FnOnce(&Report<'_>) -> f64) -> f64 {
    facts.report.as_ref().map_or(f64::NAN, of)
}

/// Something of the calls with emergency contacts, where there are such contacts, and calls.
fn emergency<'a>(facts: &Facts<'a>, of: impl FnOnce(&Report<'a>, &Calls<'a>) -> f64) -> f64 {
    match (&facts.report, &facts.calls) {
        (Some(report), Some(calls)) => of(report, calls),
        _ => f64::NAN,
    }
}

/// Checks on behaviour, by their codes.
macro_rules! check {
    ($code:literal, $english:literal, $chinese:literal) => {
        Declared {
            name: concat!("report_check_", $code),
            description: concat!("The report's check ", $code, " (", $english, "): 1 passed, 2 failed"),
            description_zh: concat!("报告行为检测“", $chinese, "”：1通过，2未通过"),
            unit: unit::SCORE,
            missing: Missing::Report,
            value: Value::Once(|facts| report(facts, |report| report.check($code))),
        }
    };
}

/// Something that the report says in so many words.
macro_rules! said {
    ($name:literal, $unit:ident, $english:literal, $chinese:literal, $value:expr) => {
        Declared {
            name: concat!("report_", $name),
            description: concat!($english, ", as the report says"),
            description_zh: concat!("报告：", $chinese),
            unit: unit::$unit,
            missing: Missing::Report,
            value: Value::Once(|facts| report(facts, $value)),
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
    said!(
        "gray_score",
        SCORE,
        "Grey score of the number, 0 to 100, lower is worse",
        "号码灰度分（0–100，越低越差）",
        |report| report.house.gray_score
    ),
    said!("contacts_class1_cnt", NUMBERS, "Direct contacts", "直接联系人数", |report| report
        .house
        .direct),
    said!(
        "contacts_class1_blacklist_cnt",
        NUMBERS,
        "Direct contacts on blacklists",
        "直接联系人在黑名单人数",
        |report| report.house.direct_listed
    ),
    said!(
        "contacts_class2_blacklist_cnt",
        NUMBERS,
        "Contacts' contacts on blacklists",
        "间接联系人在黑名单人数",
        |report| report.house.indirect_listed
    ),
    said!(
        "contacts_router_cnt",
        NUMBERS,
        "Direct contacts who lead to blacklisted people",
        "引起间接黑名单的联系人数",
        |report| report.house.routers
    ),
    said!(
        "contacts_router_ratio",
        SHARE,
        "Share of direct contacts who lead to blacklisted people",
        "引起间接黑名单的联系人占比",
        |report| report.house.router_ratio
    ),
    said!(
        "searched_org_cnt",
        ORGANISATIONS,
        "Lenders that searched for the applicant",
        "查询过该用户的机构数",
        |report| report.house.searched
    ),
    said!(
        "register_org_cnt",
        ORGANISATIONS,
        "Lenders that the applicant registered with",
        "注册过的机构数",
        |report| report.house.registered
    ),
    said!(
        "court_blacklist",
        FLAG,
        "Whether the applicant is on the courts' blacklist",
        "申请人是否在法院黑名单",
        |report| report.applicant.court_blacklist
    ),
    said!(
        "financial_blacklist",
        FLAG,
        "Whether the applicant is on lenders' blacklists",
        "申请人是否在金融机构黑名单",
        |report| report.applicant.financial_blacklist
    ),
    said!(
        "phone_financial_blacklist",
        FLAG,
        "Whether the number is on lenders' blacklists",
        "号码是否在金融机构黑名单",
        |report| report.applicant.phone_financial_blacklist
    ),
    said!(
        "real_name",
        FLAG,
        "Whether the number is registered in the applicant's name",
        "号码是否实名认证",
        |report| report.applicant.real_name
    ),
    said!("age", YEARS, "Age", "年龄", |report| report.applicant.age),
    said!("contact_cnt", NUMBERS, "Numbers that the applicant talked to", "联系人号码数", |report| {
        report.contacts
    }),
    Declared {
        name: "report_emergency_call_cnt",
        description: "Calls of the last {N} days with the emergency contacts that the report names",
        description_zh: "近{N}天与紧急联系人（取自报告）通话次数",
        unit: unit::CALLS,
        missing: Missing::Contacts,
        value: Value::Within(&Window::HALF_YEAR, |facts, _| emergency(facts, Report::emergency_calls)),
    },
    Declared {
        name: "report_emergency_best_rank",
        description: "Best place of an emergency contact among all numbers by calls in the last {N} days; 1 is first",
        description_zh: "近{N}天紧急联系人（取自报告）通话次数的最高排名，1为第一",
        unit: unit::RANK,
        missing: Missing::Contacts,
        value: Value::Within(&Window::HALF_YEAR, |facts, _| emergency(facts, Report::emergency_rank)),
    },
    Declared {
        name: "report_emergency_days_since_last_call",
        description: "Days from the last call with an emergency contact to the time counted back from",
        description_zh: "距最近一次与紧急联系人（取自报告）通话的天数",
        unit: unit::DAYS,
        missing: Missing::Contacts,
        value: Value::Once(|facts| emergency(facts, Report::emergency_days)),
    },
];
