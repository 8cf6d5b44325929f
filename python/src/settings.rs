//! Settings of a client, from Python.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};
use qiancheng::{
    CallOptions, ClientBuilder, FileStore, PRODUCTION_URL, Padding, TEST_URL, TextEncoding, Timeouts,
    WireFormat,
};

use crate::errors::misconfigured;

/// The settings that were given: what is `None` was not.
struct Given<'a, 'py>(&'a Bound<'py, PyDict>);

impl<'py> Given<'_, 'py> {
    fn raw(&self, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        Ok(self.0.get_item(name)?.filter(|value| !value.is_none()))
    }

    /// A setting of a type; `wanted` says in the error what it must be.
    fn get<T>(&self, name: &str, wanted: &str) -> PyResult<Option<T>>
    where
        T: for<'a> FromPyObject<'a, 'py>,
    {
        let Some(value) = self.raw(name)? else { return Ok(None) };
        // The conversion's own error could quote a password.
        value.extract::<T>().map(Some).map_err(|_| mistyped(name, wanted, &value))
    }

    fn text(&self, name: &str) -> PyResult<Option<String>> {
        self.get(name, "text")
    }

    fn truth(&self, name: &str) -> PyResult<Option<bool>> {
        self.get(name, "True or False")
    }

    /// Seconds as a number, or a `timedelta`; more than zero.
    fn duration(&self, name: &str) -> PyResult<Option<Duration>> {
        let Some(value) = self.raw(name)? else { return Ok(None) };
        duration(&value, name).map(Some)
    }

    /// Text or bytes.
    fn bytes(&self, name: &str) -> PyResult<Option<Vec<u8>>> {
        self.raw(name)?.map(|value| bytes(&value, name)).transpose()
    }

    /// One of a few words.
    fn choice<T: Copy>(&self, name: &str, choices: &[(&str, T)]) -> PyResult<Option<T>> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        if let Some((_, choice)) = choices.iter().find(|(word, _)| *word == text) {
            return Ok(Some(*choice));
        }
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        Err(misconfigured(self.0.py(), &format!("{name} must be one of {}", words.join(", "))))
    }
}

fn mistyped(name: &str, wanted: &str, value: &Bound<'_, PyAny>) -> PyErr {
    match value.get_type().name() {
        Ok(found) => PyTypeError::new_err(format!("{name} must be {wanted}, not {found}")),
        Err(error) => error,
    }
}

/// Seconds as a number, or a `timedelta`.
pub(crate) fn duration(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Duration> {
    let seconds = match value.getattr(intern!(value.py(), "total_seconds")) {
        Ok(total) => total.call0()?.extract::<f64>()?,
        Err(_) => value.extract::<f64>().map_err(|_| mistyped(name, "seconds or a timedelta", value))?,
    };
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|duration| !duration.is_zero())
        .ok_or_else(|| misconfigured(value.py(), &format!("{name} must be more than 0 seconds")))
}

fn bytes(value: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<u8>> {
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    match value.cast::<PyString>().map(PyStringMethods::to_cow) {
        Ok(Ok(text)) => Ok(text.as_bytes().to_vec()),
        _ => Err(mistyped(name, "text or bytes", value)),
    }
}

/// Applies what was given to a builder.
pub(crate) fn apply(mut builder: ClientBuilder, settings: &Bound<'_, PyDict>) -> PyResult<ClientBuilder> {
    let given = Given(settings);
    let py = settings.py();
    builder = address(builder, &given)?;
    if let Some(username) = given.text("username")? {
        builder = builder.username(username);
    }
    if let Some(password) = given.text("password")? {
        builder = builder.password(password);
    }
    if let Some(format) =
        given.choice("wire_format", &[("form", WireFormat::Form), ("json", WireFormat::Json)])?
    {
        builder = builder.wire_format(format);
    }
    if let Some(hours) = given.get("token_hours", "a whole number of hours")? {
        builder = builder.token_hours(hours);
    }
    if let Some(directory) = given.get::<PathBuf>("token_store", "the path of a directory")? {
        let store = FileStore::new(directory).map_err(|error| {
            misconfigured(py, &format!("the directory for tokens cannot be used: {error}"))
        })?;
        builder = builder.token_store(store);
    }
    builder = limits(builder, &given)?;
    builder = audit(builder, &given)?;
    if let Some(validate) = given.truth("validate")? {
        builder = builder.validate(validate);
    }
    if let Some(paths) = given.get::<HashMap<String, String>>("paths", "a dict of texts")? {
        for (endpoint, path) in paths {
            builder = builder.path(endpoint, path);
        }
    }
    match given.raw("proxy")? {
        Some(value) if value.extract::<bool>().is_ok_and(|wanted| !wanted) => builder = builder.no_proxy(),
        Some(_) => {
            if let Some(url) = given.get::<String>("proxy", "text, or False for none")? {
                builder = builder.proxy(url);
            }
        }
        None => {}
    }
    if let Some(pem) = given.bytes("extra_ca_pem")? {
        builder = builder.extra_ca_pem(pem);
    }
    if let Some(pair) = given.raw("client_certificate_pem")? {
        let Ok((certificates, key)) = pair.extract::<(Bound<'_, PyAny>, String)>() else {
            return Err(PyTypeError::new_err("client_certificate_pem must be the pair (certificates, key)"));
        };
        builder = builder.client_certificate_pem(bytes(&certificates, "client_certificate_pem")?, key);
    }
    if let Some(product) = given.text("user_agent")? {
        builder = builder.user_agent(product);
    }
    Ok(builder)
}

fn address(mut builder: ClientBuilder, given: &Given<'_, '_>) -> PyResult<ClientBuilder> {
    let environment = given.choice("environment", &[("production", PRODUCTION_URL), ("test", TEST_URL)])?;
    match (given.text("base_url")?, environment) {
        (Some(_), Some(_)) => {
            return Err(misconfigured(given.0.py(), "base_url and environment exclude each other"));
        }
        (Some(url), None) => builder = builder.base_url(url),
        (None, Some(url)) => builder = builder.base_url(url),
        (None, None) => {}
    }
    if let Some(allowed) = given.truth("allow_plain_http_to_remote_hosts")? {
        builder = builder.allow_plain_http_to_remote_hosts(allowed);
    }
    Ok(builder)
}

fn limits(mut builder: ClientBuilder, given: &Given<'_, '_>) -> PyResult<ClientBuilder> {
    let connect = given.duration("connect_timeout")?;
    let read = given.duration("read_timeout")?;
    let attempt = given.duration("attempt_timeout")?;
    let limited = |usual: Timeouts, total: Option<Duration>| Timeouts {
        connect: connect.unwrap_or(usual.connect),
        read: read.unwrap_or(usual.read),
        attempt: attempt.unwrap_or(usual.attempt),
        total: total.unwrap_or(usual.total),
    };
    builder = builder
        .timeouts(limited(Timeouts::ORDINARY, given.duration("timeout")?))
        .data_timeouts(limited(Timeouts::DATA, given.duration("data_timeout")?));
    if let Some(retries) = given.get("max_retries", "a whole number")? {
        builder = builder.max_retries(retries);
    }
    if let Some(pair) = given.raw("backoff")? {
        let Ok((first, longest)) = pair.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>() else {
            return Err(PyTypeError::new_err("backoff must be the pair (first, longest), in seconds"));
        };
        builder = builder.backoff(duration(&first, "backoff")?, duration(&longest, "backoff")?);
    }
    if let Some(bytes) = given.get("max_answer_bytes", "a whole number of bytes")? {
        builder = builder.max_answer_bytes(bytes);
    }
    if let Some(interval) = given.duration("poll_interval")? {
        builder = builder.poll_interval(interval);
    }
    Ok(builder)
}

fn audit(mut builder: ClientBuilder, given: &Given<'_, '_>) -> PyResult<ClientBuilder> {
    if let Some(key) = given.bytes("audit_public_key")? {
        builder = builder.audit_public_key(key);
    }
    let paddings = Padding::ALL.map(|padding| (padding.name(), padding));
    if let Some(padding) = given.choice("audit_padding", &paddings)? {
        builder = builder.audit_padding(padding);
    }
    let encodings = TextEncoding::ALL.map(|encoding| (encoding.name(), encoding));
    if let Some(encoding) = given.choice("audit_encoding", &encodings)? {
        builder = builder.audit_encoding(encoding);
    }
    Ok(builder)
}

/// Changes to a client's settings.
pub(crate) fn options(options: &Bound<'_, PyDict>) -> PyResult<CallOptions> {
    let given = Given(options);
    let mut options = CallOptions::new();
    if let Some(total) = given.duration("timeout")? {
        options = options.total(total);
    }
    if let Some(read) = given.duration("read_timeout")? {
        options = options.read(read);
    }
    if let Some(attempt) = given.duration("attempt_timeout")? {
        options = options.attempt(attempt);
    }
    if let Some(retries) = given.get("max_retries", "a whole number")? {
        options = options.max_retries(retries);
    }
    if let Some(validate) = given.truth("validate")? {
        options = options.validate(validate);
    }
    if let Some(interval) = given.duration("poll_interval")? {
        options = options.poll_interval(interval);
    }
    Ok(options)
}
