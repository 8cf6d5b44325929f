//! What an applicant's papers say: birth date, sex and region from the ID number, carrier from the mobile number.
//!
//! Papers may be anything a tester typed. What they don't say is drawn from a hash of them, so that every text has a story.

use jiff::civil::{Date, date};

use super::calendar::{date_of, day_number};
use super::places::{PLACES, Place};
use super::rng::Stream;

/// The carriers, as `datasource` and reports name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carrier {
    /// 中国移动.
    Mobile,
    /// 中国联通.
    Unicom,
    /// 中国电信.
    Telecom,
}

impl Carrier {
    /// The carrier a mobile number was issued by. Numbers taken to another carrier are not known to the story.
    pub(super) fn of_mobile(mobile: &str) -> Self {
        match mobile.get(..3).unwrap_or_default() {
            "130" | "131" | "132" | "145" | "155" | "156" | "166" | "167" | "171" | "175" | "176" | "185"
            | "186" | "196" => Self::Unicom,
            "133" | "149" | "153" | "170" | "173" | "177" | "180" | "181" | "189" | "190" | "191" | "193"
            | "199" => Self::Telecom,
            _ => Self::Mobile,
        }
    }

    /// The name in Chinese.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Mobile => "中国移动",
            Self::Unicom => "中国联通",
            Self::Telecom => "中国电信",
        }
    }

    /// The code in reports.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Mobile => "CHINA_MOBILE",
            Self::Unicom => "CHINA_UNICOM",
            Self::Telecom => "CHINA_TELECOM",
        }
    }

    /// The hotline.
    pub(super) fn hotline(self) -> &'static str {
        match self {
            Self::Mobile => "10086",
            Self::Unicom => "10010",
            Self::Telecom => "10000",
        }
    }

    /// `datasource`: Unicom answers for the whole country, the others by province.
    pub(super) fn datasource(self, place: &Place) -> String {
        match self {
            Self::Mobile => format!("chinamobile{}", place.short),
            Self::Unicom => "chinaunicom".to_owned(),
            Self::Telecom => format!("chinatelecom{}", place.short),
        }
    }
}

/// The applicant's papers, read.
#[derive(Clone)]
pub(super) struct Papers {
    seed: u64,
    /// As given, trimmed.
    pub(super) name: String,
    /// Upper case, trimmed.
    pub(super) id_card: String,
    /// As given, trimmed.
    pub(super) mobile: String,
    /// From the ID number, else drawn.
    pub(super) birth: Date,
    /// From the ID number, else drawn.
    pub(super) female: bool,
    /// Where the ID card was issued: the hometown.
    pub(super) hometown: &'static Place,
    /// From the mobile number.
    pub(super) carrier: Carrier,
    /// The last digit of the mobile number, if it ends in one.
    pub(super) last_digit: Option<u8>,
}

impl Papers {
    /// Reads papers, drawing what they don't say.
    pub(super) fn read(seed: u64, name: &str, id_card: &str, mobile: &str) -> Self {
        let (name, mobile) = (name.trim().to_owned(), mobile.trim().to_owned());
        let id_card = id_card.trim().to_uppercase();
        let mut stream = Stream::new(seed, &[&name, &id_card, &mobile, "papers"]);
        let drawn_birth = date_of(day_number(date(1975, 1, 1)) + stream.between(0, 9_000));
        let drawn_female = stream.chance(0.5);
        let drawn_place = stream.pick(PLACES);

        // Fifteen digits is the old form: a two-digit year of the twentieth century and no checksum.
        let digits: Option<Vec<u8>> = id_card
            .bytes()
            .map(|byte| byte.is_ascii_digit().then(|| byte - b'0').or((byte == b'X').then_some(10)))
            .collect();
        let (born, sex) = match digits.as_deref() {
            Some(digits) if digits.len() == 18 => (birth(&digits[6..14]), Some(digits[16] % 2 == 0)),
            Some(digits) if digits.len() == 15 => {
                let long: Vec<u8> = [&[1, 9][..], &digits[6..12]].concat();
                (birth(&long), Some(digits[14] % 2 == 0))
            }
            _ => (None, None),
        };
        Self {
            seed,
            birth: born.unwrap_or(drawn_birth),
            female: sex.unwrap_or(drawn_female),
            hometown: id_card.get(..6).and_then(Place::of_code).unwrap_or(drawn_place),
            carrier: Carrier::of_mobile(&mobile),
            last_digit: mobile.bytes().last().filter(u8::is_ascii_digit).map(|byte| byte - b'0'),
            name,
            id_card,
            mobile,
        }
    }

    /// The draws of one section of this applicant's data.
    pub(super) fn stream(&self, section: &str) -> Stream {
        Stream::new(self.seed, &[&self.name, &self.id_card, &self.mobile, section])
    }

    /// The risk as one side of life shows it: people are not of one piece, and no single figure gives them away.
    pub(super) fn facet(&self, risk: f64, side: &str) -> f64 {
        self.stream(&format!("facet/{side}")).bell(risk, 0.24).clamp(0.0, 1.0)
    }

    /// Whole years of age on a day.
    pub(super) fn age_on(&self, day: Date) -> i64 {
        let had_birthday = (day.month(), day.day()) >= (self.birth.month(), self.birth.day());
        i64::from(day.year()) - i64::from(self.birth.year()) - i64::from(!had_birthday)
    }
}

/// A birth date from eight digits, if it is one that a living adult may have.
fn birth(digits: &[u8]) -> Option<Date> {
    if digits.iter().any(|&digit| digit > 9) {
        return None;
    }
    let number = |part: &[u8]| part.iter().fold(0_i16, |sum, &digit| sum * 10 + i16::from(digit));
    let (year, month, day) = (number(&digits[..4]), number(&digits[4..6]), number(&digits[6..8]));
    (1900..=2090)
        .contains(&year)
        .then(|| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok())
        .flatten()
}

/// The checksum character of an ID number's first seventeen digits (GB 11643).
pub(super) fn checksum(first_seventeen: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const MARKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let sum: u32 =
        first_seventeen.bytes().zip(WEIGHTS).map(|(byte, weight)| u32::from(byte & 15) * weight).sum();
    MARKS[sum as usize % 11]
}

/// A text with its middle hidden, for debugging output: `138****1234`, `张*`.
pub(super) fn masked(text: &str) -> String {
    let length = text.chars().count();
    let (head, tail) = if length > 7 { (3, 4) } else { (1.min(length.saturating_sub(1)), 0) };
    let middle = "*".repeat((length - head - tail).min(8));
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(length - tail).collect();
    format!("{start}{middle}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_say_what_an_id_number_says() {
        let papers = Papers::read(1, " 王芳 ", "31010419900307002x", "13812345679");
        assert_eq!(papers.name, "王芳");
        assert!(papers.id_card.ends_with('X') && papers.female);
        assert_eq!(papers.birth, date(1990, 3, 7));
        assert_eq!(papers.hometown.district, "徐汇区");
        assert_eq!((papers.carrier, papers.last_digit), (Carrier::Mobile, Some(9)));
        assert_eq!(papers.age_on(date(2018, 3, 6)), 27);
        assert_eq!(papers.age_on(date(2018, 3, 7)), 28);
        let old = Papers::read(1, "李强", "110105750101001", "18900000000");
        assert_eq!((old.birth, old.female), (date(1975, 1, 1), false));
    }

    #[test]
    fn checksum_follows_the_standard() {
        // The example of the standard itself.
        assert_eq!(checksum("11010519491231002"), 'X');
        assert_eq!(checksum("44052418800101001"), '4');
    }

    #[test]
    fn masking_hides_the_middle() {
        assert_eq!(masked("13812345678"), "138****5678");
        assert_eq!(masked("张三丰"), "张**");
        assert_eq!(masked("张"), "*");
        assert_eq!(masked(""), "");
    }
}
