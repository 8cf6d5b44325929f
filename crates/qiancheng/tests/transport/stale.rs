//! Connections that the vendor closes between two calls: the next call must not be written into them.

use qiancheng::blocking::Client;
use serde_json::json;

use crate::support::server::{GET_STATE, OPEN_ID, Server, TOKEN, Then, answer};
use crate::support::tls::Authority;
use crate::support::{builder, opening, until};

const TIMES: usize = 200;

/// Opens sessions, which is never repeated, one after another; the server has closed the connection before each.
fn open_again_and_again(client: &Client, server: &Server, times: usize) {
    for closed in 1..=times {
        client.call("telecom.open_id", opening()).unwrap_or_else(|error| panic!("call {closed}: {error:?}"));
        until("the server closes", || server.closed() == closed);
    }
    assert_eq!(server.asked(OPEN_ID).len(), times, "each exactly once");
    assert_eq!(server.asked(TOKEN).len(), 1);
    let stats = client.stats();
    assert_eq!((stats.repeats, stats.errors.len()), (0, 0));
}

#[test]
fn a_connection_closed_between_calls_is_not_written_into() {
    let server = Server::healthy(Then::Close);
    let client = builder(&server.url()).build_blocking().expect("a client");
    open_again_and_again(&client, &server, TIMES);
}

#[test]
fn a_tls_connection_closed_between_calls_is_not_written_into() {
    let authority = Authority::new();
    let server = authority.closing_server("localhost");
    let client = builder(&format!("https://localhost:{}", server.port()))
        .extra_ca_pem(authority.pem())
        .build_blocking()
        .expect("a client");
    open_again_and_again(&client, &server, 20);
}

#[test]
fn an_async_client_does_not_write_into_a_closed_connection_either() {
    let server = Server::healthy(Then::Close);
    let client = builder(&server.url()).build().expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        for closed in 1..=TIMES {
            client.call("telecom.open_id", opening()).await.expect("an answer");
            while server.closed() < closed {
                tokio::task::yield_now().await;
            }
        }
    });
    assert_eq!(server.asked(OPEN_ID).len(), TIMES, "each exactly once");
}

#[test]
fn a_connection_that_is_announced_to_close_is_not_used_again() {
    let server = Server::start(|_, out| {
        let body = br#"{"code":0,"data":{"token":"t","open_id":"a-session"}}"#;
        out.write_all(&answer("200 OK", "Connection: close\r\n", body))?;
        // It does not even close it: the announcement has to be enough.
        Ok(Then::Keep)
    });
    let client = builder(&server.url()).build_blocking().expect("a client");
    for _ in 0..20 {
        client.call("telecom.open_id", opening()).expect("an answer");
    }
    let mut connections: Vec<usize> = server
        .asked(OPEN_ID)
        .into_iter()
        .chain(server.asked(TOKEN))
        .map(|request| request.connection)
        .collect();
    connections.sort_unstable();
    assert_eq!(connections, (0..21).collect::<Vec<_>>(), "a connection for each");
}

#[test]
fn a_connection_that_stays_open_is_used_again() {
    let server = Server::healthy(Then::Keep);
    let client = builder(&server.url()).build_blocking().expect("a client");
    for _ in 0..20 {
        client.call("telecom.get_state", json!({"open_id": "a-session"})).expect("an answer");
    }
    assert!(server.asked(GET_STATE).iter().all(|request| request.connection == 0), "one connection for all");
}

#[test]
fn an_answer_that_nobody_asked_for_does_not_become_the_next_ones() {
    // A second answer behind the first, as from a server that has lost count.
    let server = Server::start(|request, out| {
        let count = request.connection;
        let body = format!(r#"{{"code":0,"data":{{"state":43,"message":"{count}"}}}}"#);
        let one = answer("200 OK", "", body.as_bytes());
        out.write_all(&[one.as_slice(), one.as_slice()].concat())?;
        Ok(Then::Keep)
    });
    let client = builder(&server.url()).build_blocking().expect("a client");
    for call in 0..5 {
        let answer = client.call("telecom.get_state", json!({"open_id": "a-session"})).expect("an answer");
        let message = answer.value().expect("JSON")["message"].clone();
        assert_eq!(message, call.to_string(), "of a connection of its own");
    }
}
