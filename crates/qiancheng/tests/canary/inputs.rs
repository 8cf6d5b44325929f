//! Parameters that are refused: wrong values, wrong types, wrong names, each with something in it that must not show.

use qiancheng::api::registry;
use qiancheng::session::SessionKind;
use qiancheng::{ErrorKind, Padding};
use serde_json::{Value, json};

use crate::cage::{CONTACT_MOBILE, CONTACT_NAME, cage};
use crate::calls::Vendor;
use crate::parameters::{of, texts};

/// Every place in a value, as a JSON Pointer.
fn places(value: &Value) -> Vec<String> {
    fn walk(at: &str, value: &Value, into: &mut Vec<String>) {
        match value {
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| walk(&format!("{at}/{index}"), item, into));
            }
            Value::Object(map) => {
                map.iter().for_each(|(name, item)| walk(&format!("{at}/{name}"), item, into));
            }
            _ => {}
        }
        into.push(at.to_owned());
    }
    let mut all = Vec::new();
    walk("", value, &mut all);
    all
}

/// What may stand in a place by mistake.
fn mistakes(right: &Value) -> Vec<Value> {
    let text = right.as_str().unwrap_or("cnrysomething");
    vec![
        json!(format!("{text} cnrymore")),
        json!(format!(" {text}")),
        json!([text]),
        json!({"unlike_any": text}),
        json!({CONTACT_MOBILE: CONTACT_NAME}),
        json!({CONTACT_NAME: 1}),
        json!(13_870_719_420_i64),
        json!(-1.387_071_942e10),
        json!("9999999999 cnrynumber"),
        json!({"name": CONTACT_NAME, "mobile": "13970718293"}),
        json!("expected cnrysomething"),
        json!("unknown field `cnryname`, expected `cnryother`"),
    ]
}

#[test]
fn nothing_shows_of_parameters_that_are_refused() {
    let vendor = Vendor::with(Padding::None);
    let mut refused = 0;
    for entry in registry::entries() {
        let id = entry.info.id;
        let right = of(id).expect("parameters");
        for place in places(&right) {
            for mistake in mistakes(right.pointer(&place).expect("a place")) {
                let mut params = right.clone();
                *params.pointer_mut(&place).expect("a place") = mistake;
                if let Err(error) = vendor.client.call(id, params) {
                    refused += usize::from(error.kind() == ErrorKind::InvalidInput);
                    cage().error(&format!("{id} with a mistake at {place}"), &error);
                }
            }
        }
        for place in places(&right) {
            let mut params = right.clone();
            let Some(object) = params.pointer_mut(&place).and_then(Value::as_object_mut) else { continue };
            object.insert(
                "no_such_parameter".to_owned(),
                texts(&right).into_iter().map(|(_, text)| text).collect(),
            );
            if let Err(error) = vendor.client.call(id, params) {
                cage().error(&format!("{id} with an unknown parameter at {place}"), &error);
            }
        }
    }
    assert!(refused > 500, "only {refused} mistakes were refused");
    vendor.learn();
    cage().assert_tight();
}

#[test]
fn nothing_shows_of_a_session_that_is_not_opened() {
    let vendor = Vendor::with(Padding::None);
    for kind in SessionKind::ALL {
        let mut right = of(&format!("{}.open_id", kind.name())).expect("parameters");
        if let Some(login) = of(&format!("{}.login", kind.name())) {
            let login = login.as_object().expect("an object").clone();
            right.as_object_mut().expect("an object").extend(login);
            right.as_object_mut().expect("an object").remove("open_id");
        }
        for place in places(&right) {
            for mistake in mistakes(right.pointer(&place).expect("a place")) {
                let mut params = right.clone();
                *params.pointer_mut(&place).expect("a place") = mistake;
                match vendor.client.open_session(kind, params) {
                    Ok(session) => cage().debug("a session", &session),
                    Err(error) => cage().error(&format!("{} with a mistake at {place}", kind.name()), &error),
                }
            }
        }
    }
    vendor.learn();
    cage().assert_tight();
}
