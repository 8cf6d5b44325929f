//! Four limits and a deadline; each ends a call and names itself.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use qiancheng::blocking::Client;
use qiancheng::{CallOptions, Error, ErrorKind, Outcome, Timeouts};
use serde_json::{Value, json};

use crate::support::server::{Server, Then, healthy};
use crate::support::{builder, client, opening, person, requests, sandbox};

const SHORT: Duration = Duration::from_millis(150);
/// Longer than any of the limits here, shorter than what they cut off.
const SOON: Duration = Duration::from_secs(3);

fn state() -> Value {
    json!({"open_id": "a-session"})
}

/// The error of a call that has to end soon.
fn fails(client: &Client, endpoint: &str, params: Value) -> Error {
    let started = Instant::now();
    let error = client.call(endpoint, params).expect_err("a limit");
    assert!(started.elapsed() < SOON, "it took {:?}", started.elapsed());
    error
}

#[test]
fn the_total_timeout_ends_a_call_and_names_itself() {
    let sandbox = sandbox();
    sandbox.add_faults(json!({"fault": {"kind": "latency", "ms": 30_000}})).expect("a fault");
    let client = client(&sandbox).with_options(CallOptions::new().total(SHORT));
    let error = fails(&client, "telecom.get_state", state());
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown));
    assert!(error.message().contains("total timeout"), "{error}");
    assert_eq!(requests(&sandbox, "telecom.get_state").len(), 1);
}

#[test]
fn the_attempt_timeout_ends_an_attempt_and_names_itself() {
    let sandbox = sandbox();
    // Bytes keep coming, so nothing else ends it.
    sandbox.add_faults(json!({"fault": {"kind": "dribble", "bytes": 1, "ms": 20}})).expect("a fault");
    let options = CallOptions::new().attempt(SHORT).max_retries(0);
    let error = fails(&client(&sandbox).with_options(options), "telecom.open_id", opening());
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown));
    assert!(error.message().contains("attempt timeout"), "{error}");
}

#[test]
fn the_read_timeout_ends_a_silence_and_names_itself() {
    let sandbox = sandbox();
    let silences = [
        json!({"times": 1, "fault": {"kind": "latency", "ms": 30_000}}),
        json!({"times": 1, "fault": {"kind": "dribble", "bytes": 20, "ms": 30_000}}),
    ];
    sandbox.add_faults(json!(silences)).expect("faults");
    let client = client(&sandbox).with_options(CallOptions::new().read(SHORT).max_retries(0));
    for silence in ["before the answer", "in the middle of it"] {
        let error = fails(&client, "telecom.get_state", state());
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown), "{silence}");
        assert!(error.message().contains("read timeout"), "{silence}: {error}");
        assert!(error.is_retryable(), "asking for a state again does no harm");
    }
}

#[test]
fn an_answer_that_keeps_coming_is_not_a_silence() {
    let server = Server::start(|request, out| {
        let answer = healthy(request);
        let (first, last) = answer.split_at(answer.len() - 6);
        out.write_all(first)?;
        for byte in last {
            thread::sleep(SHORT / 3);
            out.write_all(&[*byte])?;
        }
        Ok(Then::Keep)
    });
    let client = builder(&server.url()).build_blocking().expect("a client");
    let client = client.with_options(CallOptions::new().read(SHORT).max_retries(0));
    let started = Instant::now();
    client.call("telecom.get_state", state()).expect("an answer");
    assert!(started.elapsed() > SHORT, "the test proves nothing: it took {:?}", started.elapsed());
}

/// Clients that give up connecting soon.
fn hasty(url: &str) -> Client {
    let timeouts = Timeouts { connect: SHORT, ..Timeouts::ORDINARY };
    builder(url).timeouts(timeouts).max_retries(0).build_blocking().expect("a client")
}

fn assert_connect_timeout(error: &Error) {
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::NotSent), "{error}");
    assert!(error.message().contains("connect timeout"), "{error}");
    assert!(error.is_retryable(), "what was not sent can be sent");
}

#[test]
fn the_connect_timeout_ends_a_handshake_that_nobody_answers() {
    let silent = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let url = format!("https://127.0.0.1:{}", silent.local_addr().expect("its address").port());
    assert_connect_timeout(&fails(&hasty(&url), "telecom.open_id", opening()));
}

/// A listener whose queue is full, and what fills it. The system ignores whoever comes next.
#[cfg(target_os = "linux")]
fn full() -> (tokio::runtime::Runtime, tokio::net::TcpListener, SocketAddr, Vec<TcpStream>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let listener = {
        let _inside = runtime.enter();
        let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
        socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a port");
        socket.listen(1).expect("a listener")
    };
    let address = listener.local_addr().expect("its address");
    let mut waiting = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(50)) {
        waiting.push(stream);
        assert!(waiting.len() < 100, "the queue has no end");
    }
    (runtime, listener, address, waiting)
}

#[cfg(target_os = "linux")]
#[test]
fn the_connect_timeout_ends_a_connection_that_nobody_accepts() {
    let (_runtime, _listener, address, _waiting) = full();
    assert_connect_timeout(&fails(&hasty(&format!("http://{address}")), "telecom.open_id", opening()));
    // The one for TLS goes through the same door.
    assert_connect_timeout(&fails(&hasty(&format!("https://{address}")), "telecom.open_id", opening()));
}

#[test]
fn a_refused_connection_is_no_timeout() {
    let port = TcpListener::bind(("127.0.0.1", 0)).expect("a port").local_addr().expect("its address").port();
    let error = fails(&hasty(&format!("http://127.0.0.1:{port}")), "telecom.open_id", opening());
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connection, Outcome::NotSent));
    assert!(error.message().contains("no connection to the vendor"), "{error}");
}

#[test]
fn a_connection_that_could_not_be_made_is_tried_again_even_for_what_is_never_repeated() {
    let port = TcpListener::bind(("127.0.0.1", 0)).expect("a port").local_addr().expect("its address").port();
    let client = builder(&format!("http://127.0.0.1:{port}")).build_blocking().expect("a client");
    let error =
        fails(&client, "degree.login", json!({"open_id": "a", "account": "b", "password": "c", "sync": 1}));
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 3));
}

#[test]
fn a_deadline_that_has_passed_lets_nothing_out() {
    let sandbox = sandbox();
    let client = client(&sandbox);
    client.call("telecom.open_id", opening()).expect("a warm connection and a token");
    let late = client.with_options(CallOptions::new().deadline(Instant::now()));
    for _ in 0..20 {
        let error = fails(&late, "telecom.open_id", opening());
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::NotSent));
        assert!(error.message().contains("deadline"), "{error}");
    }
    client.call("telecom.open_id", opening()).expect("an answer");
    assert_eq!(requests(&sandbox, "telecom.open_id").len(), 2);
}

#[test]
fn a_deadline_ends_the_pauses_between_attempts() {
    let sandbox = sandbox();
    sandbox.add_faults(json!({"fault": {"kind": "html_502"}})).expect("a fault");
    let long = Duration::from_secs(60);
    let client = builder(sandbox.base_url()).backoff(long, long).build_blocking().expect("a client");
    let client = client.with_options(CallOptions::new().deadline(Instant::now() + SHORT));
    let error = fails(&client, "telecom.get_state", state());
    assert!(matches!(error.kind(), ErrorKind::Protocol | ErrorKind::Timeout), "{error}");
}

#[test]
fn a_retry_after_that_is_longer_than_what_is_left_is_not_waited_for() {
    let sandbox = sandbox();
    sandbox.add_faults(json!({"fault": {"kind": "status_429", "retry_after": 30}})).expect("a fault");
    let client = client(&sandbox).with_options(CallOptions::new().total(Duration::from_secs(20)));
    let error = fails(&client, "telecom.get_state", state());
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::ServiceUnavailable, 1));
    assert_eq!((error.http_status(), error.outcome()), (Some(429), Outcome::Rejected));
    assert!(error.is_retryable());
}

#[test]
fn data_have_limits_of_their_own() {
    let sandbox = sandbox();
    let slow = json!({"fault": {"kind": "latency", "ms": 250}});
    sandbox.add_faults(slow).expect("a fault");
    let short = Timeouts { read: SHORT, ..Timeouts::ORDINARY };
    let client =
        builder(sandbox.base_url()).timeouts(short).max_retries(0).build_blocking().expect("a client");
    assert_eq!(fails(&client, "telecom.get_state", state()).kind(), ErrorKind::Timeout);
    // Refused, for there is no such session; but not for its slowness.
    assert_eq!(fails(&client, "telecom.raw_data", state()).kind(), ErrorKind::Rejected);
}

#[test]
fn a_limit_without_end_is_no_limit() {
    let sandbox = sandbox();
    let ever = Duration::MAX;
    let timeouts = Timeouts { connect: ever, read: ever, attempt: ever, total: ever };
    let client = builder(sandbox.base_url()).timeouts(timeouts).build_blocking().expect("a client");
    client.call("blacklist.search", person()).expect("an answer");
}
