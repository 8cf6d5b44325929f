//! `application/x-www-form-urlencoded`, with names as PHP reads them.

use std::borrow::Cow;

use super::{Params, nested::Nest};

/// Reads a form body or a query string.
pub(crate) fn read(body: &[u8]) -> Result<Params, String> {
    let mut nest = Nest::default();
    for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let equals = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let name = text(&pair[..equals], "参数名")?;
        let value = text(pair.get(equals + 1..).unwrap_or_default(), &name)?;
        nest.put(&name, value)?;
    }
    Ok(nest.finish())
}

/// One side of a pair: `+` and percent escapes undone, and UTF-8.
fn text(raw: &[u8], what: &str) -> Result<String, String> {
    let spaced: Cow<'_, [u8]> = if raw.contains(&b'+') {
        raw.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect::<Vec<u8>>().into()
    } else {
        raw.into()
    };
    for (at, _) in spaced.iter().enumerate().filter(|(_, byte)| **byte == b'%') {
        let escaped = spaced.get(at + 1..at + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit));
        if !escaped {
            return Err(format!("{what}: 百分号编码不完整"));
        }
    }
    let bytes: Vec<u8> = percent_encoding::percent_decode(&spaced).collect();
    String::from_utf8(bytes).map_err(|_| format!("{what}: 不是合法的 UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn value(body: &str) -> Value {
        Value::Object(read(body.as_bytes()).expect("a readable form"))
    }

    #[test]
    fn brackets_nest() {
        assert_eq!(
            value(
                "a=1&options[contacts][0][tel]=2&options%5Bcontacts%5D%5B1%5D%5Btel%5D=3&list[]=x&list[]=y"
            ),
            json!({"a": "1", "options": {"contacts": [{"tel": "2"}, {"tel": "3"}]}, "list": ["x", "y"]})
        );
        assert_eq!(value("m[2]=b&m[0]=a"), json!({"m": {"2": "b", "0": "a"}}), "holes make an object");
    }

    #[test]
    fn escapes_and_spaces_are_undone() {
        assert_eq!(value("name=%E5%BC%A0+%2B%3d"), json!({"name": "张 +="}));
        assert_eq!(value("empty=&bare"), json!({"empty": "", "bare": ""}));
        assert_eq!(value(""), json!({}));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (body, part) in [
            ("name=%E5%BC", "name: 不是合法的 UTF-8"),
            ("name=%zz", "name: 百分号编码不完整"),
            ("name=%e", "name: 百分号编码不完整"),
            ("a=1&a=2", "重复的参数 a"),
            ("a=1&a[b]=2", "重复的参数 a"),
            ("a[b]=1&a=2", "重复的参数 a"),
            ("a[b=1", "参数名 a[b"),
            ("=1", "参数名"),
        ] {
            let error = read(body.as_bytes()).expect_err(body);
            assert!(error.contains(part), "{body}: {error}");
        }
        let deep = format!("a{}=1", "[b]".repeat(40));
        assert!(read(deep.as_bytes()).expect_err("too deep").contains("层级"));
    }
}
