//! A risk audit takes minutes: it is submitted, and its verdict waited for. qc_risk_audit() and qc_risk_result() are the two
//! endpoints themselves.

use std::ffi::c_char;
use std::time::Duration;

use qiancheng::personal::Handle;
use qiancheng::{Error, ErrorKind, Result};
use serde_json::Value;

use crate::answer::document::Document;
use crate::answer::qc_answer;
use crate::argument::{Out, text};
use crate::boundary::on;
use crate::client::{Client, qc_client};
use crate::error::qc_error;
use crate::handle;
use crate::owned::qc_text;
use crate::parameters::object;
use crate::status::qc_status;
use crate::text::{Crossing, Spoken};

/// Submits an application, and never twice: if its fate is unknown (QC_OUTCOME_UNKNOWN), ask the vendor by its `order_id`.
///
/// @param client the client
/// @param params_json the parameters of `risk.audit`, a JSON object
/// @param open_id where the audit's key goes; free it with qc_text_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK, or the kind of error
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_risk_submit(
    client: *const qc_client,
    params_json: *const c_char,
    open_id: *mut *mut qc_text,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(client, err, |client| {
            let open_id = Out::new(open_id, "open_id")?;
            let params = object(client.charset(), params_json, "params_json")?;
            open_id.write(handle::make(submit(client, params)?));
            Ok(())
        })
    }
}

fn submit(client: &Client, params: Value) -> Result<Crossing> {
    let answer = client.ready()?.call("risk.audit", params)?.value()?;
    let open_id = answer.pointer("/open_id").and_then(Value::as_str);
    // The call has read the answer as the endpoint's, which has one.
    let open_id =
        open_id.ok_or_else(|| Error::of_binding(ErrorKind::Protocol, "the answer has no open_id"))?;
    Ok(client.charset().message(open_id))
}

/// Waits for an audit's verdict: polls until the vendor passes or rejects it.
///
/// @param client the client
/// @param open_id the audit's key
/// @param limit_ms how long to wait at most, in milliseconds
/// @param verdict where the answer of `risk.result` goes; free it with qc_answer_free()
/// @param err where an error goes; may be NULL
/// @return QC_OK; QC_TIMEOUT if there is no verdict yet: the audit goes on, and may be waited for again
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_risk_wait(
    client: *const qc_client,
    open_id: *const c_char,
    limit_ms: u32,
    verdict: *mut *mut qc_answer,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        on(client, err, |client| {
            let verdict = Out::new(verdict, "verdict")?;
            let open_id = text(client.charset(), open_id, "open_id")?;
            verdict.write(handle::make(wait(client, &open_id, limit_ms)?));
            Ok(())
        })
    }
}

fn wait(client: &Client, open_id: &str, limit_ms: u32) -> Result<Document> {
    let limit = Duration::from_millis(limit_ms.into());
    let verdict = client.ready()?.risk().wait(&Handle::from(open_id), limit)?;
    Ok(Document::new(verdict.answer().clone(), client.charset()))
}
