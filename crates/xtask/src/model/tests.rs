//! That the model holds everything the core declares, once.

use std::collections::HashSet;

use qiancheng::api::registry;
use serde_json::Value;

use super::*;

fn model() -> Model {
    Model::build().expect("the core's schemas can be read")
}

#[test]
fn every_endpoint_is_there_once_in_the_documents_order() {
    let ids: Vec<String> = model().endpoints().map(|endpoint| endpoint.id.clone()).collect();
    let declared: Vec<&str> = registry::entries().map(|entry| entry.info.id).collect();
    assert_eq!(ids, declared);
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
}

#[test]
fn no_two_endpoints_share_a_path() {
    let model = model();
    let paths: HashSet<&str> = model.endpoints().map(|endpoint| endpoint.path.as_str()).collect();
    assert_eq!(paths.len(), model.endpoints().count());
}

#[test]
fn every_sensitivity_that_a_type_declares_is_kept() {
    let (_, definitions) = build::described();
    let mut declared = [0; 3];
    count(&Value::Object(definitions), &mut declared);
    let model = model();
    let mut kept = [0; 3];
    let requests = model.endpoints().flat_map(|endpoint| &endpoint.fields);
    for field in requests.chain(model.types.iter().flat_map(|known| &known.fields)) {
        match field.sensitivity {
            Sensitivity::Plain => {}
            Sensitivity::Personal => kept[0] += 1,
            Sensitivity::Secret => kept[1] += 1,
            Sensitivity::Handle => kept[2] += 1,
        }
    }
    assert_eq!(kept, declared);
    assert!(declared.iter().all(|&count| count > 0), "{declared:?}");
}

fn count(schema: &Value, into: &mut [usize; 3]) {
    match schema {
        Value::Object(map) => {
            for (key, value) in map {
                match (key.as_str(), value.as_str()) {
                    ("x-sensitivity", Some("personal")) => into[0] += 1,
                    ("x-sensitivity", Some("secret")) => into[1] += 1,
                    ("x-sensitivity", Some("handle")) => into[2] += 1,
                    _ => count(value, into),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| count(item, into)),
        _ => {}
    }
}

#[test]
fn every_name_that_a_field_refers_to_is_a_type_and_every_type_is_referred_to() {
    let model = model();
    let types: Vec<&str> = model.types.iter().map(|known| known.name.as_str()).collect();
    let unique: HashSet<&str> = types.iter().copied().collect();
    assert_eq!(unique.len(), types.len(), "{types:?}");
    let mut referred: HashSet<&str> = HashSet::new();
    for endpoint in model.endpoints() {
        referred.extend(endpoint.answer.type_name.as_deref());
        referred.extend(endpoint.fields.iter().filter_map(|field| field.shape.object()));
    }
    for known in &model.types {
        referred.extend(known.fields.iter().filter_map(|field| field.shape.object()));
    }
    assert_eq!(referred, unique);
    let requests = model.endpoints().map(|endpoint| endpoint.request_name.as_str());
    assert!(
        requests
            .chain(model.dictionaries.iter().map(|one| one.name.as_str()))
            .all(|name| !unique.contains(name))
    );
}

#[test]
fn everything_says_what_it_is() {
    let model = model();
    for endpoint in model.endpoints() {
        assert!(endpoint.summary.ends_with('.'), "{}", endpoint.id);
        assert!(endpoint.fields.iter().all(|field| !field.doc.is_empty()), "{}", endpoint.id);
    }
    for known in &model.types {
        assert!(
            !known.doc.is_empty() && known.fields.iter().all(|field| !field.doc.is_empty()),
            "{}",
            known.name
        );
    }
}

#[test]
fn every_dictionary_that_a_field_refers_to_is_there() {
    let model = model();
    let fields = model.types.iter().flat_map(|known| &known.fields);
    let used: HashSet<&str> = fields
        .filter_map(|field| match &field.shape {
            Shape::State { dictionary } => Some(dictionary.as_str()),
            _ => None,
        })
        .collect();
    let known: HashSet<&str> = model.dictionaries.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(used, known);
}

#[test]
fn codes_follow_the_contract() {
    let model = model();
    let collecting: Vec<&str> = model
        .endpoints()
        .filter(|endpoint| endpoint.codes.iter().any(|code| code.number == 1003))
        .map(|endpoint| endpoint.id.as_str())
        .collect();
    assert_eq!(collecting, ["telecom.raw_data", "telecom.report", "degree.raw_data"]);
    for endpoint in model.endpoints() {
        let refused = endpoint.codes.iter().find(|code| code.number == 1001).expect("1001 is everywhere");
        let expected = if endpoint.id == "auth.token" { "Auth" } else { "Rejected" };
        assert_eq!(refused.error_kind.as_deref(), Some(expected), "{}", endpoint.id);
    }
}
