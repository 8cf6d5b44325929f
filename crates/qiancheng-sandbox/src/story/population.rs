//! People to apply: a population of any size, from a seed.

use super::Identity;
use super::identity::checksum;
use super::names;
use super::places::PLACES;
use super::rng::{Stream, Wheel};

/// Prefixes of the three carriers, roughly as common as their customers.
const PREFIXES: [&str; 18] = [
    "135", "136", "137", "138", "139", "150", "151", "158", "159", "182", "187", "188", "130", "131", "186",
    "133", "180", "189",
];

/// How often each last digit comes: mostly typical applicants, a few large ones, so that a population stays handy.
const LAST_DIGITS: [f64; 10] = [4.0, 14.0, 14.0, 14.0, 14.0, 14.0, 14.0, 5.0, 5.0, 2.0];

/// The `index`th person of the population that belongs to `seed`: an adult with a valid ID number.
///
/// Names and numbers are drawn at random; a likeness to anybody is chance. No mobile number ends in 4444, which
/// would force the verdict.
pub fn synthetic_applicant(seed: u64, index: u64) -> Identity {
    let mut stream = Stream::new(seed, &["population", &index.to_string()]);
    let female = stream.chance(0.45);
    let name = names::person(&mut stream, female);

    let place = stream.pick(PLACES);
    let (year, month, day) = (stream.between(1972, 1997), stream.between(1, 12), stream.between(1, 28));
    let sequence = stream.between(0, 499) * 2 + i64::from(!female);
    let first = format!("{}{year}{month:02}{day:02}{sequence:03}", place.code);
    let id_card = format!("{first}{}", checksum(&first));

    let prefix = *stream.pick(&PREFIXES);
    let mut middle = stream.digits(7);
    let last = Wheel::new(LAST_DIGITS).spin(&mut stream);
    if last == 4 && middle.ends_with("444") {
        middle.replace_range(4..7, "555");
    }
    Identity { name, id_card, mobile: format!("{prefix}{middle}{last}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn everybody_has_valid_papers_of_their_own() {
        let people: Vec<Identity> = (0..500).map(|index| synthetic_applicant(9, index)).collect();
        for person in &people {
            assert_eq!((person.id_card.len(), person.mobile.len()), (18, 11));
            assert!(person.id_card.ends_with(checksum(&person.id_card[..17])));
            assert!(!person.mobile.ends_with("4444"));
            assert!(person.name.chars().count() >= 2);
        }
        assert_eq!(people.iter().map(|person| &person.id_card).collect::<BTreeSet<_>>().len(), 500);
        assert_eq!(people.iter().map(|person| &person.mobile).collect::<BTreeSet<_>>().len(), 500);
        assert!(people[3] == synthetic_applicant(9, 3) && people[3] != synthetic_applicant(10, 3));
    }
}
