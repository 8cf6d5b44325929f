//! The telecom report: what a scoring house makes of the raw data.
//!
//! Every number is computed from the same records that [`super::telecom`] spells out; only what the house knows from
//! elsewhere (its blacklists, other lenders' searches, shops) is drawn. This is the newer generation ("4.2"), in which
//! checks have coded names. Lengths are in minutes, as floats.

mod behaviour;
mod checks;
mod contacts;
mod elsewhere;
mod months;
mod regions;

use serde_json::{Value, json};

use super::Contact;
use super::calendar::{Calendar, Moment};
use super::identity::Papers;
use super::life::Life;
use super::peers::{Peer, Role};
use super::telecom::Telecom;

/// What the pages of the report are written from.
struct Sources<'a> {
    papers: &'a Papers,
    life: &'a Life,
    telecom: &'a Telecom,
    contacts: &'a [Contact],
    tallies: Vec<contacts::Tally>,
}

/// The whole report.
pub(super) fn report(papers: &Papers, life: &Life, telecom: &Telecom, contacts: &[Contact]) -> Value {
    let tallies = contacts::tallies(telecom, &life.calendar);
    let sources = Sources { papers, life, telecom, contacts, tallies };
    let mut stream = papers.stream("report");
    let id =
        format!("CR{}{}", life.calendar.date_text(life.calendar.as_of).replace('-', ""), stream.digits(18));
    let token = format!("{:016x}{:016x}", stream.below(u64::MAX), stream.below(u64::MAX));
    json!({
        "report": {
            "rpt_id": id,
            "token": token,
            "update_time": format!("{}+0800", life.calendar.text(life.calendar.as_of).replace(' ', "T")),
            "version": "4.2",
        },
        "application_check": checks::application_check(&sources),
        "behavior_check": behaviour::behavior_check(&sources),
        "cell_behavior": months::cell_behavior(&sources),
        "contact_list": contacts::contact_list(&sources),
        "contact_region": regions::contact_region(&sources),
        "collection_contact": contacts::collection_contact(&sources),
        "main_service": elsewhere::main_service(&sources),
        "deliver_address": elsewhere::deliver_address(&sources),
        "ebusiness_expense": elsewhere::ebusiness_expense(&sources),
        "trip_info": elsewhere::trip_info(&sources),
        "user_info_check": checks::user_info_check(&sources),
    })
}

/// Seconds as minutes.
fn minutes(seconds: i64) -> f64 {
    seconds as f64 / 60.0
}

/// A share, 0 of nothing.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

/// Where a number belongs, as the house's directory says. Short numbers belong everywhere.
fn location(peer: &Peer) -> &'static str {
    match peer.role {
        Role::Macao => "澳门",
        Role::Hotline | Role::Bank | Role::CreditCard | Role::Police | Role::Ambulance => "全国",
        Role::Loan if peer.number.starts_with("95") => "全国",
        _ => peer.place.city,
    }
}

/// The parts of the day that contact lists count: 1:30–5:30, –11:30, –13:30, –17:30, and the rest, the evening.
fn part_of_day(at: Moment) -> usize {
    let minute = at.rem_euclid(86_400) / 60;
    match minute {
        90..330 => 0,
        330..690 => 1,
        690..810 => 2,
        810..1050 => 3,
        _ => 4,
    }
}

/// Relations by `contact_type`.
fn relation(contact_type: &str) -> &'static str {
    match contact_type {
        "0" => "配偶",
        "1" => "父母",
        "2" => "兄弟姐妹",
        "3" => "子女",
        "4" => "同事",
        "5" => "同学",
        "6" => "朋友",
        _ => "其他",
    }
}

/// `YYYY-MM-DD`, empty for what never happened.
fn date_or_empty(calendar: &Calendar, at: Option<Moment>) -> String {
    at.map(|at| calendar.date_text(at)).unwrap_or_default()
}
