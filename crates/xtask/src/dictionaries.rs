//! `spec/dictionaries.json`: numbers and their meanings, for programs in other languages.

use serde_json::{Value, json};

use crate::model::Model;
use crate::outputs::MARK;

/// The document.
pub(crate) fn document(model: &Model) -> Value {
    json!({
        "x-generated": MARK,
        "version": model.version,
        "dictionaries": model.dictionaries,
        "contact_types": model.contact_types,
        "error_kinds": model.error_kinds,
        "vendor_codes": model.vendor_codes,
        "outcomes": model.outcomes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_every_kind_is_listed() {
        let document = document(&Model::build().expect("a model"));
        let sizes: Vec<usize> = document["dictionaries"]
            .as_array()
            .expect("dictionaries")
            .iter()
            .map(|one| one["states"].as_array().map_or(0, Vec::len))
            .collect();
        assert_eq!(sizes, [13, 4, 12, 3]);
        assert_eq!(document["error_kinds"].as_array().map(Vec::len), Some(qiancheng::ErrorKind::ALL.len()));
        assert_eq!(document["contact_types"].as_array().map(Vec::len), Some(7));
    }
}
