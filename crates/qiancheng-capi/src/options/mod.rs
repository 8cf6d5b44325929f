//! Options say how a client is set up. What is not set has the default that its function names. Texts are stored as they
//! are given, and read in the options' encoding when a client is made: the order of the calls does not matter.

pub mod limits;
pub mod wire;

use std::ffi::{c_char, c_void};

use qiancheng::{ClientBuilder, PRODUCTION_URL, TEST_URL};

use crate::argument::{Out, text_bytes};
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
    user_data: *mut c_void,
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
