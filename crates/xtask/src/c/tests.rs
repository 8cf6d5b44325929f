//! That C can say everything the model holds, and that its header can be trusted.

use std::collections::BTreeSet;

use crate::model::Model;
use crate::render;
use crate::tree::Files;

fn rendered() -> (Model, Files) {
    let model = Model::build().expect("a model");
    let files = render::render(&model).expect("rendered");
    (model, files)
}

/// The names that begin with a prefix, with an opening bracket behind.
fn functions(text: &str) -> BTreeSet<&str> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with('*'));
    code.flat_map(|line| line.split([' ', '*']))
        .filter_map(|word| word.split_once('('))
        .filter(|(name, _)| name.starts_with("qc_") && !name.contains(')'))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn every_endpoint_has_a_function_with_its_parameters_in_order() {
    let (model, files) = rendered();
    let header = files["include/qiancheng.h"].split_whitespace().collect::<Vec<_>>().join(" ");
    for endpoint in model.endpoints() {
        let start = format!("qc_{}(const qc_client *client,", endpoint.function_name);
        let (_, declared) = header.split_once(&start).expect(&start);
        let (declared, _) = declared.split_once(");").expect(&start);
        let names: Vec<&str> = declared
            .split(',')
            .filter_map(|argument| argument.rsplit([' ', '*']).next())
            .map(|name| name.trim_end_matches("_json"))
            .collect();
        let mut expected: Vec<&str> = endpoint.fields.iter().map(|field| field.name.as_str()).collect();
        expected.extend(["out", "err"]);
        assert_eq!(names, expected, "{}", endpoint.id);
    }
}

#[test]
fn the_header_the_page_and_the_tests_have_the_same_functions() {
    let (_, files) = rendered();
    let header = functions(&files["include/qiancheng.h"]);
    assert!(header.len() > 120, "{}", header.len());
    let page = &files["docs/reference/c.md"];
    let table = &files["crates/qiancheng-capi/tests/abi/every_function.rs"];
    for name in header.iter().filter(|name| **name != "qc_check_abi") {
        assert!(page.contains(&format!("{name}(")), "{name} on the page");
        assert!(table.contains(&format!("name: \"{name}\",")), "{name} in the table");
    }
    assert!(!header.contains("qc_test_panic"));
}

#[test]
fn the_header_is_ascii_and_has_the_librarys_version() {
    let (model, files) = rendered();
    let header = &files["include/qiancheng.h"];
    assert!(header.is_ascii());
    assert!(header.contains(&format!("#define QC_VERSION \"{}\"\n", model.version)));
    let numbers: Vec<&str> = model.version.split('.').collect();
    for (name, number) in ["MAJOR", "MINOR", "PATCH"].iter().zip(&numbers) {
        assert!(header.contains(&format!("#define QC_VERSION_{name} {number}\n")), "{name}");
    }
}

#[test]
fn every_kind_of_error_and_every_outcome_is_in_the_header() {
    let (model, files) = rendered();
    let header = &files["include/qiancheng.h"];
    for kind in &model.error_kinds {
        assert!(header.contains(&format!(" = {},\n", kind.number)), "{}", kind.name);
    }
    for name in
        ["QC_OK = 0", "QC_INVALID_INPUT = 2", "QC_PANIC = 16", "QC_OUTCOME_UNKNOWN = 2", "QC_JSON_OBJECT = 7"]
    {
        assert!(header.contains(name), "{name}");
    }
}

#[test]
fn no_macro_has_a_name_that_is_not_ours() {
    let (_, files) = rendered();
    let defined = files["include/qiancheng.h"].lines().filter_map(|line| line.strip_prefix("#define "));
    for name in defined {
        assert!(["QC_", "QIANCHENG_H", "ARROW_"].iter().any(|prefix| name.starts_with(prefix)), "{name}");
    }
}

#[test]
fn a_phrase_begins_small_and_an_abbreviation_does_not() {
    let (_, files) = rendered();
    let header = &files["include/qiancheng.h"];
    assert!(header.contains("@param id_card ID number, 18 or 15 characters\n"));
    assert!(header.contains("@param name name as on the ID card\n"));
    assert!(header.contains("; may be NULL\n"));
}

#[test]
fn no_comment_of_a_function_holds_what_doxygen_takes_for_a_command() {
    let (_, files) = rendered();
    for block in files["include/qiancheng.h"].split("/**").skip(1) {
        let comment = block.split("*/").next().unwrap_or_default();
        assert!(!comment.contains('\\'), "{comment}");
    }
}
