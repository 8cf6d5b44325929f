//! A server of a few lines, for answers that no HTTP library would let one send.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread::{self, JoinHandle};

use super::Notes;

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) connection: usize,
}

/// What becomes of the connection after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    Keep,
    Close,
}

/// What a connection is made of, once whatever wraps it has been put around it.
pub(crate) trait Stream: Read + Write + Send {
    /// Says goodbye and closes.
    fn close(&mut self);
}

impl Stream for TcpStream {
    fn close(&mut self) {
        // The other side may have gone first.
        let _ = self.shutdown(Shutdown::Both);
    }
}

type Wrap = dyn Fn(TcpStream) -> io::Result<Box<dyn Stream>> + Send + Sync;
type Answer = dyn Fn(&Request, &mut dyn Write) -> io::Result<Then> + Send + Sync;

/// Serves until it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    requests: Notes<Request>,
    closed: Arc<AtomicUsize>,
}

impl Server {
    /// Answers plain HTTP.
    pub(crate) fn start(
        answer: impl Fn(&Request, &mut dyn Write) -> io::Result<Then> + Send + Sync + 'static,
    ) -> Self {
        Self::wrapped(|stream| Ok(Box::new(stream)), answer)
    }

    /// Answers HTTP inside whatever a connection is wrapped in.
    pub(crate) fn wrapped(
        wrap: impl Fn(TcpStream) -> io::Result<Box<dyn Stream>> + Send + Sync + 'static,
        answer: impl Fn(&Request, &mut dyn Write) -> io::Result<Then> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("its address");
        let stop = Arc::new(AtomicBool::new(false));
        let requests = Notes::default();
        let closed = Arc::new(AtomicUsize::new(0));
        let (wrap, answer): (Arc<Wrap>, Arc<Answer>) = (Arc::new(wrap), Arc::new(answer));
        let (stopped, seen, gone) = (Arc::clone(&stop), requests.clone(), Arc::clone(&closed));
        let thread = thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                if stopped.load(SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let (wrap, answer, seen, gone) =
                    (Arc::clone(&wrap), Arc::clone(&answer), seen.clone(), Arc::clone(&gone));
                // A caller that breaks off, or is refused, ends its connection; its test says what it makes of that.
                thread::spawn(move || {
                    let _ = serve(stream, number, &*wrap, &*answer, &seen);
                    gone.fetch_add(1, SeqCst);
                });
            }
        });
        Self { address, stop, thread: Some(thread), requests, closed }
    }

    /// Answers like a vendor in good health, and does with the connection as told; but a token's connection stays
    /// open, for a call comes over it before the caller could know that it has been closed.
    pub(crate) fn healthy(then: Then) -> Self {
        Self::start(move |request, out| {
            out.write_all(&healthy(request))?;
            Ok(if request.path == TOKEN { Then::Keep } else { then })
        })
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests for a path, so far.
    pub(crate) fn asked(&self, path: &str) -> Vec<Request> {
        let all = self.requests.take();
        for request in &all {
            self.requests.push(request.clone());
        }
        all.into_iter().filter(|request| request.path == path).collect()
    }

    /// How many connections have ended.
    pub(crate) fn closed(&self) -> usize {
        self.closed.load(SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, SeqCst);
        // Wakes the listener up; if there is none any more, there is nothing to wake.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub(crate) const TOKEN: &str = "/client/authorize/token";
pub(crate) const OPEN_ID: &str = "/telecom/collect/open-id";
pub(crate) const GET_STATE: &str = "/telecom/collect/get-state";

/// What the vendor would answer.
pub(crate) fn healthy(request: &Request) -> Vec<u8> {
    json(match request.path.as_str() {
        TOKEN => r#"{"code":0,"msg":"","data":{"token":"0123456789abcdef"}}"#,
        OPEN_ID => r#"{"code":0,"msg":"","data":{"open_id":"a-session"}}"#,
        GET_STATE => r#"{"code":0,"msg":"","data":{"state":43,"message":""}}"#,
        _ => r#"{"code":0,"msg":"","data":null}"#,
    })
}

/// An answer with a body.
pub(crate) fn json(body: &str) -> Vec<u8> {
    answer("200 OK", "Content-Type: application/json\r\n", body.as_bytes())
}

/// An answer with a status line, further headers and a body.
pub(crate) fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes =
        format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn serve(
    stream: TcpStream,
    connection: usize,
    wrap: &Wrap,
    answer: &Answer,
    seen: &Notes<Request>,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(wrap(stream)?);
    let result = (|| {
        while let Some(head) = read_head(&mut stream)? {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
            });
            io::copy(&mut stream.by_ref().take(length.unwrap_or(0) as u64), &mut io::sink())?;
            let path = head.split([' ', '?']).nth(1).unwrap_or_default().to_owned();
            let request = Request { path, connection };
            seen.push(request.clone());
            if answer(&request, stream.get_mut())? == Then::Close {
                break;
            }
            stream.get_mut().flush()?;
        }
        Ok(())
    })();
    stream.get_mut().close();
    result
}

/// The head of the next request; nothing if there is no further one.
fn read_head(stream: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut head = String::new();
    loop {
        if stream.read_line(&mut head)? == 0 {
            return Ok(None);
        }
        if head.ends_with("\r\n\r\n") {
            return Ok(Some(head));
        }
    }
}
