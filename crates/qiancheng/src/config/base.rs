//! The vendor's address.

use ::http::uri::PathAndQuery;
use url::{Host, Url};

use crate::error::{Error, ErrorKind, Result};

/// A base address that may be used: `https`, or plain `http` where that was allowed.
#[derive(Debug, Clone)]
pub(crate) struct BaseUrl {
    origin: String,
    prefix: String,
    https: bool,
    loopback: bool,
}

impl BaseUrl {
    pub(crate) fn parse(text: &str, plain_http_allowed: bool) -> Result<Self> {
        let refuse = |words: &str| Error::new(ErrorKind::Config, format!("the base URL {words}"));
        let url = Url::parse(text.trim()).map_err(|error| refuse(&format!("is not a URL: {error}")))?;
        let loopback = match url.host().ok_or_else(|| refuse("has no host"))? {
            Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        };
        let https = match url.scheme() {
            "https" => true,
            "http" if loopback || plain_http_allowed => false,
            "http" => {
                return Err(refuse(
                    "is plain http to another machine, which would show people's data to everyone in between; \
                     use https (or, for a test network, `allow_plain_http_to_remote_hosts`)",
                ));
            }
            _ => return Err(refuse("must start with https://")),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("must not hold a user name or password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refuse("must not have a query or a fragment"));
        }
        let origin = url.origin().ascii_serialization();
        let prefix = url.path().trim_end_matches('/').to_owned();
        Ok(Self { origin, prefix, https, loopback })
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    pub(crate) fn is_https(&self) -> bool {
        self.https
    }

    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// What a request asks the host for: a path, with a query string if there is one.
    pub(crate) fn target(&self, path: &str, query: Option<&str>) -> Result<PathAndQuery> {
        let separator = if query.is_some() { "?" } else { "" };
        let text = [&self.prefix, path, separator, query.unwrap_or_default()].concat();
        text.try_into().map_err(|_| Error::new(ErrorKind::InvalidInput, "the path is not one of a URL"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine() {
        for text in
            ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:9", "https://credit.example/prefix/"]
        {
            assert!(BaseUrl::parse(text, false).is_ok(), "{text}");
        }
        for text in [
            "http://credit.example",
            "http://10.0.0.1",
            "http://127.0.0.1.example",
            "ftp://x",
            "x",
            "https://a:b@c",
        ] {
            assert!(BaseUrl::parse(text, false).is_err(), "{text}");
        }
        assert!(BaseUrl::parse("http://credit.example", true).is_ok());
    }

    #[test]
    fn a_prefix_stays_in_front_of_every_path() {
        let base = BaseUrl::parse("https://gateway.example/credit/", false).expect("a base URL");
        assert_eq!(base.target("/a/b", Some("c=d")).expect("a path"), "/credit/a/b?c=d");
    }
}
