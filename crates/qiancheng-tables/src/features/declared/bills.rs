//! Features of the bills, and of how long the number has been in the network.

use super::super::bills::Bills;
use super::super::facts::Facts;
use super::super::instant::days_between;
use super::super::number;
use super::{Declared, Missing, Value, unit};

/// Months are of so many days.
const MONTH_DAYS: f64 = 30.0;

fn bills(facts: &Facts<'_>, of: impl FnOnce(&Bills) -> f64) -> f64 {
    facts.bills.as_ref().map_or(f64::NAN, of)
}

pub(super) const DECLARED: &[Declared] = &[
    Declared {
        name: "in_network_months",
        description: "Months of 30 days since the number entered the network",
        description_zh: "入网月数（按30天计）",
        unit: unit::MONTHS,
        missing: Missing::Registration,
        value: Value::Once(|facts| match (facts.registered, facts.as_of) {
            (Some(registered), Some(as_of)) => days_between(registered, as_of) / MONTH_DAYS,
            _ => f64::NAN,
        }),
    },
    Declared {
        name: "bill_mean_6m",
        description: "Mean monthly bill of the last six whole months",
        description_zh: "近6个完整月的月均账单",
        unit: unit::YUAN,
        missing: Missing::BillsWithin,
        value: Value::Once(|facts| bills(facts, |bills| bills.total.mean)),
    },
    Declared {
        name: "bill_max_6m",
        description: "Greatest monthly bill of the last six whole months",
        description_zh: "近6个完整月的最高月账单",
        unit: unit::YUAN,
        missing: Missing::BillsWithin,
        value: Value::Once(|facts| bills(facts, |bills| bills.total.greatest)),
    },
    Declared {
        name: "bill_min_6m",
        description: "Least monthly bill of the last six whole months",
        description_zh: "近6个完整月的最低月账单",
        unit: unit::YUAN,
        missing: Missing::BillsWithin,
        value: Value::Once(|facts| bills(facts, |bills| bills.total.least)),
    },
    Declared {
        name: "bill_plan_mean_6m",
        description: "Mean package fee of the last six whole months",
        description_zh: "近6个完整月的月均套餐费",
        unit: unit::YUAN,
        missing: Missing::BillsWithin,
        value: Value::Once(|facts| bills(facts, |bills| bills.plan.mean)),
    },
    Declared {
        name: "bill_pay_mean_6m",
        description: "Mean payment of the last six whole months",
        description_zh: "近6个完整月的月均实缴费用",
        unit: unit::YUAN,
        missing: Missing::BillsWithin,
        value: Value::Once(|facts| bills(facts, |bills| bills.paid.mean)),
    },
    Declared {
        name: "bill_month_cnt_6m",
        description: "Months of the last six whole months that have a bill",
        description_zh: "近6个完整月中有账单的月数",
        unit: unit::MONTHS,
        missing: Missing::Bills,
        value: Value::Once(|facts| bills(facts, |bills| number(bills.months))),
    },
];
