//! Form encoding with PHP brackets: `options[contacts][0][contact_tel]=…`.

use serde_json::{Map, Value};

/// Appends the parameters to `out`; nulls and empty lists and objects are left out, as PHP cannot tell them from absent.
pub(crate) fn encode(params: &Map<String, Value>, out: &mut Vec<u8>) {
    let mut name = String::with_capacity(48);
    for (key, value) in params {
        name.clear();
        name.push_str(key);
        field(&mut name, value, out);
    }
}

fn field(name: &mut String, value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => {}
        Value::Bool(flag) => pair(name, if *flag { "true" } else { "false" }, out),
        Value::Number(number) => pair(name, &number.to_string(), out),
        Value::String(text) => pair(name, text, out),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| nested(name, &index.to_string(), item, out));
        }
        Value::Object(map) => map.iter().for_each(|(key, item)| nested(name, key, item, out)),
    }
}

fn nested(name: &mut String, key: &str, value: &Value, out: &mut Vec<u8>) {
    let length = name.len();
    name.push('[');
    name.push_str(key);
    name.push(']');
    field(name, value, out);
    name.truncate(length);
}

fn pair(name: &str, value: &str, out: &mut Vec<u8>) {
    if !out.is_empty() {
        out.push(b'&');
    }
    escape(name, out);
    out.push(b'=');
    escape(value, out);
}

fn escape(text: &str, out: &mut Vec<u8>) {
    for part in form_urlencoded::byte_serialize(text.as_bytes()) {
        out.extend_from_slice(part.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn encoded(value: &Value) -> String {
        let mut out = Vec::new();
        encode(value.as_object().expect("an object"), &mut out);
        String::from_utf8(out).expect("ASCII")
    }

    #[test]
    fn nested_values_go_as_php_brackets() {
        let text = encoded(&json!({"a": {"b": [{"c": "张"}, {"c": 1}]}, "d": null, "e": []}));
        assert_eq!(text, "a%5Bb%5D%5B0%5D%5Bc%5D=%E5%BC%A0&a%5Bb%5D%5B1%5D%5Bc%5D=1");
    }

    proptest! {
        #[test]
        fn any_text_survives_the_form(key in "[a-z_]{1,8}", text in "\\PC*") {
            let body = encoded(&json!({ key.clone(): text.clone() }));
            let pairs: Vec<(String, String)> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
            prop_assert_eq!(pairs, vec![(key, text)]);
        }
    }
}
