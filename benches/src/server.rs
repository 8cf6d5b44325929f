//! The other side: a small server in a process of its own, so that its time is not the client's.
//!
//! It reads requests properly — head, length, form, token — and has its answers ready, so that it is quick and
//! steady. One thread serves one connection.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use crate::machine::Pinned;
use crate::{Result, vendor};

const MOST_HEADERS: usize = 32;
const LONGEST_HEAD: usize = 16 << 10;
const LONGEST_BODY: usize = 16 << 20;

/// A server in another process; ends with this value.
pub(crate) struct Server {
    process: Child,
    address: String,
}

impl Server {
    /// Starts one, on one processor if that is wanted. Everything that is measured speaks to what this returns.
    pub(crate) fn start(core: Option<usize>) -> Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg("serve")
            .args(core.map(|core| core.to_string()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let output = process.stdout.take().ok_or("the server has no output")?;
        BufReader::new(output).read_line(&mut line)?;
        if line.trim().is_empty() {
            return Err("the server did not start".into());
        }
        Ok(Self { process, address: line.trim().to_owned() })
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It would end by itself, as its input closes; waiting for that could take as long as it likes. If it is
        // gone already, that is as well.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Serves until the input ends: the life of whoever started this process.
pub(crate) fn serve(core: Option<usize>) -> Result<()> {
    let _pinned = core.map(Pinned::to).transpose()?;
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let answers = Arc::new(Answers::new()?);
    writeln!(std::io::stdout(), "{}", listener.local_addr()?)?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answers = Arc::clone(&answers);
            // A connection that breaks is its client's to complain about.
            thread::spawn(move || connection(&stream, &answers));
        }
    });
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    Ok(())
}

/// Whole answers, head and body, ready to be written.
struct Answers {
    token: Vec<u8>,
    hit: Vec<u8>,
    raw_data: Vec<u8>,
    raw_data_gzip: Vec<u8>,
    token_refused: Vec<u8>,
    bad_input: Vec<u8>,
    not_found: Vec<u8>,
}

impl Answers {
    fn new() -> Result<Self> {
        let envelope = |data| json!({"code": 0, "msg": "success", "data": data}).to_string();
        let refusal = |words| json!({"code": 1001, "msg": words, "data": []}).to_string();
        let raw_data = envelope(vendor::raw_data());
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(raw_data.as_bytes())?;
        Ok(Self {
            token: answer("200 OK", "", envelope(json!({"token": vendor::TOKEN})).as_bytes()),
            hit: answer("200 OK", "", envelope(json!({"is_in": true})).as_bytes()),
            raw_data: answer("200 OK", "", raw_data.as_bytes()),
            raw_data_gzip: answer("200 OK", "Content-Encoding: gzip\r\n", &encoder.finish()?),
            token_refused: answer("200 OK", "", refusal("令牌验证失败").as_bytes()),
            bad_input: answer("200 OK", "", refusal("参数错误").as_bytes()),
            not_found: answer("404 Not Found", "", b"not found"),
        })
    }

    fn to(&self, path: &str, form: &HashMap<String, String>) -> &[u8] {
        let has =
            |names: &[&str]| names.iter().all(|name| form.get(*name).is_some_and(|text| !text.is_empty()));
        let is = |name: &str, text: &str| form.get(name).is_some_and(|given| given == text);
        match path {
            vendor::TOKEN_PATH if is("username", vendor::USERNAME) && is("password", vendor::PASSWORD) => {
                &self.token
            }
            vendor::SEARCH_PATH if !is("token", vendor::TOKEN) => &self.token_refused,
            vendor::SEARCH_PATH if has(&["name", "id_card", "mobile"]) => &self.hit,
            vendor::RAW_DATA_PATH if is("username", vendor::USERNAME) && is("open_id", vendor::PLAIN) => {
                &self.raw_data
            }
            vendor::RAW_DATA_PATH if is("username", vendor::USERNAME) && is("open_id", vendor::GZIP) => {
                &self.raw_data_gzip
            }
            vendor::TOKEN_PATH | vendor::SEARCH_PATH | vendor::RAW_DATA_PATH => &self.bad_input,
            _ => &self.not_found,
        }
    }
}

fn answer(status: &str, extra: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\nServer: nginx\r\nContent-Type: application/json; charset=utf-8\r\n{extra}Content-Length: {length}\r\n\r\n"
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn connection(mut stream: &TcpStream, answers: &Answers) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::with_capacity(LONGEST_HEAD);
    let mut piece = [0; 8192];
    loop {
        let Some(Request { path, form, length }) = request(&buffer)? else {
            let count = stream.read(&mut piece)?;
            if count == 0 {
                return Ok(());
            }
            buffer.extend_from_slice(&piece[..count]);
            continue;
        };
        stream.write_all(answers.to(&path, &form))?;
        buffer.drain(..length);
    }
}

struct Request {
    path: String,
    form: HashMap<String, String>,
    /// Bytes of head and body together.
    length: usize,
}

/// Reads a request, if it is there as a whole.
fn request(bytes: &[u8]) -> Result<Option<Request>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(body_at) = head.parse(bytes)? else {
        return if bytes.len() > LONGEST_HEAD { Err("the head is too long".into()) } else { Ok(None) };
    };
    if head.method != Some("POST") {
        return Err("only POST is served".into());
    }
    let header = |name: &str| {
        let header = head.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        header.map(|header| std::str::from_utf8(header.value)).transpose()
    };
    // Some say the charset as well.
    let kind = header("content-type")?.and_then(|kind| kind.split(';').next());
    if kind.map(str::trim) != Some(vendor::FORM) {
        return Err("only forms are served".into());
    }
    let promised: usize = header("content-length")?.ok_or("the length is missing")?.parse()?;
    if promised > LONGEST_BODY {
        return Err("the body is too long".into());
    }
    let Some(body) = bytes.get(body_at..body_at + promised) else { return Ok(None) };
    Ok(Some(Request {
        path: head.path.unwrap_or_default().to_owned(),
        form: form_urlencoded::parse(body).into_owned().collect(),
        length: body_at + promised,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_when_it_is_whole() {
        let whole = b"POST /a HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\ncontent-length: 3\r\n\r\nb=cPOST";
        assert!(request(&whole[..whole.len() - 5]).expect("so far so good").is_none());
        let read = request(whole).expect("a request").expect("a whole one");
        assert_eq!((read.path.as_str(), read.form["b"].as_str(), read.length), ("/a", "c", whole.len() - 4));
        let charset = b"POST /a HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded; charset=UTF-8\r\ncontent-length: 0\r\n\r\n";
        assert!(request(charset).is_ok_and(|read| read.is_some()));
        assert!(request(b"GET / HTTP/1.1\r\n\r\n").is_err());
    }
}
