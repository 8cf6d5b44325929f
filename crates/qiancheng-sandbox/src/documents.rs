//! Raw data and reports: large, made outside the lock, and kept for a moment because they are often fetched twice.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use jiff::Timestamp;

use crate::story::{Applicant, BankChoice, Contact, Identity, synthetic_applicant};

/// How many are kept.
const KEPT: usize = 8;

#[derive(Clone, PartialEq)]
pub(crate) enum Kind {
    TelecomRawData,
    TelecomReport,
    DegreeRawData,
    EbankRawData(BankChoice),
}

/// A document that can be written: whose it is and which.
#[derive(Clone, PartialEq)]
pub(crate) struct Document {
    pub(crate) identity: Identity,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) kind: Kind,
}

/// Writes documents.
pub(crate) struct Writer {
    seed: u64,
    as_of: Timestamp,
    recent: Mutex<VecDeque<(Arc<Document>, Bytes)>>,
}

impl Writer {
    pub(crate) fn new(seed: u64, as_of: Timestamp) -> Self {
        Self { seed, as_of, recent: Mutex::new(VecDeque::new()) }
    }

    /// The applicant behind these papers.
    pub(crate) fn applicant(&self, identity: &Identity, contacts: &[Contact]) -> Applicant {
        Applicant::new(self.seed, &identity.name, &identity.id_card, &identity.mobile, self.as_of, contacts)
    }

    /// The first so many people of the seed's population, and whether their loans went bad.
    pub(crate) fn population(&self, count: u64) -> Vec<(Identity, bool)> {
        (0..count)
            .map(|index| {
                let identity = synthetic_applicant(self.seed, index);
                let defaulted = self.applicant(&identity, &[]).defaulted();
                (identity, defaulted)
            })
            .collect()
    }

    /// The document if it was written a moment ago.
    pub(crate) fn recent(&self, document: &Document) -> Option<Bytes> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.iter().find(|(kept, _)| **kept == *document).map(|(_, bytes)| bytes.clone())
    }

    /// The document's JSON. Takes milliseconds: call it where nothing else waits.
    pub(crate) fn write(&self, document: Document) -> Bytes {
        let applicant = self.applicant(&document.identity, &document.contacts);
        let value = match &document.kind {
            Kind::TelecomRawData => applicant.telecom_raw_data(),
            Kind::TelecomReport => applicant.telecom_report(),
            Kind::DegreeRawData => applicant.degree_raw_data(),
            Kind::EbankRawData(bank) => applicant.ebank_raw_data(bank),
        };
        let bytes = Bytes::from(value.to_string());
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.push_front((Arc::new(document), bytes.clone()));
        recent.truncate(KEPT);
        bytes
    }
}
