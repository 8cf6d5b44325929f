//! The same applicant, the same bytes; and every applicant, whatever they are called.

use std::fmt::Write as _;

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;
use crate::story::bank_by_entry;

fn bytes(applicant: &Applicant) -> Vec<u8> {
    let bank = bank_by_entry("cmb-id").unwrap();
    let parts = [
        applicant.telecom_raw_data(),
        applicant.telecom_report(),
        applicant.degree_raw_data(),
        applicant.ebank_raw_data(&bank),
    ];
    serde_json::to_vec(&parts).unwrap()
}

#[test]
fn the_same_applicant_gives_the_same_bytes() {
    let mobile = "13812345671";
    assert_eq!(bytes(&applicant(mobile)), bytes(&applicant(mobile)));
    let used = applicant(mobile);
    let _ = used.telecom_report();
    assert_eq!(bytes(&used), bytes(&used.clone()));
}

#[test]
fn seed_papers_and_contacts_each_make_a_difference() {
    let reference = record(&applicant("13812345671"))["calls"].to_string();
    let with = |seed, name, id, mobile| {
        record(&Applicant::new(seed, name, id, mobile, as_of(), &contacts()))["calls"].to_string()
    };
    assert_eq!(reference, with(42, " 李小龙", "310104199003070021 ", "13812345671"));
    for other in [
        with(43, "李小龙", "310104199003070021", "13812345671"),
        with(42, "李大龙", "310104199003070021", "13812345671"),
        with(42, "李小龙", "310104199003070048", "13812345671"),
        with(42, "李小龙", "310104199003070021", "13812345672"),
    ] {
        assert_ne!(reference, other);
    }
}

/// A change of this sum changes everybody's synthetic data: say so in the changelog.
#[test]
fn the_bytes_are_those_of_the_release_before() {
    let applicant = applicant("13812345671");
    let bank = bank_by_entry("cmb-id").unwrap();
    let sums = [
        applicant.telecom_raw_data(),
        applicant.telecom_report(),
        applicant.degree_raw_data(),
        applicant.ebank_raw_data(&bank),
    ]
    .map(|value| hex(&Sha256::digest(value.to_string())));
    let golden = [
        "7e63357074e55653505d5ca3736f6f55d3ee7fd91ca7d6fb9be7dd798bcfb131",
        "2b1d2a73d9fbdf2dd135e05399a418259fb0f4e7f80f422188dfaef61a6a576e",
        "53518ac27021591a46f443c1e7ab8d99944d82dbc38ee61c2b74bf8bf0f8c77c",
        "5bcaa865f79c7c9fa959b954d1cb8e58667199000d7b132085755cbdb8103cc8",
    ];
    assert_eq!(sums, golden);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[test]
fn debugging_output_shows_no_papers() {
    let text = format!("{:?} {:?}", applicant("13812345671"), contacts());
    for secret in ["李小龙", "310104199003070021", "13812345671", "13900001111", "王秀英"] {
        assert!(!text.contains(secret), "{text}");
    }
    assert!(text.contains("138****5671"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_a_story(
        seed in any::<u64>(),
        name in any::<String>(),
        id_card in prop_oneof![any::<String>(), "[0-9xX]{15}", "[0-9]{17}[0-9xX]"],
        mobile in prop_oneof![any::<String>(), "1[3-9][0-9]{8}[0-6]"],
        tel in any::<String>(),
        contact_type in any::<String>(),
        second in -99_999_999_999_i64..99_999_999_999,
    ) {
        let contact = Contact { tel, name: name.clone(), contact_type };
        let as_of = Timestamp::from_second(second).unwrap();
        let applicant = Applicant::new(seed, &name, &id_card, &mobile, as_of, &[contact]);
        prop_assert!((0.0..=1.0).contains(&applicant.latent_risk()));
        prop_assert!(!bytes(&applicant).is_empty());
        let debugged = format!("{applicant:?}");
        prop_assert!(debugged.starts_with("Applicant"));
        let _ = (applicant.audit_verdict(second), applicant.audit_verdict_from_risk(), applicant.defaulted());
    }
}
