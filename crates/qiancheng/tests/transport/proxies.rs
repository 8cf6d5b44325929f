//! Proxies between here and the vendor.

use qiancheng::{ClientBuilder, Error, ErrorKind, Outcome};

use crate::support::alone::{alone, given};
use crate::support::proxy::Proxy;
use crate::support::server::{OPEN_ID, Server, Then};
use crate::support::tls::{Authority, GOOD};
use crate::support::{builder, client, opening, sandbox, shown};

/// A name that no resolver knows: only a proxy gets there.
const ELSEWHERE: &str = "credit.example";
const LOGIN: (&str, &str) = ("merchant", "proxy-p@ss");
/// The same as it stands in a URL.
const WRITTEN: &str = "merchant:proxy-p%40ss";
const WRONG: &str = "merchant:wrong-p%40ss";

fn open(builder: ClientBuilder) -> Result<(), Error> {
    builder.max_retries(0).build_blocking()?.call("telecom.open_id", opening()).map(drop)
}

#[test]
fn an_http_proxy_tunnels_to_the_vendor() {
    let server = Server::healthy(Then::Keep);
    let proxy = Proxy::http(server.address(), None);
    let url = format!("http://{ELSEWHERE}:{}", server.port());
    let builder = builder(&url).allow_plain_http_to_remote_hosts(true);
    open(builder.proxy(format!("http://{}", proxy.address()))).expect("an answer");
    assert_eq!(proxy.asked(), [format!("{ELSEWHERE}:{}", server.port())], "one tunnel for both requests");
}

#[test]
fn tls_runs_inside_the_tunnel() {
    let authority = Authority::new();
    let server = authority.server(ELSEWHERE, GOOD);
    let url = format!("https://{ELSEWHERE}:{}", server.port());
    let proxies = [
        ("http://", Proxy::http(server.address(), None)),
        ("http://merchant:proxy-p%40ss@", Proxy::http(server.address(), Some(LOGIN))),
        ("socks5h://", Proxy::socks5(server.address(), None)),
        ("socks5h://merchant:proxy-p%40ss@", Proxy::socks5(server.address(), Some(LOGIN))),
    ];
    for (beginning, proxy) in &proxies {
        let builder = builder(&url).proxy(format!("{beginning}{}", proxy.address()));
        open(builder.clone().extra_ca_pem(authority.pem()))
            .unwrap_or_else(|error| panic!("{beginning}: {error:?}"));
        assert_eq!(proxy.asked(), [format!("{ELSEWHERE}:{}", server.port())]);
        // The proxy is not the one to be trusted.
        let error = open(builder).expect_err("an unknown authority");
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connection, Outcome::NotSent));
    }
    assert_eq!(server.asked(OPEN_ID).len(), proxies.len());
}

#[test]
fn a_socks_proxy_resolves_names_or_leaves_that_to_us() {
    let server = Server::healthy(Then::Keep);
    let proxy = Proxy::socks5(server.address(), None);
    let remote = builder(&format!("http://{ELSEWHERE}:80")).allow_plain_http_to_remote_hosts(true);
    open(remote.clone().proxy(format!("socks5h://{}", proxy.address()))).expect("an answer");
    assert_eq!(proxy.asked(), [format!("{ELSEWHERE}:80")]);

    let error = open(remote.proxy(format!("socks5://{}", proxy.address()))).expect_err("no such name here");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connection, Outcome::NotSent));
    assert!(proxy.asked().is_empty());
    open(builder(&server.url()).proxy(format!("socks5://{}", proxy.address()))).expect("an answer");
    assert_eq!(proxy.asked(), [server.address().to_string()]);
}

#[test]
fn a_wrong_password_is_said_and_not_shown() {
    let server = Server::healthy(Then::Keep);
    for (scheme, proxy) in [
        ("http", Proxy::http(server.address(), Some(LOGIN))),
        ("socks5h", Proxy::socks5(server.address(), Some(LOGIN))),
    ] {
        let right = builder(&server.url()).proxy(format!("{scheme}://{WRITTEN}@{}", proxy.address()));
        open(right).unwrap_or_else(|error| panic!("{scheme}: {error:?}"));
        for account in [format!("{WRONG}@"), String::new()] {
            let wrong = builder(&server.url()).proxy(format!("{scheme}://{account}{}", proxy.address()));
            let error = open(wrong).expect_err("the proxy refuses");
            assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connection, Outcome::NotSent));
            let shown = shown(&error);
            assert!(!shown.contains("wrong-p") && !shown.contains("merchant"), "{shown}");
            assert!(shown.to_lowercase().contains("auth"), "{shown}");
        }
    }
    assert_eq!(server.asked(OPEN_ID).len(), 2);
}

#[test]
fn a_proxy_that_is_not_there_is_an_error_without_its_password() {
    let server = Server::healthy(Then::Keep);
    let address = Proxy::http(server.address(), None).address();
    for scheme in ["http", "socks5", "socks5h"] {
        let gone = builder(&server.url()).proxy(format!("{scheme}://{WRITTEN}@{address}"));
        let error = open(gone).expect_err("nobody is there");
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connection, Outcome::NotSent));
        assert!(!shown(&error).contains("p@ss") && !shown(&error).contains("p%40ss"), "{error:?}");
    }
    for nonsense in
        ["", "proxy", "ftp://merchant:proxy-pass@127.0.0.1", "http://", "https://merchant:proxy-pass@x"]
    {
        let error = open(builder(&server.url()).proxy(nonsense)).expect_err("no proxy's address");
        assert_eq!(error.kind(), ErrorKind::Config, "{nonsense}");
        assert!(!shown(&error).contains("proxy-pass"), "{error:?}");
    }
}

/// A call to the host elsewhere, in a process with a proxy in its environment.
fn from_environment(test: &str, variable: &str, more: &[(&str, &str)], reaches: bool) {
    if std::env::var_os("TEST_URL").is_some() {
        return alone(test, &[], || {
            let result = open(builder(&given("TEST_URL")).extra_ca_pem(given("TEST_CA")));
            assert_eq!(result.is_ok(), reaches, "{result:?}");
            let result = open(builder(&given("TEST_URL")).extra_ca_pem(given("TEST_CA")).no_proxy());
            assert_eq!(result.expect_err("only a proxy gets there").kind(), ErrorKind::Connection);
        });
    }
    let authority = Authority::new();
    let server = authority.server(ELSEWHERE, GOOD);
    let proxy = Proxy::http(server.address(), Some(LOGIN));
    let url = format!("https://{ELSEWHERE}:{}", server.port());
    let address = format!("http://{WRITTEN}@{}", proxy.address());
    let pem = authority.pem();
    let variables = [(variable, address.as_str()), ("TEST_URL", url.as_str()), ("TEST_CA", pem.as_str())];
    alone(test, &[&variables, more].concat(), || unreachable!("not here"));
    let expected = if reaches { vec![format!("{ELSEWHERE}:{}", server.port())] } else { Vec::new() };
    assert_eq!(proxy.asked(), expected);
}

#[test]
fn https_proxy_is_honoured() {
    from_environment("proxies::https_proxy_is_honoured", "HTTPS_PROXY", &[], true);
}

#[test]
fn all_proxy_is_honoured() {
    from_environment("proxies::all_proxy_is_honoured", "ALL_PROXY", &[], true);
}

#[test]
fn no_proxy_is_honoured() {
    let but = [("NO_PROXY", "localhost,.example")];
    from_environment("proxies::no_proxy_is_honoured", "HTTPS_PROXY", &but, false);
}

#[test]
fn a_proxy_in_the_environment_is_not_for_this_machine() {
    const TEST: &str = "proxies::a_proxy_in_the_environment_is_not_for_this_machine";
    // Nobody listens there: a call that went that way would fail.
    let nowhere = "http://127.0.0.1:9";
    let all = [("HTTPS_PROXY", nowhere), ("HTTP_PROXY", nowhere), ("ALL_PROXY", nowhere)];
    alone(TEST, &all, || {
        let sandbox = sandbox();
        client(&sandbox).call("telecom.open_id", opening()).expect("an answer");
        let authority = Authority::new();
        let server = authority.server("localhost", GOOD);
        let url = format!("https://localhost:{}", server.port());
        open(builder(&url).extra_ca_pem(authority.pem())).expect("an answer");
    });
}
