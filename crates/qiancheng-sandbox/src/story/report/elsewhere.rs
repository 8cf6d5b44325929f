//! Services, parcels, purchases, trips.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Sources;
use super::contacts::named_people;
use crate::story::calendar::{DayKind, hour};
use crate::story::shopping::{self, Order, Receiver};

/// Companies the applicant called or was called by, with the months.
pub(super) fn main_service(sources: &Sources<'_>) -> Vec<Value> {
    let calendar = &sources.life.calendar;
    let mut services: BTreeMap<(&str, &str), BTreeMap<&str, u32>> = BTreeMap::new();
    for call in &sources.telecom.calls {
        let peer = &sources.telecom.peers[call.peer];
        if let (Some(trade), false, false) = (peer.role.trade(), peer.label.is_empty(), call.time_lost) {
            let month = calendar.months[calendar.day(call.at).month].as_str();
            *services.entry((peer.label.as_str(), trade)).or_default().entry(month).or_default() += 1;
        }
    }
    let row = |((company, trade), months): ((&str, &str), BTreeMap<&str, u32>)| {
        let detail = |(month, count): (&&str, &u32)| json!({"interact_mth": month, "interact_cnt": count});
        json!({
            "company_name": company,
            "company_type": trade,
            "total_service_cnt": months.values().sum::<u32>(),
            "service_details": months.iter().map(detail).collect::<Vec<_>>(),
        })
    };
    services.into_iter().map(row).collect()
}

/// The addresses parcels went to.
pub(super) fn deliver_address(sources: &Sources<'_>) -> Vec<Value> {
    let life = sources.life;
    let (orders, people) = (shopping::orders(sources.papers, life), named_people(sources));
    let position = |hundredths: u32, step: u32| f64::from(hundredths) / 100.0 + f64::from(step) / 1000.0;
    let address = |address: &str, kind: &str, step: u32, receivers: &[Receiver]| {
        let parcels: Vec<&Order> =
            orders.iter().filter(|order| receivers.contains(&order.receiver)).collect();
        let (first, last) = (parcels.first()?, parcels.last()?);
        let receiver = |receiver: &Receiver| {
            let own: Vec<_> = parcels.iter().filter(|order| order.receiver == *receiver).collect();
            let (name, number) = match receiver {
                Receiver::Home | Receiver::Work => {
                    (sources.papers.name.clone(), sources.papers.mobile.clone())
                }
                Receiver::Other(index) => people.get(*index).cloned()?,
            };
            (!own.is_empty()).then(|| {
                json!({
                    "name": name,
                    "phone_num_list": [number],
                    "amount": yuan(own.iter().map(|order| order.amount).sum()),
                    "count": own.len(),
                })
            })
        };
        Some(json!({
            "address": address,
            "lng": position(life.home.position.0, step),
            "lat": position(life.home.position.1, step),
            "predict_addr_type": kind,
            "begin_date": life.calendar.date_text(first.at),
            "end_date": life.calendar.date_text(last.at),
            "total_amount": yuan(parcels.iter().map(|order| order.amount).sum()),
            "total_count": parcels.len(),
            "receiver": receivers.iter().filter_map(receiver).collect::<Vec<_>>(),
        }))
    };
    let home = [Receiver::Home, Receiver::Other(0), Receiver::Other(1)];
    let rows = [
        address(&life.home_address, "住宅", 3, &home),
        address(&life.work_address, "公司", 17, &[Receiver::Work]),
    ];
    rows.into_iter().flatten().collect()
}

/// Purchases by month.
pub(super) fn ebusiness_expense(sources: &Sources<'_>) -> Vec<Value> {
    let calendar = &sources.life.calendar;
    let orders = shopping::orders(sources.papers, sources.life);
    let month = |(index, name): (usize, &String)| {
        let bought: Vec<_> = orders.iter().filter(|order| calendar.day(order.at).month == index).collect();
        let mut categories: Vec<&str> = bought.iter().map(|order| order.category).collect();
        categories.sort_unstable();
        categories.dedup();
        json!({
            "trans_mth": name,
            "all_amount": yuan(bought.iter().map(|order| order.amount).sum()),
            "all_count": bought.len(),
            "all_category": categories,
        })
    };
    calendar.months.iter().enumerate().map(month).collect()
}

/// Journeys: runs of days on which calls, messages or data sessions show the phone away from home.
pub(super) fn trip_info(sources: &Sources<'_>) -> Vec<Value> {
    let life = sources.life;
    let calendar = &life.calendar;
    let mut days = vec![None; calendar.days.len()];
    for call in sources.telecom.calls.iter().filter(|call| !call.time_lost) {
        days[calendar.day_index(call.at)] = Some((call.place, call.at));
    }
    let seen: Vec<_> = days.into_iter().flatten().collect();
    let runs = seen.chunk_by(|before, after| before.0.city == after.0.city);
    let mut here = life.home;
    let mut trips = Vec::new();
    for run in runs {
        let (there, arrived) = run[0];
        if there.city == here.city {
            continue;
        }
        let last = run[run.len() - 1].1;
        let kind = match calendar.day(arrived).kind {
            DayKind::Workday => "工作日",
            DayKind::Weekend => "双休日",
            DayKind::Holiday | DayKind::SpringFestival => "节假日",
        };
        let transport = if hour(arrived) < 12 { "飞机" } else { "火车" };
        trips.push(json!({
            "trip_leave": here.city,
            "trip_dest": there.city,
            "trip_type": kind,
            "trip_start_time": calendar.text(arrived),
            "trip_end_time": calendar.text(last),
            "trip_transportation": [transport],
            "trip_person": [sources.papers.name],
            "trip_data_source": ["运营商"],
        }));
        here = there;
    }
    trips
}

fn yuan(fen: i64) -> f64 {
    fen as f64 / 100.0
}
