//! Instants, days and months as features count them: microseconds since 1970 in UTC, days and hours as in Beijing.

/// Microseconds of a second.
const SECOND: i64 = 1_000_000;
/// Microseconds of a day.
pub(super) const DAY: i64 = 86_400 * SECOND;
/// Beijing is ahead of UTC by this. Its summer time ended in 1991, before there was anything to collect.
const BEIJING: i64 = 8 * 3_600 * SECOND;
/// Night is from 23:00 to 06:00.
const NIGHT_BEGINS: i64 = 23 * 3_600 * SECOND;
const NIGHT_ENDS: i64 = 6 * 3_600 * SECOND;

/// The day in Beijing, counted from 1970-01-01.
pub(super) fn day(instant: i64) -> i64 {
    instant.saturating_add(BEIJING).div_euclid(DAY)
}

/// Whether it is from 23:00 to 06:00 in Beijing.
pub(super) fn is_night(instant: i64) -> bool {
    let time = instant.saturating_add(BEIJING).rem_euclid(DAY);
    !(NIGHT_ENDS..NIGHT_BEGINS).contains(&time)
}

/// Whether a day counted from 1970-01-01, a Thursday, is a Saturday or Sunday.
pub(super) fn is_weekend(day: i64) -> bool {
    matches!((day + 3).rem_euclid(7), 5 | 6)
}

/// The month of a day counted from 1970-01-01, itself counted from January of the year 0.
pub(super) fn month(day: i64) -> i64 {
    // Years that begin in March have their odd day at their end, and so have eras of 400 years.
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let day_of_era = day.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    (era * 400 + year_of_era) * 12 + month_from_march + 2
}

/// A span in days, with its fraction.
pub(super) fn days_between(from: i64, to: i64) -> f64 {
    super::number(to.saturating_sub(from)) / super::number(DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1970-01-01 00:00:00 in Beijing.
    const MIDNIGHT: i64 = -BEIJING;

    #[test]
    fn a_day_begins_at_midnight_in_beijing() {
        assert_eq!((day(MIDNIGHT - 1), day(MIDNIGHT), day(MIDNIGHT + DAY - 1)), (-1, 0, 0));
    }

    #[test]
    fn night_ends_before_six_and_begins_at_eleven() {
        let at = |seconds: i64| is_night(MIDNIGHT + seconds * SECOND);
        assert!(at(0) && at(6 * 3600 - 1) && at(23 * 3600) && at(86_399));
        assert!(!at(6 * 3600) && !at(23 * 3600 - 1));
    }

    #[test]
    fn months_end_where_the_calendar_says() {
        // 2024-02-29, 2024-03-01, 2023-12-31, 2000-01-01, 1969-12-31
        let months = [19_782, 19_783, 19_722, 10_957, -1].map(month);
        assert_eq!(months, [2024 * 12 + 1, 2024 * 12 + 2, 2023 * 12 + 11, 2000 * 12, 1969 * 12 + 11]);
    }

    #[test]
    fn the_third_of_january_1970_was_a_saturday() {
        let weekends: Vec<i64> = (-6..8).filter(|&day| is_weekend(day)).collect();
        assert_eq!(weekends, [-5, -4, 2, 3]);
    }

    #[test]
    fn no_instant_is_too_far_away() {
        for instant in [i64::MIN, i64::MAX] {
            assert!(month(day(instant)).abs() < 12 * 300_000);
            assert!(days_between(instant, 0).is_finite());
        }
    }
}
