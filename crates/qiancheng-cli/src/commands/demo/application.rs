//! The application that goes into the risk audit: an order, the applicant, and what the carrier knows (§7.1).

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::DateTime;
use qiancheng::api::risk::{
    AddressBookEntry, Audit, AuditData, BasicInfo, CallPartner, MonthlyBill, OrderDetail, ProofMaterial,
    TelecomData, UserContact,
};
use qiancheng_sandbox::story::Identity;

use super::records::{Direction, Records};

/// What is asked for: 3,000 yuan for thirty days.
pub(super) const AMOUNT_FEN: i64 = 300_000;
pub(super) const TERM_DAYS: i64 = 30;

/// How many of the most called numbers stand in the address book.
const ADDRESS_BOOK: usize = 40;

/// An applicant's loan order.
pub(super) struct Order<'a> {
    pub(super) id: i64,
    pub(super) applicant: &'a Identity,
    /// Emergency contacts.
    pub(super) contacts: &'a [Identity],
    pub(super) records: &'a Records,
}

impl Order<'_> {
    /// The audit's request. Its data is encrypted on the way out.
    pub(super) fn audit(&self) -> Audit {
        let partners = self.partners();
        let time = self.records.fetched.map_or_else(|| "2026-01-15 10:00:00".to_owned(), written);
        let data = AuditData {
            order_detail: OrderDetail {
                order_id: self.id,
                amount: AMOUNT_FEN,
                loan_term: TERM_DAYS,
                order_time: time.clone(),
                ..OrderDetail::default()
            },
            basic_info: BasicInfo {
                user_contact: self.contacts.iter().map(emergency_contact).collect(),
                ..BasicInfo::default()
            },
            user_proof_materia: (0..3).map(photograph).collect(),
            user_mobile_contacts: partners.iter().take(ADDRESS_BOOK).enumerate().map(entry).collect(),
            telecom_data: TelecomData {
                real_name_status: 1,
                real_name_time: self.records.registered.map(written),
                real_name_name: Some(self.applicant.name.as_str().into()),
                real_name_id_card: Some(self.applicant.id_card.as_str().into()),
                bill_list: self.bills(),
                contact_list: partners,
                ..TelecomData::default()
            },
            ..AuditData::default()
        };
        Audit {
            name: self.applicant.name.as_str().into(),
            phone: self.applicant.mobile.as_str().into(),
            id_card: self.applicant.id_card.as_str().into(),
            data: data.into(),
        }
    }

    fn bills(&self) -> Vec<MonthlyBill> {
        let bill = |bill: &super::records::Bill| MonthlyBill {
            month: bill.month.strftime("%Y-%m").to_string(),
            amount: format!("{:.2}", bill.total),
            ..MonthlyBill::default()
        };
        self.records.bills.iter().map(bill).collect()
    }

    /// Whom the applicant called, the most called first.
    fn partners(&self) -> Vec<CallPartner> {
        let mut tallies: HashMap<&str, Tally> = HashMap::new();
        for call in &self.records.calls {
            let (Some(peer), Some(start)) = (call.peer.as_deref(), call.start) else { continue };
            let tally = tallies.entry(peer).or_insert_with(|| Tally::new(start));
            tally.add(start, call.seconds, call.direction, self.records.fetched.unwrap_or(start));
        }
        let mut tallies: Vec<(&str, Tally)> = tallies.into_iter().collect();
        tallies.sort_by(|(one, ours), (other, theirs)| theirs.calls.cmp(&ours.calls).then(one.cmp(other)));
        tallies.into_iter().map(|(peer, tally)| tally.partner(peer)).collect()
    }
}

/// The calls with one number.
struct Tally {
    first: DateTime,
    last: DateTime,
    calls: u64,
    seconds: u64,
    out: (u64, u64),
    incoming: (u64, u64),
    week: i64,
    month: i64,
}

impl Tally {
    fn new(start: DateTime) -> Self {
        Self {
            first: start,
            last: start,
            calls: 0,
            seconds: 0,
            out: (0, 0),
            incoming: (0, 0),
            week: 0,
            month: 0,
        }
    }

    fn add(&mut self, start: DateTime, seconds: u64, direction: Option<Direction>, fetched: DateTime) {
        self.first = self.first.min(start);
        self.last = self.last.max(start);
        self.calls += 1;
        self.seconds += seconds;
        let side = match direction {
            Some(Direction::Out) => Some(&mut self.out),
            Some(Direction::In) => Some(&mut self.incoming),
            None => None,
        };
        if let Some((calls, total)) = side {
            *calls += 1;
            *total += seconds;
        }
        self.week += i64::from(start > fetched.saturating_sub(7.days()));
        self.month += i64::from(start > fetched.saturating_sub(30.days()));
    }

    fn partner(self, peer: &str) -> CallPartner {
        CallPartner {
            phone: peer.into(),
            first_contact_date: Some(written(self.first)),
            last_contact_date: written(self.last),
            talk_seconds: self.seconds.to_string(),
            talk_cnt: self.calls.to_string(),
            call_seconds: Some(self.out.1.to_string()),
            call_cnt: Some(self.out.0.to_string()),
            called_seconds: Some(self.incoming.1.to_string()),
            called_cnt: Some(self.incoming.0.to_string()),
            contact_1w: Some(self.week),
            contact_1m: Some(self.month),
            ..CallPartner::default()
        }
    }
}

fn written(time: DateTime) -> String {
    time.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn emergency_contact(contact: &Identity) -> UserContact {
    /// A friend.
    const RELATION: i64 = 3;
    UserContact {
        mobile: contact.mobile.as_str().into(),
        name: contact.name.as_str().into(),
        relation: Some(RELATION),
        ..UserContact::default()
    }
}

fn photograph(kind: i64) -> ProofMaterial {
    let url = format!("https://photos.example/{kind}.jpg");
    ProofMaterial { url: url.into(), kind, ..ProofMaterial::default() }
}

fn entry((index, partner): (usize, &CallPartner)) -> AddressBookEntry {
    let name = format!("联系人{}", index + 1);
    AddressBookEntry { mobile: partner.phone.clone(), name: name.into(), ..AddressBookEntry::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn calls_are_tallied_by_number() {
        let records = Records::read(&json!({"transactions": [{
            "basic": {"update_time": "2026-01-15 10:00:00"},
            "calls": [
                {"start_time": "2026-01-14 09:00:00", "use_time": 60, "init_type": "主叫", "other_cell_phone": "13900139000"},
                {"start_time": "2025-12-01 09:00:00", "use_time": 30, "init_type": "被叫", "other_cell_phone": "8613900139000"},
                {"start_time": "2026-01-01 09:00:00", "use_time": 5, "init_type": "", "other_cell_phone": "10086"},
                {"start_time": null, "use_time": 5, "other_cell_phone": "10086"},
            ],
        }]}));
        let applicant = qiancheng_sandbox::story::synthetic_applicant(1, 1);
        let order = Order { id: 1, applicant: &applicant, contacts: &[], records: &records };
        let partners = order.partners();
        assert_eq!(partners.len(), 2);
        let first = &partners[0];
        assert_eq!(
            (first.phone.expose(), first.talk_cnt.as_str(), first.talk_seconds.as_str()),
            ("13900139000", "2", "90")
        );
        assert_eq!(
            (first.call_seconds.as_deref(), first.called_seconds.as_deref()),
            (Some("60"), Some("30"))
        );
        assert_eq!((first.contact_1w, first.contact_1m), (Some(1), Some(1)));
        assert_eq!(first.first_contact_date.as_deref(), Some("2025-12-01 09:00:00"));
    }
}
