//! Settings by name, as one JSON object: how languages that cannot call the builder hand them over.
//!
//! The names are the same everywhere. Times are in seconds. What is `null` was not given. An error names the setting and what it
//! must be, and never quotes a value: it may be a password.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

use crate::audit_cipher::{Padding, TextEncoding};
use crate::config::{CallOptions, ClientBuilder, PRODUCTION_URL, TEST_URL};
use crate::deadline::Timeouts;
use crate::error::{Error, ErrorKind, Result};
use crate::mismatch;
use crate::personal::Secret;
use crate::token::store::FileStore;
use crate::wire::body::WireFormat;

/// A client's settings.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    base_url: Option<String>,
    environment: Option<Environment>,
    allow_plain_http_to_remote_hosts: Option<bool>,
    username: Option<String>,
    password: Option<Secret>,
    wire_format: Option<Format>,
    token_hours: Option<u32>,
    token_store: Option<PathBuf>,
    connect_timeout: Option<Seconds>,
    read_timeout: Option<Seconds>,
    attempt_timeout: Option<Seconds>,
    timeout: Option<Seconds>,
    data_timeout: Option<Seconds>,
    max_retries: Option<u32>,
    backoff: Option<(Seconds, Seconds)>,
    max_answer_bytes: Option<usize>,
    poll_interval: Option<Seconds>,
    validate: Option<bool>,
    audit_public_key: Option<String>,
    audit_padding: Option<ByName<Padding>>,
    audit_encoding: Option<ByName<TextEncoding>>,
    paths: Option<HashMap<String, String>>,
    proxy: Option<Proxy>,
    extra_ca_pem: Option<String>,
    client_certificate_pem: Option<(String, Secret)>,
    user_agent: Option<String>,
}

/// What may differ from call to call.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Changes {
    timeout: Option<Seconds>,
    read_timeout: Option<Seconds>,
    attempt_timeout: Option<Seconds>,
    max_retries: Option<u32>,
    validate: Option<bool>,
    poll_interval: Option<Seconds>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Environment {
    Production,
    Test,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Format {
    Form,
    Json,
}

/// More than no time.
#[derive(Clone, Copy)]
struct Seconds(Duration);

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        Duration::try_from_secs_f64(seconds)
            .ok()
            .filter(|duration| !duration.is_zero())
            .map(Self)
            .ok_or_else(|| D::Error::custom("expected more than 0 seconds"))
    }
}

/// One of a few that have names.
struct ByName<T>(T);

/// What has names.
trait Named: Copy + 'static {
    fn all() -> Vec<(&'static str, Self)>;
}

impl Named for Padding {
    fn all() -> Vec<(&'static str, Self)> {
        Self::ALL.map(|padding| (padding.name(), padding)).to_vec()
    }
}

impl Named for TextEncoding {
    fn all() -> Vec<(&'static str, Self)> {
        Self::ALL.map(|encoding| (encoding.name(), encoding)).to_vec()
    }
}

impl<'de, T: Named> Deserialize<'de> for ByName<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let all = T::all();
        all.iter().find(|(known, _)| *known == name).map(|(_, value)| Self(*value)).ok_or_else(|| {
            let names: Vec<&str> = all.iter().map(|(known, _)| *known).collect();
            D::Error::custom(format!("expected one of {}", names.join(", ")))
        })
    }
}

/// An address, or `false` for none.
enum Proxy {
    None,
    Fixed(String),
}

impl<'de> Deserialize<'de> for Proxy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::Bool(false) => Ok(Self::None),
            serde_json::Value::String(url) => Ok(Self::Fixed(url)),
            _ => Err(D::Error::custom("expected the address of a proxy, or false for none")),
        }
    }
}

/// Reads settings out of JSON.
fn read<T: DeserializeOwned + Default>(json: &[u8]) -> Result<T> {
    let refuse = |words: &'static str| Error::new(ErrorKind::Config, words);
    match json.trim_ascii_start().first() {
        None => return Ok(T::default()),
        // Else serde would read a list as the fields in their order.
        Some(b'{') => {}
        Some(_) => return Err(refuse("the settings must be a JSON object")),
    }
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let settings = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        if error.inner().is_data() {
            mismatch::in_settings(&error)
        } else {
            refuse("the settings are not JSON")
        }
    })?;
    deserializer.end().map_err(|_| refuse("the settings are not JSON"))?;
    Ok(settings)
}

impl ClientBuilder {
    /// Applies settings by name: a JSON object in UTF-8, whose names are those of the builder's methods, with times in
    /// seconds. For bindings.
    #[doc(hidden)]
    pub fn named_settings(self, json: &[u8]) -> Result<Self> {
        read::<Settings>(json)?.apply(self)
    }
}

impl CallOptions {
    /// Options by name: `timeout`, `read_timeout`, `attempt_timeout`, `max_retries`, `validate`, `poll_interval`, with times in
    /// seconds. For bindings.
    #[doc(hidden)]
    pub fn named(json: &[u8]) -> Result<Self> {
        let changes = read::<Changes>(json)?;
        let mut options = Self::new();
        if let Some(Seconds(total)) = changes.timeout {
            options = options.total(total);
        }
        if let Some(Seconds(read)) = changes.read_timeout {
            options = options.read(read);
        }
        if let Some(Seconds(attempt)) = changes.attempt_timeout {
            options = options.attempt(attempt);
        }
        if let Some(retries) = changes.max_retries {
            options = options.max_retries(retries);
        }
        if let Some(validate) = changes.validate {
            options = options.validate(validate);
        }
        if let Some(Seconds(interval)) = changes.poll_interval {
            options = options.poll_interval(interval);
        }
        Ok(options)
    }
}

/// Applies a setting that was given.
fn given<T>(
    builder: ClientBuilder,
    value: Option<T>,
    set: impl FnOnce(ClientBuilder, T) -> ClientBuilder,
) -> ClientBuilder {
    match value {
        Some(value) => set(builder, value),
        None => builder,
    }
}

impl Settings {
    fn apply(mut self, mut builder: ClientBuilder) -> Result<ClientBuilder> {
        builder = self.address(builder)?;
        builder = self.limits(builder);
        builder = given(builder, self.username, ClientBuilder::username);
        builder = given(builder, self.password, ClientBuilder::password);
        builder = given(builder, self.wire_format, |builder, format| {
            builder.wire_format(match format {
                Format::Form => WireFormat::Form,
                Format::Json => WireFormat::Json,
            })
        });
        builder = given(builder, self.token_hours, ClientBuilder::token_hours);
        if let Some(directory) = self.token_store {
            let store = FileStore::new(directory).map_err(|error| {
                let words = format!("the directory for tokens cannot be used: {error}");
                Error::new(ErrorKind::Config, words)
            })?;
            builder = builder.token_store(store);
        }
        builder = given(builder, self.validate, ClientBuilder::validate);
        builder = given(builder, self.audit_public_key, ClientBuilder::audit_public_key);
        builder =
            given(builder, self.audit_padding, |builder, ByName(padding)| builder.audit_padding(padding));
        builder =
            given(builder, self.audit_encoding, |builder, ByName(encoding)| builder.audit_encoding(encoding));
        for (endpoint, path) in self.paths.unwrap_or_default() {
            builder = builder.path(endpoint, path);
        }
        builder = match self.proxy {
            None => builder,
            Some(Proxy::None) => builder.no_proxy(),
            Some(Proxy::Fixed(url)) => builder.proxy(url),
        };
        builder = given(builder, self.extra_ca_pem, ClientBuilder::extra_ca_pem);
        builder = given(builder, self.client_certificate_pem, |builder, (certificates, key)| {
            builder.client_certificate_pem(certificates, key)
        });
        Ok(given(builder, self.user_agent, ClientBuilder::user_agent))
    }

    fn address(&mut self, builder: ClientBuilder) -> Result<ClientBuilder> {
        let url = match (self.base_url.take(), self.environment) {
            (Some(_), Some(_)) => {
                return Err(Error::new(ErrorKind::Config, "base_url and environment exclude each other"));
            }
            (None, Some(Environment::Production)) => Some(PRODUCTION_URL.to_owned()),
            (None, Some(Environment::Test)) => Some(TEST_URL.to_owned()),
            (url, None) => url,
        };
        let builder = given(builder, url, ClientBuilder::base_url);
        Ok(given(
            builder,
            self.allow_plain_http_to_remote_hosts,
            ClientBuilder::allow_plain_http_to_remote_hosts,
        ))
    }

    fn limits(&self, mut builder: ClientBuilder) -> ClientBuilder {
        let limit = |given: Option<Seconds>, usual: Duration| given.map_or(usual, |Seconds(limit)| limit);
        let limited = |usual: Timeouts, total: Option<Seconds>| Timeouts {
            connect: limit(self.connect_timeout, usual.connect),
            read: limit(self.read_timeout, usual.read),
            attempt: limit(self.attempt_timeout, usual.attempt),
            total: limit(total, usual.total),
        };
        builder = builder
            .timeouts(limited(Timeouts::ORDINARY, self.timeout))
            .data_timeouts(limited(Timeouts::DATA, self.data_timeout));
        builder = given(builder, self.max_retries, ClientBuilder::max_retries);
        builder = given(builder, self.backoff, |builder, (Seconds(first), Seconds(longest))| {
            builder.backoff(first, longest)
        });
        builder = given(builder, self.max_answer_bytes, ClientBuilder::max_answer_bytes);
        given(builder, self.poll_interval, |builder, Seconds(interval)| builder.poll_interval(interval))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(json: &str) -> Result<ClientBuilder> {
        ClientBuilder::default().named_settings(json.as_bytes())
    }

    fn refusal(json: &str) -> Error {
        settings(json).map(drop).expect_err("is refused")
    }

    #[test]
    fn settings_arrive_in_the_client() {
        let builder = settings(
            r#"{"base_url": "http://127.0.0.1:1/x", "username": "demo", "password": "𠮷\n", "timeout": 1.5,
                "data_timeout": 7, "connect_timeout": 2, "max_retries": 5, "backoff": [0.1, 3], "wire_format": "json",
                "audit_padding": "none", "paths": {"degree.login": "/l"}, "client_certificate_pem": null, "proxy": false, "validate": false,
                "max_answer_bytes": 9, "poll_interval": 0.25, "user_agent": "loans/1", "token_hours": null}"#,
        )
        .expect("settings");
        let (config, settings) = builder.settled().expect("they settle");
        assert_eq!(config.base.origin(), "http://127.0.0.1:1");
        assert_eq!((config.username.as_str(), config.password.expose()), ("demo", "𠮷\n"));
        assert_eq!(config.wire_format, WireFormat::Json);
        assert_eq!(config.backoff.longest, Duration::from_secs(3));
        assert_eq!(config.paths["degree.login"], "/l");
        assert!(matches!(config.proxy, crate::config::Proxy::None) && config.audit_cipher.is_some());
        assert_eq!(config.max_answer_bytes, 9);
        assert_eq!(settings.timeouts.total, Duration::from_millis(1500));
        assert_eq!(settings.data_timeouts.total, Duration::from_secs(7));
        assert_eq!(settings.data_timeouts.read, Timeouts::DATA.read);
        assert_eq!(config.connect_timeout, Duration::from_secs(2));
        assert_eq!((settings.max_retries, settings.validate), (5, false));
        assert_eq!(settings.usual_poll_interval, Duration::from_millis(250));
    }

    #[test]
    fn nothing_given_changes_nothing() {
        for json in ["", "{}", r#"{"timeout": null, "paths": null}"#] {
            let given = settings(json).expect("settings");
            assert_eq!(format!("{given:?}"), format!("{:?}", ClientBuilder::default()), "{json}");
        }
    }

    #[test]
    fn an_unknown_setting_is_refused_with_the_nearest_right_one() {
        let error = refusal(r#"{"baseurl": "https://secret.example"}"#);
        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(error.message(), "there is no setting `baseurl`; did you mean base_url?");
        assert!(refusal(r#"{"zzz": 1}"#).message().contains("there are base_url, environment"));
    }

    #[test]
    fn a_wrong_value_is_named_and_not_quoted() {
        for (json, message) in [
            (r#"{"password": 4711}"#, "the setting `password` has the wrong type: expected a string"),
            (r#"{"timeout": "4711"}"#, "the setting `timeout` has the wrong type: expected f64"),
            (r#"{"timeout": 0}"#, "the setting `timeout` has the wrong type: expected more than 0 seconds"),
            (r#"{"timeout": -1e400}"#, "the settings are not JSON"),
            (r#"{"max_retries": -4711}"#, "the setting `max_retries` has the wrong type: expected u32"),
            (
                r#"{"environment": "4711"}"#,
                "the setting `environment` has the wrong type: expected `production` or `test`",
            ),
            (
                r#"{"audit_padding": "4711"}"#,
                "the setting `audit_padding` has the wrong type: expected one of pkcs1v15, oaep_sha1, oaep_sha256, none",
            ),
            (
                r#"{"proxy": true}"#,
                "the setting `proxy` has the wrong type: expected the address of a proxy, or false for none",
            ),
            (
                r#"{"base_url": "https://a", "environment": "test"}"#,
                "base_url and environment exclude each other",
            ),
            (r#"["https://a"]"#, "the settings must be a JSON object"),
            (r#"{"password": "4711"#, "the settings are not JSON"),
            (r"{} 4711", "the settings are not JSON"),
        ] {
            let error = refusal(json);
            assert_eq!((error.kind(), error.message()), (ErrorKind::Config, message), "{json}");
            assert!(!error.to_string().contains("4711"), "{error}");
        }
    }

    #[test]
    fn options_are_read_by_name() {
        let options =
            CallOptions::named(br#"{"timeout": 2, "max_retries": 0, "validate": false}"#).expect("options");
        let (_, settings) = ClientBuilder::default().account("a", "b").settled().expect("settings");
        let changed = settings.with(options);
        assert_eq!(changed.timeouts.total, Duration::from_secs(2));
        assert_eq!((changed.max_retries, changed.validate), (0, false));
        let error = CallOptions::named(br#"{"time_out": 2}"#).expect_err("unknown");
        assert_eq!(error.message(), "there is no setting `time_out`; did you mean timeout?");
    }
}
