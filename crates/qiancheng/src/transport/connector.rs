//! How a connection to the vendor is made: directly, through an HTTP proxy's tunnel, or through SOCKS5.
//!
//! TLS to the vendor runs inside whatever this makes, so a proxy sees a host name and nothing else.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use ::http::Uri;
use ::http::header::HeaderValue;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use crate::config::{Config, Proxy};
use crate::transport::socket::Socket;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A way to the vendor.
#[derive(Clone)]
pub(crate) enum Connector {
    Direct(HttpConnector),
    Tunnel(Tunnel<HttpConnector>),
    Socks(SocksV5<HttpConnector>),
}

impl Connector {
    pub(crate) fn new(config: &Config) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(config.connect_timeout));
        tcp.set_keepalive(Some(Duration::from_secs(60)));
        let Some(Via { uri, basic, login }) = chosen(config) else { return Self::Direct(tcp) };
        if let Some(scheme @ ("socks5" | "socks5h")) = uri.scheme_str() {
            let socks = SocksV5::new(uri.clone(), tcp).local_dns(scheme == "socks5");
            Self::Socks(match login {
                Some((user, password)) => socks.with_auth(user, password),
                None => socks,
            })
        } else {
            let tunnel = Tunnel::new(uri, tcp);
            Self::Tunnel(match basic {
                Some(basic) => tunnel.with_auth(basic),
                None => tunnel,
            })
        }
    }
}

/// A proxy, and how one proves oneself to it.
struct Via {
    uri: Uri,
    basic: Option<HeaderValue>,
    login: Option<(String, String)>,
}

/// The proxy that the configuration, or the environment, chooses for the vendor's host.
fn chosen(config: &Config) -> Option<Via> {
    let matcher = match &config.proxy {
        Proxy::None => return None,
        // A proxy in the environment is meant for the world outside, not for this machine.
        Proxy::Environment if config.base.is_loopback() => return None,
        Proxy::Environment => Matcher::from_env(),
        Proxy::Fixed(uri) => Matcher::builder().all(uri.as_str()).build(),
    };
    let destination: Uri = config.base.origin().parse().ok()?;
    matcher.intercept(&destination).map(|proxy| Via {
        uri: proxy.uri().clone(),
        basic: proxy.basic_auth().cloned(),
        login: proxy.raw_auth().map(|(user, password)| (user.to_owned(), password.to_owned())),
    })
}

impl Service<Uri> for Connector {
    type Response = TokioIo<Socket>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        match self {
            Self::Direct(tcp) => tcp.poll_ready(context).map_err(Into::into),
            Self::Tunnel(tunnel) => tunnel.poll_ready(context).map_err(Into::into),
            Self::Socks(socks) => socks.poll_ready(context).map_err(Into::into),
        }
    }

    fn call(&mut self, destination: Uri) -> Self::Future {
        match self {
            Self::Direct(tcp) => connected(tcp.call(destination)),
            Self::Tunnel(tunnel) => connected(tunnel.call(with_port(destination))),
            Self::Socks(socks) => connected(socks.call(with_port(destination))),
        }
    }
}

fn connected<E: Into<BoxError>>(
    connecting: impl Future<Output = Result<TokioIo<TcpStream>, E>> + Send + 'static,
) -> Pin<Box<dyn Future<Output = Result<TokioIo<Socket>, BoxError>> + Send>> {
    Box::pin(async move {
        let stream = connecting.await.map_err(Into::into)?;
        Ok(TokioIo::new(Socket::new(stream.into_inner())))
    })
}

/// Plain HTTP's port in full: those who speak to proxies take an address without one for HTTPS.
fn with_port(destination: Uri) -> Uri {
    let host = destination.host().filter(|_| destination.scheme_str() == Some("http"));
    match (host, destination.port()) {
        (Some(host), None) => format!("http://{host}:80/").parse().unwrap_or(destination),
        _ => destination,
    }
}
