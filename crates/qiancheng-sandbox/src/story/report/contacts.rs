//! The contact list: one row for every number, and the pages on emergency contacts.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Sources, date_or_empty, location, minutes, part_of_day, relation};
use crate::story::calendar::{Calendar, DAY, DayKind, Moment};
use crate::story::calls::{Call, Direction};
use crate::story::peers::{self, plain_number};
use crate::story::shopping::{self, Receiver};
use crate::story::telecom::Telecom;

/// All calls with one number. Calls without a time count, but in no window.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    /// As a reader takes it.
    pub(super) number: String,
    /// Place in the list of peers.
    pub(super) peer: usize,
    /// Calls of any direction.
    pub(super) calls: u32,
    /// Calls made.
    pub(super) made: u32,
    /// Calls taken.
    pub(super) taken: u32,
    /// Seconds of all calls, of those made, of those taken.
    pub(super) seconds: [i64; 3],
    /// Last 7, 30, 90 days, and before.
    windows: [u32; 4],
    /// By [`part_of_day`].
    parts: [u32; 5],
    weekday: u32,
    weekend: u32,
    holiday: u32,
    first: Option<Moment>,
    last: Option<Moment>,
}

impl Tally {
    fn add(&mut self, call: &Call, calendar: &Calendar) {
        self.calls += 1;
        self.seconds[0] += call.seconds;
        match call.direction {
            Direction::Out => {
                self.made += 1;
                self.seconds[1] += call.seconds;
            }
            Direction::In => {
                self.taken += 1;
                self.seconds[2] += call.seconds;
            }
            Direction::Unknown => {}
        }
        if call.time_lost {
            return;
        }
        let age = calendar.as_of - call.at;
        for (window, days) in [7, 30, 90].into_iter().enumerate() {
            self.windows[window] += u32::from(age < days * DAY);
        }
        self.windows[3] += u32::from(age >= 90 * DAY);
        self.parts[part_of_day(call.at)] += 1;
        match calendar.day(call.at).kind {
            DayKind::Workday => self.weekday += 1,
            DayKind::Weekend => self.weekend += 1,
            DayKind::Holiday | DayKind::SpringFestival => self.holiday += 1,
        }
        self.first = self.first.or(Some(call.at));
        self.last = Some(call.at);
    }
}

/// One tally a number, the busiest first. Calls whose number is missing belong to nobody.
pub(super) fn tallies(telecom: &Telecom, calendar: &Calendar) -> Vec<Tally> {
    let mut by_number: BTreeMap<String, Tally> = BTreeMap::new();
    for call in &telecom.calls {
        if let Some(number) = telecom.read_number(call) {
            by_number
                .entry(number)
                .or_insert_with(|| Tally { peer: call.peer, ..Tally::default() })
                .add(call, calendar);
        }
    }
    let mut list: Vec<Tally> =
        by_number.into_iter().map(|(number, tally)| Tally { number, ..tally }).collect();
    list.sort_by(|a, b| b.calls.cmp(&a.calls).then_with(|| a.number.cmp(&b.number)));
    list
}

pub(super) fn contact_list(sources: &Sources<'_>) -> Vec<Value> {
    sources.tallies.iter().map(|tally| row(sources, tally)).collect()
}

fn row(sources: &Sources<'_>, tally: &Tally) -> Value {
    let peer = &sources.telecom.peers[tally.peer];
    let relation = peer.contact.map_or("", |index| relation(&sources.contacts[index].contact_type));
    let mut row = Map::with_capacity(26);
    let texts = [
        ("phone_num", tally.number.as_str()),
        ("phone_num_loc", location(peer)),
        ("contact_name", if peer.label.is_empty() { "未知" } else { &peer.label }),
        ("needs_type", peer.role.trade().unwrap_or("未知")),
        ("p_relation", relation),
    ];
    for (key, text) in texts {
        row.insert(key.to_owned(), text.into());
    }
    for (key, count) in
        [("call_cnt", tally.calls), ("call_out_cnt", tally.made), ("call_in_cnt", tally.taken)]
    {
        row.insert(key.to_owned(), count.into());
    }
    for (key, seconds) in ["call_len", "call_out_len", "call_in_len"].into_iter().zip(tally.seconds) {
        row.insert(key.to_owned(), minutes(seconds).into());
    }
    let windows =
        ["contact_1w", "contact_1m", "contact_3m", "contact_3m_plus"].into_iter().zip(tally.windows);
    let parts =
        ["contact_early_morning", "contact_morning", "contact_noon", "contact_afternoon", "contact_night"]
            .into_iter()
            .zip(tally.parts);
    let days = [
        ("contact_weekday", tally.weekday),
        ("contact_weekend", tally.weekend),
        ("contact_holiday", tally.holiday),
    ];
    for (key, count) in windows.chain(parts).chain(days) {
        row.insert(key.to_owned(), count.into());
    }
    row.insert("contact_all_day".to_owned(), tally.parts.iter().all(|&count| count > 0).into());
    Value::Object(row)
}

/// The tally of an emergency contact's number.
pub(super) fn tally_of<'a>(sources: &'a Sources<'_>, number: &str) -> Option<&'a Tally> {
    sources.tallies.iter().find(|tally| tally.number == number)
}

/// The emergency contacts, or, where none were named, the relatives who take parcels.
pub(super) fn named_people(sources: &Sources<'_>) -> Vec<(String, String)> {
    if sources.contacts.is_empty() {
        return peers::relatives(sources.papers, &sources.telecom.peers);
    }
    sources.contacts.iter().map(|contact| (contact.name.clone(), plain_number(&contact.tel))).collect()
}

pub(super) fn collection_contact(sources: &Sources<'_>) -> Vec<Value> {
    let calendar = &sources.life.calendar;
    let orders = shopping::orders(sources.papers, sources.life);
    let person = |(index, (name, number)): (usize, (String, String))| {
        let parcels: Vec<_> =
            orders.iter().filter(|order| order.receiver == Receiver::Other(index)).collect();
        let amount: i64 = parcels.iter().map(|order| order.amount).sum();
        let tally = tally_of(sources, &number);
        let peer = tally.map(|tally| &sources.telecom.peers[tally.peer]);
        let messages = sources.telecom.smses.iter().filter(|sms| sms.number == number).count();
        json!({
            "contact_name": name,
            "begin_date": date_or_empty(calendar, parcels.first().map(|order| order.at)),
            "end_date": date_or_empty(calendar, parcels.last().map(|order| order.at)),
            "total_count": parcels.len(),
            "total_amount": amount as f64 / 100.0,
            "contact_details": [{
                "phone_num": number,
                "phone_num_loc": peer.map_or("", location),
                "call_cnt": tally.map_or(0, |tally| tally.calls),
                "call_len": minutes(tally.map_or(0, |tally| tally.seconds[0])),
                "call_out_cnt": tally.map_or(0, |tally| tally.made),
                "call_in_cnt": tally.map_or(0, |tally| tally.taken),
                "sms_cnt": messages,
                "trans_start": date_or_empty(calendar, tally.and_then(|tally| tally.first)),
                "trans_end": date_or_empty(calendar, tally.and_then(|tally| tally.last)),
            }],
        })
    };
    named_people(sources).into_iter().enumerate().map(person).collect()
}
