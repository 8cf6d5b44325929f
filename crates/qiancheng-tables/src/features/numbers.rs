//! Whose number it is, as far as a number tells.

/// Whom a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// 110.
    Police,
    /// 120.
    Ambulance,
    /// 12368, the courts' line.
    Court,
    /// 12348, legal aid.
    LegalAid,
    /// 95 and three to six more digits, and 96 with three or four: banks, insurers, couriers.
    Bank,
    /// 400 or 800 and seven digits, or 1010 and four: companies' service lines.
    Company,
    /// Anybody.
    Other,
}

impl Owner {
    /// Tells it from the digits of a number; short numbers may have an area code in front.
    pub(super) fn of(digits: &str) -> Self {
        // Most numbers are mobile numbers.
        if digits.len() == 11 && digits.starts_with('1') {
            return Self::Other;
        }
        match Self::of_short(digits) {
            Self::Other => without_area_code(digits).map_or(Self::Other, Self::of_short),
            owner => owner,
        }
    }

    fn of_short(digits: &str) -> Self {
        match (digits, digits.len()) {
            ("110", _) => Self::Police,
            ("120", _) => Self::Ambulance,
            ("12368", _) => Self::Court,
            ("12348", _) => Self::LegalAid,
            (_, 5..=8) if digits.starts_with("95") => Self::Bank,
            (_, 5..=6) if digits.starts_with("96") => Self::Bank,
            (_, 10) if digits.starts_with("400") || digits.starts_with("800") => Self::Company,
            (_, 8) if digits.starts_with("1010") => Self::Company,
            _ => Self::Other,
        }
    }
}

/// What follows the area code: 010 and 02x have three digits, all others four. A rest of seven digits and more is a landline.
fn without_area_code(digits: &str) -> Option<&str> {
    let code = if digits.starts_with("010") || digits.starts_with("02") { 3 } else { 4 };
    let rest = digits.get(code..).filter(|_| digits.starts_with('0'))?;
    (rest.len() < 7).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_tell_whose_they_are() {
        let owners = [
            (Owner::Police, &["110", "010110", "0571110"][..]),
            (Owner::Ambulance, &["120", "021120"]),
            (Owner::Court, &["12368", "075512368"]),
            (Owner::LegalAid, &["12348"]),
            (Owner::Bank, &["95588", "9555801", "95010555", "01095588", "96822"]),
            (Owner::Company, &["4008208820", "8008101234", "10105555"]),
            (
                Owner::Other,
                &["13800138000", "01062785001", "02195588123", "10086", "", "0", "955", "95", "11012"],
            ),
        ];
        for (owner, numbers) in owners {
            for number in numbers {
                assert_eq!(Owner::of(number), owner, "{number}");
            }
        }
    }
}
