use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::runtime::{Builder, Runtime};

use super::Socket;
use crate::transport::direct::Direct;

const MOMENT: Duration = Duration::from_millis(20);

/// A socket in the event queue of a runtime, and its other end.
fn queued() -> (Socket, TcpStream, Runtime) {
    let runtime = Builder::new_current_thread().enable_io().build().expect("a runtime");
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let address = listener.local_addr().expect("an address");
    let stream = runtime.block_on(tokio::net::TcpStream::connect(address)).expect("a connection");
    (Socket::new(stream), listener.accept().expect("a connection").0, runtime)
}

/// A socket outside of the queue, and its other end.
fn direct() -> (Socket, Arc<Direct>, TcpStream) {
    let (mut socket, other, _runtime) = queued();
    let direct = socket.leave_queue().expect("out of the queue");
    direct.begin(MOMENT);
    (socket, direct, other)
}

/// What one read into so many bytes brings; nothing if it brings nothing yet.
fn read(socket: &mut Socket, most: usize) -> Option<io::Result<Vec<u8>>> {
    let mut bytes = vec![0; most];
    let mut buffer = ReadBuf::new(&mut bytes);
    match Pin::new(socket).poll_read(&mut Context::from_waker(Waker::noop()), &mut buffer) {
        Poll::Ready(result) => Some(result.map(|()| buffer.filled().to_vec())),
        Poll::Pending => None,
    }
}

fn assert_reads(socket: &mut Socket, most: usize, expected: &[u8]) {
    assert_eq!(read(socket, most).expect("something").expect("bytes"), expected);
}

#[test]
fn pieces_are_never_written_together_which_would_raise_a_signal() {
    let (socket, _other, _runtime) = queued();
    assert!(!socket.is_write_vectored());
    let (socket, ..) = direct();
    assert!(!socket.is_write_vectored());
}

#[test]
fn nothing_is_read_that_was_not_allowed() {
    let (mut socket, direct, mut other) = direct();
    other.write_all(b"early").expect("writable");
    assert!(read(&mut socket, 16).is_none());
    assert!(direct.goes_on(), "it has not even tried");
}

#[test]
fn a_look_takes_what_is_there_to_its_end_and_does_not_wait() {
    let (mut socket, direct, mut other) = direct();
    direct.look();
    assert!(read(&mut socket, 16).is_none());
    other.write_all(b"unasked").expect("writable");
    drop(other);
    direct.look();
    assert_reads(&mut socket, 16, b"unasked");
    assert_reads(&mut socket, 16, b"");
}

#[test]
fn a_wait_ends_with_what_comes_and_is_one_wait() {
    let (mut socket, direct, mut other) = direct();
    direct.wait();
    other.write_all(b"answer").expect("writable");
    assert_reads(&mut socket, 16, b"answer");
    assert!(direct.goes_on());
    other.write_all(b"more").expect("writable");
    assert!(read(&mut socket, 16).is_none(), "not allowed again");
}

#[test]
fn a_wait_that_fills_its_buffer_looks_for_the_rest() {
    let (mut socket, direct, mut other) = direct();
    other.write_all(b"answer").expect("writable");
    direct.wait();
    assert_reads(&mut socket, 4, b"answ");
    assert_reads(&mut socket, 4, b"er");
    assert!(read(&mut socket, 4).is_none());
    assert!(direct.goes_on());
}

#[test]
fn a_wait_in_vain_ends_after_its_moment_and_says_so() {
    let (mut socket, direct, _other) = direct();
    direct.wait();
    assert!(read(&mut socket, 16).is_none());
    assert!(!direct.goes_on());
    direct.begin(MOMENT);
    assert!(direct.goes_on());
}

#[test]
fn a_vendor_who_sends_without_end_does_not_keep_the_thread() {
    let (mut socket, direct, mut other) = direct();
    other.write_all(&[b'x'; 4096]).expect("writable");
    direct.wait();
    let reads = (0..4096).take_while(|_| read(&mut socket, 1).is_some()).count();
    assert!((2..4096).contains(&reads), "{reads}");
    assert!(direct.goes_on());
}

#[test]
fn what_is_not_taken_is_not_waited_for_longer_than_a_moment() {
    let (mut socket, direct, _other) = direct();
    let piece = vec![0; 1 << 20];
    let mut context = Context::from_waker(Waker::noop());
    while Pin::new(&mut socket).poll_write(&mut context, &piece).is_ready() {
        assert!(direct.goes_on());
    }
    assert!(!direct.goes_on(), "the vendor takes nothing");
    direct.begin(MOMENT);
    assert!(!direct.goes_on(), "and has not begun to");
    assert!(read(&mut socket, 16).is_none(), "but may say why");
}
