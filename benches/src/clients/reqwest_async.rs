//! `reqwest`, async, as its documentation has it.

use reqwest::Client;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};

use crate::server::Server;
use crate::{Result, vendor};

#[derive(Clone)]
pub(crate) struct ReqwestAsync {
    client: Client,
    url: String,
}

impl ReqwestAsync {
    pub(crate) fn new(server: &Server) -> Result<Self> {
        let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))]);
        let client =
            Client::builder().user_agent(vendor::USER_AGENT).default_headers(headers).no_proxy().build()?;
        Ok(Self { client, url: server.url(vendor::SEARCH_PATH) })
    }

    pub(crate) async fn search(&self) -> Result<()> {
        let request = self.client.post(&self.url).header("Content-Type", vendor::FORM);
        let response = request.body(vendor::search_form()).send().await?;
        let status = response.status().as_u16();
        let hit: vendor::Hit = vendor::read(status, &response.bytes().await?)?;
        vendor::search_is_right(hit.is_in)
    }
}
