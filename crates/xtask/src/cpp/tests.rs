//! That the C++ header can say everything that the model holds.

use super::*;

fn cpp() -> (Model, Cpp) {
    let model = Model::build().expect("a model");
    let cpp = Cpp::of(&model).expect("what C++ makes of it");
    (model, cpp)
}

#[test]
fn every_endpoint_has_a_method_and_what_it_takes() {
    let (model, cpp) = cpp();
    let methods: Vec<&Method> = cpp.chapters.iter().flat_map(|chapter| &chapter.methods).collect();
    let ids: Vec<&str> = model.endpoints().map(|endpoint| endpoint.id.as_str()).collect();
    assert_eq!(methods.iter().map(|method| method.id.as_str()).collect::<Vec<_>>(), ids);
    for (method, endpoint) in methods.iter().zip(model.endpoints()) {
        assert_eq!(method.arguments.len(), endpoint.fields.len(), "{}", method.id);
        assert_eq!(method.parameter.is_empty(), endpoint.fields.is_empty(), "{}", method.id);
    }
}

#[test]
fn what_opens_a_session_is_what_the_core_calls_so() {
    let (_, cpp) = cpp();
    let opening: Vec<&str> = cpp
        .chapters
        .iter()
        .filter(|chapter| chapter.methods.iter().any(|method| method.opens.is_some()))
        .map(|chapter| chapter.id.as_str())
        .collect();
    assert_eq!(opening, qiancheng::session::SessionKind::ALL.map(qiancheng::session::SessionKind::name));
}

#[test]
fn a_text_alone_needs_no_struct_and_what_may_be_left_out_is_optional() {
    let (_, cpp) = cpp();
    let method = |id: &str| {
        cpp.chapters.iter().flat_map(|chapter| &chapter.methods).find(|method| method.id == id).expect(id)
    };
    assert_eq!(method("telecom.get_state").parameter, "const std::string& open_id");
    assert_eq!(method("telecom.get_state").arguments, ["detail::c(open_id)"]);
    assert_eq!(method("auth.token").parameter, "const AuthTokenRequest& request = AuthTokenRequest()");
    let fields = |name: &str| {
        let request = cpp.chapters.iter().flat_map(|chapter| &chapter.requests).find(|one| one.name == name);
        request
            .expect(name)
            .fields
            .iter()
            .map(|field| (field.name.as_str(), field.type_name))
            .collect::<Vec<_>>()
    };
    assert_eq!(fields("AuthTokenRequest"), [("hours", "Optional<std::int64_t>")]);
    assert_eq!(fields("BlacklistSearchV2Request").last(), Some(&("bank_card", "Optional<std::string>")));
    assert_eq!(fields("RiskAuditRequest").last(), Some(&("data_json", "std::string")));
    assert_eq!(fields("DegreeLoginRequest").last(), Some(&("sync", "std::int64_t")));
}

#[test]
fn a_word_of_the_language_is_no_name() {
    assert_eq!(name("default").expect("a name"), "default_");
    assert_eq!(name("open_id").expect("a name"), "open_id");
    for wrong in ["", "2nd", "a-b", "名"] {
        assert!(name(wrong).is_err(), "{wrong}");
    }
}
