//! That the Python package can say everything that the model holds.

use super::*;

/// What every answer has beside its fields.
const RESERVED: [&str; 7] = ["raw", "body", "endpoint", "get", "keys", "to_dict", "reveal"];

fn python() -> (Model, Python) {
    let model = Model::build().expect("a model");
    let python = Python::of(&model).expect("what Python makes of it");
    (model, python)
}

#[test]
fn every_endpoint_has_a_method_and_its_answer_a_class() {
    let (model, python) = python();
    let methods: Vec<&str> =
        python.chapters.iter().flat_map(|chapter| &chapter.methods).map(|one| one.id.as_str()).collect();
    let ids: Vec<&str> = model.endpoints().map(|endpoint| endpoint.id.as_str()).collect();
    assert_eq!(methods, ids);
    let mut classes: BTreeSet<&str> = BTreeSet::from(["AcceptedAnswer"]);
    classes.extend(python.records.iter().map(|one| one.name.as_str()));
    classes.extend(python.lists.iter().map(|one| one.name.as_str()));
    classes.extend(python.documents.iter().map(|one| one.name.as_str()));
    assert_eq!(classes.len(), 1 + python.records.len() + python.lists.len() + python.documents.len());
    assert!(python.answers_in_chapters.iter().all(|name| classes.contains(name.as_str())));
}

#[test]
fn no_field_hides_what_every_answer_has() {
    let (_, python) = python();
    for record in &python.records {
        let names: BTreeSet<&str> = record.fields.iter().map(|field| field.attribute.as_str()).collect();
        assert_eq!(names.len(), record.fields.len(), "{}", record.name);
        assert!(RESERVED.iter().all(|reserved| !names.contains(reserved)), "{}", record.name);
    }
}

#[test]
fn what_is_whole_here_and_an_item_there_is_two_classes_of_one_shape() {
    let (_, python) = python();
    let named = |name: &str| python.records.iter().find(|one| one.name == name).expect("a class");
    assert_eq!(named("BlacklistHit").base, "Record");
    assert_eq!(named("BlacklistHitAnswer").fields_of.as_deref(), Some("BlacklistHit"));
    assert!(python.lists.iter().any(|one| one.name == "BlacklistHitList" && one.item == "BlacklistHit"));
}

#[test]
fn a_caller_gives_what_the_core_takes() {
    let (_, python) = python();
    let annotation = |id: &str, name: &str| {
        let mut methods = python.chapters.iter().flat_map(|chapter| &chapter.methods);
        let method = methods.find(|method| method.id == id).expect("a method");
        let parameter = method.parameters.iter().find(|one| one.name == name).expect("a parameter");
        (parameter.annotation.clone(), parameter.required)
    };
    assert_eq!(annotation("auth.token", "hours"), ("int | str".to_owned(), false));
    assert_eq!(annotation("telecom.open_id", "options"), ("TelecomOptions".to_owned(), false));
    assert_eq!(annotation("risk.audit", "data"), ("RiskApplication | Mapping[str, Any]".to_owned(), true));
    let order = python.parameters.iter().find(|one| one.name == "RiskOrderDetail").expect("a type");
    assert!(order.required.iter().any(|one| one.name == "order_time" && one.annotation == "Time"));
}

#[test]
fn names_become_pythons() {
    assert_eq!(snake("disableReason"), "disable_reason");
    assert_eq!(snake("open_id"), "open_id");
    assert_eq!(
        first_sentence("Opens it (§3.1.1). In ten minutes."),
        ("Opens it (§3.1.1).", "In ten minutes.")
    );
}
