//! The credit card: purchases, monthly statements, and payments that come in time, late, in part or not at all.

use std::iter::Peekable;
use std::vec::IntoIter;

use super::{Entry, day_of_month};
use crate::story::calendar::{DAY, Moment};
use crate::story::identity::Papers;
use crate::story::life::Life;
use crate::story::rng::Stream;
use crate::story::shopping;

/// One monthly statement; amounts in fen, `new_balance = last_balance − last_payment + new_charges + interest`.
pub(super) struct Statement {
    /// When it was made.
    pub(super) at: Moment,
    /// Midnight of the last day to pay.
    pub(super) due: Moment,
    /// Owed on the statement before.
    pub(super) last_balance: i64,
    /// Paid since.
    pub(super) last_payment: i64,
    /// Bought since.
    pub(super) new_charges: i64,
    /// Interest and late fee.
    pub(super) interest: i64,
    /// Owed now.
    pub(super) new_balance: i64,
    /// The least to pay.
    pub(super) min_payment: i64,
}

/// A card and what happened to it.
pub(super) struct CardHistory {
    /// Credit limit in fen.
    pub(super) limit: i64,
    /// In order of time.
    pub(super) entries: Vec<Entry>,
    /// In order of time.
    pub(super) statements: Vec<Statement>,
    /// When how much was paid: the account pays it.
    pub(super) payments: Vec<(Moment, i64)>,
}

/// How a statement was dealt with.
struct Settlement {
    /// The payment that is to come, if any.
    pending: Option<(Moment, i64)>,
    /// Interest and late fee that this way of dealing costs.
    penalty: i64,
}

/// Draws the card's six months.
pub(super) fn history(papers: &Papers, life: &Life) -> CardHistory {
    let mut stream = papers.stream("ebank/card");
    let risk = papers.facet(life.risk, "card");
    let limit = (life.salary * 3 / 100_000 + 1) * 100_000;
    let statement_day = *stream.pick(&[3, 5, 7, 10, 12, 15, 18, 20, 22, 25]);
    let charges = charges(papers, life, &mut stream);

    // The statement before the window starts the story.
    let opening = (life.salary as f64 * stream.span(0.1, 0.5 + 0.7 * risk)) as i64;
    let mut settlement = settle(opening, day_of_month(&life.calendar, -1, statement_day), risk, &mut stream);
    // What was due before the first day of the window is paid on that day.
    if let Some((at, _)) = &mut settlement.pending {
        *at = (*at).max(life.calendar.midnight(0) + 10 * 3600);
    }
    let history = CardHistory { limit, entries: Vec::new(), statements: Vec::new(), payments: Vec::new() };
    let mut desk = Desk { history, balance: -opening, charges: charges.into_iter().peekable() };
    let mut last_balance = opening;
    for month in 0..6 {
        let at = day_of_month(&life.calendar, month, statement_day) + DAY - 1;
        let (last_payment, new_charges) =
            desk.work_until(at.min(life.calendar.as_of), &mut settlement.pending);
        if at > life.calendar.as_of {
            break;
        }
        let interest = settlement.penalty;
        if interest > 0 {
            desk.enter(at, -interest, "利息及滞纳金".to_owned());
        }
        let new_balance = -desk.balance;
        desk.history.statements.push(Statement {
            at,
            due: due(at),
            last_balance,
            last_payment,
            new_charges,
            interest,
            new_balance,
            min_payment: min_payment(new_balance),
        });
        last_balance = new_balance;
        settlement = settle(new_balance, at, risk, &mut stream);
    }
    // The days since the last statement.
    desk.work_until(life.calendar.as_of, &mut settlement.pending);
    desk.history
}

/// Keeps the card's books.
struct Desk {
    history: CardHistory,
    balance: i64,
    charges: Peekable<IntoIter<(Moment, i64, String)>>,
}

impl Desk {
    /// Books everything up to `end`; returns what was paid and what was bought.
    fn work_until(&mut self, end: Moment, pending: &mut Option<(Moment, i64)>) -> (i64, i64) {
        let (mut paid, mut bought) = (0, 0);
        loop {
            let next_charge = self.charges.peek().map(|charge| charge.0).filter(|&at| at <= end);
            if let Some((at, amount)) =
                pending.take_if(|(at, _)| *at <= end && next_charge.is_none_or(|charge| *at <= charge))
            {
                paid += amount;
                self.history.payments.push((at, amount));
                self.enter(at, amount, "信用卡还款".to_owned());
            } else if let Some((at, amount, description)) = self.charges.next_if(|charge| charge.0 <= end) {
                // Beyond the limit the shop's terminal refuses.
                if self.balance - amount >= -self.history.limit {
                    bought += amount;
                    self.enter(at, -amount, description);
                }
            } else {
                return (paid, bought);
            }
        }
    }

    fn enter(&mut self, at: Moment, amount: i64, description: String) {
        self.balance += amount;
        self.history.entries.push(Entry { at, amount, balance: self.balance, description });
    }
}

/// Twenty days after the statement.
fn due(statement: Moment) -> Moment {
    (statement.div_euclid(DAY) + 20) * DAY
}

fn min_payment(balance: i64) -> i64 {
    (balance / 10).max(5_000).min(balance).max(0)
}

/// Decides how a statement is paid. Every payment comes within four weeks of its statement, hence before the next one.
fn settle(balance: i64, statement: Moment, risk: f64, stream: &mut Stream) -> Settlement {
    if balance <= 0 {
        return Settlement { pending: None, penalty: 0 };
    }
    let due = due(statement);
    let minimum = min_payment(balance);
    let late_fee = minimum / 20;
    // Half a thousandth a day.
    let interest = |days: i64| balance * days / 2_000;
    let clock = stream.between(9 * 3600, 22 * 3600);
    let early = due - stream.between(0, 12) * DAY + clock;
    let late_days = stream.between(1, 6);
    match stream.unit() {
        draw if draw < 0.20 * risk * risk => Settlement { pending: None, penalty: interest(30) + late_fee },
        draw if draw < 0.02 + 0.55 * risk * risk => {
            let amount = if stream.chance(0.6) { balance } else { minimum };
            let pending = Some((due + late_days * DAY + clock, amount));
            Settlement { pending, penalty: interest(20 + late_days) + late_fee }
        }
        draw if draw < 0.05 + 0.75 * risk => {
            Settlement { pending: Some((early, minimum)), penalty: interest(30) }
        }
        _ => Settlement { pending: Some((early, balance)), penalty: 0 },
    }
}

/// Online orders and what people buy with a card besides: moment, amount, description; in order of time.
fn charges(papers: &Papers, life: &Life, stream: &mut Stream) -> Vec<(Moment, i64, String)> {
    const SHOPS: [(&str, f64); 7] = [
        ("超市消费", 120.0),
        ("餐饮消费", 95.0),
        ("加油站消费", 260.0),
        ("百货商场消费", 420.0),
        ("药店消费", 60.0),
        ("酒店消费", 330.0),
        ("影院消费", 80.0),
    ];
    let orders = shopping::orders(papers, life);
    let mut list: Vec<(Moment, i64, String)> =
        orders.iter().map(|order| (order.at, order.amount, format!("网上支付 {}", order.category))).collect();
    for day in 0..life.calendar.days.len() {
        if stream.chance(0.22) {
            let (shop, price) = *stream.pick(&SHOPS);
            let at = life.calendar.midnight(day) + stream.between(9 * 3600, 22 * 3600);
            let amount = (price * stream.span(0.3, 1.8) * 100.0) as i64;
            let place = life.whereabouts[day].city;
            if at < life.calendar.as_of {
                list.push((at, amount, format!("{place}{shop}")));
            }
        }
    }
    list.sort_by_key(|charge| charge.0);
    list
}
