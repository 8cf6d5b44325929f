//! That the document holds together, and that it describes what the client sends.

use std::fs;

use qiancheng::api::registry;

use super::*;
use crate::tree;

fn the_document() -> Value {
    document(&Model::build().expect("a model"))
}

fn operations(document: &Value) -> Vec<(&String, &Value)> {
    let paths = document["paths"].as_object().expect("paths");
    paths
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().expect("a path").values().map(move |operation| (path, operation))
        })
        .collect()
}

#[test]
fn all_endpoints_are_there_and_the_extensions_are_marked() {
    let document = the_document();
    let operations = operations(&document);
    let extensions = operations.iter().filter(|(_, one)| one["x-extension"] == true).count();
    assert_eq!((operations.len() - extensions, extensions), (28, 2));
    for (path, operation) in operations {
        let entry = registry::find(operation["x-endpoint-id"].as_str().expect("an id")).expect("known");
        assert_eq!(entry.info.path, path);
    }
}

#[test]
fn every_reference_points_at_a_component_and_no_component_is_left_over() {
    fn targets(value: &Value, into: &mut Vec<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, value)| match (key.as_str(), value.as_str()) {
                ("$ref", Some(target)) => into.push(target.to_owned()),
                _ => targets(value, into),
            }),
            Value::Array(items) => items.iter().for_each(|item| targets(item, into)),
            _ => {}
        }
    }
    let document = the_document();
    let mut found = Vec::new();
    targets(&document, &mut found);
    found.sort();
    found.dedup();
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let mut named: Vec<String> = schemas.keys().map(|name| format!("#/components/schemas/{name}")).collect();
    named.sort();
    assert_eq!(found, named);
}

/// A schema that stands alone: the component it refers to, and all others beside it.
fn validator(document: &Value, schema: &Value) -> jsonschema::Validator {
    let mut alone = schema.clone();
    alone["components"] = document["components"].clone();
    jsonschema::draft202012::new(&alone).expect("a JSON Schema")
}

/// The conformance cases say what must leave, and were not written from this document.
#[test]
fn what_the_conformance_cases_send_fits_the_document() {
    let document = the_document();
    let operations = operations(&document);
    let mut checked = [0, 0, 0];
    for (file, case) in cases() {
        // Without checks, what leaves may well be what the vendor does not want.
        let (Some(request), false) = (case.get("request"), case["config"]["validate"] == false) else {
            continue;
        };
        let name = format!("{file}: {}", case["name"]);
        let id = case["endpoint"].as_str().expect("an id");
        let (_, operation) =
            operations.iter().find(|(_, one)| one["x-endpoint-id"] == id).expect("a known endpoint");
        let body = &request["body"];
        match request["encoding"].as_str() {
            Some("json") => {
                let mut body = body.clone();
                replace_placeholders(&mut body);
                let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
                let errors: Vec<String> =
                    validator(&document, schema).iter_errors(&body).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{name}: {errors:?}");
                checked[0] += 1;
            }
            Some("form") => {
                let media = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"];
                assert_names(&name, &resolve(&document, &media["schema"]), body);
                checked[1] += 1;
            }
            Some("query") => {
                let parameters = operation["parameters"].as_array().expect("parameters");
                let mut names: Vec<&str> = parameters.iter().filter_map(|one| one["name"].as_str()).collect();
                names.sort_unstable();
                let mut sent: Vec<&str> =
                    body.as_object().expect("a query").keys().map(String::as_str).collect();
                sent.sort_unstable();
                assert_eq!(sent, names, "{name}");
                checked[2] += 1;
            }
            other => assert!(body.is_null(), "{name}: {other:?}"),
        }
    }
    assert!(checked.iter().all(|&count| count > 0), "{checked:?}");
}

/// In a form everything is text: the names are compared.
fn assert_names(case: &str, schema: &Value, sent: &Value) {
    let sent = sent.as_object().unwrap_or_else(|| panic!("{case}: the body is an object"));
    for name in sent.keys() {
        assert!(schema["properties"].get(name).is_some(), "{case}: {name} is sent and not described");
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(sent.contains_key(name), "{case}: {name} is required and not sent");
    }
}

fn resolve(document: &Value, schema: &Value) -> Value {
    let target = schema["$ref"].as_str().expect("a reference").trim_start_matches('#');
    document.pointer(target).expect("a component").clone()
}

/// `$ENCRYPTED` and the like stand for texts; nothing else in a case does.
fn replace_placeholders(body: &mut Value) {
    for value in body.as_object_mut().into_iter().flat_map(|map| map.values_mut()) {
        if value.as_str().is_some_and(|text| text.starts_with('$')) {
            *value = "text".into();
        }
    }
}

/// What is encrypted for an audit fits the schema that the encrypted text refers to.
#[test]
fn what_the_conformance_cases_encrypt_fits_the_plain_schema() {
    let document = the_document();
    let data = &document["components"]["schemas"]["RiskAuditRequest"]["properties"]["data"];
    let validator = validator(&document, &data["x-plaintext"]);
    let mut checked = 0;
    for (file, case) in cases() {
        let Some(plain) = case["request"].get("audit_data").filter(|_| case["config"]["validate"] != false)
        else {
            continue;
        };
        let errors: Vec<String> = validator.iter_errors(plain).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{file}: {}: {errors:?}", case["name"]);
        checked += 1;
    }
    assert!(checked > 0);
}

fn cases() -> Vec<(String, Value)> {
    let folder = fs::read_dir(tree::root().join("tests/cases")).expect("the conformance cases");
    folder
        .flat_map(|entry| {
            let path = entry.expect("an entry").path();
            let text = fs::read_to_string(&path).expect("a file");
            let file: Value = serde_json::from_str(&text).expect("JSON");
            let cases = file.as_array().or_else(|| file["cases"].as_array()).expect("cases").clone();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            cases.into_iter().map(move |case| (name.clone(), case))
        })
        .collect()
}
