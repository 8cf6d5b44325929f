//! What the vendor does, one function an endpoint. Parameters have been checked against the route by then, and whoever
//! calls has been recognised.

// All have one signature, so that the route table can hold them, though some never refuse.
#![allow(clippy::unnecessary_wraps)]

pub(crate) mod auth;
pub(crate) mod blacklist;
pub(crate) mod degree;
pub(crate) mod ebank;
pub(crate) mod ebank_v2;
pub(crate) mod risk;
pub(crate) mod telecom;

use serde_json::{Value, json};

use crate::config::SandboxConfig;
use crate::documents::{Document, Writer};
use crate::envelope::Refusal;
use crate::story::{Contact, Identity};
use crate::wire::Params;
use crate::world::World;

/// One call, as far as an endpoint needs to know it.
pub(crate) struct Call<'a> {
    pub(crate) config: &'a SandboxConfig,
    pub(crate) writer: &'a Writer,
    pub(crate) params: &'a Params,
    /// Whose call it is, where the endpoint asks.
    pub(crate) merchant: Option<String>,
    /// `data` of an audit, opened.
    pub(crate) audit_data: Option<&'a Value>,
}

/// What an endpoint gives back.
pub(crate) enum Reply {
    Nothing,
    Data(Value),
    /// Written after the world is unlocked.
    Document(Document),
}

pub(crate) type Action = fn(&mut World, &Call<'_>) -> Result<Reply, Refusal>;

impl Call<'_> {
    /// A text parameter; empty if it is not there.
    fn text(&self, name: &str) -> &str {
        self.params.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// The merchant, on endpoints that know one.
    fn merchant(&self) -> String {
        self.merchant.clone().unwrap_or_default()
    }

    fn open_id(&self) -> &str {
        self.text("open_id")
    }

    fn identity(&self) -> Identity {
        Identity {
            name: self.text("name").to_owned(),
            id_card: self.text("id_card").to_owned(),
            mobile: self.text("mobile").to_owned(),
        }
    }

    /// Emergency contacts out of `options`, their numbers under `tel`.
    fn contacts(&self, tel: &str) -> Vec<Contact> {
        let list =
            self.params.get("options").and_then(|options| options.get("contacts")).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .map(|contact| {
                let text =
                    |name: &str| contact.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
                Contact { tel: text(tel), name: text("contact_name"), contact_type: text("contact_type") }
            })
            .collect()
    }
}

fn opened(open_id: &str) -> Reply {
    Reply::Data(json!({ "open_id": open_id }))
}
