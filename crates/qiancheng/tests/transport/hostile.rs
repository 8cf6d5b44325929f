//! Answers that nobody should have to read.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use qiancheng::{CallOptions, Error, ErrorKind, Outcome};
use serde_json::json;

use crate::support::alone::{alone, given, memory};
use crate::support::server::{GET_STATE, Server, Then, answer};
use crate::support::{builder, shown};

/// A server that writes these bytes and closes.
fn writing(bytes: impl Into<Vec<u8>>) -> Server {
    let bytes = bytes.into();
    Server::start(move |_, out| out.write_all(&bytes).map(|()| Then::Close))
}

/// A server that writes a beginning, then the same piece without end.
fn endless(beginning: &'static str, piece: impl Into<Vec<u8>>) -> Server {
    let piece = piece.into();
    Server::start(move |_, out| {
        out.write_all(beginning.as_bytes())?;
        loop {
            // Ends when the client has had enough and closes.
            out.write_all(&piece)?;
        }
    })
}

/// The error of a state that is asked for once.
fn fails(server: &Server) -> Error {
    let client =
        builder(&server.url()).max_retries(0).max_answer_bytes(100_000).build_blocking().expect("a client");
    let error = client.call("telecom.get_state", json!({"open_id": "a-session"})).expect_err("no answer");
    assert_eq!(error.outcome(), Outcome::Unknown, "the request left: {error}");
    assert_eq!(error.endpoint(), Some("telecom.get_state"));
    error
}

fn protocol(server: &Server, words: &str) {
    let error = fails(server);
    assert_eq!(error.kind(), ErrorKind::Protocol, "{error}");
    assert!(error.message().contains(words), "{error}");
}

fn connection(server: &Server) {
    let error = fails(server);
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
}

/// Zeros, compressed.
fn bomb(bytes: u64) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    io::copy(&mut io::Read::take(io::repeat(0), bytes), &mut encoder).expect("memory");
    encoder.finish().expect("memory")
}

/// Has a process of its own read 100 MB of zeros, and looks at how much memory that took.
#[cfg(target_os = "linux")]
fn swallow(test: &str, max_answer_bytes: Option<usize>, most: usize) {
    if std::env::var_os("TEST_URL").is_some() {
        return alone(test, &[], || {
            let mut builder = builder(&given("TEST_URL")).max_retries(0);
            if let Some(bytes) = max_answer_bytes {
                builder = builder.max_answer_bytes(bytes);
            }
            let client = builder.build_blocking().expect("a client");
            client
                .call("telecom.query_password", json!({"open_id": "a", "query_password": "654321"}))
                .expect("warm");
            let before = memory("VmHWM");
            let error =
                client.call("telecom.get_state", json!({"open_id": "a-session"})).expect_err("too large");
            let grown = memory("VmHWM") - before;
            assert_eq!(error.kind(), ErrorKind::Protocol, "{error}");
            assert!(error.message().contains("max_answer_bytes"), "{error}");
            assert!(grown < most / 1024, "the peak grew by {grown} KiB");
        });
    }
    let body = Arc::new(bomb(100_000_000));
    assert!(body.len() < 1_000_000, "no bomb: {} bytes", body.len());
    let server = Server::start(move |request, out| {
        if request.path == GET_STATE {
            out.write_all(&answer("200 OK", "Content-Encoding: gzip\r\n", &body))?;
        } else {
            out.write_all(&answer("200 OK", "", br#"{"code":0}"#))?;
        }
        Ok(Then::Keep)
    });
    alone(test, &[("TEST_URL", &server.url())], || unreachable!("not here"));
    assert_eq!(server.asked(GET_STATE).len(), 1, "not asked for again");
}

#[cfg(target_os = "linux")]
#[test]
fn a_bomb_is_cut_off_at_the_default_size() {
    // 64 MiB of answer, and what a growing buffer may waste.
    swallow("hostile::a_bomb_is_cut_off_at_the_default_size", None, 100 << 20);
}

#[cfg(target_os = "linux")]
#[test]
fn a_bomb_is_cut_off_at_a_small_size() {
    swallow("hostile::a_bomb_is_cut_off_at_a_small_size", Some(1 << 20), 8 << 20);
}

#[test]
fn a_large_answer_is_refused_before_it_is_read() {
    protocol(&endless("HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n", *b" "), "max_answer_bytes");
    protocol(&writing("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999\r\n\r\n"), "max_answer_bytes");
}

#[test]
fn an_endless_body_is_cut_off() {
    protocol(&endless("HTTP/1.1 200 OK\r\n\r\n", [b' '; 4096]), "max_answer_bytes");
    let chunk = [&b"1000\r\n"[..], &[b' '; 4096], b"\r\n"].concat();
    protocol(&endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk), "max_answer_bytes");
}

#[test]
fn endless_headers_are_cut_off() {
    protocol(&endless("HTTP/1.1 200 OK\r\n", *b"X-More: and more\r\n"), "HTTP");
    protocol(&endless("HTTP/1.1 200 OK\r\nX-Long: ", [b'x'; 4096]), "HTTP");
}

#[test]
fn endless_promises_of_an_answer_end_with_the_attempt() {
    let server = endless("", *b"HTTP/1.1 100 Continue\r\n\r\n");
    let client = builder(&server.url()).build_blocking().expect("a client");
    let client = client.with_options(CallOptions::new().attempt(Duration::from_millis(150)).max_retries(0));
    let error = client.call("telecom.get_state", json!({"open_id": "a-session"})).expect_err("no answer");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown));
}

#[test]
fn what_is_not_http_is_said_to_be_none() {
    for bytes in [
        "SSH-2.0-OpenSSH_9.6\r\n",
        "220 mail ready\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "\0\0\0\0\0\0\0\0",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    ] {
        protocol(&writing(bytes), "HTTP");
    }
}

#[test]
fn half_an_answer_is_a_broken_connection() {
    for bytes in [
        "",
        "HTTP/1.1 2",
        "HTTP/1.1 200 OK\r\nContent-Len",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"co",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"c",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
    ] {
        connection(&writing(bytes));
    }
}

#[test]
fn chunks_that_are_none_are_said_to_be_none() {
    for chunk in ["zz\r\n{}\r\n0\r\n\r\n", "-1\r\n", "ffffffffffffffffff\r\n", "2\r\n{}XX0\r\n\r\n"] {
        protocol(&writing(format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}")), "HTTP");
    }
}

#[test]
fn a_page_in_the_vendors_place_is_said_to_be_one() {
    let page = b"<html><head><title>502 Bad Gateway</title></head></html>";
    let error = fails(&writing(answer("502 Bad Gateway", "Content-Type: text/html\r\n", page)));
    assert_eq!((error.kind(), error.http_status()), (ErrorKind::Protocol, Some(502)));
    assert!(error.message().contains("gateway") && error.message().contains("502 Bad Gateway"), "{error}");

    let error =
        fails(&writing(answer("200 OK", "Content-Type: text/html\r\n", b"<html>please log in</html>")));
    assert_eq!((error.kind(), error.http_status()), (ErrorKind::Protocol, Some(200)));
    assert!(error.message().contains("HTML"), "{error}");
}

#[test]
fn nobody_is_led_elsewhere() {
    let elsewhere = Server::healthy(Then::Keep);
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let location = format!("Location: {}{GET_STATE}\r\n", elsewhere.url());
        let server = writing(answer(status, &location, b""));
        protocol(&server, "redirects are not followed");
        assert_eq!(server.asked(GET_STATE).len(), 1);
    }
    assert_eq!(elsewhere.asked(GET_STATE).len(), 0);
}

#[test]
fn gzip_that_is_none_is_said_to_be_none() {
    protocol(&writing(answer("200 OK", "Content-Encoding: gzip\r\n", br#"{"code":0}"#)), "gzip");
    let mut damaged = bomb(1000);
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    protocol(&writing(answer("200 OK", "Content-Encoding: gzip\r\n", &damaged)), "gzip");
}

#[test]
fn an_answer_that_repeats_what_was_sent_does_not_make_it_into_the_error() {
    let body = b"<html>no session secret-session-42 here</html>";
    let server = writing(answer("500 Internal Server Error", "", body));
    let client = builder(&server.url()).build_blocking().expect("a client");
    let params = json!({"open_id": "secret-session-42"});
    let error = client.call("telecom.get_state", params).expect_err("no answer");
    assert!(!shown(&error).contains("secret-session-42"), "{error:?}");
}

#[test]
fn a_connection_that_went_wrong_is_not_used_again() {
    let server = Server::start(|request, out| {
        if request.connection == 0 {
            out.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")?;
        } else {
            out.write_all(&crate::support::server::healthy(request))?;
        }
        Ok(Then::Keep)
    });
    let client = builder(&server.url()).build_blocking().expect("a client");
    let state = || client.call("telecom.get_state", json!({"open_id": "a-session"}));
    assert_eq!(state().expect_err("garbage").kind(), ErrorKind::Protocol);
    state().expect("an answer");
}
