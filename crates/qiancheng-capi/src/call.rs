//! A call waits for its answer on the calling thread. It fetches a token where it needs one, sends again what is harmless to
//! repeat, and never what is not: see qc_error_outcome(). For a result that nobody wants, `out` may be NULL.

use std::ffi::c_char;

use qiancheng::endpoint::Method;
use qiancheng::{Answer, Result};
use serde_json::Value;

use crate::answer::document::Document;
use crate::answer::qc_answer;
use crate::argument::{Out, text, text_bytes};
use crate::boundary::on;
use crate::client::{Client, qc_client};
use crate::error::qc_error;
use crate::handle;
use crate::parameters::{Gathered, optional_object};
use crate::settings;
use crate::status::qc_status;
use crate::text::{Charset, Spoken};

/// Makes a call by the endpoint's id. Every endpoint has a function of its own as well.
///
/// @param client the client
/// @param endpoint the endpoint's id, such as `telecom.open_id`
/// @param params_json the parameters, a JSON object; NULL: none
/// @param out where the answer goes; free it with qc_answer_free(); may be NULL
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_call(
    client: *const qc_client,
    endpoint: *const c_char,
    params_json: *const c_char,
    out: *mut *mut qc_answer,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(client, err, |client| {
            let out = Out::optional(out, "out")?;
            let endpoint = text(client.charset(), endpoint, "endpoint")?;
            let params = optional_object(client.charset(), params_json, "params_json")?;
            give(out, client.ready()?.call(&endpoint, params)?, client.charset());
            Ok(())
        })
    }
}

/// Makes a call that this library does not know. Nothing is checked, and nothing is sent twice, unless it surely did not leave.
/// A parameter `token` or `username` whose value is null is filled in with the merchant's.
///
/// @param client the client
/// @param method `GET` or `POST`
/// @param path the path, which begins with a slash
/// @param params_json the parameters, a JSON object; NULL: none
/// @param out where the answer goes; free it with qc_answer_free(); may be NULL
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_call_path(
    client: *const qc_client,
    method: *const c_char,
    path: *const c_char,
    params_json: *const c_char,
    out: *mut *mut qc_answer,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(client, err, |client| {
            let out = Out::optional(out, "out")?;
            let methods = [("GET", Method::GET), ("POST", Method::POST)];
            let method = settings::choice(text_bytes(method, "method")?, "method", &methods)?;
            let path = text(client.charset(), path, "path")?;
            let params = optional_object(client.charset(), params_json, "params_json")?;
            give(out, client.ready()?.call_path(method, &path, params)?, client.charset());
            Ok(())
        })
    }
}

/// The body of an endpoint's function: gathers the parameters, and makes the call.
///
/// # Safety
/// As for [`on`] and for [`Out::optional`].
pub(crate) unsafe fn endpoint(
    client: *const qc_client,
    id: &str,
    out: *mut *mut qc_answer,
    err: *mut *mut qc_error,
    gather: impl FnOnce(&mut Gathered) -> Result<()>,
) -> qc_status {
    // SAFETY: the same is asked of the caller.
    unsafe {
        on(client, err, |client| {
            let out = Out::optional(out, "out")?;
            let mut params = Gathered::new(client.charset());
            gather(&mut params)?;
            give(out, call(client, id, params.into_value())?, client.charset());
            Ok(())
        })
    }
}

fn call(client: &Client, id: &str, params: Value) -> Result<Answer> {
    client.ready()?.call(id, params)
}

/// Hands an answer over, to whoever wants it.
pub(crate) fn give(out: Option<Out<*mut qc_answer>>, answer: Answer, charset: Charset) {
    if let Some(out) = out {
        out.write(handle::make(Document::new(answer, charset)));
    }
}
