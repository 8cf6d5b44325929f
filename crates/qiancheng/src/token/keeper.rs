//! The token of one client: kept until shortly before its end, dropped when the vendor refuses it.
//!
//! Reading it takes no lock. Who may fetch a new one is decided by the gate of [`crate::token::gate`].

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwapOption;

use crate::clock::Clock;
use crate::personal::Secret;
use crate::token::store::{StoredToken, TokenKey, TokenStore};

/// A token is renewed this long before its end…
const MARGIN: Duration = Duration::from_secs(30 * 60);
/// …or when four fifths of its life have passed, if that is later.
const MARGIN_OF_SHORT_LIVES: u32 = 5;

/// The token of one client.
pub(crate) struct Keeper {
    key: TokenKey,
    store: Option<Arc<dyn TokenStore>>,
    clock: Clock,
    held: ArcSwapOption<StoredToken>,
}

impl Keeper {
    pub(crate) fn new(key: TokenKey, store: Option<Arc<dyn TokenStore>>, clock: Clock) -> Self {
        Self { key, store, clock, held: ArcSwapOption::empty() }
    }

    /// A token that is still good, from memory.
    pub(crate) fn held(&self) -> Option<Arc<StoredToken>> {
        self.held.load_full().filter(|held| self.is_good(held))
    }

    /// A token that is still good, from the store.
    pub(crate) fn stored(&self) -> Option<Arc<StoredToken>> {
        let stored = match self.store.as_ref()?.load(&self.key) {
            Ok(stored) => Arc::new(stored.filter(|stored| self.is_good(stored))?),
            Err(error) => {
                tracing::warn!(%error, "the token store cannot be read");
                return None;
            }
        };
        self.held.store(Some(Arc::clone(&stored)));
        Some(stored)
    }

    /// Keeps a token that was just issued.
    pub(crate) fn keep(&self, token: Secret, life: Duration) -> Arc<StoredToken> {
        let issued = self.clock.now();
        let ends = issued.checked_add(life).unwrap_or(issued);
        let held = Arc::new(StoredToken { token, issued, ends });
        self.held.store(Some(Arc::clone(&held)));
        if let Some(Err(error)) = self.store.as_ref().map(|store| store.save(&self.key, &held)) {
            tracing::warn!(%error, "the token store cannot be written");
        }
        held
    }

    /// Drops a token that the vendor refused, unless it has been replaced meanwhile.
    pub(crate) fn refuse(&self, refused: &Arc<StoredToken>) {
        let current = self.held.load();
        if current.as_ref().is_some_and(|held| held.token == refused.token) {
            self.held.compare_and_swap(&current, None);
        }
        if let Some(Err(error)) = self.store.as_ref().map(|store| store.remove(&self.key, &refused.token)) {
            tracing::warn!(%error, "the token store cannot be written");
        }
    }

    fn is_good(&self, token: &StoredToken) -> bool {
        let life = token.ends.duration_since(token.issued).unwrap_or(Duration::ZERO);
        let margin = MARGIN.min(life / MARGIN_OF_SHORT_LIVES);
        let renew_at: Option<SystemTime> = token.ends.checked_sub(margin);
        let now = self.clock.now();
        // A token from the future is another clock's, and its end means nothing here.
        token.issued <= now + MARGIN && renew_at.is_some_and(|at| now < at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
    use std::time::UNIX_EPOCH;

    const HOUR: Duration = Duration::from_secs(3600);

    fn keeper() -> (Keeper, Arc<AtomicU64>) {
        let seconds = Arc::new(AtomicU64::new(1_700_000_000));
        let source = Arc::clone(&seconds);
        let clock = Clock::new(move || UNIX_EPOCH + Duration::from_secs(source.load(Relaxed)));
        let key = TokenKey { origin: "https://credit.example".into(), username: "demo".into() };
        (Keeper::new(key, None, clock), seconds)
    }

    #[test]
    fn a_token_is_renewed_half_an_hour_before_its_end() {
        let (keeper, seconds) = keeper();
        keeper.keep("t".into(), 24 * HOUR);
        seconds.fetch_add(24 * 3600 - 1801, Relaxed);
        assert!(keeper.held().is_some());
        seconds.fetch_add(1, Relaxed);
        assert!(keeper.held().is_none());
    }

    #[test]
    fn a_short_lived_token_is_renewed_at_four_fifths_of_its_life() {
        let (keeper, seconds) = keeper();
        keeper.keep("t".into(), HOUR);
        seconds.fetch_add(2879, Relaxed);
        assert!(keeper.held().is_some());
        seconds.fetch_add(1, Relaxed);
        assert!(keeper.held().is_none());
    }

    #[test]
    fn a_late_refusal_does_not_discard_a_newer_token() {
        let (keeper, _) = keeper();
        let old = keeper.keep("old".into(), HOUR);
        keeper.keep("new".into(), HOUR);
        keeper.refuse(&old);
        assert_eq!(keeper.held().map(|held| held.token.clone()), Some("new".into()));
    }
}
