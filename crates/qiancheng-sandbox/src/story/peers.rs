//! Who the applicant talks to.
//!
//! A few people take most of the calls (a Zipf-like law), a long tail takes the rest. Beside them stand numbers whose
//! calls are counted one by one, because their number is what analysts look at: loan companies, collectors, banks, courts.

use super::Contact;
use super::identity::Papers;
use super::life::Life;
use super::names;
use super::places::{PLACES, Place};
use super::rng::Stream;

/// Numbers of carriers' prefixes for everybody else in the story.
const PREFIXES: [&str; 12] =
    ["134", "136", "138", "139", "150", "152", "158", "186", "131", "188", "189", "177"];

/// What a peer is to the applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Relatives.
    Family,
    /// Friends and classmates.
    Friend,
    /// People at work.
    Colleague,
    /// Couriers, takeaways, drivers.
    Courier,
    /// Called once or twice by mistake or for sale.
    Stranger,
    /// The carrier's hotline.
    Hotline,
    /// Banks.
    Bank,
    /// Card centres of banks.
    CreditCard,
    /// Loan companies.
    Loan,
    /// Debt collectors.
    Collection,
    /// Lawyers.
    Lawyer,
    /// Courts.
    Court,
    /// 110.
    Police,
    /// 120.
    Ambulance,
    /// Numbers of Macao.
    Macao,
}

impl Role {
    /// What a directory of numbers says of it; `None` for private people.
    pub(super) fn trade(self) -> Option<&'static str> {
        Some(match self {
            Self::Family | Self::Friend | Self::Colleague | Self::Stranger => return None,
            Self::Courier => "快递速运",
            Self::Hotline => "通信服务",
            Self::Bank => "银行",
            Self::CreditCard => "信用卡",
            Self::Loan => "贷款",
            Self::Collection => "催收",
            Self::Lawyer => "律师",
            Self::Court => "法院",
            Self::Police => "报警电话",
            Self::Ambulance => "急救电话",
            Self::Macao => "澳门电话",
        })
    }

    /// Whether calls may come at night and at weekends as well as by day.
    pub(super) fn private(self) -> bool {
        matches!(self, Self::Family | Self::Friend)
    }

    fn mean_seconds(self) -> f64 {
        match self {
            Self::Family => 130.0,
            Self::Friend => 95.0,
            Self::Colleague => 62.0,
            Self::Courier => 22.0,
            Self::Stranger => 28.0,
            Self::Collection => 38.0,
            Self::Lawyer | Self::Court => 150.0,
            Self::Hotline | Self::Bank | Self::CreditCard | Self::Loan => 85.0,
            Self::Police | Self::Ambulance | Self::Macao => 70.0,
        }
    }
}

/// One number the applicant talks to.
#[derive(Debug, Clone)]
pub(super) struct Peer {
    /// Digits only, without country code.
    pub(super) number: String,
    /// What a directory calls it, or the name of a contact; empty when unknown.
    pub(super) label: String,
    /// What it is.
    pub(super) role: Role,
    /// Place in the list of emergency contacts, if it is on it.
    pub(super) contact: Option<usize>,
    /// Where the number belongs.
    pub(super) place: &'static Place,
    /// How often it is called, beside the others; 0 when the calls are counted instead.
    pub(super) weight: f64,
    /// The exact number of calls, for peers that are counted.
    pub(super) counted: u32,
    /// Share of calls the applicant makes.
    pub(super) out_share: f64,
    /// Mean length of a call.
    pub(super) mean_seconds: f64,
    /// First and last day of the acquaintance.
    pub(super) days: (usize, usize),
}

/// Everybody the applicant talks to, emergency contacts among them.
pub(super) fn peers(papers: &Papers, life: &Life, contacts: &[Contact]) -> Vec<Peer> {
    let mut stream = papers.stream("peers");
    let mut list = private_people(papers, life, &mut stream);
    name_contacts(&mut list, papers, life, contacts);
    list.extend(counted(papers, life));
    list
}

fn mobile(stream: &mut Stream) -> String {
    format!("{}{}", stream.pick(&PREFIXES), stream.digits(8))
}

fn landline(stream: &mut Stream, place: &Place) -> String {
    let length = if place.area_code.len() == 3 { 7 } else { 6 };
    let first = stream.between(2, 8);
    format!("{}{first}{}", place.area_code, stream.digits(length))
}

/// People called by weight: rank r weighs 1 / (r + 1.5)^0.9.
fn private_people(papers: &Papers, life: &Life, stream: &mut Stream) -> Vec<Peer> {
    let count = (2.6 * libm::pow(life.calls as f64, 0.63)) as usize;
    let final_day = life.calendar.days.len() - 1;
    let first = life.first_day();
    let mut list = Vec::with_capacity(count);
    for rank in 0..count {
        let depth = rank as f64 / count as f64;
        let role = match (rank, stream.unit()) {
            (0 | 2, _) => Role::Family,
            (_, draw) if draw < 0.35 * (1.0 - depth) => Role::Family,
            (_, draw) if draw < 0.72 - 0.47 * depth => Role::Friend,
            (_, draw) if draw < 0.98 - 0.53 * depth => Role::Colleague,
            (_, draw) if draw < 0.99 - 0.29 * depth => Role::Courier,
            _ => Role::Stranger,
        };
        let place = match role {
            Role::Family if stream.chance(0.6) => papers.hometown,
            _ if stream.chance(0.72) => life.home,
            _ if stream.chance(0.4) => papers.hometown,
            _ => stream.pick(PLACES),
        };
        let landline_share = if role == Role::Stranger { 0.35 } else { 0.06 };
        let number = if stream.chance(landline_share) { landline(stream, place) } else { mobile(stream) };
        // The risky are known to fewer people who call back, and lose touch sooner.
        let one_sided =
            role == Role::Stranger || role == Role::Courier || stream.chance(0.15 + 0.35 * life.risk);
        let out_share = match role {
            Role::Stranger | Role::Courier if stream.chance(0.9) => 0.0,
            _ if one_sided => f64::from(u8::from(stream.chance(0.5))),
            _ => stream.span(0.3, 0.7),
        };
        let middle = stream.between(first as i64, final_day as i64) as usize;
        let days = match rank {
            0..=4 => (first, final_day),
            _ if stream.chance(0.20 + 0.35 * life.risk) => {
                if stream.chance(0.5) {
                    (first, middle)
                } else {
                    (middle, final_day)
                }
            }
            _ => (first, final_day),
        };
        list.push(Peer {
            number,
            label: String::new(),
            role,
            contact: None,
            place,
            weight: libm::pow(rank as f64 + 1.5, -0.9),
            counted: 0,
            out_share,
            mean_seconds: role.mean_seconds() * stream.span(0.6, 1.5),
            days,
        });
    }
    list
}

/// Gives the emergency contacts their places among the people: at the top for the safe, far down for the risky.
fn name_contacts(list: &mut [Peer], papers: &Papers, life: &Life, contacts: &[Contact]) {
    let mut stream = papers.stream("contacts");
    let mut taken: Vec<usize> = Vec::new();
    for (index, contact) in contacts.iter().enumerate() {
        let number = plain_number(&contact.tel);
        if number.is_empty() || number == papers.mobile {
            continue;
        }
        let depth = (life.risk * life.risk * list.len() as f64 * stream.span(0.3, 0.9)) as usize;
        let wanted = index + depth + stream.below(3) as usize;
        let free =
            (wanted..list.len()).chain((0..wanted.min(list.len())).rev()).find(|rank| !taken.contains(rank));
        let Some(rank) = free else { break };
        taken.push(rank);
        let peer = &mut list[rank];
        peer.role = match contact.contact_type.as_str() {
            "0" | "1" | "2" | "3" => Role::Family,
            "4" => Role::Colleague,
            _ => Role::Friend,
        };
        peer.label.clone_from(&contact.name);
        peer.number = number;
        peer.contact = Some(index);
        peer.out_share = stream.span(0.35, 0.65);
        peer.mean_seconds = peer.role.mean_seconds();
        peer.days = (life.first_day(), life.calendar.days.len() - 1);
    }
}

/// A number as the story knows it: without separators and without the country code before a mobile number.
pub(super) fn plain_number(text: &str) -> String {
    let plain: String =
        text.chars().filter(|mark| !mark.is_whitespace() && !"-()（）".contains(*mark)).collect();
    let bare =
        ["+86", "0086", "86"].iter().find_map(|code| plain.strip_prefix(code).filter(|rest| is_mobile(rest)));
    bare.unwrap_or(&plain).to_owned()
}

/// Whether a number looks like a mobile number of the mainland.
pub(super) fn is_mobile(number: &str) -> bool {
    let bytes = number.as_bytes();
    bytes.len() == 11
        && bytes[0] == b'1'
        && (b'3'..=b'9').contains(&bytes[1])
        && bytes.iter().all(u8::is_ascii_digit)
}

const BANKS: [(&str, &str); 5] = [
    ("95588", "工商银行"),
    ("95533", "建设银行"),
    ("95555", "招商银行"),
    ("95599", "农业银行"),
    ("95566", "中国银行"),
];
const CARD_CENTRES: [(&str, &str); 3] = [
    ("4008205555", "招商银行信用卡中心"),
    ("4008895558", "中信银行信用卡中心"),
    ("4006695568", "光大银行信用卡中心"),
];

/// The lenders of the stories, all invented. Calls and e-bank records name the same ones.
pub(super) const LENDERS: [&str; 6] =
    ["飞燕速贷", "金穗小贷", "顺手借", "百灵分期", "月月盈贷款", "小满应急贷"];

/// Which lenders this applicant has dealt with, by place in [`LENDERS`]: more of them the riskier.
pub(super) fn lenders(papers: &Papers, life: &Life) -> Vec<usize> {
    let mut stream = papers.stream("lenders");
    let debts = papers.facet(life.risk, "lenders");
    let wanted = (stream.poisson(0.3 + 4.0 * debts * debts) as usize).min(LENDERS.len());
    let mut pool: Vec<usize> = (0..LENDERS.len()).collect();
    (0..wanted).map(|_| pool.swap_remove(stream.below(pool.len() as u64) as usize)).collect()
}

/// Numbers whose calls are counted one by one.
fn counted(papers: &Papers, life: &Life) -> Vec<Peer> {
    let mut stream = papers.stream("counted");
    let risk = life.risk;
    let (first, final_day) = (life.first_day(), life.calendar.days.len() - 1);
    let small = life.calls < 200;
    let mut list = Vec::new();
    let mut add = |role: Role, number: String, label: &str, place, count: u32, out_share: f64, days| {
        // A number with sixty calls in all has few of each kind.
        let count = if small { count.div_ceil(3) } else { count };
        if count > 0 {
            let label = label.to_owned();
            let (contact, weight, mean_seconds) = (None, 0.0, role.mean_seconds());
            list.push(Peer {
                number,
                label,
                role,
                contact,
                place,
                weight,
                counted: count,
                out_share,
                mean_seconds,
                days,
            });
        }
    };
    let always = (first, final_day);
    let hotline = stream.poisson(3.0);
    add(
        Role::Hotline,
        papers.carrier.hotline().into(),
        papers.carrier.name(),
        life.home,
        hotline,
        0.7,
        always,
    );
    let bank = *stream.pick(&BANKS);
    let count = stream.poisson(3.0);
    add(Role::Bank, bank.0.into(), bank.1, life.home, count, 0.5, always);
    let centre = *stream.pick(&CARD_CENTRES);
    let count = stream.poisson(0.5 + 4.0 * risk);
    add(Role::CreditCard, centre.0.into(), centre.1, life.home, count, 0.3, always);

    for lender in lenders(papers, life) {
        let count = 1 + stream.poisson(1.0 + 4.0 * risk);
        let number =
            if stream.chance(0.5) { format!("95{}", stream.between(210, 299)) } else { mobile(&mut stream) };
        add(Role::Loan, number, LENDERS[lender], stream.pick(PLACES), count, 0.35, always);
    }
    let risk = papers.facet(risk, "collectors");
    // Collectors come late in the story, after the loans.
    let late = (final_day.saturating_sub(55).max(first), final_day);
    let collectors = 1 + stream.poisson(2.0 * risk);
    for _ in 0..collectors {
        let count = stream.poisson(9.0 * (risk - 0.25).max(0.0));
        let place = stream.pick(PLACES);
        let number = if stream.chance(0.4) { landline(&mut stream, place) } else { mobile(&mut stream) };
        add(Role::Collection, number, "疑似催收", place, count, 0.05, late);
    }
    let rare = [
        (Role::Police, "110", "报警电话", 0.05 + 0.3 * risk, 1.0),
        (Role::Ambulance, "120", "急救电话", 0.12, 1.0),
        (Role::Lawyer, "", "律师事务所", 0.05 + 1.2 * risk * risk, 0.3),
        (Role::Court, "", "人民法院", 0.8 * risk * risk * risk, 0.2),
        (Role::Macao, "", "", 0.05 + 0.5 * risk * risk, 0.6),
    ];
    for (role, number, label, mean, out_share) in rare {
        let count = stream.poisson(mean);
        let number = match role {
            Role::Macao => format!("008536{}", stream.digits(7)),
            Role::Lawyer | Role::Court => landline(&mut stream, life.home),
            _ => number.to_owned(),
        };
        let label = match role {
            Role::Lawyer | Role::Court => format!("{}{label}", life.home.city),
            _ => label.to_owned(),
        };
        add(role, number, &label, life.home, count, out_share, always);
    }
    list
}

/// Relatives who take parcels when no emergency contact was named: name and number.
pub(super) fn relatives(papers: &Papers, peers: &[Peer]) -> Vec<(String, String)> {
    let mut stream = papers.stream("relatives");
    let family = peers.iter().filter(|peer| peer.role == Role::Family && is_mobile(&peer.number)).take(2);
    family
        .map(|peer| {
            let female = stream.chance(0.5);
            (names::relative(&mut stream, &papers.name, female), peer.number.clone())
        })
        .collect()
}
