use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;

use serde_json::json;

use crate::blocking::Client;
use crate::endpoint::Method;
use crate::{Answer, Error, Outcome};

/// Reads one request with the body `a=b`; nothing if the client is gone.
fn request(mut stream: &TcpStream) -> Option<()> {
    let mut bytes = Vec::new();
    let mut piece = [0; 1024];
    while !bytes.ends_with(b"\r\n\r\na=b") {
        let count = stream.read(&mut piece).expect("readable");
        bytes.extend_from_slice(&piece[..count]);
        if count == 0 {
            assert!(bytes.is_empty(), "half a request");
            return None;
        }
    }
    Some(())
}

fn answer(mut stream: &TcpStream, number: usize) {
    let body = json!({"code": 0, "data": number}).to_string();
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()).expect("writable");
}

fn client(listener: &TcpListener) -> Client {
    let address = listener.local_addr().expect("an address");
    let builder = Client::builder().base_url(format!("http://{address}")).account("demo", "demo-password");
    builder.build_blocking().expect("a client")
}

/// A call that is never sent twice.
fn call(client: &Client) -> Result<Answer, Error> {
    client.call_path(Method::POST, "/submit", json!({"a": "b"}))
}

#[test]
fn calls_one_after_the_other_share_a_connection() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let client = client(&listener);
    let vendor = thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a connection");
        let mut answered = 0;
        while request(&stream).is_some() {
            answer(&stream, answered);
            answered += 1;
        }
        answered
    });
    for number in 0..3 {
        assert_eq!(call(&client).expect("an answer").data(), number.to_string());
    }
    drop(client);
    assert_eq!(vendor.join().expect("the vendor"), 3);
}

#[test]
fn nothing_is_written_into_a_connection_that_the_vendor_closed_meanwhile() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let client = client(&listener);
    // The vendor closes once the call has ended: an end that comes with the answer would be seen with the answer.
    let ((ended, call_ends), (closed, vendor_closes)) = (mpsc::channel(), mpsc::channel());
    let vendor = thread::spawn(move || {
        for number in 0..3 {
            let (stream, _) = listener.accept().expect("a connection");
            request(&stream).expect("a request");
            answer(&stream, number);
            call_ends.recv().expect("the call ends");
            drop(stream);
            closed.send(()).expect("somebody waits");
        }
    });
    for number in 0..3 {
        assert_eq!(call(&client).expect("an answer").data(), number.to_string());
        ended.send(()).expect("the vendor listens");
        vendor_closes.recv().expect("the vendor closes");
    }
    vendor.join().expect("the vendor");
}

#[test]
fn a_connection_that_breaks_before_the_answer_leaves_it_unknown_what_was_done() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let client = client(&listener);
    let vendor = thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a connection");
        request(&stream).expect("a request");
        answer(&stream, 0);
        request(&stream).expect("another request");
    });
    call(&client).expect("an answer");
    let error = call(&client).expect_err("no answer");
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
    vendor.join().expect("the vendor");
}
