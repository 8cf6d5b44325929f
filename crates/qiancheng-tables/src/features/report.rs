//! What the report says of itself: what its makers checked and counted. None of it goes by windows.

use std::collections::{BTreeSet, HashMap};

use super::FeatureError;
use super::calls::Calls;
use super::instant::days_between;
use super::source::{Rows, Source, text, value};
use crate::coerce::phone;
use crate::decode::Cell;

/// A report. What is NaN it doesn't say.
#[derive(Debug)]
pub(super) struct Report<'a> {
    /// Scores of the checks on behaviour, by their codes: 1 passed, 2 failed.
    checks: HashMap<&'a str, i64>,
    pub(super) applicant: Applicant,
    pub(super) house: House,
    /// Numbers that the applicant talked to.
    pub(super) contacts: f64,
    /// The emergency contacts' numbers.
    emergency: BTreeSet<String>,
}

/// What is known of the applicant.
#[derive(Debug)]
pub(super) struct Applicant {
    pub(super) age: f64,
    pub(super) court_blacklist: f64,
    pub(super) financial_blacklist: f64,
    /// The number, not its owner, is on a lender's blacklist.
    pub(super) phone_financial_blacklist: f64,
    /// The number is registered in the applicant's name.
    pub(super) real_name: f64,
}

/// What the report's makers have in their own records.
#[derive(Debug)]
pub(super) struct House {
    pub(super) searched: f64,
    pub(super) registered: f64,
    pub(super) gray_score: f64,
    pub(super) direct: f64,
    pub(super) direct_listed: f64,
    pub(super) indirect_listed: f64,
    pub(super) routers: f64,
    pub(super) router_ratio: f64,
}

impl<'a> Report<'a> {
    pub(super) fn of(source: &'a dyn Source) -> Result<Self, FeatureError> {
        let rows = |table| Rows::of(source, table);
        let application = rows("application_check").map(Application::of).transpose()?;
        Ok(Self {
            checks: rows("behavior_check").map(checks).transpose()?.unwrap_or_default(),
            applicant: Applicant::of(application.as_ref()),
            house: House::of(rows("user_info_check"))?,
            contacts: rows("contact_list").map_or(f64::NAN, |rows| super::number(rows.count())),
            emergency: application.map(|application| application.emergency()).unwrap_or_default(),
        })
    }

    /// The score of a check, if it was done.
    pub(super) fn check(&self, code: &str) -> f64 {
        self.checks.get(code).map_or(f64::NAN, |&score| super::number(score))
    }

    /// Calls with emergency contacts in the last 180 days.
    pub(super) fn emergency_calls(&self, calls: &Calls<'_>) -> f64 {
        if self.emergency.is_empty() {
            return f64::NAN;
        }
        super::number(self.emergency_peers(calls).map(|peer| peer.calls).sum::<u64>())
    }

    /// The best place that an emergency contact has among the numbers by calls in the last 180 days.
    pub(super) fn emergency_rank(&self, calls: &Calls<'_>) -> f64 {
        let called = self.emergency_peers(calls).filter(|peer| peer.calls > 0);
        called.map(|peer| calls.peers.rank(peer)).min().map_or(f64::NAN, super::number)
    }

    /// Days since the last call with an emergency contact.
    pub(super) fn emergency_days(&self, calls: &Calls<'_>) -> f64 {
        let last = self.emergency_peers(calls).map(|peer| peer.last).max();
        last.map_or(f64::NAN, |last| days_between(last, calls.windows.as_of))
    }

    fn emergency_peers<'b>(
        &'b self,
        calls: &'b Calls<'_>,
    ) -> impl Iterator<Item = &'b super::peers::Peer<'b>> {
        self.emergency.iter().filter_map(|digits| calls.peers.get(digits))
    }
}

/// Scores by codes; 0 says that there was no data to check, and of two the worse holds.
fn checks(rows: Rows<'_>) -> Result<HashMap<&str, i64>, FeatureError> {
    let codes = rows.texts("check_point")?;
    let scores = rows.integers("score")?;
    let mut checks = HashMap::new();
    for row in 0..rows.count() {
        if let (Some(code), Some(score @ 1..)) = (text(codes, row), value(scores, row)) {
            let known = checks.entry(code).or_insert(score);
            *known = score.max(*known);
        }
    }
    Ok(checks)
}

/// The statements of the application, selected by what they are about and never by their place.
struct Application<'a> {
    rows: Rows<'a>,
    points: &'a arrow_array::StringArray,
    values: &'a arrow_array::StringArray,
    ages: &'a arrow_array::Int64Array,
    reliability: &'a arrow_array::StringArray,
    court: &'a arrow_array::BooleanArray,
    financial: &'a arrow_array::BooleanArray,
}

impl<'a> Application<'a> {
    fn of(rows: Rows<'a>) -> Result<Self, FeatureError> {
        Ok(Self {
            rows,
            points: rows.texts("app_point")?,
            values: rows.texts("key_value")?,
            ages: rows.integers("age")?,
            reliability: rows.texts("reliability")?,
            court: rows.flags("court_blacklist")?,
            financial: rows.flags("financial_blacklist")?,
        })
    }

    /// The rows about something.
    fn about(&self, point: &str) -> impl Iterator<Item = usize> {
        (0..self.rows.count()).filter(move |&row| text(self.points, row) == Some(point))
    }

    fn emergency(&self) -> BTreeSet<String> {
        let mut numbers = BTreeSet::new();
        let mut scratch = String::new();
        for number in self.about("contact").filter_map(|row| text(self.values, row)) {
            scratch.clear();
            let digits = phone::peer(Cell::Text(number), &mut scratch);
            numbers.extend(digits.text(&scratch).map(str::to_owned));
        }
        numbers
    }
}

impl Applicant {
    fn of(application: Option<&Application<'_>>) -> Self {
        let Some(application) = application else {
            let unknown = f64::NAN;
            return Self {
                age: unknown,
                court_blacklist: unknown,
                financial_blacklist: unknown,
                phone_financial_blacklist: unknown,
                real_name: unknown,
            };
        };
        // Of two statements about the same, the worse holds.
        let flag = |point, flags| application.about(point).filter_map(|row| flagged(flags, row)).max();
        let known = |flag: Option<bool>| flag.map_or(f64::NAN, |flag| super::number(u32::from(flag)));
        let reliability = |row| match text(application.reliability, row) {
            Some("实名认证") => Some(true),
            Some("非实名认证" | "未实名认证") => Some(false),
            _ => None,
        };
        let age = application.about("id_card").filter_map(|row| value(application.ages, row)).min();
        Self {
            age: age.map_or(f64::NAN, super::number),
            court_blacklist: known(flag("id_card", application.court)),
            financial_blacklist: known(flag("id_card", application.financial)),
            phone_financial_blacklist: known(flag("cell_phone", application.financial)),
            real_name: known(application.about("cell_phone").filter_map(reliability).min()),
        }
    }
}

fn flagged(flags: &arrow_array::BooleanArray, row: usize) -> Option<bool> {
    use arrow_array::Array;
    flags.is_valid(row).then(|| flags.value(row))
}

impl House {
    fn of(rows: Option<Rows<'_>>) -> Result<Self, FeatureError> {
        // There is one row; of several, the greatest number counts.
        let count = |column| {
            let Some(rows) = rows else { return Ok(f64::NAN) };
            let counts = rows.integers(column)?;
            let greatest = (0..rows.count()).filter_map(|row| value(counts, row)).max();
            Ok(greatest.map_or(f64::NAN, super::number))
        };
        let ratio = |column| {
            let Some(rows) = rows else { return Ok(f64::NAN) };
            let shares = rows.floats(column)?;
            Ok((0..rows.count()).filter_map(|row| value(shares, row)).fold(f64::NAN, f64::max))
        };
        Ok(Self {
            searched: count("searched_org_cnt")?,
            registered: count("register_org_cnt")?,
            gray_score: count("phone_gray_score")?,
            direct: count("contacts_class1_cnt")?,
            direct_listed: count("contacts_class1_blacklist_cnt")?,
            indirect_listed: count("contacts_class2_blacklist_cnt")?,
            routers: count("contacts_router_cnt")?,
            router_ratio: ratio("contacts_router_ratio")?,
        })
    }
}
