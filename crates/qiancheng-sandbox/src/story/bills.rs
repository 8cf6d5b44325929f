//! The price of it all: six monthly bills that follow the usage.
//!
//! A month costs its package, then every minute, message and megabyte beyond what the package holds. The single records
//! carry the same amounts, so a bill is its package plus the records' `subtotal`s of its month.

use super::calendar::Calendar;
use super::calls::{Call, Direction};
use super::identity::Papers;
use super::life::Life;
use super::messages::{Net, Sms};

/// Package fees in fen.
const PACKAGES: [i64; 7] = [1_900, 3_800, 5_800, 8_800, 12_800, 15_800, 18_800];

/// One month's bill; amounts in fen.
#[derive(Debug, Clone)]
pub(super) struct Bill {
    /// Place in [`Calendar::months`].
    pub(super) month: usize,
    /// Package fee.
    pub(super) package: i64,
    /// Everything.
    pub(super) total: i64,
    /// Paid so far; `None` where the carrier does not say, as for the month that has only begun.
    pub(super) paid: Option<i64>,
}

/// What a package holds, for one month.
struct Allowance {
    minutes: i64,
    messages: i64,
    megabytes: i64,
}

/// Prices the records and adds them up. There is no bill for months before the number existed.
pub(super) fn price(
    papers: &Papers,
    life: &Life,
    calls: &mut [Call],
    smses: &mut [Sms],
    nets: &mut [Net],
) -> Vec<Bill> {
    let mut stream = papers.stream("bills");
    let affluence =
        (0.9 - 0.75 * papers.facet(life.risk, "package") + stream.bell(0.0, 0.13)).clamp(0.0, 0.999);
    let package = PACKAGES[(affluence * PACKAGES.len() as f64) as usize];
    // People choose a package near what they use.
    let mut share = || stream.span(0.80, 1.25) / 5.0;
    let minutes: i64 = calls.iter().filter(|call| call.direction == Direction::Out).map(minutes).sum();
    let megabytes: i64 = nets.iter().map(|net| net.kilobytes / 1024).sum();
    let allowance = Allowance {
        minutes: (minutes as f64 * share()) as i64,
        messages: (smses.iter().filter(|sms| sms.sent).count() as f64 * share()) as i64,
        megabytes: (megabytes as f64 * share()) as i64,
    };
    charge_calls(calls, &allowance, &life.calendar);
    charge_messages(smses, &allowance, &life.calendar);
    charge_data(nets, &allowance, &life.calendar);

    let fees = calls.iter().map(|call| (call.at, call.fee));
    let fees = fees.chain(smses.iter().map(|sms| (sms.at, sms.fee)));
    let fees = fees.chain(nets.iter().map(|net| (net.at, net.fee)));
    let mut usage = [0_i64; 6];
    for (at, fee) in fees {
        usage[life.calendar.day(at).month] += fee;
    }

    let joined = life.calendar.days[life.first_day()].month;
    (joined..6)
        .map(|month| {
            let total = package + usage[month];
            let paid = match stream.unit() {
                _ if month == 5 => None,
                draw if draw < 0.04 => None,
                // In arrears: part of it, or nothing yet.
                draw if draw < 0.04 + 0.35 * life.risk => {
                    Some(if stream.chance(0.5) { 0 } else { total / 2 })
                }
                _ => Some(total),
            };
            Bill { month, package, total, paid }
        })
        .collect()
}

fn minutes(call: &Call) -> i64 {
    (call.seconds + 59) / 60
}

/// 0.15 yuan a minute of outgoing calls beyond the package. A call whose time was lost is not charged.
fn charge_calls(calls: &mut [Call], allowance: &Allowance, calendar: &Calendar) {
    let mut used = [0_i64; 6];
    for call in calls.iter_mut().filter(|call| call.direction == Direction::Out && !call.time_lost) {
        let month = &mut used[calendar.day(call.at).month];
        let before = (*month - allowance.minutes).max(0);
        *month += minutes(call);
        call.fee = ((*month - allowance.minutes).max(0) - before) * 15;
    }
}

/// 0.10 yuan a message sent beyond the package.
fn charge_messages(smses: &mut [Sms], allowance: &Allowance, calendar: &Calendar) {
    let mut used = [0_i64; 6];
    for sms in smses.iter_mut().filter(|sms| sms.sent) {
        let month = &mut used[calendar.day(sms.at).month];
        *month += 1;
        sms.fee = if *month > allowance.messages { 10 } else { 0 };
    }
}

/// 1 fen a megabyte beyond the package.
fn charge_data(nets: &mut [Net], allowance: &Allowance, calendar: &Calendar) {
    let mut used = [0_i64; 6];
    for net in nets.iter_mut() {
        let month = &mut used[calendar.day(net.at).month];
        let fee = |kilobytes: i64| (kilobytes / 1024 - allowance.megabytes).max(0);
        let before = fee(*month);
        *month += net.kilobytes;
        net.fee = fee(*month) - before;
    }
}
