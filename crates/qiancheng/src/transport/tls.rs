//! The TLS configuration: the platform's certificate checks, the caller's extra authorities, the caller's own
//! certificate. There is no way to turn the checks off.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::CertificateDer;
use rustls_platform_verifier::Verifier;

use crate::error::{Error, ErrorKind, Result};
use crate::identity::Identity;

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
