//! Two small proxies: one for HTTP's CONNECT, one for SOCKS5.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread::{self, JoinHandle};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::Notes;

/// A user and a password.
pub(crate) type Login = (&'static str, &'static str);

/// Passes connections on until it is dropped: to `target`, whatever host is asked for.
pub(crate) struct Proxy {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    asked: Notes<String>,
}

impl Proxy {
    pub(crate) fn http(target: SocketAddr, login: Option<Login>) -> Self {
        Self::start(move |stream, asked| connect(stream, target, login, asked))
    }

    pub(crate) fn socks5(target: SocketAddr, login: Option<Login>) -> Self {
        Self::start(move |stream, asked| socks5(stream, target, login, asked))
    }

    fn start(
        attend: impl Fn(TcpStream, &Notes<String>) -> io::Result<()> + Clone + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("its address");
        let stop = Arc::new(AtomicBool::new(false));
        let asked = Notes::default();
        let (stopped, seen) = (Arc::clone(&stop), asked.clone());
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let (attend, seen) = (attend.clone(), seen.clone());
                // A connection that breaks is the caller's to notice.
                thread::spawn(move || drop(attend(stream, &seen)));
            }
        });
        Self { address, stop, thread: Some(thread), asked }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The hosts, with ports, that it passed connections on for.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.take()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.stop.store(true, SeqCst);
        // Wakes the listener up; if there is none any more, there is nothing to wake.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn connect(
    stream: TcpStream,
    target: SocketAddr,
    login: Option<Login>,
    asked: &Notes<String>,
) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    let mut stream = reader.into_inner();
    let wanted = login
        .map(|(user, password)| format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}"))));
    let shown = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("proxy-authorization").then(|| value.to_owned())
    });
    if wanted.is_some() && shown != wanted {
        return stream.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    }
    let Some(host) = head.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()) else {
        return stream.write_all(b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n");
    };
    asked.push(host.to_owned());
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
    pass_on(stream, target)
}

/// RFC 1928 and 1929, as far as a client that connects needs them.
fn socks5(
    mut stream: TcpStream,
    target: SocketAddr,
    login: Option<Login>,
    asked: &Notes<String>,
) -> io::Result<()> {
    let [_, methods] = read(&mut stream)?;
    let mut offered = vec![0; usize::from(methods)];
    stream.read_exact(&mut offered)?;
    let method = if login.is_some() { 2 } else { 0 };
    if !offered.contains(&method) {
        return stream.write_all(&[5, 0xff]);
    }
    stream.write_all(&[5, method])?;
    if let Some((user, password)) = login {
        let [_, length] = read(&mut stream)?;
        let shown_user = text(&mut stream, length)?;
        let [length] = read(&mut stream)?;
        let shown_password = text(&mut stream, length)?;
        if (shown_user.as_str(), shown_password.as_str()) != (user, password) {
            return stream.write_all(&[1, 1]);
        }
        stream.write_all(&[1, 0])?;
    }
    let [_, _, _, kind] = read(&mut stream)?;
    let host = match kind {
        1 => std::net::Ipv4Addr::from(read::<4>(&mut stream)?).to_string(),
        3 => {
            let [length] = read(&mut stream)?;
            text(&mut stream, length)?
        }
        _ => std::net::Ipv6Addr::from(read::<16>(&mut stream)?).to_string(),
    };
    let port = u16::from_be_bytes(read(&mut stream)?);
    asked.push(format!("{host}:{port}"));
    stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
    pass_on(stream, target)
}

fn read<const N: usize>(stream: &mut TcpStream) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn text(stream: &mut TcpStream, length: u8) -> io::Result<String> {
    let mut bytes = vec![0; usize::from(length)];
    stream.read_exact(&mut bytes)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn pass_on(mut near: TcpStream, target: SocketAddr) -> io::Result<()> {
    let mut far = TcpStream::connect(target)?;
    let (mut near_again, mut far_again) = (near.try_clone()?, far.try_clone()?);
    let back = thread::spawn(move || {
        let _ = io::copy(&mut far_again, &mut near_again);
        let _ = near_again.shutdown(Shutdown::Write);
    });
    let result = io::copy(&mut near, &mut far).and_then(|_| far.shutdown(Shutdown::Write));
    let _ = back.join();
    result
}
