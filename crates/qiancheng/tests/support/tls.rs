//! An authority that nobody but these tests trusts, and servers with its certificates.

use std::io;
use std::net::TcpStream;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    date_time_ymd,
};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use super::server::{Server, Stream, TOKEN, Then, healthy};

/// An authority.
pub(crate) struct Authority {
    certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate and its key.
pub(crate) struct Issued {
    certificate: Certificate,
    key: KeyPair,
}

impl Issued {
    pub(crate) fn pem(&self) -> String {
        self.certificate.pem()
    }

    pub(crate) fn key_pem(&self) -> String {
        self.key.serialize_pem()
    }
}

/// From and to which year a certificate is good.
pub(crate) const GOOD: (i32, i32) = (2020, 4000);
pub(crate) const EXPIRED: (i32, i32) = (2020, 2021);

fn params(names: &[&str], years: (i32, i32)) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let mut params = CertificateParams::new(names).expect("names");
    params.not_before = date_time_ymd(years.0, 1, 1);
    params.not_after = date_time_ymd(years.1, 1, 1);
    params
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = params(&[], GOOD);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "an authority for tests");
        let key = KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("a certificate");
        Self { certificate, issuer: Issuer::new(params, key) }
    }

    pub(crate) fn pem(&self) -> String {
        self.certificate.pem()
    }

    pub(crate) fn issue(&self, name: &str, years: (i32, i32), usage: ExtendedKeyUsagePurpose) -> Issued {
        let mut params = params(&[name], years);
        params.distinguished_name.push(DnType::CommonName, name);
        params.extended_key_usages.push(usage);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        Issued { certificate, key }
    }

    /// A healthy vendor under a name.
    pub(crate) fn server(&self, name: &str, years: (i32, i32)) -> Server {
        serve(self.config(name, years, None), Then::Keep)
    }

    /// A healthy vendor that closes the connection after each answer but a token's.
    pub(crate) fn closing_server(&self, name: &str) -> Server {
        serve(self.config(name, GOOD, None), Then::Close)
    }

    /// A healthy vendor that wants to see a certificate of the caller, issued by `clients`.
    pub(crate) fn demanding_server(&self, name: &str, clients: &Authority) -> Server {
        serve(self.config(name, GOOD, Some(clients)), Then::Keep)
    }

    fn config(&self, name: &str, years: (i32, i32), clients: Option<&Authority>) -> Arc<ServerConfig> {
        let issued = self.issue(name, years, ExtendedKeyUsagePurpose::ServerAuth);
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .expect("versions");
        let builder = match clients {
            None => builder.with_no_client_auth(),
            Some(authority) => {
                let mut roots = RootCertStore::empty();
                roots.add(authority.certificate.der().clone()).expect("a root");
                let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
                builder.with_client_cert_verifier(verifier.build().expect("a verifier"))
            }
        };
        let key = PrivateKeyDer::try_from(issued.key.serialize_der()).expect("a key");
        Arc::new(
            builder.with_single_cert(vec![issued.certificate.der().clone()], key).expect("a certificate"),
        )
    }
}

fn serve(config: Arc<ServerConfig>, then: Then) -> Server {
    let wrap = move |stream: TcpStream| -> io::Result<Box<dyn Stream>> {
        let connection = ServerConnection::new(Arc::clone(&config)).map_err(io::Error::other)?;
        Ok(Box::new(StreamOwned::new(connection, stream)))
    };
    Server::wrapped(wrap, move |request, out| {
        out.write_all(&healthy(request))?;
        Ok(if request.path == TOKEN { Then::Keep } else { then })
    })
}

impl Stream for StreamOwned<ServerConnection, TcpStream> {
    fn close(&mut self) {
        self.conn.send_close_notify();
        // The other side may have gone first.
        let _ = self.conn.write_tls(&mut self.sock);
        self.sock.close();
    }
}
