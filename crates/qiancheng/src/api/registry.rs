//! All endpoints by id.

use crate::api::{auth, blacklist, degree, ebank, ebank_v2, risk, telecom};
use crate::endpoint::Entry;
use crate::error::{Error, ErrorKind, Result};
use crate::mismatch::nearest;

/// The chapters, in the document's order.
const CHAPTERS: [&[Entry]; 7] = [
    auth::ENTRIES,
    blacklist::ENTRIES,
    telecom::ENTRIES,
    degree::ENTRIES,
    ebank::ENTRIES,
    ebank_v2::ENTRIES,
    risk::ENTRIES,
];

/// Every endpoint, in the document's order.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    static ALL: [&[Entry]; 7] = CHAPTERS;
    ALL.iter().flat_map(|chapter| chapter.iter())
}

/// The endpoint with this id; an unknown one is refused with the nearest right id.
pub fn find(id: &str) -> Result<&'static Entry> {
    entries().find(|entry| entry.info.id == id).ok_or_else(|| {
        let hint = nearest(id, entries().map(|entry| entry.info.id))
            .map_or_else(String::new, |near| format!("; did you mean {near}?"));
        Error::new(ErrorKind::InvalidInput, format!("there is no such endpoint{hint}"))
            .with_endpoint(id.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::Trait;

    #[test]
    fn the_document_has_28_endpoints_and_there_are_2_extensions() {
        let extensions = entries().filter(|entry| entry.info.is(Trait::Extension)).count();
        assert_eq!((entries().count() - extensions, extensions), (28, 2));
    }

    #[test]
    fn an_unknown_id_is_refused_with_the_nearest() {
        let error = find("telecom.openid").map(|entry| entry.info.id).expect_err("unknown");
        assert!(error.message().contains("telecom.open_id"), "{error}");
    }
}
