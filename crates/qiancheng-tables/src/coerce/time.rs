//! Times and days. All are Beijing time.
//!
//! A time without a zone is read as UTC+08:00, always: that is the vendor's rule. China's summer time of 1986 to 1991 is
//! left aside; no record of a mobile number is that old.

use super::{Coerced, plain};
use crate::decode::IssueKind;

const DAY_MICROS: i64 = 86_400_000_000;
const BEIJING_MICROS: i64 = 8 * 3_600_000_000;

/// Times that were read last. Neighbouring records share their day, and some of their times altogether: when a document
/// was fetched stands in each of them, beside when something happened.
#[derive(Debug)]
pub(crate) struct Times {
    /// Two texts, so that the one that comes again and again is not lost to those that don't.
    known: [Known; 2],
    /// Which of them was not the last to be met.
    older: usize,
    date: [u8; 10],
    days: i64,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    text: [u8; 19],
    micros: i64,
}

/// Nothing was read yet; what is known is true all the same.
impl Default for Times {
    fn default() -> Self {
        let epoch = Known { text: *b"1970-01-01 08:00:00", micros: 0 };
        Self { known: [epoch; 2], older: 0, date: *b"1970-01-01", days: 0 }
    }
}

impl Times {
    /// The instant of `YYYY-MM-DD HH:MM:SS`, none for anything else.
    #[inline]
    pub(crate) fn usual(&mut self, text: &[u8; 19]) -> Option<i64> {
        for (place, known) in self.known.iter().enumerate() {
            if known.text == *text {
                self.older = 1 - place;
                return Some(known.micros);
            }
        }
        let micros = self.read(text)?;
        self.known[self.older] = Known { text: *text, micros };
        self.older = 1 - self.older;
        Some(micros)
    }

    fn read(&mut self, text: &[u8; 19]) -> Option<i64> {
        if text[10] != b' ' || text[13] != b':' || text[16] != b':' {
            return None;
        }
        let date: &[u8; 10] = text.first_chunk()?;
        if *date != self.date {
            if date[4] != b'-' || date[7] != b'-' {
                return None;
            }
            let year = two(date[0], date[1])? * 100 + two(date[2], date[3])?;
            self.days = days(year, two(date[5], date[6])?, two(date[8], date[9])?)?;
            self.date = *date;
        }
        let seconds = clock(two(text[11], text[12])?, two(text[14], text[15])?, two(text[17], text[18])?)?;
        Some(self.days * DAY_MICROS + seconds * 1_000_000 - BEIJING_MICROS)
    }
}

/// The instant in microseconds since 1970-01-01T00:00:00Z.
pub(crate) fn time(text: &str, times: &mut Times) -> Coerced<i64> {
    if let Some(micros) = text.as_bytes().try_into().ok().and_then(|text| times.usual(text)) {
        return Ok((micros, false));
    }
    let moment = moment(text)?;
    let micros = moment.days * DAY_MICROS + moment.micros - moment.offset.unwrap_or(BEIJING_MICROS);
    Ok((micros, false))
}

/// The day, counted from 1970-01-01. A month stands for its first day.
pub(crate) fn date(text: &str) -> Coerced<i32> {
    let moment = moment(text)?;
    // A time with another zone is a day in Beijing.
    let shift = moment.offset.map_or(0, |offset| BEIJING_MICROS - offset);
    let days = moment.days + (moment.micros + shift).div_euclid(DAY_MICROS);
    i32::try_from(days).map(|days| (days, false)).map_err(|_| IssueKind::OutOfRange)
}

#[inline]
fn two(tens: u8, ones: u8) -> Option<i64> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then(|| i64::from(tens * 10 + ones))
}

fn clock(hour: i64, minute: i64, second: i64) -> Option<i64> {
    let exists = (hour < 24 && minute < 60 && second < 60) || (hour, minute, second) == (24, 0, 0);
    exists.then_some((hour * 60 + minute) * 60 + second)
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, in the years 1 to 9999.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=longest).contains(&day) || !(1..=9999).contains(&year) {
        return None;
    }
    // Years that start in March have their leap day at the end.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// A day, the time in it, and the zone if one was given.
struct Moment {
    days: i64,
    micros: i64,
    offset: Option<i64>,
}

/// Any other way to write a time: other separators, Chinese words, a zone, a part only, a Unix time.
fn moment(text: &str) -> Result<Moment, IssueKind> {
    let plain = plain::plain(text);
    if plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return compact(&plain);
    }
    let mut rest = Fields { rest: &plain };
    let year = rest.number(4).ok_or(IssueKind::NotATime)?;
    rest.one_of(&["-", "/", ".", "年"]).ok_or(IssueKind::NotATime)?;
    let month = rest.number(2).ok_or(IssueKind::NotATime)?;
    let day = match rest.one_of(&["-", "/", ".", "月"]) {
        Some(()) if !rest.rest.is_empty() => {
            let day = rest.number(2).ok_or(IssueKind::NotATime)?;
            rest.one_of(&["日", "号"]);
            day
        }
        _ if rest.rest.is_empty() => 1,
        _ => return Err(IssueKind::NotATime),
    };
    let days = days(year, month, day).ok_or(IssueKind::NotATime)?;
    if rest.rest.is_empty() {
        return Ok(Moment { days, micros: 0, offset: None });
    }
    rest.one_of(&["T", "t", " "]);
    rest.rest = rest.rest.trim_start();
    let hour = rest.number(2).ok_or(IssueKind::NotATime)?;
    rest.one_of(&[":", "时", "点"]).ok_or(IssueKind::NotATime)?;
    let minute = rest.number(2).ok_or(IssueKind::NotATime)?;
    let second = match rest.one_of(&[":", "分"]) {
        Some(()) if !rest.rest.is_empty() => rest.number(2).ok_or(IssueKind::NotATime)?,
        _ => 0,
    };
    rest.one_of(&["秒"]);
    let fraction = rest.fraction();
    let seconds = clock(hour, minute, second).ok_or(IssueKind::NotATime)?;
    let offset = rest.zone()?;
    Ok(Moment { days, micros: seconds * 1_000_000 + fraction, offset })
}

/// `YYYYMM`, `YYYYMMDD`, `YYYYMMDDHHMMSS`, or a Unix time in seconds (10 digits) or milliseconds (13).
fn compact(digits: &str) -> Result<Moment, IssueKind> {
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<i64>().ok());
    let unix = |micros: i64| Moment { days: 0, micros, offset: Some(0) };
    let moment = match digits.len() {
        6 | 8 | 14 => {
            let day = if digits.len() == 6 { Some(1) } else { part(6, 8) };
            let clock = match digits.len() {
                14 => part(8, 10).zip(part(10, 12)).zip(part(12, 14)).and_then(|((h, m), s)| clock(h, m, s)),
                _ => Some(0),
            };
            let days =
                part(0, 4).zip(part(4, 6)).zip(day).and_then(|((year, month), day)| days(year, month, day));
            days.zip(clock).map(|(days, seconds)| Moment { days, micros: seconds * 1_000_000, offset: None })
        }
        10 => part(0, 10).map(|seconds| unix(seconds * 1_000_000)),
        13 => part(0, 13).map(|millis| unix(millis * 1_000)),
        _ => None,
    };
    moment.ok_or(IssueKind::NotATime)
}

/// A text read field by field.
struct Fields<'a> {
    rest: &'a str,
}

impl Fields<'_> {
    /// One to `longest` digits.
    fn number(&mut self, longest: usize) -> Option<i64> {
        let length = self.rest.bytes().take(longest).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at(length);
        // Years are written in full.
        let value = if longest == 4 && length != 4 { None } else { digits.parse().ok() };
        self.rest = rest;
        value
    }

    /// One of these words.
    fn one_of(&mut self, words: &[&str]) -> Option<()> {
        self.rest = words.iter().find_map(|word| self.rest.strip_prefix(word))?;
        Some(())
    }

    /// Microseconds behind a point, none if there is no point. Finer ones are left out.
    fn fraction(&mut self) -> i64 {
        let Some(rest) = self.rest.strip_prefix('.') else { return 0 };
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = rest.split_at(length);
        self.rest = rest;
        digits
            .bytes()
            .chain(std::iter::repeat(b'0'))
            .take(6)
            .fold(0, |micros, digit| micros * 10 + i64::from(digit - b'0'))
    }

    /// The zone's offset in microseconds, if there is one.
    fn zone(&mut self) -> Result<Option<i64>, IssueKind> {
        self.rest = self.rest.trim();
        if self.rest.is_empty() {
            return Ok(None);
        }
        if self.rest == "Z" || self.rest == "z" {
            return Ok(Some(0));
        }
        let sign = match self.rest.as_bytes()[0] {
            b'+' => 1,
            b'-' => -1,
            _ => return Err(IssueKind::NotATime),
        };
        self.rest = &self.rest[1..];
        let hours = self.number(2).filter(|&hours| hours <= 14).ok_or(IssueKind::NotATime)?;
        self.one_of(&[":"]);
        let minutes = match self.rest {
            "" => Some(0),
            _ => self.number(2).filter(|&minutes| minutes < 60 && self.rest.is_empty()),
        };
        let minutes = minutes.ok_or(IssueKind::NotATime)?;
        Ok(Some(sign * (hours * 60 + minutes) * 60_000_000))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// 2018-01-31 12:34:56 in Beijing.
    const NOON: i64 = 1_517_373_296_000_000;

    #[test]
    fn times_are_read_in_every_spelling() {
        for text in [
            "2018-01-31 12:34:56",
            "2018-01-31T12:34:56",
            "2018-01-31T12:34:56+0800",
            "2018-01-31T12:34:56+08:00",
            "2018-01-31T04:34:56Z",
            "2018-01-31 04:34:56.000 +00",
            "2018/1/31 12:34:56",
            "2018.01.31 12:34:56",
            "2018年01月31日 12时34分56秒",
            "２０１８－０１－３１　１２：３４：５６",
            "20180131123456",
            "1517373296",
            "1517373296000",
        ] {
            assert_eq!(time(text, &mut Times::default()), Ok((NOON, false)), "{text}");
        }
        assert_eq!(time("2018-01-31 12:34", &mut Times::default()), Ok((NOON - 56_000_000, false)));
        assert_eq!(time("2018-01-31 12:34:56.5", &mut Times::default()), Ok((NOON + 500_000, false)));
    }

    #[test]
    fn remembering_changes_nothing() {
        let mut times = Times::default();
        for text in [
            "2018-01-31 12:34:56",
            "2018-02-30 12:34:56",
            "2018-02-30 12:34:56",
            "2018-01-31 12:34:56",
            "0000-00-00 00:00:00",
        ] {
            assert_eq!(time(text, &mut times), time(text, &mut Times::default()), "{text}");
        }
    }

    #[test]
    fn what_never_was_is_no_time() {
        for text in [
            "2018-02-29 00:00:00",
            "2018-13-01 00:00:00",
            "2018-01-31 25:00:00",
            "0000-00-00 00:00:00",
            "12:34:56",
            "x",
            "2018",
            "2018-01-31 12:34:56 Uhr",
            "2018-01-31 12:34:56+99:00",
            "201801311",
            "99999999999999999999",
            "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            "\0\0\0\0\0\0\0\0\0\0 12:34:56",
        ] {
            assert_eq!(time(text, &mut Times::default()), Err(IssueKind::NotATime), "{text}");
        }
    }

    #[test]
    fn days_are_days_in_beijing() {
        for text in ["2018-01-31", "2018-01-31 00:00:00", "2018-01-30T23:00:00Z", "20180131", "2018年1月31日"]
        {
            assert_eq!(date(text), Ok((17_562, false)), "{text}");
        }
        for text in ["2018-01", "2018-01-01 00:00:00", "201801", "2018年1月", "2018/01"] {
            assert_eq!(date(text), Ok((17_532, false)), "{text}");
        }
        assert_eq!(date("1970-01-01"), Ok((0, false)));
        assert_eq!(date("0001-01-01"), Ok((-719_162, false)));
    }
}
