//! A merchant token for a call: from memory, from the store, or fetched — by one caller for all who wait.

use std::sync::Arc;
use std::time::Duration;

use crate::answer::Reply;
use crate::api::auth::{self, Issued};
use crate::client::call::Call;
use crate::client::{Client, Plan};
use crate::endpoint::Endpoint;
use crate::error::{Error, Outcome, Result};
use crate::event::Event;
use crate::token::store::StoredToken;

/// The vendor's default life of a token (§1).
const DEFAULT_HOURS: u32 = 24;

impl Client {
    pub(crate) async fn token(&self, call: &Call) -> Result<Arc<StoredToken>> {
        let keeper = &self.shared.keeper;
        if let Some(token) = keeper.held() {
            return Ok(token);
        }
        let process = self.shared.process.get();
        let named = |error: Error| error.with_endpoint(auth::Token::INFO.id);
        let turn = process.token_gate.enter(call.deadline).await.map_err(named)?;
        // Whoever had the turn before may have fetched one.
        if let Some(token) = keeper.held().or_else(|| keeper.stored()) {
            return Ok(token);
        }
        self.fetch_token(call).await.inspect_err(|error| {
            // Those who wait may have more time than this call had.
            if !call.deadline.left().is_zero() {
                turn.failed(error);
            }
        })
    }

    async fn fetch_token(&self, call: &Call) -> Result<Arc<StoredToken>> {
        let hours = self.shared.config.token_hours;
        let plan = Plan::typed(auth::Token { hours }, &self.shared.config, &self.settings)?;
        // The token's own request says nothing about whether the call it is for has left.
        let fetching = Call { departure: crate::transport::outbound::Departure::default(), ..call.clone() };
        let answer = Box::pin(self.exchange(plan, &fetching)).await.map_err(not_the_call_itself)?;
        let issued: Reply<Issued> = Reply::read(answer).map_err(not_the_call_itself)?;
        let life = Duration::from_secs(3600 * u64::from(hours.map_or(DEFAULT_HOURS, |hours| hours.0)));
        self.shared.counters.token();
        self.report(&Event::TokenFetched { life });
        Ok(self.shared.keeper.keep(issued.token.clone(), life))
    }
}

/// What failed was the token's request: the call it was for did not leave.
fn not_the_call_itself(error: Error) -> Error {
    let outcome = if error.outcome() == Outcome::Rejected { Outcome::Rejected } else { Outcome::NotSent };
    error.with_outcome(outcome)
}
