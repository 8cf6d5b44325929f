//! Key figures of an applicant, from raw data and report. Windows end when the data was fetched, not today.

use std::collections::HashSet;

use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};
use serde_json::Value;

use super::records::{Direction, Records};

/// The window of the figures on calls, in days.
pub(super) const WINDOW_DAYS: i64 = 180;
/// Whole months in the mean of the bills.
const BILL_MONTHS: i32 = 6;
/// Months are of thirty days.
const MONTH_SECONDS: f64 = 30.0 * 86_400.0;

/// What an analyst looks at first.
#[derive(Debug, Default)]
pub(super) struct Figures {
    /// Calls in the window.
    pub(super) calls: usize,
    pub(super) calls_out: usize,
    pub(super) calls_in: usize,
    pub(super) hours: f64,
    /// Distinct numbers called or calling.
    pub(super) peers: usize,
    /// Share of calls that began from 23:00 to 06:00.
    pub(super) night_share: Option<f64>,
    /// Mean monthly bill in yuan, over the last six whole months.
    pub(super) bill_mean: Option<f64>,
    /// Months since the number entered the network.
    pub(super) months_in_network: Option<f64>,
    /// 0 to 100, lower is worse.
    pub(super) gray_score: Option<i64>,
    /// Direct contacts on a blacklist.
    pub(super) listed_contacts: Option<i64>,
    /// Checks of the report that failed, in the vendor's words.
    pub(super) failed_checks: Vec<String>,
}

impl Figures {
    /// Computes them.
    pub(super) fn of(records: &Records, report: &Value) -> Self {
        let mut figures = Self::from_report(report);
        let Some(fetched) = records.fetched else { return figures };
        let begins = fetched.saturating_sub(WINDOW_DAYS.days());
        let mut peers = HashSet::new();
        let (mut night, mut seconds) = (0_usize, 0_u64);
        for call in &records.calls {
            let Some(start) = call.start.filter(|&start| begins < start && start <= fetched) else {
                continue;
            };
            figures.calls += 1;
            figures.calls_out += usize::from(call.direction == Some(Direction::Out));
            figures.calls_in += usize::from(call.direction == Some(Direction::In));
            seconds += call.seconds;
            night += usize::from(!(6..23).contains(&start.hour()));
            peers.extend(call.peer.as_deref());
        }
        figures.peers = peers.len();
        figures.hours = ratio_of(seconds, 3600).unwrap_or_default();
        figures.night_share = ratio(night, figures.calls);
        figures.bill_mean = bill_mean(records, fetched);
        figures.months_in_network = records.registered.map(|registered| months(registered, fetched));
        figures
    }

    fn from_report(report: &Value) -> Self {
        let black =
            |name: &str| report.pointer(&format!("/user_info_check/check_black_info/{name}"))?.as_i64();
        let checks = report.get("behavior_check").and_then(Value::as_array).into_iter().flatten();
        // Selected by what they say of themselves, never by position: 2 is a failed check.
        let failed = checks.filter(|check| check.get("score").and_then(Value::as_i64) == Some(2));
        let named = |check: &Value| {
            let name = ["check_point_cn", "check_point"].iter().find_map(|name| check.get(*name)?.as_str());
            name.map(str::to_owned)
        };
        Self {
            gray_score: black("phone_gray_score"),
            listed_contacts: black("contacts_class1_blacklist_cnt"),
            failed_checks: failed.filter_map(named).collect(),
            ..Self::default()
        }
    }
}

fn months(from: DateTime, to: DateTime) -> f64 {
    let seconds = to.duration_since(from).as_secs();
    f64::from(i32::try_from(seconds / 60).unwrap_or_default()) * 60.0 / MONTH_SECONDS
}

/// The mean over the last six whole months before the one in which the data was fetched.
fn bill_mean(records: &Records, fetched: DateTime) -> Option<f64> {
    let this_month = fetched.date().first_of_month();
    let months_back: Span = BILL_MONTHS.months();
    let first: Date = this_month.saturating_sub(months_back);
    let totals: Vec<f64> = records
        .bills
        .iter()
        .filter(|bill| (first..this_month).contains(&bill.month.date()))
        .map(|bill| bill.total)
        .collect();
    let count = u32::try_from(totals.len()).ok().filter(|&count| count > 0)?;
    Some(totals.iter().sum::<f64>() / f64::from(count))
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    ratio_of(u64::try_from(part).ok()?, u64::try_from(whole).ok()?)
}

fn ratio_of(part: u64, whole: u64) -> Option<f64> {
    let small = |number: u64| u32::try_from(number).ok().map(f64::from);
    (whole > 0).then(|| Some(small(part)? / small(whole)?)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn figures(record: &Value, report: &Value) -> Figures {
        let mut document = json!({"transactions": [{"basic": {
            "update_time": "2026-01-15 10:00:00", "reg_time": "2025-01-20 10:00:00"
        }}]});
        for (name, value) in record.as_object().expect("an object") {
            document["transactions"][0][name] = value.clone();
        }
        Figures::of(&Records::read(&document), report)
    }

    #[test]
    fn the_window_ends_when_the_data_was_fetched() {
        let call = |time: &str, peer: &str| json!({"start_time": time, "use_time": 1800, "init_type": "主叫", "other_cell_phone": peer});
        let figures = figures(
            &json!({"calls": [
                call("2026-01-15 10:00:00", "13800138000"),
                call("2026-01-14 23:00:00", "+8613800138000"),
                call("2026-01-14 06:00:00", "10086"),
                call("2026-01-14 05:59:59", "10086"),
                call("2025-07-19 10:00:00", "13900139000"),
                call("2026-01-15 10:00:01", "13900139000"),
            ]}),
            &json!({}),
        );
        assert_eq!((figures.calls, figures.calls_out, figures.calls_in, figures.peers), (4, 4, 0, 2));
        assert_eq!(figures.night_share, Some(0.5));
        assert!((figures.hours - 2.0).abs() < 1e-9);
        assert!((figures.months_in_network.expect("months") - 12.0).abs() < 1e-9);
    }

    #[test]
    fn the_bill_of_the_current_month_is_left_out() {
        let bill = |month: &str, total: f64| json!({"bill_cycle": format!("{month}-01 00:00:00"), "total_amt": total});
        let bills = json!({"transactions": [
            bill("2026-01", 1000.0), bill("2025-12", 50.0), bill("2025-07", 70.0), bill("2025-06", 1000.0),
        ]});
        assert_eq!(figures(&bills, &json!({})).bill_mean, Some(60.0));
    }

    #[test]
    fn nothing_has_no_share() {
        let figures = figures(&json!({}), &json!({}));
        assert_eq!((figures.night_share, figures.bill_mean, figures.gray_score), (None, None, None));
    }

    #[test]
    fn checks_of_the_report_are_selected_by_their_score() {
        let report = json!({
            "user_info_check": {"check_black_info": {"phone_gray_score": 61, "contacts_class1_blacklist_cnt": 2}},
            "behavior_check": [
                {"check_point": "phone_silent", "check_point_cn": "手机静默情况", "score": 2},
                {"check_point": "contact_110", "score": 1},
                {"check_point": "contact_night", "score": 2},
            ],
        });
        let figures = figures(&json!({}), &report);
        assert_eq!((figures.gray_score, figures.listed_contacts), (Some(61), Some(2)));
        assert_eq!(figures.failed_checks, ["手机静默情况", "contact_night"]);
    }
}
