//! A sandbox with a client, a clock that both go by, and a way to walk a session and write down what it says.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, UNIX_EPOCH};

use qiancheng::blocking::{Client, Session};
use qiancheng::session::{Challenge, ChallengeKind, SessionKind, Step};
use qiancheng::{ClientBuilder, Clock, Error, ErrorKind, Outcome};
use qiancheng_sandbox::{Sandbox, SandboxConfig};
use serde_json::{Value, json};

pub(crate) const NAME: &str = "张三";
pub(crate) const ID_CARD: &str = "11010519491231002X";
/// Ends in 0: the sandbox has little data of this number.
pub(crate) const MOBILE: &str = "13800138000";
/// Longer than any walk of these tests.
const TOO_MANY_STEPS: usize = 60;

pub(crate) fn person() -> Value {
    json!({"name": NAME, "id_card": ID_CARD, "mobile": MOBILE})
}

pub(crate) fn merged(first: Value, second: Value) -> Value {
    let (Value::Object(mut first), Value::Object(second)) = (first, second) else { panic!("objects") };
    first.extend(second);
    Value::Object(first)
}

/// The vendor and one client of it.
pub(crate) struct Vendor {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
    seconds: Arc<AtomicU64>,
}

impl Vendor {
    pub(crate) fn start() -> Self {
        let config = SandboxConfig {
            request_delay: 0,
            more_merchants: vec![("other".to_owned(), "other-password".to_owned())],
            ..SandboxConfig::default()
        };
        let sandbox = Sandbox::start(config).expect("a sandbox");
        let seconds = Arc::new(AtomicU64::new(0));
        let client = builder(&sandbox, &seconds).build_blocking().expect("a client");
        Self { sandbox, client, seconds }
    }

    /// What a second client of the same merchant is built from.
    pub(crate) fn builder(&self) -> ClientBuilder {
        builder(&self.sandbox, &self.seconds)
    }

    /// Puts the client's clock forward, and not the vendor's.
    pub(crate) fn advance(&self, seconds: u64) {
        self.seconds.fetch_add(seconds, Relaxed);
    }

    /// A way to log in to a bank that is in service.
    pub(crate) fn entry_id(&self) -> String {
        let banks = self.client.ebank().bank_info(qiancheng::api::ebank::BankInfo {}).expect("banks");
        let mut open = banks.iter().flat_map(|bank| &bank.login_types).filter(|login| !login.disable);
        open.next().and_then(|login| login.entry_id.clone()).expect("a bank in service")
    }

    /// What a session of a kind is opened from, its login included.
    pub(crate) fn parameters(&self, kind: SessionKind, password: &str) -> Value {
        let bank =
            || json!({"entry_id": self.entry_id(), "login_name": "6222020000000000", "password": password});
        let login = match kind {
            SessionKind::Telecom => json!({"service_password": password}),
            SessionKind::Degree => json!({"account": "zhangsan@example.com", "password": password}),
            SessionKind::Ebank | SessionKind::EbankV2 => bank(),
        };
        merged(person(), login)
    }

    pub(crate) fn open(&self, kind: SessionKind, password: &str) -> Session {
        self.client.open_session(kind, self.parameters(kind, password)).expect("a session")
    }

    /// Requests that were sent to an endpoint.
    pub(crate) fn sent(&self, endpoint: &str) -> usize {
        self.sandbox.journal().iter().filter(|entry| entry["endpoint"] == endpoint).count()
    }

    /// Asserts that nothing is sent while something is done.
    #[track_caller]
    pub(crate) fn silent<T>(&self, act: impl FnOnce() -> T) -> T {
        let before = self.sandbox.journal().len();
        let result = act();
        assert_eq!(self.sandbox.journal().len(), before, "something was sent");
        result
    }

    /// The next answer of an endpoint goes wrong.
    pub(crate) fn fault(&self, endpoint: &str, kind: &str) {
        let rule = json!({"match": {"endpoint": endpoint}, "times": 1, "fault": {"kind": kind}});
        self.sandbox.add_faults(rule).expect("a rule");
    }

    /// The next answers of an endpoint carry this `data`.
    pub(crate) fn say(&self, endpoint: &str, data: &[Value]) {
        let answers: Vec<Value> =
            data.iter().map(|data| json!({"body": {"code": 0, "data": data}})).collect();
        self.sandbox.script(json!({"match": {"endpoint": endpoint}, "answers": answers})).expect("a script");
    }
}

fn builder(sandbox: &Sandbox, seconds: &Arc<AtomicU64>) -> ClientBuilder {
    let seconds = Arc::clone(seconds);
    let start = UNIX_EPOCH + Duration::from_secs(1_768_442_400);
    Client::builder()
        .base_url(sandbox.base_url())
        .account(sandbox.username(), sandbox.password())
        .audit_public_key(sandbox.audit_public_key_pem())
        .poll_interval(Duration::ZERO)
        .backoff(Duration::ZERO, Duration::ZERO)
        .clock(Clock::new(move || start + Duration::from_secs(seconds.load(Relaxed))))
}

/// The answer that the sandbox takes for right.
pub(crate) fn right(kind: ChallengeKind) -> &'static str {
    match kind {
        ChallengeKind::SmsCaptcha => "123456",
        ChallengeKind::PictureCaptcha => "8642",
        ChallengeKind::DynamicPassword => "135790",
        ChallengeKind::QueryPassword => "654321",
        ChallengeKind::ServicePassword => "hunter2",
        other => panic!("no answer to {other:?}"),
    }
}

/// A step in a word: the state's number, the challenge's kind and attempt, or the end.
pub(crate) fn word(step: &Step) -> String {
    match step {
        Step::Working { status, .. } => status.code.to_string(),
        Step::NeedsInput { challenge } => format!("{}#{}", challenge.kind().name(), challenge.attempt()),
        Step::Finished => "finished".to_owned(),
        Step::Failed { reason } => format!("failed:{reason}"),
        Step::Expired => "expired".to_owned(),
        other => panic!("a step these tests do not know: {other:?}"),
    }
}

/// Polls to the end, answers everything rightly, and writes down what was said.
pub(crate) fn walk(session: &Session) -> String {
    let mut words = Vec::new();
    for _ in 0..TOO_MANY_STEPS {
        let step = session.poll().expect("a step");
        words.push(word(&step));
        if let Step::NeedsInput { challenge } = &step {
            session.submit(challenge, right(challenge.kind())).expect("taken");
        }
        if step.is_last() {
            return words.join(" ");
        }
    }
    panic!("never ends: {words:?}");
}

/// The same without blocking.
pub(crate) async fn walk_async(session: &qiancheng::session::Session) -> String {
    let mut words = Vec::new();
    for _ in 0..TOO_MANY_STEPS {
        let step = session.poll().await.expect("a step");
        words.push(word(&step));
        if let Step::NeedsInput { challenge } = &step {
            session.submit(challenge, right(challenge.kind())).await.expect("taken");
        }
        if step.is_last() {
            return words.join(" ");
        }
    }
    panic!("never ends: {words:?}");
}

/// Polls until something is asked.
#[track_caller]
pub(crate) fn next_challenge(session: &Session) -> Challenge {
    for _ in 0..TOO_MANY_STEPS {
        match session.poll().expect("a step") {
            Step::NeedsInput { challenge } => return challenge,
            Step::Working { .. } => {}
            last => panic!("asks for nothing: {last:?}"),
        }
    }
    panic!("asks for nothing");
}

/// An error that stopped something before it was sent.
#[track_caller]
pub(crate) fn assert_refused<T: std::fmt::Debug>(result: Result<T, Error>, kind: ErrorKind, words: &str) {
    let error = result.expect_err("refused");
    assert_eq!((error.kind(), error.outcome()), (kind, Outcome::NotSent), "{error}");
    assert!(error.message().contains(words), "{words:?} is not in {error}");
}
