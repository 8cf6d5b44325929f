//! Telecom raw data: the applicant's records as their carrier would write them.
//!
//! Carriers write the same thing in many ways — numbers as text, unknown directions, country codes, lost times — and so
//! does this page, in a realistic share. The report reads the same records ([`super::report`]).

use serde_json::{Value, json};

use super::Contact;
use super::bills::{self, Bill};
use super::calendar::Moment;
use super::calls::{self, Call, Direction, Spelling};
use super::form::Form;
use super::identity::{Carrier, Papers};
use super::life::Life;
use super::messages::{self, Net, Sms};
use super::peers::{self, Peer};
use super::places::Place;
use super::rng::Stream;

/// All records of one number.
#[derive(Clone)]
pub(super) struct Telecom {
    /// Who is on the other end.
    pub(super) peers: Vec<Peer>,
    /// In order of time.
    pub(super) calls: Vec<Call>,
    /// In order of time.
    pub(super) smses: Vec<Sms>,
    /// In order of time.
    pub(super) nets: Vec<Net>,
    /// In order of time.
    pub(super) bills: Vec<Bill>,
}

impl Telecom {
    /// Draws the records.
    pub(super) fn new(papers: &Papers, life: &Life, contacts: &[Contact]) -> Self {
        let peers = peers::peers(papers, life, contacts);
        let mut calls = calls::calls(papers, life, &peers);
        let mut smses = messages::smses(papers, life, &peers);
        let mut nets = messages::nets(papers, life);
        let bills = bills::price(papers, life, &mut calls, &mut smses, &mut nets);
        Self { peers, calls, smses, nets, bills }
    }

    /// The number of a call as it is written, `None` where it is missing.
    pub(super) fn written_number(&self, call: &Call) -> Option<String> {
        let number = &self.peers[call.peer].number;
        match call.spelling {
            Spelling::Plain => Some(number.clone()),
            Spelling::Prefixed(code) => Some(format!("{code}{number}")),
            Spelling::Masked => Some(hidden(number)),
            Spelling::Missing => None,
        }
    }

    /// The number of a call as a reader would take it: country codes gone, hidden digits still hidden.
    pub(super) fn read_number(&self, call: &Call) -> Option<String> {
        match call.spelling {
            Spelling::Prefixed(_) => Some(self.peers[call.peer].number.clone()),
            _ => self.written_number(call),
        }
    }
}

/// `138****1234`. Only mobile numbers come here, but any text survives.
fn hidden(number: &str) -> String {
    super::identity::masked(number)
}

/// How this applicant's carrier writes things; drawn once, so that one document is of one hand.
struct Hand<'a> {
    papers: &'a Papers,
    life: &'a Life,
    stream: Stream,
    fetched: String,
    /// Places as area codes.
    area_codes: bool,
    /// Share of numbers that come as text.
    text_share: f64,
    calls: Form<9>,
    smses: Form<7>,
    nets: Form<8>,
}

/// `{"transactions": [T]}`.
pub(super) fn raw_data(papers: &Papers, life: &Life, telecom: &Telecom) -> Value {
    let mut stream = papers.stream("telecom/hand");
    let area_codes = papers.carrier == Carrier::Telecom && stream.chance(0.6);
    let text_share = if stream.chance(0.2) { 1.0 } else { stream.span(0.0, 0.3) };
    let fetched = life.calendar.text(life.calendar.as_of);
    let token = format!("{:016x}{:016x}", stream.below(u64::MAX), stream.below(u64::MAX));
    let juid = format!("{:016x}", stream.below(u64::MAX));
    let mut hand = Hand {
        papers,
        life,
        stream,
        fetched,
        area_codes,
        text_share,
        calls: Form::new([
            "call_type",
            "cell_phone",
            "init_type",
            "other_cell_phone",
            "place",
            "start_time",
            "subtotal",
            "update_time",
            "use_time",
        ]),
        smses: Form::new([
            "cell_phone",
            "init_type",
            "other_cell_phone",
            "place",
            "start_time",
            "subtotal",
            "update_time",
        ]),
        nets: Form::new([
            "cell_phone",
            "net_type",
            "place",
            "start_time",
            "subflow",
            "subtotal",
            "update_time",
            "use_time",
        ]),
    };

    let basic = hand.basic();
    let calls: Vec<Value> = telecom.calls.iter().map(|call| hand.call(telecom, call)).collect();
    let smses: Vec<Value> = telecom.smses.iter().map(|sms| hand.sms(sms)).collect();
    let nets: Vec<Value> = telecom.nets.iter().map(|net| hand.net(net)).collect();
    let bills: Vec<Value> = telecom.bills.iter().map(|bill| hand.bill(bill)).collect();
    json!({"transactions": [{
        "token": token,
        "version": "1",
        "juid": juid,
        "datasource": papers.carrier.datasource(life.home),
        "basic": basic,
        "calls": calls,
        "smses": smses,
        "nets": nets,
        "transactions": bills,
    }]})
}

impl Hand<'_> {
    fn basic(&mut self) -> Value {
        let name = match self.stream.below(10) {
            0 => Value::Null,
            1 => json!(""),
            _ => json!(super::identity::masked(&self.papers.name)),
        };
        let id_card = match self.stream.below(10) {
            0 => Value::Null,
            1 => json!(""),
            _ => json!(masked_id(&self.papers.id_card)),
        };
        json!({
            "cell_phone": self.papers.mobile,
            "idcard": id_card,
            "real_name": name,
            "reg_time": self.life.calendar.text(self.life.joined),
            "update_time": self.fetched,
        })
    }

    /// The applicant's own number.
    fn own(&self) -> Value {
        self.papers.mobile.as_str().into()
    }

    fn time(&self, at: Moment) -> Value {
        self.life.calendar.text(at).into()
    }

    /// A city, its area code, or nothing.
    fn place(&mut self, place: &Place) -> Value {
        match () {
            () if self.stream.chance(0.015) => "",
            () if self.area_codes => place.area_code,
            () => place.city,
        }
        .into()
    }

    /// A whole number: mostly a number, sometimes text, once in a long while with a point.
    fn integer(&mut self, value: i64) -> Value {
        match self.stream.unit() {
            draw if draw < self.text_share => value.to_string().into(),
            draw if draw > 0.999 => (value as f64).into(),
            _ => value.into(),
        }
    }

    /// Fen as yuan: a number or text.
    fn yuan(&mut self, fen: i64) -> Value {
        if self.stream.chance(self.text_share) { yuan_text(fen).into() } else { (fen as f64 / 100.0).into() }
    }

    fn call(&mut self, telecom: &Telecom, call: &Call) -> Value {
        let peer = telecom.peers[call.peer].place;
        let away = call.place.city != self.life.home.city;
        let direction: Value = match call.direction {
            Direction::Out if self.stream.chance(0.02) => "主叫用户".into(),
            Direction::Out => "主叫".into(),
            Direction::In if self.stream.chance(0.02) => "被叫用户".into(),
            Direction::In => "被叫".into(),
            Direction::Unknown => match self.stream.below(4) {
                0 => Value::Null,
                1 => "未知".into(),
                2 => "呼转".into(),
                _ => "未识别状态".into(),
            },
        };
        let values = [
            call_type(self.papers.carrier, call.direction, away, peer, call.place).into(),
            self.own(),
            direction,
            telecom.written_number(call).map_or(Value::Null, Value::from),
            self.place(call.place),
            if call.time_lost { Value::Null } else { self.time(call.at) },
            self.yuan(call.fee),
            self.fetched.as_str().into(),
            self.integer(call.seconds),
        ];
        self.calls.fill(values)
    }

    fn sms(&mut self, sms: &Sms) -> Value {
        let direction: Value = match (self.papers.carrier, sms.sent) {
            _ if self.stream.chance(0.004) => Value::Null,
            _ if self.stream.chance(0.004) => "未识别状态".into(),
            (Carrier::Mobile | Carrier::Telecom, true) => "发送".into(),
            (Carrier::Mobile, false) => "接收".into(),
            (Carrier::Unicom, true) => "短信发".into(),
            (Carrier::Unicom, false) => "短信收".into(),
            (Carrier::Telecom, false) => "收取".into(),
        };
        let values = [
            self.own(),
            direction,
            sms.number.as_str().into(),
            self.place(sms.place),
            self.time(sms.at),
            self.yuan(sms.fee),
            self.fetched.as_str().into(),
        ];
        self.smses.fill(values)
    }

    fn net(&mut self, net: &Net) -> Value {
        let values = [
            self.own(),
            net.network.into(),
            self.place(net.place),
            self.time(net.at),
            self.integer(net.kilobytes),
            self.yuan(net.fee),
            self.fetched.as_str().into(),
            self.integer(net.seconds),
        ];
        self.nets.fill(values)
    }

    fn bill(&mut self, bill: &Bill) -> Value {
        json!({
            "bill_cycle": format!("{}-01 00:00:00", self.life.calendar.months[bill.month]),
            "total_amt": self.yuan(bill.total),
            "plan_amt": self.yuan(bill.package),
            "pay_amt": bill.paid.map_or(Value::Null, |paid| self.yuan(paid)),
            "cell_phone": self.papers.mobile,
            "update_time": self.fetched,
        })
    }
}

/// How each carrier names a kind of call.
fn call_type(carrier: Carrier, direction: Direction, away: bool, peer: &Place, here: &Place) -> &'static str {
    let far = peer.city != here.city;
    match carrier {
        Carrier::Mobile => match (away, direction, far) {
            (true, Direction::Out, _) => "国内异地主叫",
            (true, _, _) => "国内异地被叫",
            (false, Direction::Out, true) => "国内长途",
            _ => "本地通话",
        },
        Carrier::Unicom => match (away, direction, far) {
            (true, _, _) => "国内漫游",
            (false, Direction::Out, true) => "国内长途",
            _ => "本地通话",
        },
        Carrier::Telecom => match (away, direction, far) {
            (true, _, _) => "漫游",
            (false, Direction::Out, true) => "长途",
            _ => "本地",
        },
    }
}

/// Fen as "12.34", with its sign.
pub(super) fn yuan_text(fen: i64) -> String {
    format!("{}{}.{:02}", if fen < 0 { "-" } else { "" }, fen.abs() / 100, fen.abs() % 100)
}

/// `310***********002X`.
fn masked_id(id_card: &str) -> String {
    if id_card.is_ascii() && id_card.len() > 7 {
        let (head, tail) = (&id_card[..3], &id_card[id_card.len() - 4..]);
        return format!("{head}{}{tail}", "*".repeat(id_card.len() - 7));
    }
    super::identity::masked(id_card)
}
