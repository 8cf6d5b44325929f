//! libcurl by its easy interface: one handle, set up once, used again and again over one connection.

use curl::easy::{Easy, List};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::server::Server;
use crate::{Result, vendor};

pub(crate) struct Libcurl {
    handle: Easy,
    answer: Vec<u8>,
}

impl Libcurl {
    /// A handle for one path.
    pub(crate) fn new(server: &Server, path: &str) -> Result<Self> {
        let mut headers = List::new();
        headers.append("Accept: application/json")?;
        headers.append(&format!("Content-Type: {}", vendor::FORM))?;
        let mut handle = Easy::new();
        handle.url(&server.url(path))?;
        handle.post(true)?;
        handle.http_headers(headers)?;
        handle.accept_encoding("gzip")?;
        handle.useragent(vendor::USER_AGENT)?;
        handle.noproxy("*")?;
        // Without it libcurl installs a signal handler around every call; programs with threads turn it off.
        handle.signal(false)?;
        Ok(Self { handle, answer: Vec::new() })
    }

    pub(crate) fn search(&mut self) -> Result<()> {
        let hit: vendor::Hit = self.call(&vendor::search_form())?;
        vendor::search_is_right(hit.is_in)
    }

    pub(crate) fn value(&mut self, open_id: &str) -> Result<()> {
        let data: Value = self.call(&vendor::raw_data_form(open_id))?;
        vendor::raw_data_is_right(&data)
    }

    fn call<T: DeserializeOwned>(&mut self, form: &str) -> Result<T> {
        let Self { handle, answer } = self;
        handle.post_fields_copy(form.as_bytes())?;
        answer.clear();
        let mut transfer = handle.transfer();
        transfer.write_function(|piece| {
            answer.extend_from_slice(piece);
            Ok(piece.len())
        })?;
        transfer.perform()?;
        drop(transfer);
        vendor::read(u16::try_from(handle.response_code()?)?, answer)
    }
}
