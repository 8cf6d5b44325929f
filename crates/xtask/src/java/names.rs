//! Names in Java.

/// Words that are no names, and methods that every object has.
const TAKEN: [&str; 9] =
    ["class", "default", "new", "package", "private", "public", "static", "switch", "interface"];

/// `service_password` → `servicePassword`; `bankName` stays.
pub(crate) fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut upper = false;
    for character in name.chars() {
        if character == '_' {
            upper = true;
        } else if std::mem::take(&mut upper) {
            out.push(character.to_ascii_uppercase());
        } else {
            out.push(character);
        }
    }
    if TAKEN.contains(&out.as_str()) {
        out.push('_');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_javas() {
        assert_eq!(camel("service_password"), "servicePassword");
        assert_eq!(camel("bankName"), "bankName");
        assert_eq!(camel("contact_1w"), "contact1w");
        assert_eq!(camel("default"), "default_");
    }
}
