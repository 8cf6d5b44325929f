//! Every endpoint, a module for each chapter of the vendor's document.
//!
//! A chapter holds its request and answer types and, in its `chapter` macro, one declaration for each endpoint.
//! Everything else is built from that: the client's methods, `call(id, json)`, and what other languages need.

pub mod auth;
pub mod blacklist;
pub mod degree;
pub mod ebank;
pub mod ebank_v2;
pub mod registry;
pub mod risk;
pub mod telecom;

mod contact;
mod picture;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::answer::Extra;
use crate::error::Result;
use crate::personal::Handle;

pub use contact::{CONTACT_TYPES, ContactType};
pub use picture::Picture;

/// What a request knows of itself beyond its shape.
pub(crate) trait Checked {
    /// Checks the values, and rewrites those that the vendor wants in one form.
    fn check(&mut self) -> Result<()>;

    /// Changes the parameters on their way out.
    fn rewrite(_params: &mut Map<String, Value>) {}
}

/// A collection or an audit was opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Opened {
    /// The key of all further calls.
    pub open_id: Handle,
    /// Fields this library does not know.
    #[serde(flatten)]
    pub extra: Extra,
}

crate::answer::object_answers!(Opened);

/// Requests that name a session and nothing else.
macro_rules! by_open_id {
    ($($(#[$doc:meta])* $name:ident;)+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The session's key.
            pub open_id: crate::personal::Handle,
        }

        impl crate::api::Checked for $name {
            fn check(&mut self) -> crate::Result<()> {
                crate::validate::filled("/open_id", &self.open_id)
            }
        })+
    };
}
pub(crate) use by_open_id;
