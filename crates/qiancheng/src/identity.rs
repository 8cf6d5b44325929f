//! Certificates that the caller brings: authorities to trust, and one of the caller's own.

use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::error::{Error, ErrorKind, Result};

/// The caller's own certificate, with the authorities up to the root, and its key.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: Arc<PrivateKeyDer<'static>>,
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
