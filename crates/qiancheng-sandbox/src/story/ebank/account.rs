//! The salary account: pay, rent, loans and their instalments, telephone bills, the credit card's payments, daily life.

use super::{Entry, day_of_month};
use crate::story::Contact;
use crate::story::calendar::{DAY, DayKind, Moment};
use crate::story::identity::Papers;
use crate::story::life::Life;
use crate::story::names;
use crate::story::peers::{LENDERS, lenders};
use crate::story::rng::Stream;
use crate::story::telecom::Telecom;

/// Something that is to happen to the account.
struct Plan {
    at: Moment,
    amount: i64,
    description: String,
    /// It must be paid: relatives help when the money is not there. Other payments are left undone.
    must: bool,
}

fn plan(at: Moment, amount: i64, description: impl Into<String>, must: bool) -> Plan {
    Plan { at, amount, description: description.into(), must }
}

/// The account's six months, in order of time. The balance never falls below zero.
pub(super) fn history(
    papers: &Papers,
    life: &Life,
    telecom: &Telecom,
    contacts: &[Contact],
    card_payments: &[(Moment, i64)],
) -> Vec<Entry> {
    let mut stream = papers.stream("ebank/account");
    let mut plans: Vec<Plan> =
        card_payments.iter().map(|&(at, amount)| plan(at, -amount, "信用卡还款", true)).collect();
    regular(life, &mut stream, &mut plans);
    telephone(papers, life, telecom, &mut stream, &mut plans);
    loans(papers, life, &mut stream, &mut plans);
    daily(life, contacts, &mut stream, &mut plans);
    plans.retain(|plan| plan.at >= life.calendar.midnight(0) && plan.at < life.calendar.as_of);
    plans.sort_by_key(|plan| plan.at);

    let helper = match contacts
        .iter()
        .find(|contact| matches!(contact.contact_type.as_str(), "0" | "1" | "2" | "3"))
    {
        Some(contact) => contact.name.clone(),
        None => names::relative(&mut stream, &papers.name, papers.female),
    };
    let mut balance = (life.salary as f64 * stream.span(0.2, 0.5 + 3.0 * (1.0 - life.risk))) as i64;
    let mut entries = Vec::with_capacity(plans.len());
    for plan in plans {
        let missing = -(balance + plan.amount);
        if missing > 0 {
            if !plan.must {
                continue;
            }
            let help = (missing / 50_000 + 1) * 50_000;
            balance += help;
            let description = format!("转账收入 {helper}");
            entries.push(Entry { at: plan.at, amount: help, balance, description });
        }
        balance += plan.amount;
        entries.push(Entry { at: plan.at, amount: plan.amount, balance, description: plan.description });
    }
    entries
}

/// Pay, rent, power, the bank's interest. The pay of the risky comes late now and then, or not at all.
fn regular(life: &Life, stream: &mut Stream, plans: &mut Vec<Plan>) {
    let rent = (life.salary as f64 * stream.span(0.15, 0.30) / 10_000.0) as i64 * 10_000;
    for month in 0..6 {
        let delay = if stream.chance(0.35 * life.risk) { stream.between(1, 6) } else { 0 };
        let at = day_of_month(&life.calendar, month, life.payday)
            + delay * DAY
            + 10 * 3600
            + stream.between(0, 1800);
        let bonus = stream.between(0, life.salary / 2_000) * 100;
        if !stream.chance(0.12 * life.risk) {
            plans.push(plan(at, life.salary + bonus, format!("工资 {}", life.employer), false));
        }
        let at = day_of_month(&life.calendar, month, 2) + stream.between(9 * 3600, 20 * 3600);
        plans.push(plan(at, -rent, "房租", true));
        let at = day_of_month(&life.calendar, month, 12) + stream.between(9 * 3600, 20 * 3600);
        plans.push(plan(at, -stream.between(8_000, 32_000), "水电燃气缴费", false));
        if life
            .calendar
            .months
            .get(month as usize)
            .is_some_and(|month| matches!(&month[5..], "03" | "06" | "09" | "12"))
        {
            let at = day_of_month(&life.calendar, month, 21) + 3 * 3600;
            plans.push(plan(at, stream.between(50, 1_500), "结息", false));
        }
    }
}

/// The telephone bill, in the days after its month.
fn telephone(papers: &Papers, life: &Life, telecom: &Telecom, stream: &mut Stream, plans: &mut Vec<Plan>) {
    for bill in &telecom.bills {
        if let Some(paid) = bill.paid.filter(|&paid| paid > 0) {
            let at = day_of_month(&life.calendar, bill.month as i64 + 1, stream.between(3, 18))
                + stream.between(9, 20) * 3600;
            plans.push(plan(at, -paid, format!("{}话费", papers.carrier.name()), true));
        }
    }
}

/// What lenders paid out comes back in monthly instalments, as long as there is money.
fn loans(papers: &Papers, life: &Life, stream: &mut Stream, plans: &mut Vec<Plan>) {
    for lender in lenders(papers, life) {
        let amount = stream.between(2, 16) * 50_000;
        let at = life.calendar.midnight(stream.below(life.calendar.days.len() as u64) as usize)
            + stream.between(9 * 3600, 23 * 3600);
        plans.push(plan(at, amount, format!("放款 {}", LENDERS[lender]), false));
        let instalments = stream.between(1, 6);
        for number in 1..=instalments {
            let due = at + number * 30 * DAY;
            plans.push(plan(
                due,
                -(amount * 115 / 100 / instalments),
                format!("还款 {}", LENDERS[lender]),
                false,
            ));
        }
    }
}

/// Food, transport, cash, and money between friends.
fn daily(life: &Life, contacts: &[Contact], stream: &mut Stream, plans: &mut Vec<Plan>) {
    const SPENDING: [(&str, f64); 6] = [
        ("快捷支付 餐饮", 28.0),
        ("快捷支付 外卖", 32.0),
        ("快捷支付 交通出行", 18.0),
        ("快捷支付 便利店", 22.0),
        ("快捷支付 生活缴费", 60.0),
        ("快捷支付 超市", 75.0),
    ];
    for day in 0..life.calendar.days.len() {
        let midnight = life.calendar.midnight(day);
        let festive = life.calendar.days[day].kind != DayKind::Workday;
        for _ in 0..stream.below(if festive { 4 } else { 3 }) {
            let (description, price) = *stream.pick(&SPENDING);
            let amount = (price * stream.span(0.4, 2.2) * 100.0) as i64;
            plans.push(plan(midnight + stream.between(7 * 3600, 23 * 3600), -amount, description, false));
        }
        if stream.chance(0.03) {
            let at = midnight + stream.between(8 * 3600, 22 * 3600);
            plans.push(plan(at, -stream.between(2, 20) * 10_000, "ATM取款", false));
        }
        if stream.chance(0.03) {
            let at = midnight + stream.between(8 * 3600, 23 * 3600);
            let female = stream.chance(0.5);
            let other = match contacts {
                [] => names::person(stream, female),
                contacts => stream.pick(contacts).name.clone(),
            };
            let amount = stream.between(1, 20) * 5_000;
            if stream.chance(0.4) {
                plans.push(plan(at, amount, format!("转账收入 {other}"), false));
            } else {
                plans.push(plan(at, -amount, format!("转账支出 {other}"), false));
            }
        }
        if life.calendar.days[day].kind == DayKind::SpringFestival && stream.chance(0.5) {
            plans.push(plan(
                midnight + stream.between(8, 22) * 3600,
                -stream.between(1, 9) * 20_000,
                "红包",
                false,
            ));
        }
    }
}
