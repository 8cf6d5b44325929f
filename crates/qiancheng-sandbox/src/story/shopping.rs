//! What the applicant bought online: the report's e-commerce pages and the card's records tell of the same orders.

use super::calendar::Moment;
use super::identity::Papers;
use super::life::Life;

/// Kinds of goods, with their usual price in yuan.
const GOODS: [(&str, f64); 10] = [
    ("服饰鞋包", 160.0),
    ("家居日用", 80.0),
    ("食品生鲜", 70.0),
    ("数码家电", 900.0),
    ("母婴用品", 150.0),
    ("图书音像", 55.0),
    ("美妆护肤", 140.0),
    ("运动户外", 200.0),
    ("虚拟充值", 50.0),
    ("彩票", 20.0),
];
/// Places in [`GOODS`] of what analysts look at.
const VIRTUAL: usize = 8;
const LOTTERY: usize = 9;

/// Who an order goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Receiver {
    /// The applicant, at home.
    Home,
    /// The applicant, at work.
    Work,
    /// A relative or contact, by number in their list.
    Other(usize),
}

/// One order.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// When.
    pub(super) at: Moment,
    /// Price in fen.
    pub(super) amount: i64,
    /// What.
    pub(super) category: &'static str,
    /// For whom.
    pub(super) receiver: Receiver,
}

impl Order {
    /// Vouchers, game points.
    pub(super) fn is_virtual(&self) -> bool {
        self.category == GOODS[VIRTUAL].0
    }

    /// Lottery tickets.
    pub(super) fn is_lottery(&self) -> bool {
        self.category == GOODS[LOTTERY].0
    }
}

/// All orders of the window, in order of time. There is a window even for a new number: the person is older than it.
pub(super) fn orders(papers: &Papers, life: &Life) -> Vec<Order> {
    let mut stream = papers.stream("shopping");
    let count = 12 + stream.below(36);
    let days = life.calendar.days.len() as u64;
    let mut list: Vec<Order> = (0..count)
        .filter_map(|_| {
            let at =
                life.calendar.midnight(stream.below(days) as usize) + stream.between(8 * 3600, 23 * 3600);
            let kind = match stream.unit() {
                draw if draw < 0.10 * life.risk => LOTTERY,
                draw if draw < 0.05 + 0.2 * life.risk => VIRTUAL,
                _ => stream.below(VIRTUAL as u64) as usize,
            };
            let (category, price) = GOODS[kind];
            let amount = (price * 100.0 * stream.span(0.3, 1.0 + affluence(life))) as i64;
            let receiver = match stream.below(10) {
                0..=5 => Receiver::Home,
                6..=8 => Receiver::Work,
                _ => Receiver::Other(stream.below(2) as usize),
            };
            (at < life.calendar.as_of).then_some(Order { at, amount, category, receiver })
        })
        .collect();
    list.sort_by_key(|order| order.at);
    list
}

/// The better off buy dearer things.
fn affluence(life: &Life) -> f64 {
    life.salary as f64 / 1_000_000.0
}
