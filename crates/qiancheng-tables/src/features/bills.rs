//! What the last six whole months' bills say.

use super::FeatureError;
use super::instant::{day, month};
use super::source::{Money, Rows, value};

/// So many months before the one that `as_of` is in.
const MONTHS: i64 = 6;

/// The bills of those months. Amounts are in yuan, NaN if no bill has one.
#[derive(Debug)]
pub(super) struct Bills {
    pub(super) total: Spread,
    pub(super) plan: Spread,
    pub(super) paid: Spread,
    /// Months that have a bill.
    pub(super) months: u32,
}

/// How amounts spread.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spread {
    pub(super) mean: f64,
    pub(super) least: f64,
    pub(super) greatest: f64,
}

impl Bills {
    /// `None`: there is no bill that says for which month it is.
    pub(super) fn of(rows: Rows<'_>, as_of: i64) -> Result<Option<Self>, FeatureError> {
        let cycles = rows.days("bill_cycle")?;
        let this_month = month(day(as_of));
        let mut any = false;
        let mut months = 0_u32;
        let mut within = Vec::new();
        for row in 0..rows.count() {
            let Some(cycle) = value(cycles, row) else { continue };
            any = true;
            let ago = this_month - month(i64::from(cycle));
            if (1..=MONTHS).contains(&ago) {
                within.push(row);
                months |= 1 << ago;
            }
        }
        if !any {
            return Ok(None);
        }
        let spread = |column| Ok(Spread::of(rows.money(column)?, &within));
        Ok(Some(Self {
            total: spread("total_amt")?,
            plan: spread("plan_amt")?,
            paid: spread("pay_amt")?,
            months: months.count_ones(),
        }))
    }
}

impl Spread {
    fn of(money: Money<'_>, rows: &[usize]) -> Self {
        let amounts: Vec<i128> = rows.iter().filter_map(|&row| money.at(row)).collect();
        let (Some(least), Some(greatest)) = (amounts.iter().min(), amounts.iter().max()) else {
            return Self { mean: f64::NAN, least: f64::NAN, greatest: f64::NAN };
        };
        let sum = amounts.iter().copied().fold(0, i128::saturating_add);
        Self {
            mean: money.yuan(sum) / super::number(amounts.len()),
            least: money.yuan(*least),
            greatest: money.yuan(*greatest),
        }
    }
}
