//! This project's client, as its users have it: a typed request in, a typed answer out, everything on.

use qiancheng::api::{blacklist, telecom};
use qiancheng::{Client, blocking};

use crate::server::Server;
use crate::{Result, vendor};

/// A blocking client whose token is already there.
pub(crate) fn warm(server: &Server) -> Result<blocking::Client> {
    let client = blocking::Client::from(client(server)?);
    search(&client)?;
    Ok(client)
}

/// An async client.
pub(crate) fn client(server: &Server) -> Result<Client> {
    Ok(Client::builder().base_url(server.url("")).account(vendor::USERNAME, vendor::PASSWORD).build()?)
}

pub(crate) fn search(client: &blocking::Client) -> Result<()> {
    vendor::search_is_right(client.blacklist().search(person())?.is_in)
}

pub(crate) async fn search_async(client: &Client) -> Result<()> {
    vendor::search_is_right(client.blacklist().search(person()).await?.is_in)
}

/// Fetches raw data as a document: checked to be JSON, not parsed.
pub(crate) fn document(client: &blocking::Client, open_id: &str) -> Result<()> {
    let reply = client.telecom().raw_data(telecom::RawData { open_id: open_id.into() })?;
    if reply.bytes().len() > 1_000_000 { Ok(()) } else { Err("the document is too short".into()) }
}

/// Fetches raw data and parses all of it.
pub(crate) fn value(client: &blocking::Client, open_id: &str) -> Result<()> {
    let reply = client.telecom().raw_data(telecom::RawData { open_id: open_id.into() })?;
    vendor::raw_data_is_right(&reply.value()?)
}

fn person() -> blacklist::Search {
    blacklist::Search {
        name: vendor::NAME.into(),
        id_card: vendor::ID_CARD.into(),
        mobile: vendor::MOBILE.into(),
    }
}
