//! Replays the conformance cases of `tests/cases` through the narrow waist, against the sandbox.
//!
//! `CASE='repeat: auth.token' cargo test --test conformance` replays the cases whose names contain the text.

#[path = "conformance/case.rs"]
mod case;
#[path = "conformance/compare.rs"]
mod compare;
#[path = "conformance/replay.rs"]
mod replay;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use case::Case;
use qiancheng_sandbox::{Sandbox, SandboxConfig};

fn cases() -> Vec<(String, Vec<Case>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let text = fs::read(&path).expect("a readable file");
            // Members that the runner does not know are refused: a check left out looks like one that passed.
            let cases: Vec<Case> =
                serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            assert!(!cases.is_empty(), "{} is empty", path.display());
            (path.file_name().expect("a name").to_string_lossy().into_owned(), cases)
        })
        .collect()
}

#[test]
fn every_case_holds() {
    let wanted = std::env::var("CASE").unwrap_or_default();
    let mut names = BTreeSet::new();
    let mut failures = Vec::new();
    let mut replayed = 0;
    for (file, cases) in cases() {
        let sandbox = Sandbox::start(SandboxConfig::default()).expect("a sandbox");
        for case in cases {
            assert!(names.insert(case.name.clone()), "two cases are named {:?}", case.name);
            if !case.name.contains(&wanted) {
                continue;
            }
            replayed += 1;
            for difference in replay::replay(&sandbox, &case) {
                failures.push(format!("{file}: {}\n    {difference}", case.name));
            }
        }
    }
    assert!(replayed > 0, "no case is named like {wanted:?}");
    assert!(failures.is_empty(), "{} of {replayed} cases fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_endpoint_has_cases_that_go_well_and_cases_that_do_not() {
    let all: Vec<Case> = cases().into_iter().flat_map(|(_, cases)| cases).collect();
    assert!(all.len() >= 120, "only {} cases", all.len());
    for entry in qiancheng::api::registry::entries() {
        let of_it: Vec<&Case> = all.iter().filter(|case| case.endpoint == entry.info.id).collect();
        assert!(of_it.iter().any(|case| case.outcome.error.is_none()), "{} never goes well", entry.info.id);
        assert!(of_it.iter().any(|case| case.outcome.error.is_some()), "{} never fails", entry.info.id);
    }
}
