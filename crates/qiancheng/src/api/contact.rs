//! The relation of an emergency contact (§3.1.1, §4.1.1).

/// A relation as the vendor numbers it: a text of one digit.
pub type ContactType = String;

/// The documented relations: the text on the wire, in English, and in the vendor's words.
pub const CONTACT_TYPES: &[(&str, &str, &str)] = &[
    ("0", "spouse", "配偶"),
    ("1", "parent", "父母"),
    ("2", "sibling", "兄弟姐妹"),
    ("3", "child", "子女"),
    ("4", "colleague", "同事"),
    ("5", "classmate", "同学"),
    ("6", "friend", "朋友"),
];

/// Refuses a relation that the vendor does not document.
pub(crate) fn check(field: &str, value: &str) -> crate::Result<()> {
    let allowed: Vec<&str> = CONTACT_TYPES.iter().map(|(wire, _, _)| *wire).collect();
    crate::validate::one_of(field, value, &allowed)
}
