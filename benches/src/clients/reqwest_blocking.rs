//! `reqwest::blocking`, as its documentation has it.

use reqwest::blocking::Client;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::server::Server;
use crate::{Result, vendor};

#[derive(Clone)]
pub(crate) struct ReqwestBlocking {
    client: Client,
    url: String,
}

impl ReqwestBlocking {
    pub(crate) fn new(server: &Server, path: &str) -> Result<Self> {
        let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]);
        let client =
            Client::builder().user_agent(vendor::USER_AGENT).default_headers(headers).no_proxy().build()?;
        Ok(Self { client, url: server.url(path) })
    }

    pub(crate) fn search(&self) -> Result<()> {
        let hit: vendor::Hit = self.call(vendor::search_form())?;
        vendor::search_is_right(hit.is_in)
    }

    pub(crate) fn value(&self, open_id: &str) -> Result<()> {
        let data: Value = self.call(vendor::raw_data_form(open_id))?;
        vendor::raw_data_is_right(&data)
    }

    fn call<T: DeserializeOwned>(&self, form: String) -> Result<T> {
        let response = self.client.post(&self.url).header("Content-Type", vendor::FORM).body(form).send()?;
        let status = response.status().as_u16();
        vendor::read(status, &response.bytes()?)
    }
}
