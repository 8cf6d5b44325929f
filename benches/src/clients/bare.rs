//! The floor: a socket of the standard library, a request written in one piece, an answer read by its length.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::net::TcpStream;

use crate::server::Server;
use crate::{Result, vendor};

const MOST_HEADERS: usize = 32;

pub(crate) struct Bare {
    stream: TcpStream,
    host: String,
    request: String,
    answer: Vec<u8>,
}

impl Bare {
    pub(crate) fn new(server: &Server) -> Result<Self> {
        let stream = TcpStream::connect(server.address())?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, host: server.address().to_owned(), request: String::new(), answer: Vec::new() })
    }

    pub(crate) fn search(&mut self) -> Result<()> {
        let form = vendor::search_form();
        self.request.clear();
        write!(
            self.request,
            "POST {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: {}\r\nAccept: application/json\r\nAccept-Encoding: gzip\r\n\
             Content-Type: {}\r\nContent-Length: {}\r\n\r\n{form}",
            vendor::SEARCH_PATH,
            self.host,
            vendor::USER_AGENT,
            vendor::FORM,
            form.len()
        )?;
        self.stream.write_all(self.request.as_bytes())?;
        self.answer.clear();
        let mut piece = [0; 4096];
        loop {
            let count = self.stream.read(&mut piece)?;
            if count == 0 {
                return Err("the server closed the connection".into());
            }
            self.answer.extend_from_slice(&piece[..count]);
            if let Some((status, body)) = whole(&self.answer)? {
                let hit: vendor::Hit = vendor::read(status, body)?;
                return vendor::search_is_right(hit.is_in);
            }
        }
    }
}

/// Status and body, once all of the answer is there.
fn whole(bytes: &[u8]) -> Result<Option<(u16, &[u8])>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(body_at) = head.parse(bytes)? else { return Ok(None) };
    let length = head.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
    let length: usize = std::str::from_utf8(length.ok_or("the length is missing")?.value)?.parse()?;
    Ok(bytes.get(body_at..body_at + length).map(|body| (head.code.unwrap_or_default(), body)))
}
