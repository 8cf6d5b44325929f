//! Options say how a client is set up. What is not set has the default that its function names. Texts are stored as they
//! are given, and read in the options' encoding when a client is made: the order of the calls does not matter.

use std::ffi::c_char;

use qiancheng::{ClientBuilder, PRODUCTION_URL, Padding, TEST_URL, TextEncoding, WireFormat};

use crate::argument::{Out, bytes, optional_bytes, text_bytes};
use crate::boundary::{fallible, free, on};
use crate::error::qc_error;
use crate::handle::{self, handle};
use crate::log::{Listener, qc_log_callback};
use crate::settings::{self, Options, Setting};
use crate::status::qc_status;

/// How a client is set up.
pub struct qc_options {
    _opaque: [u8; 0],
}

handle!(qc_options, "options", b"qc_optns", Boxed<Options>);

/// Makes options that have their defaults.
///
/// @param out where the options go; free them with qc_options_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_new(out: *mut *mut qc_options, err: *mut *mut qc_error) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        fallible(err, || {
            Out::new(out, "out")?.write(handle::make(Options::default()));
            Ok(())
        })
    }
}

/// Makes options from the environment: `QIANCHENG_USERNAME`, `QIANCHENG_PASSWORD`, `QIANCHENG_BASE_URL`, `QIANCHENG_ENV`
/// (`production` or `test`) and `QIANCHENG_AUDIT_PUBLIC_KEY` (a PEM, or a path to one), all in UTF-8. What is set
/// afterwards overrules them.
///
/// @param out where the options go; free them with qc_options_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CONFIG if a variable makes no sense
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_from_env(
    out: *mut *mut qc_options,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        fallible(err, || {
            let out = Out::new(out, "out")?;
            out.write(handle::make(Options::from(ClientBuilder::from_env()?)));
            Ok(())
        })
    }
}

/// Frees options. Clients that were made from them stay as they are.
///
/// @param options the options, or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_free(options: *mut qc_options) {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { free(options) }
}

/// The encoding of every text that crosses, in and out, for the client and for all that comes from it: `UTF-8` (the
/// default), `GB18030`, `GBK` or `Big5`, or another name of one of these, such as `gb2312`. What goes over the wire is
/// UTF-8 in any case. GB18030 has every character; GBK and Big5 lack rare ones that stand in people's names.
///
/// @param options the options
/// @param name the encoding's name
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CONFIG if there is no such encoding
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_encoding(
    options: *mut qc_options,
    name: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { on(options, err, |options| options.encoding(text_bytes(name, "name")?)) }
}

/// The merchant's account. Required, here or in the environment.
///
/// @param options the options
/// @param username the account's name
/// @param password its password
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_account(
    options: *mut qc_options,
    username: *const c_char,
    password: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let (username, password) = (text_bytes(username, "username")?, text_bytes(password, "password")?);
            options.text(Setting::Username, username);
            options.text(Setting::Password, password);
            Ok(())
        })
    }
}

/// The vendor's address, such as that of a sandbox; the production host by default.
///
/// @param options the options
/// @param url an `https` address; plain `http` only to this machine
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error; an address that may not be used is refused by qc_client_new()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_base_url(
    options: *mut qc_options,
    url: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.text(Setting::BaseUrl, text_bytes(url, "url")?);
            Ok(())
        })
    }
}

/// One of the vendor's own hosts, in place of an address.
///
/// @param options the options
/// @param name `production` (the default) or `test`
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CONFIG for another name
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_environment(
    options: *mut qc_options,
    name: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let url = settings::choice(
                text_bytes(name, "name")?,
                "name",
                &[("production", PRODUCTION_URL), ("test", TEST_URL)],
            )?;
            options.text(Setting::BaseUrl, url.as_bytes());
            Ok(())
        })
    }
}

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

/// Asks for tokens of this life; by default the vendor's own choice, 24 hours.
///
/// @param options the options
/// @param hours 1 to 8760
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_token_hours(
    options: *mut qc_options,
    hours: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.change(|builder| builder.token_hours(hours));
            Ok(())
        })
    }
}

/// Keeps tokens in files, readable by their owner only, which processes share; by default they are in memory only.
///
/// @param options the options
/// @param directory the path of a directory, in the system's own encoding; it is made if it is not there
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error; a directory that cannot be used is refused by qc_client_new()
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_token_store(
    options: *mut qc_options,
    directory: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.text(Setting::TokenStore, text_bytes(directory, "directory")?);
            Ok(())
        })
    }
}

/// How long ordinary calls may take. By default 10 s, 60 s, 60 s and 120 s.
///
/// @param options the options
/// @param connect_ms to make a connection, in milliseconds; of all calls, those for data too; 0 keeps what is set
/// @param read_ms between two pieces of an answer, and until its first; 0 keeps what is set
/// @param attempt_ms for one attempt; 0 keeps what is set
/// @param total_ms for a call with all its attempts; 0 keeps what is set
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_timeouts(
    options: *mut qc_options,
    connect_ms: u32,
    read_ms: u32,
    attempt_ms: u32,
    total_ms: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.timeouts(connect_ms, [read_ms, attempt_ms, total_ms]);
            Ok(())
        })
    }
}

/// How long calls for raw data and reports may take. By default 300 s each.
///
/// @param options the options
/// @param read_ms between two pieces of an answer, and until its first; 0 keeps what is set
/// @param attempt_ms for one attempt; 0 keeps what is set
/// @param total_ms for a call with all its attempts; 0 keeps what is set
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_data_timeouts(
    options: *mut qc_options,
    read_ms: u32,
    attempt_ms: u32,
    total_ms: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.data_timeouts([read_ms, attempt_ms, total_ms]);
            Ok(())
        })
    }
}

/// How often a call that is harmless to repeat is sent again after a failure on the way; 2 by default.
///
/// @param options the options
/// @param retries how often, beside the first attempt
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_max_retries(
    options: *mut qc_options,
    retries: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.change(|builder| builder.max_retries(retries));
            Ok(())
        })
    }
}

/// The pauses before repeats, which are random up to a limit that doubles; 200 ms and 10 s by default.
///
/// @param options the options
/// @param first_ms the limit of the first pause, in milliseconds
/// @param longest_ms the limit that it grows to
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_backoff(
    options: *mut qc_options,
    first_ms: u32,
    longest_ms: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let (first, longest) = (settings::milliseconds(first_ms), settings::milliseconds(longest_ms));
            options.change(|builder| builder.backoff(first, longest));
            Ok(())
        })
    }
}

/// The largest answer that is read, after decompression; 64 MiB by default.
///
/// @param options the options
/// @param bytes how many bytes
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_max_answer_bytes(
    options: *mut qc_options,
    bytes: usize,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.change(|builder| builder.max_answer_bytes(bytes));
            Ok(())
        })
    }
}

/// The pause between two polls of a session, where the vendor asks for none; 2 s by default.
///
/// @param options the options
/// @param interval_ms the pause in milliseconds, more than 0
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CONFIG for 0
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_poll_interval(
    options: *mut qc_options,
    interval_ms: u32,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            let interval = settings::pause(interval_ms, "interval_ms")?;
            options.change(|builder| builder.poll_interval(interval));
            Ok(())
        })
    }
}

/// Whether values are checked before they are sent: ID numbers, mobile numbers, empty fields; true by default. What a
/// parameter is called, and of which type it is, is checked in any case.
///
/// @param options the options
/// @param validate whether they are checked
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_validate(
    options: *mut qc_options,
    validate: bool,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.change(|builder| builder.validate(validate));
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

/// Hands over what a client does, line by line: see qc_log_callback. There is no log by default.
///
/// @param options the options
/// @param callback what is called for each line; NULL: no log
/// @param user_data handed to each call as it is, and never looked at; may be NULL. It must stay for as long as there is
///     a client that was made from these options, or anything that was made from that
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_options_set_log(
    options: *mut qc_options,
    callback: qc_log_callback,
    user_data: *mut std::ffi::c_void,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(options, err, |options| {
            options.log(callback.map(|callback| Listener::new(callback, user_data)));
            Ok(())
        })
    }
}
