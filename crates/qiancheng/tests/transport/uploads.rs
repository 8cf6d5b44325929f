//! Requests that are larger than what the network takes at once.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use qiancheng::blocking::Client;
use qiancheng::endpoint::Method;
use qiancheng::{Answer, CallOptions, Error, ErrorKind, Outcome};
use serde_json::json;

use crate::support::builder;
use crate::support::server::answer;

/// More than the buffers between two sockets hold.
const LARGE: usize = 32 << 20;

/// A vendor who deals with one connection as the test says.
fn vendor(deal: impl FnOnce(TcpStream) + Send + 'static) -> (Client, thread::JoinHandle<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let address = listener.local_addr().expect("an address");
    let client = builder(&format!("http://{address}")).build_blocking().expect("a client");
    (client, thread::spawn(move || deal(listener.accept().expect("a connection").0)))
}

fn upload(client: &Client) -> Result<Answer, Error> {
    client.call_path(Method::POST, "/upload", json!({"file": "x".repeat(LARGE)}))
}

/// Takes what is still to come, until the client is gone.
fn drain(mut stream: TcpStream) {
    let mut rest = [0; 1 << 13];
    while stream.read(&mut rest).is_ok_and(|count| count > 0) {}
}

/// A vendor who takes nothing of what is sent until the test lets go of the other value.
fn deaf() -> (Client, thread::JoinHandle<()>, mpsc::Sender<()>) {
    let (hold, wait) = mpsc::channel();
    let (client, vendor) = vendor(move |stream| {
        assert!(wait.recv().is_err(), "nothing is sent, only dropped");
        drain(stream);
    });
    (client, vendor, hold)
}

#[test]
fn an_upload_that_is_taken_slowly_arrives_whole() {
    let (client, vendor) = vendor(|mut stream| {
        let (mut taken, mut piece) = (0, [0; 1 << 13]);
        while taken < LARGE {
            taken += stream.read(&mut piece).expect("readable");
        }
        stream.write_all(&answer("200 OK", "", br#"{"code":0,"data":"whole"}"#)).expect("writable");
    });
    assert_eq!(upload(&client).expect("an answer").data(), "\"whole\"");
    vendor.join().expect("the vendor");
}

#[test]
fn an_upload_that_is_not_taken_ends_with_the_attempt() {
    let (client, vendor, hold) = deaf();
    let hasty = client.with_options(CallOptions::new().attempt(Duration::from_millis(200)));
    let error = upload(&hasty).expect_err("nobody took it");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown), "{error}");
    drop(hold);
    vendor.join().expect("the vendor");
}

#[test]
fn a_watch_ends_an_upload_that_is_not_taken() {
    let (client, vendor, hold) = deaf();
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let watched = client.with_options(CallOptions::new().watch(move || counter.fetch_add(1, SeqCst) < 2));
    let error = upload(&watched).expect_err("ended");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Cancelled, Outcome::Unknown), "{error}");
    assert_eq!(asked.load(SeqCst), 3);
    drop(hold);
    vendor.join().expect("the vendor");
}

#[test]
fn a_refusal_that_comes_before_the_upload_is_taken_is_read() {
    let (client, vendor) = vendor(|mut stream| {
        let refusal =
            answer("200 OK", "Connection: close\r\n", r#"{"code":1001,"msg":"文件过大"}"#.as_bytes());
        stream.write_all(&refusal).expect("writable");
        drain(stream);
    });
    let error = upload(&client).expect_err("refused");
    assert_eq!((error.kind(), error.code()), (ErrorKind::Rejected, Some(1001)), "{error}");
    drop(client);
    vendor.join().expect("the vendor");
}
