//! What an endpoint is: a request type, an answer type, and one declaration.
//!
//! Each chapter of the vendor's document is a module in [`crate::api`] and declares its endpoints once, in a
//! macro named `chapter`. The declaration is handed to whoever builds something from it: this module makes the
//! [`Endpoint`] implementations, the client and its blocking facade make their methods.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::answer::{Answer, AnswerData};
use crate::error::Result;
use crate::mismatch;
use crate::params::drop_nulls;

/// Who a call speaks for (the auth column of the contract).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Auth {
    /// The call carries a merchant token.
    Token,
    /// The call carries the merchant's username and no token.
    User,
    /// The call carries the merchant's username and password.
    Account,
    /// The call carries nothing of the merchant.
    None,
}

/// Whether a call may be sent again after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Repeat {
    /// Asking twice does nothing twice.
    Harmless,
    /// Opens, submits or bills: never again, unless the request surely did not leave.
    Never,
}

/// The HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(clippy::upper_case_acronyms, reason = "the names HTTP gives them")]
pub enum Method {
    /// Parameters in the query string.
    GET,
    /// Parameters in the body.
    POST,
}

/// How the parameters travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyFormat {
    /// `application/x-www-form-urlencoded` with PHP brackets, or JSON, as the client is configured.
    Configured,
    /// Always JSON, compressed with gzip.
    GzipJson,
}

/// What is special about an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trait {
    /// The answer is large and slow: the timeouts for data apply.
    Slow,
    /// May answer 1003, the data is still being collected.
    Collecting,
    /// Observed in public clients, not in the vendor's document.
    Extension,
    /// The body is JSON compressed with gzip, whatever the client's configuration says.
    GzipJson,
}

/// The declaration of an endpoint.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct EndpointInfo {
    /// The id, such as `telecom.open_id`.
    pub id: &'static str,
    /// The section of the vendor's document, such as `3.1.1`; for an extension, where it belongs.
    pub section: &'static str,
    /// One line on what it does.
    pub summary: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The documented path.
    pub path: &'static str,
    /// Who the call speaks for.
    pub auth: Auth,
    /// Whether it may be sent again.
    pub repeat: Repeat,
    /// What is special about it.
    pub traits: &'static [Trait],
}

impl EndpointInfo {
    /// Whether the endpoint has a trait.
    pub fn is(&self, wanted: Trait) -> bool {
        self.traits.contains(&wanted)
    }

    /// How its parameters travel.
    pub fn body_format(&self) -> BodyFormat {
        if self.is(Trait::GzipJson) { BodyFormat::GzipJson } else { BodyFormat::Configured }
    }
}

/// A request that the vendor knows.
pub trait Endpoint: Serialize + DeserializeOwned + JsonSchema + Send + 'static {
    /// What the envelope's `data` is read into.
    type Answer: AnswerData;

    /// The declaration.
    const INFO: EndpointInfo;

    /// Checks the values, and rewrites those that the vendor wants in one form.
    fn check(&mut self) -> Result<()>;

    /// Changes the parameters on their way out, where the wire differs from the public names.
    fn rewrite(_params: &mut Map<String, Value>) {}
}

/// An endpoint with its types erased: what `call(id, json)`, the generator and other languages work with.
pub struct Entry {
    /// The declaration.
    pub info: EndpointInfo,
    parse: fn(Value, bool) -> Result<Map<String, Value>>,
    verify: fn(&Answer) -> Result<()>,
    request_schema: fn(&mut SchemaGenerator) -> Schema,
    answer_schema: fn(&mut SchemaGenerator) -> Schema,
}

impl Entry {
    pub(crate) const fn of<E: Endpoint>() -> Self {
        Self {
            info: E::INFO,
            parse: |json, validate| {
                let mut json = if json.is_null() { Value::Object(Map::new()) } else { json };
                drop_nulls(&mut json);
                params(parse::<E>(&json)?, validate)
            },
            verify: |answer| E::Answer::decode(answer).map(drop),
            request_schema: E::json_schema_in,
            answer_schema: <E::Answer as AnswerData>::schema,
        }
    }

    /// Reads JSON into the endpoint's request and checks it: the parameters as they will be sent.
    pub(crate) fn params(&self, json: Value, validate: bool) -> Result<Map<String, Value>> {
        (self.parse)(json, validate)
    }

    /// Whether the answer has the shape that the endpoint promises.
    pub(crate) fn verify(&self, answer: &Answer) -> Result<()> {
        (self.verify)(answer)
    }

    /// The JSON Schema of the request's parameters.
    pub fn request_schema(&self, generator: &mut SchemaGenerator) -> Schema {
        (self.request_schema)(generator)
    }

    /// The JSON Schema of the answer's `data`.
    pub fn answer_schema(&self, generator: &mut SchemaGenerator) -> Schema {
        (self.answer_schema)(generator)
    }
}

/// Gives every schema type a function of one shape, so that it fits into an [`Entry`].
trait JsonSchemaIn {
    fn json_schema_in(generator: &mut SchemaGenerator) -> Schema;
}

impl<T: JsonSchema> JsonSchemaIn for T {
    fn json_schema_in(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

/// Reads a request from JSON; a refusal names the field, the expected type and the nearest right name.
fn parse<E: Endpoint>(json: &Value) -> Result<E> {
    let request = serde_path_to_error::deserialize(json).map_err(|error| mismatch::in_request(&error))?;
    mismatch::list_for_object(json, || serde_json::to_value(&request).unwrap_or_default())?;
    Ok(request)
}

/// The parameters of a request as they leave.
pub(crate) fn params<E: Endpoint>(mut request: E, validate: bool) -> Result<Map<String, Value>> {
    if validate {
        request.check()?;
    }
    let Ok(Value::Object(mut map)) = serde_json::to_value(&request) else {
        return Err(crate::Error::new(crate::ErrorKind::InvalidInput, "the request is not a JSON object"));
    };
    map.retain(|_, value| !value.is_null());
    E::rewrite(&mut map);
    Ok(map)
}

/// Builds the [`Endpoint`] implementations and the `ENTRIES` of a chapter from its declaration.
macro_rules! declare {
    ($(#[$chapter_doc:meta])* $chapter:ident $group:ident {
        $($(#[doc = $summary:literal])+ $name:ident: $request:ty => $answer:ty,
          $section:literal, $method:ident $path:literal, $auth:ident, $repeat:ident $(, $trait:ident)*;)+
    }) => {
        $(impl crate::endpoint::Endpoint for $request {
            type Answer = $answer;
            const INFO: crate::endpoint::EndpointInfo = crate::endpoint::EndpointInfo {
                id: concat!(stringify!($chapter), ".", stringify!($name)),
                section: $section,
                summary: concat!($($summary),+).trim_ascii(),
                method: crate::endpoint::Method::$method,
                path: $path,
                auth: crate::endpoint::Auth::$auth,
                repeat: crate::endpoint::Repeat::$repeat,
                traits: &[$(crate::endpoint::Trait::$trait),*],
            };
            fn check(&mut self) -> crate::Result<()> {
                crate::api::Checked::check(self)
            }
            fn rewrite(params: &mut serde_json::Map<String, serde_json::Value>) {
                <Self as crate::api::Checked>::rewrite(params);
            }
        })+

        /// The chapter's endpoints, in the document's order.
        pub(crate) const ENTRIES: &[crate::endpoint::Entry] = &[$(crate::endpoint::Entry::of::<$request>()),+];
    };
}
pub(crate) use declare;
