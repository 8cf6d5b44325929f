//! The days of the story: Beijing time, the months the vendor collects, holidays.
//!
//! Inside the story a time is a [`Moment`], whole seconds of Beijing's civil time since 1970. That makes comparing and
//! binning thousands of calls integer work; dates are spelled once a day, not once a call.

use jiff::civil::{Date, Weekday, date};
use jiff::tz::Offset;
use jiff::{Span, Timestamp};

/// Seconds of Beijing's civil time since 1970-01-01 00:00:00.
pub(super) type Moment = i64;

/// Seconds in a day.
pub(super) const DAY: i64 = 86_400;

/// The first day of the Spring Festival, which follows the moon. Years outside the table have none.
const SPRING_FESTIVALS: [Date; 21] = [
    date(2010, 2, 14),
    date(2011, 2, 3),
    date(2012, 1, 23),
    date(2013, 2, 10),
    date(2014, 1, 31),
    date(2015, 2, 19),
    date(2016, 2, 8),
    date(2017, 1, 28),
    date(2018, 2, 16),
    date(2019, 2, 5),
    date(2020, 1, 25),
    date(2021, 2, 12),
    date(2022, 2, 1),
    date(2023, 1, 22),
    date(2024, 2, 10),
    date(2025, 1, 29),
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
    date(2029, 2, 13),
    date(2030, 2, 3),
];

/// What is special about a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayKind {
    /// Monday to Friday.
    Workday,
    /// Saturday and Sunday.
    Weekend,
    /// New Year, Labour Day, National Day.
    Holiday,
    /// The seven days of the Spring Festival, when people go home.
    SpringFestival,
}

/// One day of the window.
#[derive(Debug, Clone)]
pub(super) struct Day {
    /// `YYYY-MM-DD`.
    pub(super) text: String,
    /// What is special about it.
    pub(super) kind: DayKind,
    /// Place in [`Calendar::months`].
    pub(super) month: usize,
}

/// The window that is collected: the month of `as_of` up to that moment, and the five whole months before.
#[derive(Debug, Clone)]
pub(super) struct Calendar {
    /// When the data were fetched.
    pub(super) as_of: Moment,
    /// Days since 1970 of the window's first day.
    first: i64,
    /// All days of the window, the last one being that of `as_of`.
    pub(super) days: Vec<Day>,
    /// `YYYY-MM`, oldest first; always six.
    pub(super) months: Vec<String>,
}

impl Calendar {
    /// The window that ends at `as_of`. Times outside 2010–2100 are moved to the nearer end: there is no story there.
    pub(super) fn new(as_of: Timestamp) -> Self {
        let now = Offset::constant(8).to_datetime(as_of);
        let today = now.date().clamp(date(2010, 1, 1), date(2099, 12, 31));
        let clock = now.time();
        let seconds =
            i64::from(clock.hour()) * 3600 + i64::from(clock.minute()) * 60 + i64::from(clock.second());
        let last = day_number(today);

        let mut start = today.first_of_month();
        for _ in 0..5 {
            start = date_of(day_number(start) - 1).first_of_month();
        }
        let first = day_number(start);
        let mut months: Vec<String> = Vec::with_capacity(6);
        let mut days = Vec::with_capacity(184);
        for number in first..=last {
            let today = date_of(number);
            let text = today.to_string();
            if months.last().is_none_or(|month| *month != text[..7]) {
                months.push(text[..7].to_owned());
            }
            days.push(Day { kind: kind_of(today), month: months.len() - 1, text });
        }
        Self { as_of: last * DAY + seconds, first, days, months }
    }

    /// Midnight at the start of the `index`th day.
    pub(super) fn midnight(&self, index: usize) -> Moment {
        (self.first + index as i64) * DAY
    }

    /// The day a moment falls on; moments outside the window fall on its first or last day.
    pub(super) fn day_index(&self, moment: Moment) -> usize {
        (moment.div_euclid(DAY) - self.first).clamp(0, self.days.len() as i64 - 1) as usize
    }

    /// The day a moment falls on.
    pub(super) fn day(&self, moment: Moment) -> &Day {
        &self.days[self.day_index(moment)]
    }

    /// The share of the `index`th day that has passed at `as_of`.
    pub(super) fn elapsed(&self, index: usize) -> f64 {
        ((self.as_of - self.midnight(index)) as f64 / DAY as f64).clamp(0.0, 1.0)
    }

    /// `YYYY-MM-DD HH:MM:SS`, quick for moments of the window.
    pub(super) fn text(&self, moment: Moment) -> String {
        let number = moment.div_euclid(DAY) - self.first;
        let mut text = String::with_capacity(19);
        match usize::try_from(number).ok().and_then(|index| self.days.get(index)) {
            Some(day) => text.push_str(&day.text),
            None => text.push_str(&date_of(number + self.first).to_string()),
        }
        let second = moment.rem_euclid(DAY);
        for (mark, value) in [(' ', second / 3600), (':', second / 60 % 60), (':', second % 60)] {
            text.push(mark);
            text.push(char::from(b'0' + (value / 10) as u8));
            text.push(char::from(b'0' + (value % 10) as u8));
        }
        text
    }

    /// `YYYY-MM-DD` of a moment.
    pub(super) fn date_text(&self, moment: Moment) -> String {
        let mut text = self.text(moment);
        text.truncate(10);
        text
    }
}

/// The hour of the day, 0–23.
pub(super) fn hour(moment: Moment) -> i64 {
    moment.rem_euclid(DAY) / 3600
}

/// Whether a moment lies between 23:00 and 06:00.
pub(super) fn is_night(moment: Moment) -> bool {
    let hour = hour(moment);
    !(6..23).contains(&hour)
}

/// Days since 1970.
pub(super) fn day_number(day: Date) -> i64 {
    day.duration_since(date(1970, 1, 1)).as_secs() / DAY
}

/// The date so many days after 1970-01-01; the ends of the calendar for numbers beyond it.
pub(super) fn date_of(number: i64) -> Date {
    let span = Span::new().try_days(number.clamp(-700_000, 2_900_000)).unwrap_or_default();
    date(1970, 1, 1).saturating_add(span)
}

fn kind_of(day: Date) -> DayKind {
    let number = day_number(day);
    if SPRING_FESTIVALS.iter().any(|&first| (0..7).contains(&(number - day_number(first)))) {
        return DayKind::SpringFestival;
    }
    match (day.month(), day.day()) {
        (1, 1) | (5, 1..=3) | (10, 1..=7) => DayKind::Holiday,
        _ if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) => DayKind::Weekend,
        _ => DayKind::Workday,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(text: &str) -> Calendar {
        Calendar::new(text.parse().unwrap())
    }

    #[test]
    fn the_window_is_this_month_and_the_five_before_in_beijing_time() {
        let calendar = calendar("2018-06-14T16:30:05Z");
        assert_eq!(calendar.months, ["2018-01", "2018-02", "2018-03", "2018-04", "2018-05", "2018-06"]);
        assert_eq!(calendar.text(calendar.as_of), "2018-06-15 00:30:05");
        assert_eq!(calendar.days.len(), 31 + 28 + 31 + 30 + 31 + 15);
        assert_eq!(calendar.text(calendar.midnight(0) - 1), "2017-12-31 23:59:59");
        assert_eq!(calendar.day(calendar.as_of).text, "2018-06-15");
    }

    #[test]
    fn festivals_are_known_and_extreme_times_survive() {
        let spring = calendar("2018-03-01T00:00:00Z");
        let kind = |text: &str| spring.days.iter().find(|day| day.text == text).unwrap().kind;
        assert_eq!(kind("2018-02-16"), DayKind::SpringFestival);
        assert_eq!(kind("2018-01-01"), DayKind::Holiday);
        assert_eq!(kind("2018-01-06"), DayKind::Weekend);
        assert_eq!(Calendar::new(Timestamp::MAX).months.len(), 6);
        assert_eq!(Calendar::new(Timestamp::MIN).months.len(), 6);
    }
}
