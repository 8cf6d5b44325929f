//! Identifiers nobody can guess from another sandbox: tokens and open ids, 32 hexadecimal characters.

use sha2::{Digest, Sha256};

use crate::error::StartError;

pub(crate) struct Ids {
    key: [u8; 32],
    given: u64,
}

impl Ids {
    pub(crate) fn new() -> Result<Self, StartError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| StartError::Random(error.to_string()))?;
        Ok(Self { key, given: 0 })
    }

    pub(crate) fn next(&mut self) -> String {
        self.given += 1;
        let digest = Sha256::new().chain_update(self.key).chain_update(self.given.to_be_bytes()).finalize();
        hex::encode(&digest[..16])
    }
}
