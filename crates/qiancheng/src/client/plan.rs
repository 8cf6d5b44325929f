//! A call that has been checked and is ready to be made: where it goes, and with what.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::config::{Config, Settings};
use crate::endpoint::{self, Auth, BodyFormat, Endpoint, EndpointInfo, Entry, Method, Repeat, Trait};
use crate::error::{Error, ErrorKind, Result};
use crate::params::{Params, wipe};

/// Where a call goes.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    /// The endpoint's id, or the path of a call by path.
    pub(crate) id: Cow<'static, str>,
    pub(crate) method: Method,
    pub(crate) path: Cow<'static, str>,
    pub(crate) auth: Auth,
    pub(crate) repeat: Repeat,
    pub(crate) format: BodyFormat,
    pub(crate) slow: bool,
}

/// A call, ready to be made.
pub(crate) struct Plan {
    pub(crate) route: Route,
    pub(crate) params: Params,
}

impl Plan {
    /// From a typed request.
    pub(crate) fn typed<E: Endpoint>(request: E, config: &Config, settings: &Settings) -> Result<Self> {
        let params =
            endpoint::params(request, settings.validate).map_err(|error| error.with_endpoint(E::INFO.id))?;
        Self::prepared(&E::INFO, params, config)
    }

    /// From an endpoint and JSON.
    pub(crate) fn by_entry(
        entry: &'static Entry,
        params: Value,
        config: &Config,
        settings: &Settings,
    ) -> Result<Self> {
        let params =
            entry.params(params, settings.validate).map_err(|error| error.with_endpoint(entry.info.id))?;
        Self::prepared(&entry.info, params, config)
    }

    /// From a path and JSON. Whether a token or a username goes along is said by the parameters themselves.
    pub(crate) fn by_path(method: Method, path: &str, params: Value) -> Result<Self> {
        let refuse =
            |words: &'static str| Error::new(ErrorKind::InvalidInput, words).with_endpoint(path.to_owned());
        if !path.starts_with('/') || path.contains(['?', '#']) {
            return Err(refuse("a path starts with / and has no query; parameters go into the JSON"));
        }
        let params = match params {
            Value::Object(map) => map,
            Value::Null => Map::new(),
            _ => return Err(refuse("the parameters must be a JSON object")),
        };
        let wanted = |name: &str| params.get(name).is_some_and(Value::is_null);
        let auth = if wanted("token") {
            Auth::Token
        } else if wanted("username") {
            Auth::User
        } else {
            Auth::None
        };
        let path: Cow<'static, str> = Cow::Owned(path.to_owned());
        let route = Route {
            id: path.clone(),
            method,
            path,
            auth,
            repeat: Repeat::Never,
            format: BodyFormat::Configured,
            slow: false,
        };
        Ok(Self { route, params: Params::new(params) })
    }

    fn prepared(
        info: &'static EndpointInfo,
        mut params: Map<String, Value>,
        config: &Config,
    ) -> Result<Self> {
        let mut clear = None;
        if info.is(Trait::GzipJson) {
            clear = encrypt(&mut params, config).map_err(|error| error.with_endpoint(info.id))?;
        }
        let path =
            config.paths.get(info.id).map_or(Cow::Borrowed(info.path), |path| Cow::Owned(path.clone()));
        let route = Route {
            id: Cow::Borrowed(info.id),
            method: info.method,
            path,
            auth: info.auth,
            repeat: info.repeat,
            format: info.body_format(),
            slow: info.is(Trait::Slow),
        };
        Ok(Self { route, params: Params::with_encrypted(params, clear) })
    }
}

/// Replaces an audit's `data` by its ciphertext (§7.1); gives back what it was.
fn encrypt(params: &mut Map<String, Value>, config: &Config) -> Result<Option<Value>> {
    let Some(data) = params.get_mut("data") else { return Ok(None) };
    let cipher = config.audit_cipher.as_ref().ok_or_else(|| {
        Error::new(
            ErrorKind::Config,
            "there is no public key for audits: set audit_public_key, or QIANCHENG_AUDIT_PUBLIC_KEY",
        )
    })?;
    let plain = zeroize::Zeroizing::new(data.to_string());
    let encrypted = cipher.encrypt(plain.as_bytes()).inspect_err(|_| wipe(data))?;
    Ok(Some(std::mem::replace(data, Value::String(encrypted))))
}
