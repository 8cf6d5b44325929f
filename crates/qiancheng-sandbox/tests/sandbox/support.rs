//! A caller small enough to send anything, well-formed or not.

use std::io::{Read, Write};
use std::net::TcpStream;

use qiancheng_sandbox::{Sandbox, SandboxConfig};
use serde_json::{Map, Value, json};

pub(crate) const NAME: &str = "张三";
pub(crate) const ID_CARD: &str = "11010519491231002X";
pub(crate) const MOBILE: &str = "13800138001";

/// One answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A connection that is kept alive.
pub(crate) struct Wire {
    pub(crate) socket: TcpStream,
    unread: Vec<u8>,
}

impl Wire {
    pub(crate) fn open(base_url: &str) -> Self {
        let socket = TcpStream::connect(base_url.strip_prefix("http://").unwrap()).unwrap();
        socket.set_nodelay(true).unwrap();
        Self { socket, unread: Vec::new() }
    }

    pub(crate) fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.write(method, path, headers, body);
        self.read()
    }

    pub(crate) fn write(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) {
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nhost: sandbox\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            request.extend([*name, ": ", *value, "\r\n"]);
        }
        request += "\r\n";
        let mut bytes = request.into_bytes();
        bytes.extend_from_slice(body);
        self.socket.write_all(&bytes).unwrap();
    }

    /// Reads one answer by its `Content-Length`.
    pub(crate) fn read(&mut self) -> Answer {
        self.try_read().expect("an answer")
    }

    /// Reads one answer, or `None` if the connection ends before it is whole.
    pub(crate) fn try_read(&mut self) -> Option<Answer> {
        let end = loop {
            if let Some(at) = self.unread.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            self.more()?;
        };
        let head = String::from_utf8(self.unread[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let length =
            headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, v)| v.parse().unwrap());
        while self.unread.len() < end + length {
            self.more()?;
        }
        let body = self.unread[end..end + length].to_vec();
        self.unread.drain(..end + length);
        Some(Answer { status, headers, body })
    }

    fn more(&mut self) -> Option<()> {
        let mut buffer = [0; 8 * 1024];
        match self.socket.read(&mut buffer) {
            Ok(count) if count > 0 => {
                self.unread.extend_from_slice(&buffer[..count]);
                Some(())
            }
            _ => None,
        }
    }

    /// Everything until the connection ends, and whether it ended by a reset.
    pub(crate) fn rest(&mut self) -> (Vec<u8>, bool) {
        let mut bytes = std::mem::take(&mut self.unread);
        let mut buffer = [0; 8 * 1024];
        loop {
            match self.socket.read(&mut buffer) {
                Ok(0) => return (bytes, false),
                Ok(count) => bytes.extend_from_slice(&buffer[..count]),
                Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => return (bytes, true),
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// A sandbox with a caller.
pub(crate) struct Vendor {
    pub(crate) sandbox: Sandbox,
    pub(crate) wire: Wire,
    pub(crate) token: String,
}

impl Vendor {
    pub(crate) fn start() -> Self {
        Self::with(SandboxConfig::default())
    }

    pub(crate) fn with(config: SandboxConfig) -> Self {
        let sandbox = Sandbox::start(config).unwrap();
        let mut vendor = Self { wire: Wire::open(sandbox.base_url()), sandbox, token: String::new() };
        vendor.token = vendor.new_token();
        vendor
    }

    pub(crate) fn new_token(&mut self) -> String {
        let account = json!({"username": self.sandbox.username(), "password": self.sandbox.password()});
        let answer = self.json("/client/authorize/token", &account);
        answer["data"]["token"].as_str().unwrap().to_owned()
    }

    /// A new connection.
    pub(crate) fn connect(&self) -> Wire {
        Wire::open(self.sandbox.base_url())
    }

    pub(crate) fn reconnect(&mut self) {
        self.wire = self.connect();
    }

    /// A JSON body, the envelope back.
    pub(crate) fn json(&mut self, path: &str, params: &Value) -> Value {
        let headers = [("content-type", "application/json")];
        self.wire.send("POST", path, &headers, params.to_string().as_bytes()).json()
    }

    /// With the token.
    pub(crate) fn as_token(&mut self, path: &str, params: Value) -> Value {
        let token = self.token.clone();
        self.json(path, &merged(params, json!({ "token": token })))
    }

    /// With the merchant's name.
    pub(crate) fn as_user(&mut self, path: &str, params: Value) -> Value {
        self.json(path, &merged(params, json!({ "username": "demo" })))
    }

    pub(crate) fn control(&mut self, method: &str, name: &str, body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.wire.send(method, &format!("/__sandbox/{name}"), &[], body.as_bytes())
    }

    pub(crate) fn advance(&mut self, seconds: u64) {
        self.sandbox.advance_clock(seconds).unwrap();
    }

    /// A blacklist search for the usual person: the plainest call there is.
    pub(crate) fn search_body(&self) -> String {
        merged(person(), json!({ "token": self.token })).to_string()
    }

    pub(crate) fn search(&mut self) -> Answer {
        let body = self.search_body();
        self.wire.send("POST", SEARCH, &[("content-type", "application/json")], body.as_bytes())
    }

    /// The journal's entries of one endpoint.
    pub(crate) fn noted(&self, endpoint: &str) -> Vec<Value> {
        self.sandbox.journal().into_iter().filter(|entry| entry["endpoint"] == endpoint).collect()
    }
}

pub(crate) const SEARCH: &str = "/blacklist/search/single";

pub(crate) fn person() -> Value {
    json!({"name": NAME, "id_card": ID_CARD, "mobile": MOBILE})
}

pub(crate) fn merged(first: Value, second: Value) -> Value {
    let (Value::Object(mut first), Value::Object(second)) = (first, second) else { panic!("objects") };
    first.extend(second);
    Value::Object(first)
}

pub(crate) fn without(params: &Value, name: &str) -> Value {
    let rest: Map<String, Value> = params
        .as_object()
        .unwrap()
        .iter()
        .filter(|(known, _)| *known != name)
        .map(|(n, v)| (n.clone(), v.clone()))
        .collect();
    Value::Object(rest)
}

/// The envelope's code.
pub(crate) fn code(envelope: &Value) -> i64 {
    envelope["code"].as_i64().unwrap_or_else(|| panic!("no code: {envelope}"))
}

#[track_caller]
pub(crate) fn assert_ok(envelope: &Value) {
    assert_eq!(code(envelope), 0, "{envelope}");
}

#[track_caller]
pub(crate) fn assert_refused(envelope: &Value, part: &str) {
    assert_eq!(code(envelope), 1001, "{envelope}");
    let msg = envelope["msg"].as_str().unwrap();
    assert!(msg.contains(part), "{part:?} is not in {msg:?}");
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn gunzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).map(|_| plain)
}
