//! A request's body, understood: form, multipart and JSON become one nested value.
//!
//! What cannot be understood is told in words that go into `msg`; nothing here panics on what a caller sent.

mod body;
mod form;
mod gzip;
mod json;
mod multipart;
mod nested;

use bytes::Bytes;
use http::{HeaderMap, Method, Uri, header};
use serde_json::{Map, Value};

pub(crate) use body::{Received, receive};
pub(crate) use json::read as read_json;

/// Named parameters, nested.
pub(crate) type Params = Map<String, Value>;

/// How the parameters came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Form,
    Multipart,
    Json,
    Query,
    None,
}

impl Encoding {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Multipart => "multipart",
            Self::Json => "json",
            Self::Query => "query",
            Self::None => "none",
        }
    }
}

/// A request's parameters, or why there are none.
pub(crate) struct Understood {
    pub(crate) encoding: Encoding,
    pub(crate) params: Result<Params, String>,
}

/// A body beyond the limit.
pub(crate) struct TooLarge;

/// Reads the parameters of a whole request.
pub(crate) async fn understand(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: Bytes,
    limit: usize,
) -> Result<Understood, TooLarge> {
    let query = uri.query().unwrap_or_default();
    if method == Method::GET {
        let encoding = if query.is_empty() { Encoding::None } else { Encoding::Query };
        return Ok(Understood { encoding, params: form::read(query.as_bytes()) });
    }
    let body = match plain(headers, body, limit) {
        Ok(body) => body,
        Err(gzip::Fault::TooLarge) => return Err(TooLarge),
        Err(gzip::Fault::Broken(why)) => {
            return Ok(Understood { encoding: Encoding::None, params: Err(why) });
        }
    };
    let mut understood = by_content_type(headers, body).await;
    if !query.is_empty() && understood.params.is_ok() {
        understood.params = Err("参数应放在请求体中, 而非 URL".to_owned());
    }
    Ok(understood)
}

/// The body after `Content-Encoding` is undone.
fn plain(headers: &HeaderMap, body: Bytes, limit: usize) -> Result<Bytes, gzip::Fault> {
    let Some(coding) = headers.get(header::CONTENT_ENCODING) else { return Ok(body) };
    match coding.to_str().map(|text| text.trim().to_ascii_lowercase()).as_deref() {
        Ok("identity" | "") => Ok(body),
        Ok("gzip" | "x-gzip") => gzip::expand(&body, limit),
        Ok(other) => Err(gzip::Fault::Broken(format!("不支持的 Content-Encoding: {other}"))),
        Err(_) => Err(gzip::Fault::Broken("Content-Encoding 无法识别".to_owned())),
    }
}

async fn by_content_type(headers: &HeaderMap, body: Bytes) -> Understood {
    let told = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = told.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (encoding, params) = match media.as_str() {
        "application/x-www-form-urlencoded" => (Encoding::Form, form::read(&body)),
        "application/json" => (Encoding::Json, json::read_object(&body)),
        "multipart/form-data" => (Encoding::Multipart, multipart::read(told, body).await),
        _ if body.is_empty() => (Encoding::None, Ok(Params::new())),
        "" => (Encoding::None, Err("缺少 Content-Type".to_owned())),
        other => (Encoding::None, Err(format!("不支持的 Content-Type: {other}"))),
    };
    Understood { encoding, params }
}
