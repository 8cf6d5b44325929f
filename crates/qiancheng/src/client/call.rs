//! One call, from top to bottom: token → body → attempts → envelope → answer.

use std::future::pending;
use std::pin::pin;
use std::sync::Arc;
use std::time::Instant;

use tokio::task::yield_now;
use tracing::Instrument;

use crate::answer::Answer;
use crate::background;
use crate::client::plan::Route;
use crate::client::{Client, Plan};
use crate::deadline::{Deadline, Watch};
use crate::endpoint::Auth;
use crate::error::{Error, ErrorKind, Outcome, Result};
use crate::event::Event;
use crate::params::Params;
use crate::scrub;
use crate::token::store::StoredToken;
use crate::transport::http::{self, Failure, Limits, Raw, Wire};
use crate::transport::lane::Lane;
use crate::transport::outbound::Departure;
use crate::transport::process::PULSE;
use crate::transport::repeat::{self, Failed};
use crate::wire::{body, envelope};

/// Words by which the vendor refuses a token (section W); it has no code of its own.
const TOKEN_REFUSALS: [&str; 2] = ["令牌验证失败", "获取查询令牌失败"];

/// What the parts of one call have in common.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) lane: Lane,
    pub(crate) deadline: Deadline,
    pub(crate) departure: Departure,
}

impl Client {
    /// Makes a call within its time, reads its answer, and counts it.
    pub(crate) async fn carry_out<T>(
        &self,
        plan: Result<Plan>,
        read: impl FnOnce(Answer) -> Result<T>,
    ) -> Result<T> {
        let started = Instant::now();
        let (endpoint, result) = match plan {
            Ok(plan) => {
                let span = tracing::debug_span!("call", endpoint = %plan.route.id);
                let endpoint = plan.route.id.clone();
                // Made where it stays: whatever takes a call by value copies kilobytes.
                let call = pin!(self.within_time(plan));
                (endpoint, call.instrument(span).await.and_then(read))
            }
            Err(error) => (error.endpoint().unwrap_or_default().to_owned().into(), Err(error)),
        };
        let took = started.elapsed();
        let error = result.as_ref().err();
        self.shared.counters.call(took, error);
        self.report(&Event::Call { endpoint: &endpoint, took, error });
        result
    }

    async fn within_time(&self, plan: Plan) -> Result<Answer> {
        let lane = match &self.lane {
            Some(lane) => lane.clone(),
            None => self.shared.process.get().lane(&self.shared.config)?,
        };
        let total = self.settings.timeouts(plan.route.slow).total;
        let call = Call {
            lane,
            deadline: Deadline::new(total, self.settings.deadline),
            departure: Departure::default(),
        };
        if !call.lane.is_an_engines() {
            // The runtime may not have looked at its connections for a while. One turn lets it read its event queue, so
            // that a connection which the vendor closed meanwhile is seen to be closed, and no request is written into
            // it. A socket that is not in the queue is looked at before it is used.
            yield_now().await;
        }
        let endpoint = plan.route.id.clone();
        if !self.can_be_ended() {
            return self.exchange(plan, &call).await;
        }
        let exchange = pin!(self.exchange(plan, &call));
        let ended = tokio::select! {
            biased;
            () = self.ended() => None,
            result = exchange => Some(result),
        };
        // Asked only now that the exchange has been dropped and cannot send any more.
        ended.unwrap_or_else(|| {
            Err(Error::new(ErrorKind::Cancelled, "the call was cancelled")
                .with_endpoint(endpoint)
                .with_outcome(call.departure.outcome()))
        })
    }

    /// Whether anything but a call's own time can end it.
    pub(crate) fn can_be_ended(&self) -> bool {
        self.settings.cancel.is_some() || self.watch().is_some()
    }

    /// What is asked while a call waits. The background thread does not: nobody waits there, and it is no thread of
    /// the caller's.
    fn watch(&self) -> Option<&Watch> {
        self.settings.watch.as_ref().filter(|_| !background::is_here())
    }

    /// Waits until the caller wants calls to end: through the handle, or because the watch says so.
    pub(crate) async fn ended(&self) {
        let cancelled = async {
            match &self.settings.cancel {
                Some(cancel) => cancel.cancelled().await,
                None => pending().await,
            }
        };
        let stopped = async {
            let Some(watch) = self.watch() else { return pending().await };
            let pulse = self.lane.as_ref().and_then(Lane::pulse);
            loop {
                match pulse {
                    Some(pulse) => pulse.notified().await,
                    None => tokio::time::sleep(PULSE).await,
                }
                if !watch.goes_on() {
                    return;
                }
            }
        };
        tokio::select! {
            biased;
            () = cancelled => {}
            () = stopped => {}
        }
    }

    /// Sends the call with a token, and once more with a new one if the vendor refuses the first.
    pub(crate) async fn exchange(&self, mut plan: Plan, call: &Call) -> Result<Answer> {
        let mut renewed = false;
        let mut attempts = 0;
        loop {
            let token = self.authorise(&mut plan, call).await.map_err(|error| {
                let fetching = error.attempts();
                error.with_attempts(attempts + fetching)
            })?;
            let result = self.send_and_read(&plan, call, &mut attempts).await;
            match (&result, token) {
                (Err(error), Some(token)) if error.kind() == ErrorKind::TokenRefused => {
                    self.report(&Event::TokenRefused);
                    self.shared.keeper.refuse(&token);
                    if renewed {
                        return result;
                    }
                    renewed = true;
                }
                _ => return result,
            }
        }
    }

    /// Adds what the vendor wants to know of the merchant.
    async fn authorise(&self, plan: &mut Plan, call: &Call) -> Result<Option<Arc<StoredToken>>> {
        let config = &self.shared.config;
        match plan.route.auth {
            Auth::Token => {
                let token = self.token(call).await?;
                plan.params.set("token", token.token.expose());
                return Ok(Some(token));
            }
            Auth::User => plan.params.set("username", &config.username),
            Auth::Account => {
                plan.params.set("username", &config.username);
                plan.params.set("password", config.password.expose());
            }
            Auth::None => {}
        }
        Ok(None)
    }

    async fn send_and_read(&self, plan: &Plan, call: &Call, attempts: &mut u32) -> Result<Answer> {
        let Plan { route, params } = plan;
        let result = match self.answered(route, params, call, attempts).await {
            Ok(raw) => read(route, params, raw, *attempts),
            Err(error) => Err(error),
        };
        result.map_err(|error| error.with_endpoint(route.id.clone()).with_attempts(*attempts))
    }

    /// Sends a request until there is an answer in the vendor's envelope, or there is no sense in trying again.
    async fn answered(&self, route: &Route, params: &Params, call: &Call, attempts: &mut u32) -> Result<Raw> {
        let config = &self.shared.config;
        let outgoing = body::encode(
            params.map(),
            route.method,
            route.format,
            config.wire_format,
            config.audit_cipher.as_ref(),
        )?;
        let target = config.base.target(&route.path, outgoing.query.as_deref())?;
        let wire = Wire { method: route.method, target, user_agent: config.user_agent.clone(), outgoing };
        let timeouts = self.settings.timeouts(route.slow);
        let limits =
            Limits { read: timeouts.read, attempt: timeouts.attempt, answer_bytes: config.max_answer_bytes };
        let mut tries = 0;
        loop {
            tries += 1;
            *attempts += 1;
            self.shared.counters.attempt(tries > 1);
            let started = Instant::now();
            let result = http::attempt(&call.lane, &wire, limits, call.deadline, &call.departure).await;
            let (status, received) = match &result {
                Ok(raw) => (Some(raw.status), raw.received),
                Err(failure) => (failure.error.http_status(), 0),
            };
            self.shared.counters.bytes(wire.outgoing.bytes.len(), received);
            self.report(&Event::Attempt {
                endpoint: &route.id,
                attempt: *attempts,
                http_status: status,
                sent: wire.outgoing.bytes.len(),
                received,
                took: started.elapsed(),
            });
            let (failure, asked) = match result {
                Ok(raw) => match busy(&raw, params) {
                    None => {
                        if tries == 1 {
                            self.shared.budget.earn();
                        }
                        return Ok(raw);
                    }
                    Some(error) => (Failure { error, passing: true }, raw.retry_after),
                },
                Err(failure) => (failure, None),
            };
            let failed = Failed {
                error: &failure.error,
                passing: failure.passing,
                asked,
                attempts: tries,
                left: call.deadline.left(),
            };
            let pause = repeat::pause(
                &failed,
                route.repeat,
                self.settings.max_retries,
                config.backoff,
                &self.shared.budget,
            );
            let Some(pause) = pause else { return Err(verdict(failure, route)) };
            self.report(&Event::Repeat {
                endpoint: &route.id,
                attempt: *attempts,
                pause,
                error: &failure.error,
            });
            tokio::time::sleep(pause).await;
        }
    }

    pub(crate) fn report(&self, event: &Event<'_>) {
        match event {
            Event::Attempt { attempt, http_status, sent, received, took, .. } => {
                tracing::debug!(attempt, http_status, sent, received, ?took, "attempt");
            }
            Event::Repeat { attempt, pause, error, .. } => {
                tracing::info!(attempt, ?pause, kind = %error.kind(), "will be sent again");
            }
            Event::TokenFetched { life } => tracing::debug!(?life, "token fetched"),
            Event::TokenRefused => tracing::info!("token refused"),
            Event::Call { took, error: None, .. } => tracing::debug!(?took, "done"),
            Event::Call { took, error: Some(error), .. } => {
                tracing::debug!(?took, kind = %error.kind(), code = error.code(), outcome = error.outcome().name(), "failed");
            }
        }
        if let Some(hook) = &self.shared.config.on_event {
            hook(event);
        }
    }
}

/// Answers without an envelope that say: not now. Something in between wrote them, so they may pass.
fn busy(raw: &Raw, sent: &Params) -> Option<Error> {
    if !matches!(raw.status, 429 | 502 | 503 | 504) || envelope::read(&raw.body).is_ok() {
        return None;
    }
    Some(if raw.status == 429 {
        Error::new(ErrorKind::ServiceUnavailable, "the vendor asks to slow down")
            .with_http_status(429)
            .with_outcome(Outcome::Rejected)
    } else {
        unreadable(raw, sent, "a gateway answered in the vendor's place")
    })
}

/// The error of an attempt that is not repeated.
fn verdict(failure: Failure, route: &Route) -> Error {
    let harmless = route.repeat == crate::endpoint::Repeat::Harmless;
    let nothing_done = failure.error.outcome() != Outcome::Unknown;
    failure.error.retryable(failure.passing && (harmless || nothing_done))
}

/// Reads the envelope of an answer.
fn read(route: &Route, sent: &Params, raw: Raw, attempts: u32) -> Result<Answer> {
    if (300..400).contains(&raw.status) {
        return Err(unreadable(&raw, sent, "the answer points elsewhere, and redirects are not followed"));
    }
    let envelope = envelope::read(&raw.body).map_err(|reason| unreadable(&raw, sent, &reason))?;
    let message = envelope.message.map(|text| scrub::message(&text, sent));
    if envelope.code != 0 {
        return Err(refused(route, envelope.code, message).with_http_status(raw.status));
    }
    Ok(Answer {
        endpoint: route.id.clone(),
        http_status: raw.status,
        code: envelope.code,
        message,
        body: raw.body,
        data: envelope.data,
        attempts,
    })
}

/// What a code other than 0 means at an endpoint.
fn refused(route: &Route, code: i64, message: Option<String>) -> Error {
    let token_refused = route.auth == Auth::Token
        && message.as_ref().is_some_and(|text| TOKEN_REFUSALS.iter().any(|words| text.contains(words)));
    let (kind, words, retryable) = match (code, route.auth) {
        _ if token_refused => (ErrorKind::TokenRefused, "the vendor refused the token", false),
        (1001, Auth::Account) => {
            (ErrorKind::Auth, "the vendor does not know this account or its password", false)
        }
        (1000, _) => (ErrorKind::ServiceUnavailable, "the vendor's service failed", true),
        (1001, _) => (ErrorKind::Rejected, "the vendor refused the input", false),
        (1003, _) => (ErrorKind::Collecting, "the data is still being collected", true),
        _ => (ErrorKind::Unknown, "the vendor answered with a code that is not in its document", false),
    };
    Error::new(kind, words).with_code(code, message).retryable(retryable).with_outcome(Outcome::Rejected)
}

fn unreadable(raw: &Raw, sent: &Params, reason: &str) -> Error {
    let excerpt = scrub::excerpt(&raw.body, sent);
    let message = if excerpt.is_empty() { reason.to_owned() } else { format!("{reason}: {excerpt}") };
    Error::new(ErrorKind::Protocol, format!("the answer is not the vendor's envelope: {message}"))
        .with_http_status(raw.status)
        .with_outcome(Outcome::Unknown)
}
