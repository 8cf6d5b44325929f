//! That the Java library can say everything that the model holds.

use std::collections::BTreeSet;

use super::*;
use crate::model::AnswerShape;

/// What every object of an answer has beside its fields, and what every object has.
const RESERVED: [&str; 13] = [
    "received",
    "json",
    "reveal",
    "get",
    "names",
    "fields",
    "text",
    "getClass",
    "hashCode",
    "notify",
    "notifyAll",
    "toString",
    "wait",
];

fn java() -> (Model, Java) {
    let model = Model::build().expect("a model");
    let java = Java::of(&model).expect("what Java makes of it");
    (model, java)
}

#[test]
fn every_endpoint_has_a_method_and_its_answer_a_class() {
    let (model, java) = java();
    let methods: Vec<&str> =
        java.chapters.iter().flat_map(|chapter| &chapter.methods).map(|one| one.id.as_str()).collect();
    let ids: Vec<&str> = model.endpoints().map(|endpoint| endpoint.id.as_str()).collect();
    assert_eq!(methods, ids);
    let mut classes: Vec<&str> = vec!["AcceptedAnswer", "ContactType"];
    classes.extend(java.records.iter().map(|one| one.class.as_str()));
    classes.extend(java.lists.iter().map(|one| one.class.as_str()));
    classes.extend(java.documents.iter().map(|one| one.class.as_str()));
    classes.extend(java.requests.iter().chain(&java.parameters).map(|one| one.class.as_str()));
    classes.extend(model.dictionaries.iter().map(|one| one.name.as_str()));
    let unique: BTreeSet<&str> = classes.iter().copied().collect();
    assert_eq!(unique.len(), classes.len());
    for chapter in &java.chapters {
        assert!(chapter.model.iter().all(|name| unique.contains(name.as_str())), "{chapter:?}");
    }
}

#[test]
fn a_method_without_a_request_is_there_where_nothing_is_required() {
    let (model, java) = java();
    for (endpoint, method) in model.endpoints().zip(java.chapters.iter().flat_map(|chapter| &chapter.methods))
    {
        assert_eq!(method.optional, endpoint.fields.iter().all(|field| !field.required), "{}", method.id);
        assert_eq!(method.request.is_some(), !endpoint.fields.is_empty(), "{}", method.id);
        assert_eq!(method.once, endpoint.repeat == "never", "{}", method.id);
    }
    let only = |id: &str| {
        let mut methods = java.chapters.iter().flat_map(|chapter| &chapter.methods);
        let method = methods.find(|method| method.id == id).expect("a method");
        method.only.as_ref().map(|one| one.name.clone())
    };
    assert_eq!(only("telecom.get_state").as_deref(), Some("openId"));
    assert_eq!(only("telecom.captcha"), None);
}

#[test]
fn no_field_hides_what_every_answer_has() {
    let (_, java) = java();
    for record in &java.records {
        let names: BTreeSet<&str> = record.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names.len(), record.fields.len(), "{}", record.class);
        assert!(RESERVED.iter().all(|reserved| !names.contains(reserved)), "{}", record.class);
    }
    for input in java.requests.iter().chain(&java.parameters) {
        let names: BTreeSet<&str> = input.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names.len(), input.fields.len(), "{}", input.class);
        assert!(["build", "put", "required", "self", "with"].iter().all(|own| !names.contains(own)));
    }
}

#[test]
fn every_field_keeps_how_carefully_it_is_shown() {
    let (model, java) = java();
    for endpoint in model.endpoints().filter(|endpoint| !endpoint.fields.is_empty()) {
        let request = java.requests.iter().find(|one| one.endpoint.as_deref() == Some(&endpoint.id));
        let request = request.unwrap_or_else(|| panic!("{} has no request", endpoint.id));
        for (field, given) in endpoint.fields.iter().zip(&request.fields) {
            assert_eq!((field.sensitivity, field.required), (given.sensitivity, given.required), "{given:?}");
        }
    }
    let answers = model.endpoints().filter(|endpoint| endpoint.answer.shape == AnswerShape::Object);
    for endpoint in answers {
        let record = java.records.iter().find(|one| one.class == answers::class(endpoint)).expect("a class");
        for (field, read) in endpoint.answer.fields.iter().zip(&record.fields) {
            assert_eq!(field.sensitivity, read.sensitivity, "{read:?}");
        }
    }
}

#[test]
fn what_is_whole_here_and_an_item_there_is_two_classes() {
    let (_, java) = java();
    let whole = |class: &str| java.records.iter().find(|one| one.class == class).map(|one| one.whole);
    assert_eq!(whole("BlacklistHit"), Some(false));
    assert_eq!(whole("BlacklistHitAnswer"), Some(true));
    assert!(java.lists.iter().any(|one| one.class == "BlacklistHitList" && one.item == "BlacklistHit"));
}

#[test]
fn a_builder_takes_what_the_core_takes() {
    let (_, java) = java();
    let takes = |class: &str, name: &str| -> Vec<String> {
        let mut inputs = java.requests.iter().chain(&java.parameters);
        let input = inputs.find(|one| one.class == class).expect("a class");
        let field = input.fields.iter().find(|one| one.name == name).expect("a field");
        field.setters.iter().map(|setter| setter.takes.clone()).collect()
    };
    assert_eq!(takes("AuthTokenRequest", "hours"), ["String", "long"]);
    assert_eq!(takes("TelecomOpenIdRequest", "servicePassword"), ["String", "char[]"]);
    assert_eq!(takes("TelecomOptions", "contacts"), ["Collection<TelecomContact>", "TelecomContact..."]);
    assert_eq!(takes("RiskOrderDetail", "orderTime"), ["String", "TemporalAccessor", "Date"]);
    assert_eq!(takes("RiskOrderDetail", "orderId"), ["long"]);
    assert_eq!(takes("RiskUserContact", "relation"), ["long", "Long"]);
    assert_eq!(takes("RiskUserContact", "mobile"), ["String"]);
    assert_eq!(takes("RiskAuditRequest", "data"), ["RiskApplication", "Map<String, ?>", "JsonNode"]);
}

#[test]
fn every_error_kind_has_an_exception_that_hides_none_of_javas() {
    let (model, java) = java();
    let classes: BTreeSet<&str> = java.errors.iter().map(|one| one.class.as_str()).collect();
    assert_eq!(classes.len(), model.error_kinds.len());
    assert!(!classes.contains("TimeoutException") && !classes.contains("CancellationException"));
    assert!(java.errors.iter().any(|one| one.constant == "SERVICE_UNAVAILABLE" && one.number == 11));
}
