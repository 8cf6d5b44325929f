//! The TLS configuration: the platform's certificate checks, the caller's extra authorities, the caller's own
//! certificate. There is no way to turn the checks off.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls_platform_verifier::Verifier;

use crate::error::{Error, ErrorKind, Result};

/// The caller's own certificate, with the authorities up to the root, and its key.
#[derive(Clone)]
pub(crate) struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: Arc<PrivateKeyDer<'static>>,
}

impl Identity {
    /// Reads certificates and the private key from PEM.
    pub(crate) fn from_pem(certificates: &[u8], key: &[u8]) -> Result<Self> {
        let chain = authorities(certificates, "the client certificate")?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| {
            Error::new(ErrorKind::Config, "the client certificate's private key is not readable PEM")
        })?;
        Ok(Self { chain, key: Arc::new(key) })
    }
}

/// Reads certificates from PEM; `what` names them in the error.
pub(crate) fn authorities(pem: &[u8], what: &str) -> Result<Vec<CertificateDer<'static>>> {
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<std::result::Result<_, _>>()
        .map_err(|_| Error::new(ErrorKind::Config, format!("{what} is not readable PEM")))?;
    if certificates.is_empty() {
        return Err(Error::new(ErrorKind::Config, format!("{what} holds no certificate")));
    }
    Ok(certificates)
}

/// Builds the configuration. Reads the platform's certificates, which takes milliseconds: once a process.
pub(crate) fn client_config(
    extra: &[CertificateDer<'static>],
    identity: Option<&Identity>,
) -> Result<Arc<ClientConfig>> {
    let refused =
        |error: rustls::Error| Error::new(ErrorKind::Config, format!("TLS cannot be set up: {error}"));
    let provider = provider();
    let verifier =
        Verifier::new_with_extra_roots(extra.iter().cloned(), provider.clone()).map_err(refused)?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(refused)?
        .dangerous() // rustls's word for any verifier that is not its own; this one is the platform's
        .with_custom_certificate_verifier(Arc::new(verifier));
    Ok(Arc::new(match identity {
        Some(Identity { chain, key }) => {
            builder.with_client_auth_cert(chain.clone(), key.clone_key()).map_err(refused)?
        }
        None => builder.with_no_client_auth(),
    }))
}

/// A configuration that trusts nobody, for clients that speak plain HTTP and will never use it.
pub(crate) fn trusting_nobody() -> Result<Arc<ClientConfig>> {
    Ok(Arc::new(
        ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(|error| Error::new(ErrorKind::Config, format!("TLS cannot be set up: {error}")))?
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth(),
    ))
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}
