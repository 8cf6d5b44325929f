//! The months: calls, messages, data and cost of each.

use serde_json::{Value, json};

use super::{Sources, minutes};
use crate::story::calls::Direction;

/// One number's months, the newest — which has only begun — first. Months before the number existed are left out.
pub(super) fn cell_behavior(sources: &Sources<'_>) -> Value {
    let calendar = &sources.life.calendar;
    let telecom = sources.telecom;
    let month_of = |at| calendar.day(at).month;
    let oldest = telecom.bills.first().map_or(5, |bill| bill.month);
    let month = |month: usize| {
        let calls: Vec<_> =
            telecom.calls.iter().filter(|call| !call.time_lost && month_of(call.at) == month).collect();
        let side = |direction| {
            let side = calls.iter().filter(move |call| call.direction == direction);
            side.fold((0_u32, 0_i64), |(count, seconds), call| (count + 1, seconds + call.seconds))
        };
        let (made, taken) = (side(Direction::Out), side(Direction::In));
        let messages = telecom.smses.iter().filter(|sms| month_of(sms.at) == month).count();
        let volume: i64 =
            telecom.nets.iter().filter(|net| month_of(net.at) == month).map(|net| net.kilobytes).sum();
        let bill = telecom.bills.iter().find(|bill| bill.month == month);
        json!({
            "cell_mth": calendar.months[month],
            "cell_operator": sources.papers.carrier.code(),
            "cell_operator_zh": sources.papers.carrier.name(),
            "cell_phone_num": sources.papers.mobile,
            "cell_loc": sources.life.home.city,
            "call_cnt": calls.len(),
            "call_out_cnt": made.0,
            "call_out_time": minutes(made.1),
            "call_in_cnt": taken.0,
            "call_in_time": minutes(taken.1),
            "sms_cnt": messages,
            "net_flow": volume as f64 / 1024.0,
            "total_amount": bill.map_or(-1.0, |bill| bill.total as f64 / 100.0),
        })
    };
    let behaviour: Vec<Value> = (oldest..6).rev().map(month).collect();
    json!([{"phone_num": sources.papers.mobile, "behavior": behaviour}])
}
