//! Tokens: who holds which, and until when by the sandbox clock.

use std::collections::HashMap;

use crate::clock::Millis;

struct Grant {
    merchant: String,
    until: Millis,
}

#[derive(Default)]
pub(crate) struct Tokens {
    granted: HashMap<String, Grant>,
}

impl Tokens {
    pub(crate) fn grant(&mut self, token: String, merchant: String, until: Millis) {
        self.granted.insert(token, Grant { merchant, until });
    }

    /// The merchant this token speaks for, if it is live.
    pub(crate) fn merchant(&self, token: &str, now: Millis) -> Option<&str> {
        self.granted.get(token).filter(|grant| now < grant.until).map(|grant| grant.merchant.as_str())
    }

    /// Ends every token; tells how many there were.
    pub(crate) fn revoke_all(&mut self) -> usize {
        let count = self.granted.len();
        self.granted.clear();
        count
    }
}
