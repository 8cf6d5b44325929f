//! What is too much, too little, or never comes.

use std::io::Write;
use std::net::Shutdown;

use qiancheng_sandbox::SandboxConfig;

use crate::support::{SEARCH, Vendor, Wire, assert_ok, assert_refused, gzip};

const JSON: [(&str, &str); 1] = [("content-type", "application/json")];

#[test]
fn a_hundred_megabytes_get_413_and_the_sandbox_lives() {
    let mut vendor = Vendor::start();
    let mut wire = vendor.connect();
    let head = format!(
        "POST {SEARCH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000000\r\n\r\n"
    );
    wire.socket.write_all(head.as_bytes()).unwrap();
    let megabyte = vec![b' '; 1_000_000];
    // As a plain caller does it: everything first, then the answer.
    for _ in 0..100 {
        wire.socket.write_all(&megabyte).unwrap();
    }
    let answer = wire.read();
    assert_eq!(answer.status, 413);
    assert_ok(&vendor.search().json());
    assert_eq!(vendor.noted("blacklist.search")[0]["http_status"], 413);
}

#[test]
fn too_much_is_noticed_without_an_announcement_and_inside_gzip() {
    let mut vendor = Vendor::with(SandboxConfig { max_body_bytes: 10_000, ..SandboxConfig::default() });
    let mut wire = vendor.connect();
    let head = format!(
        "POST {SEARCH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    wire.socket.write_all(head.as_bytes()).unwrap();
    wire.socket.write_all(format!("2ee0\r\n{}\r\n0\r\n\r\n", " ".repeat(12_000)).as_bytes()).unwrap();
    assert_eq!(wire.read().status, 413);
    let mut wire = vendor.connect();
    let bomb = gzip(&vec![b' '; 1_000_000]);
    assert!(bomb.len() < 10_000);
    let answer = wire.send(
        "POST",
        SEARCH,
        &[("content-type", "application/json"), ("content-encoding", "gzip")],
        &bomb,
    );
    assert_eq!(answer.status, 413);
    assert_ok(&vendor.search().json());
}

#[test]
fn half_a_request_is_told_so() {
    let mut vendor = Vendor::start();
    let mut wire = vendor.connect();
    let half = format!(
        "POST {SEARCH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{{\"name\":"
    );
    wire.socket.write_all(half.as_bytes()).unwrap();
    wire.socket.shutdown(Shutdown::Write).unwrap();
    assert_refused(&wire.read().json(), "不完整");
    for nonsense in
        ["", "\r\n", "GET", "POST / HTTP/1.1\r\nhost", "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"]
    {
        let mut wire = vendor.connect();
        wire.socket.write_all(nonsense.as_bytes()).unwrap();
        wire.socket.shutdown(Shutdown::Write).unwrap();
        wire.rest();
    }
    assert_ok(&vendor.search().json());
}

#[test]
fn a_caller_that_leaves_in_the_middle_is_no_trouble() {
    let mut vendor = Vendor::start();
    for length in [1, 30, 80, 120, 150] {
        let mut wire = vendor.connect();
        let whole = format!(
            "POST {SEARCH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{{"
        );
        wire.socket.write_all(&whole.as_bytes()[..length.min(whole.len())]).unwrap();
        drop(wire);
    }
    assert_ok(&vendor.search().json());
}

#[test]
fn a_thousand_idle_connections_leave_room_for_one_that_works() {
    // Both ends of every connection are in this process.
    rlimit::increase_nofile_limit(4096).unwrap();
    let mut vendor = Vendor::start();
    let mut idle: Vec<Wire> = (0..1000).map(|_| vendor.connect()).collect();
    for (at, wire) in idle.iter_mut().enumerate() {
        // Some have said something already.
        if at % 3 == 1 {
            wire.socket.write_all(b"POST /black").unwrap();
        }
    }
    assert_ok(&vendor.search().json());
    let last = idle.last_mut().unwrap();
    let body = vendor.search_body();
    assert_ok(&last.send("POST", SEARCH, &JSON, body.as_bytes()).json());
}

#[test]
fn requests_may_be_sent_ahead() {
    let vendor = Vendor::start();
    let mut wire = vendor.connect();
    let body = vendor.search_body();
    for _ in 0..20 {
        wire.write("POST", SEARCH, &JSON, body.as_bytes());
    }
    for _ in 0..20 {
        assert_ok(&wire.read().json());
    }
}
