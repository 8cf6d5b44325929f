//! The way to the vendor: proxies, certificates, how requests are written, and how the data of an audit is encrypted.

use std::ffi::c_char;

use qiancheng::{Padding, TextEncoding, WireFormat};

use crate::argument::{bytes, optional_bytes, text_bytes};
use crate::boundary::on;
use crate::error::qc_error;
use crate::options::qc_options;
use crate::settings::{self, Setting};
use crate::status::qc_status;

/// Allows `http://` to hosts other than this machine, which lets everyone in between read people's data: for test
/// networks without certificates only. False by default.
///
/// @param options the options
/// @param allowed whether it is allowed
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_allow_plain_http_to_remote_hosts(
    options: *mut qc_options,
    allowed: bool,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.change(|builder| builder.allow_plain_http_to_remote_hosts(allowed));
            Ok(())
        })
    }
}

/// The proxy in between; by default the one in `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, and none for this machine.
///
/// @param options the options
/// @param url `http://[user:password@]host:port`, `socks5://…` or `socks5h://…`; NULL: no proxy, whatever the
///     environment says
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error; an address that makes no sense is refused by qc_client_new()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_proxy(
    options: *mut qc_options,
    url: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.proxy(optional_bytes(url, "url")?);
            Ok(())
        })
    }
}

/// Certificate authorities to trust beside the system's. The bytes are copied.
///
/// @param options the options
/// @param pem the certificates in PEM
/// @param len how many bytes they have
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error; what cannot be read is refused by qc_client_new()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_extra_ca_pem(
    options: *mut qc_options,
    pem: *const u8,
    len: usize,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let pem = bytes(pem, len, "pem")?;
            options.change(|builder| builder.extra_ca_pem(pem));
            Ok(())
        })
    }
}

/// The client's own certificate. The bytes are copied, and the copy of the key is wiped with the options.
///
/// @param options the options
/// @param pem the certificate with its chain, in PEM
/// @param len how many bytes they have
/// @param key the private key, in PEM
/// @param key_len how many bytes it has
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error; what cannot be read is refused by qc_client_new()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_client_certificate_pem(
    options: *mut qc_options,
    pem: *const u8,
    len: usize,
    key: *const u8,
    key_len: usize,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let (pem, key) = (bytes(pem, len, "pem")?, bytes(key, key_len, "key")?);
            options.client_certificate(pem, key)
        })
    }
}

/// What stands in `User-Agent` behind this library's own name and version.
///
/// @param options the options
/// @param product visible ASCII, such as `loans/7.2`
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error; other characters are refused by qc_client_new()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_user_agent(
    options: *mut qc_options,
    product: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.text(Setting::UserAgent, text_bytes(product, "product")?);
            Ok(())
        })
    }
}

/// How ordinary requests are written.
///
/// @param options the options
/// @param name `form` (the default) or `json`
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CONFIG for another name
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_wire_format(
    options: *mut qc_options,
    name: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let formats = [("form", WireFormat::Form), ("json", WireFormat::Json)];
            let format = settings::choice(text_bytes(name, "name")?, "name", &formats)?;
            options.change(|builder| builder.wire_format(format));
            Ok(())
        })
    }
}

/// Another path for an endpoint, should the vendor move one.
///
/// @param options the options
/// @param endpoint the endpoint's id, such as `degree.login`
/// @param path the path, which begins with a slash
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error; an unknown endpoint is refused by qc_client_new()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_path(
    options: *mut qc_options,
    endpoint: *const c_char,
    path: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let (endpoint, path) = (text_bytes(endpoint, "endpoint")?, text_bytes(path, "path")?);
            options.path(endpoint, path);
            Ok(())
        })
    }
}

/// The vendor's public key, which the data of a risk audit is encrypted with. The bytes are copied.
///
/// @param options the options
/// @param key the key in PEM or DER, 1024 to 4096 bits
/// @param len how many bytes it has
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error; a key that cannot be read is refused by qc_client_new()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_audit_public_key(
    options: *mut qc_options,
    key: *const u8,
    len: usize,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let key = bytes(key, len, "key")?;
            options.change(|builder| builder.audit_public_key(key));
            Ok(())
        })
    }
}

/// How the data of an audit is padded before it is encrypted.
///
/// @param options the options
/// @param name `pkcs1v15` (the default), `oaep_sha1`, `oaep_sha256`, or `none`: sent unencrypted, without a key
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CONFIG for another name
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_audit_padding(
    options: *mut qc_options,
    name: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let paddings = Padding::ALL.map(|padding| (padding.name(), padding));
            let padding = settings::choice(text_bytes(name, "name")?, "name", &paddings)?;
            options.change(|builder| builder.audit_padding(padding));
            Ok(())
        })
    }
}

/// How the encrypted data of an audit is written.
///
/// @param options the options
/// @param name `base64` (the default), `base64url` or `hex`
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CONFIG for another name
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_audit_encoding(
    options: *mut qc_options,
    name: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let encodings = TextEncoding::ALL.map(|encoding| (encoding.name(), encoding));
            let encoding = settings::choice(text_bytes(name, "name")?, "name", &encodings)?;
            options.change(|builder| builder.audit_encoding(encoding));
            Ok(())
        })
    }
}
