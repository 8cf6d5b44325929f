//! What a Chinese ID number and a mobile number look like (GB 11643, and the carriers' ranges).

/// Whether this is a mainland mobile number: eleven digits, 13 to 19.
pub(crate) fn is_mobile(text: &str) -> bool {
    let digits = text.as_bytes();
    digits.len() == 11
        && digits.iter().all(u8::is_ascii_digit)
        && digits[0] == b'1'
        && (b'3'..=b'9').contains(&digits[1])
}

/// What is wrong with an ID number, or `None`. Eighteen characters with a checksum, its `X` upper case; or fifteen digits.
pub(crate) fn id_card_fault(text: &str) -> Option<&'static str> {
    let characters = text.as_bytes();
    let fault = match characters.len() {
        15 if characters.iter().all(u8::is_ascii_digit) => return birthday_fault(&characters[6..12]),
        18 if characters[..17].iter().all(u8::is_ascii_digit) => birthday_fault(&characters[8..14]),
        15 | 18 => Some("身份证号含有非法字符"),
        _ => Some("身份证号应为 18 位或 15 位"),
    };
    if fault.is_some() {
        return fault;
    }
    if characters[17] == b'x' {
        return Some("身份证号末位 X 应为大写");
    }
    (checksum(&characters[..17]) != characters[17]).then_some("身份证号校验位错误")
}

/// `digits` are `yymmdd`.
fn birthday_fault(digits: &[u8]) -> Option<&'static str> {
    let number = |at: usize| (digits[at] - b'0') * 10 + (digits[at + 1] - b'0');
    let (month, day) = (number(2), number(4));
    let last = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (day == 0 || day > last).then_some("身份证号中的出生日期不存在")
}

fn checksum(digits: &[u8]) -> u8 {
    // Position i weighs 2^(17 - i) mod 11.
    let sum: u32 =
        digits.iter().enumerate().map(|(at, d)| u32::from(d - b'0') * ((1 << (17 - at)) % 11)).sum();
    b"10X98765432"[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_with_its_checksum_passes_and_any_other_last_character_does_not() {
        let good = "11010519491231002X";
        assert_eq!(id_card_fault(good), None);
        for last in "0123456789".chars() {
            assert!(id_card_fault(&format!("11010519491231002{last}")).is_some(), "{last}");
        }
        assert_eq!(id_card_fault("11010519491231002x"), Some("身份证号末位 X 应为大写"));
    }

    #[test]
    fn impossible_birthdays_and_lengths_are_named() {
        assert!(id_card_fault("110105194913310021").is_some_and(|fault| fault.contains("出生日期")));
        assert!(id_card_fault("110105491231002").is_none(), "fifteen digits, the older form");
        assert!(id_card_fault("1101054912310").is_some_and(|fault| fault.contains("18 位")));
        assert!(id_card_fault("一一一一一").is_some());
    }

    #[test]
    fn mobiles_have_eleven_digits_and_a_carriers_prefix() {
        assert!(is_mobile("13800138000"));
        for bad in ["12800138000", "1380013800", "138001380000", "+8613800138000", "1380013800a", ""] {
            assert!(!is_mobile(bad), "{bad}");
        }
    }
}
