//! Instants as options take them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// The time of the API and its data.
pub(crate) const BEIJING: Offset = Offset::constant(8);

/// Reads an instant, or a time in Beijing.
pub(crate) fn parse(text: &str) -> Result<Timestamp, String> {
    text.parse().or_else(|_| {
        let time: DateTime =
            text.parse().map_err(|_| "must be a time such as 2026-01-15 10:00:00".to_owned())?;
        BEIJING.to_timestamp(time).map_err(|error| error.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_a_zone_is_in_beijing() {
        assert_eq!(parse("2026-01-15 10:00:00"), parse("2026-01-15T02:00:00Z"));
        assert!(parse("tomorrow").is_err());
    }
}
