//! Who is trusted, and who is not.

use qiancheng::{ClientBuilder, Error, ErrorKind, Outcome};
use rcgen::ExtendedKeyUsagePurpose::{ClientAuth, ServerAuth};

use crate::support::server::{OPEN_ID, Server, Then};
use crate::support::tls::{Authority, EXPIRED, GOOD};
use crate::support::{builder, opening};

/// A builder for a server on this machine, under a name; repeats change nothing here.
fn to(name: &str, server: &Server) -> ClientBuilder {
    builder(&format!("https://{name}:{}", server.port())).max_retries(0)
}

fn open(builder: ClientBuilder) -> Result<(), Error> {
    builder.build_blocking().expect("a client").call("telecom.open_id", opening()).map(drop)
}

/// Nothing left, and the message says what is wrong with the certificate.
fn refused(builder: ClientBuilder, server: &Server, words: &str) {
    let error = open(builder).expect_err("not to be trusted");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connection, Outcome::NotSent), "{error}");
    assert!(error.message().to_lowercase().contains(words), "{error}");
    assert_eq!(server.asked(OPEN_ID).len(), 0);
}

#[test]
fn an_unknown_authority_is_refused() {
    let server = Authority::new().server("localhost", GOOD);
    refused(to("localhost", &server), &server, "certificate");
    let other = Authority::new().pem();
    refused(to("localhost", &server).extra_ca_pem(other), &server, "certificate");
}

#[test]
fn an_authority_that_the_caller_adds_is_trusted() {
    let authority = Authority::new();
    let server = authority.server("localhost", GOOD);
    open(to("localhost", &server).extra_ca_pem(authority.pem())).expect("an answer");
    let several = format!("{}\n{}", Authority::new().pem(), authority.pem());
    open(to("localhost", &server).extra_ca_pem(several)).expect("an answer");
}

#[test]
fn a_certificate_for_another_name_is_refused() {
    let authority = Authority::new();
    let server = authority.server("credit.example", GOOD);
    refused(to("localhost", &server).extra_ca_pem(authority.pem()), &server, "name");
    refused(to("127.0.0.1", &server).extra_ca_pem(authority.pem()), &server, "name");
}

#[test]
fn an_expired_certificate_is_refused() {
    let authority = Authority::new();
    let server = authority.server("localhost", EXPIRED);
    refused(to("localhost", &server).extra_ca_pem(authority.pem()), &server, "expired");
}

#[test]
fn plain_http_on_a_port_for_tls_is_refused() {
    let server = Server::healthy(Then::Keep);
    refused(to("localhost", &server), &server, "");
}

#[test]
fn a_certificate_of_the_caller_is_shown_where_it_is_demanded() {
    let (authority, clients) = (Authority::new(), Authority::new());
    let server = authority.demanding_server("localhost", &clients);
    let mine = clients.issue("merchant", GOOD, ClientAuth);
    let builder = to("localhost", &server).extra_ca_pem(authority.pem());
    open(builder.clone().client_certificate_pem(mine.pem(), mine.key_pem())).expect("an answer");

    let nobodys = open(builder.clone()).expect_err("no certificate");
    let strangers = authority.issue("merchant", GOOD, ClientAuth);
    let strangers =
        open(builder.client_certificate_pem(strangers.pem(), strangers.key_pem())).expect_err("another's");
    for error in [nobodys, strangers] {
        assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
        // What the server did not get to see cannot have been done; the token's request came first.
        assert_eq!(error.outcome(), Outcome::NotSent, "{error}");
    }
    assert_eq!(server.asked(OPEN_ID).len(), 1);
}

#[test]
fn what_is_no_certificate_or_key_is_refused_when_the_client_is_built() {
    let mine = Authority::new().issue("merchant", GOOD, ServerAuth);
    let base = || builder("https://localhost:1");
    let broken = [
        base().extra_ca_pem("no PEM"),
        base().extra_ca_pem("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"),
        base().client_certificate_pem("no PEM", mine.key_pem()),
        base().client_certificate_pem(mine.pem(), "no PEM"),
    ];
    for builder in broken {
        let error = builder.build_blocking().expect_err("unreadable");
        assert_eq!(error.kind(), ErrorKind::Config, "{error}");
    }
}

#[test]
fn a_key_that_is_not_the_certificates_is_refused_and_nothing_leaves() {
    let authority = Authority::new();
    let server = authority.server("localhost", GOOD);
    let (one, other) =
        (authority.issue("merchant", GOOD, ClientAuth), authority.issue("merchant", GOOD, ClientAuth));
    let builder = to("localhost", &server).extra_ca_pem(authority.pem());
    let error = builder
        .client_certificate_pem(one.pem(), other.key_pem())
        .build_blocking()
        .and_then(|client| client.call("telecom.open_id", opening()).map(drop))
        .expect_err("a key of another certificate");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Config, Outcome::NotSent), "{error}");
}
