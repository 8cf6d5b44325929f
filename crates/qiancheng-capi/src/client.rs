//! A client speaks to the vendor for one merchant. Make one and keep it: it holds tokens and connections, may be used by
//! any number of threads at once, and in forked children as well.

use std::ffi::c_char;

use qiancheng::blocking;
use qiancheng::{CallOptions, Error, ErrorKind, Result};

use crate::answer::document::Document;
use crate::answer::qc_answer;
use crate::argument::Out;
use crate::boundary::{free, look, look_at, on, spoken};
use crate::call_options::qc_call_options;
use crate::ends::{Ends, Flag};
use crate::error::qc_error;
use crate::handle::{self, handle};
use crate::options::qc_options;
use crate::settings::Options;
use crate::status::qc_status;
use crate::text::{Charset, Crossing, Spoken};

/// Speaks to the vendor.
pub struct qc_client {
    _opaque: [u8; 0],
}

handle!(qc_client, "client", b"qcclient", Shared<Client>);

/// A client with the encoding that it speaks, and what ends its calls.
pub(crate) struct Client {
    core: blocking::Client,
    charset: Charset,
    ends: Ends,
    origin: Crossing,
}

impl Spoken for Client {
    fn charset(&self) -> Charset {
        self.charset
    }
}

impl Client {
    fn new(core: &blocking::Client, charset: Charset, ends: Ends, options: CallOptions) -> Self {
        let core = core.with_options(ends.watched(options));
        let origin = charset.message(core.as_async().origin());
        Self { core, charset, ends, origin }
    }

    /// The client, if calls may begin.
    pub(crate) fn ready(&self) -> Result<&blocking::Client> {
        self.ends.check().map(|()| &self.core)
    }

    fn altered(&self, options: CallOptions, cancel: Option<Flag>) -> Self {
        Self::new(&self.core, self.charset, self.ends.child(cancel), options)
    }

    fn stats(&self) -> Result<Document> {
        let stats = serde_json::to_string(&self.core.stats())
            .map_err(|_| Error::of_binding(ErrorKind::Panic, "the counters could not be written"))?;
        Ok(Document::ours(stats, self.charset))
    }
}

/// Makes a client. Nothing is sent, and no thread is started.
///
/// @param options how it is set up; NULL: by the environment, as with qc_options_from_env(). They are not needed
///     afterwards
/// @param out where the client goes; free it with qc_client_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_CONFIG or QC_CRYPTO if it is set up wrongly; QC_INVALID_INPUT if a text is not one of its encoding
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_client_new(
    options: *const qc_options,
    out: *mut *mut qc_client,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        spoken(err, |charset| {
            let out = Out::new(out, "out")?;
            let options = handle::enter_optional(options, "options")?;
            out.write(handle::make(build(options, charset)?));
            Ok(())
        })
    }
}

fn build(options: Option<&Options>, charset: &mut Charset) -> Result<Client> {
    let (spoken, builder) = match options {
        Some(options) => options.settled(),
        None => (Charset::UTF8, qiancheng::ClientBuilder::from_env()),
    };
    *charset = spoken;
    Ok(Client::new(&builder?.build_blocking()?, spoken, Ends::new(), CallOptions::new()))
}

/// Makes a second client with other settings, which shares tokens, connections and counters with the first. Closing the
/// first closes it as well; closing it leaves the first open.
///
/// @param client the client
/// @param options what changes; they are not needed afterwards
/// @param out where the new client goes; free it with qc_client_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_client_with_options(
    client: *const qc_client,
    options: *const qc_call_options,
    out: *mut *mut qc_client,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(client, err, |client| {
            let (options, out) = (handle::enter(options, "options")?, Out::new(out, "out")?);
            let (options, cancel) = options.get();
            out.write(handle::make(client.altered(options, cancel)));
            Ok(())
        })
    }
}

/// Closes a client, and those that were made from it: calls in flight return QC_CANCELLED within a twentieth of a second,
/// and qc_error_outcome() says what may have become of them; later calls, also those of its sessions, return QC_CONFIG.
/// Closing twice does nothing. It takes no lock, so that a signal handler may call it. The client is still to be freed.
///
/// @param client the client, or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_client_close(client: *const qc_client) {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(client, |client: &Client| client.ends.close()) }
}

/// Frees a client. Calls in flight go on to their end, and sessions and clients that were made from it stay usable; to end
/// them, close it first.
///
/// @param client the client, or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_client_free(client: *mut qc_client) {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { free(client) }
}

/// What the client, and those that share with it, have done so far: a JSON object with `calls`, `attempts`, `repeats`,
/// `tokens_fetched`, `bytes_sent`, `bytes_received`, `errors` (numbers of calls by the name of the kind) and `latency` (a
/// list of `{"up_to_microseconds", "calls"}`).
///
/// @param client the client; a closed one counts as well
/// @param out where the counters go; free them with qc_answer_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_client_stats(
    client: *const qc_client,
    out: *mut *mut qc_answer,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(client, err, |client| {
            let out = Out::new(out, "out")?;
            out.write(handle::make(client.stats()?));
            Ok(())
        })
    }
}

/// Where the client points: scheme, host and port.
///
/// @param client the client, or NULL
/// @return a text that belongs to the client; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_client_origin(client: *const qc_client) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(client, |client: &Client| client.origin.as_ptr()) }
}
