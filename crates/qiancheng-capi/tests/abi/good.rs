//! A good argument for every parameter of every function.

use std::ffi::{CStr, CString};
use std::ptr;

use qiancheng_capi::answer::qc_answer;
use qiancheng_capi::call_options::{qc_call_options, qc_call_options_new};
use qiancheng_capi::cancel::{qc_cancel, qc_cancel_new};
use qiancheng_capi::client::qc_client;
use qiancheng_capi::error::qc_error;
use qiancheng_capi::options::qc_options;
use qiancheng_capi::owned::qc_text;
use qiancheng_capi::session::step::qc_step;
use qiancheng_capi::session::{qc_session, qc_session_open, qc_session_poll, qc_session_save};
use qiancheng_capi::tables::{qc_tables, qc_tables_read};
use serde_json::Value;

use crate::support::{Freed, Owned, Vendor, application, c, call, make, opening, person};

/// A handle, and one of another type.
type Pair<T> = (*mut T, *mut qc_text);

/// Arguments that are as they should be.
pub(crate) struct Good {
    pub(crate) answer: Pair<qc_answer>,
    pub(crate) call_options: Pair<qc_call_options>,
    pub(crate) cancel: Pair<qc_cancel>,
    pub(crate) client: Pair<qc_client>,
    pub(crate) error: Pair<qc_error>,
    pub(crate) options: Pair<qc_options>,
    telecom: Pair<qc_session>,
    degree: Pair<qc_session>,
    ebank_v2: Pair<qc_session>,
    pub(crate) step: Pair<qc_step>,
    pub(crate) tables: Pair<qc_tables>,
    pub(crate) text: Pair<qc_text>,
    texts: Vec<(&'static str, CString)>,
}

const KEY: [u8; 32] = [7; 32];

impl Good {
    /// The handles live as long as the process.
    pub(crate) fn new(vendor: &Vendor) -> Self {
        let client = vendor.eager();
        let session = open(&client, c"telecom", &opening("x"));
        let (degree, ebank_v2) = (open(&client, c"degree", &person()), open(&client, c"ebank_v2", &person()));
        let step = make(|out, err| unsafe { qc_session_poll(session.0, out, err) }).expect("a step");
        let saved = make(|out, err| unsafe { qc_session_save(session.0, KEY.as_ptr(), KEY.len(), out, err) });
        let saved = saved.expect("a saved session");
        let tables = make(|out, err| unsafe {
            qc_tables_read(c"telecom_raw".as_ptr(), b"{}".as_ptr(), 2, ptr::null(), out, err)
        });
        let answer = call(&client, "blacklist.search", &person()).expect("an answer");
        let mut error = ptr::null_mut();
        unsafe { qc_options_from_nothing(&raw mut error) };
        let other = saved.0;
        let texts = vec![
            ("saved", c(unsafe { CStr::from_ptr(qiancheng_capi::owned::qc_text_data(saved.0)) }.to_bytes())),
            ("audit", c(application(100).to_string())),
            ("data_json", c(application(100)["data"].to_string())),
            ("person", c(person().to_string())),
            ("opening", c(opening("direct").to_string())),
        ];
        Self {
            answer: kept(answer, other),
            call_options: kept(
                make(|out, err| unsafe { qc_call_options_new(out, err) }).expect("options"),
                other,
            ),
            cancel: kept(make(|out, err| unsafe { qc_cancel_new(out, err) }).expect("a cancel"), other),
            error: kept(Owned(error), other),
            options: kept(vendor.options(), other),
            telecom: kept(session, other),
            degree: kept(degree, other),
            ebank_v2: kept(ebank_v2, other),
            step: kept(step, other),
            tables: kept(tables.expect("tables"), other),
            text: (saved.0, client.0.cast()),
            client: kept(client, other),
            texts: {
                std::mem::forget(saved);
                texts
            },
        }
    }

    /// A session of a kind that can do what the function asks of it.
    pub(crate) fn session(&self, function: &str) -> Pair<qc_session> {
        match function {
            "qc_session_login_degree" => self.degree,
            "qc_session_login_ebank_v2" | "qc_session_banks" => self.ebank_v2,
            _ => self.telecom,
        }
    }

    fn known(&self, name: &str) -> &CStr {
        self.texts.iter().find(|(of, _)| *of == name).map_or(c"x", |(_, text)| text)
    }

    pub(crate) fn text(&self, function: &str, argument: &str) -> &CStr {
        match (function, argument) {
            ("qc_check_abi", _) => c"0.1.0",
            ("qc_options_set_encoding", _) => c"UTF-8",
            ("qc_options_set_environment", _) => c"test",
            ("qc_options_set_wire_format", _) => c"form",
            ("qc_options_set_audit_padding", _) => c"pkcs1v15",
            ("qc_options_set_audit_encoding", _) => c"base64",
            ("qc_call", "endpoint") => c"blacklist.search",
            ("qc_call", "params_json") => self.known("person"),
            ("qc_call_path", "method") => c"POST",
            ("qc_call_path", "path") => c"/nowhere",
            ("qc_session_open", "kind") => c"telecom",
            ("qc_session_open", "params_json") => self.known("opening"),
            ("qc_risk_submit", "params_json") => self.known("audit"),
            ("qc_tables_read" | "qc_tables_from_answer", "kind") => c"telecom_raw",
            ("qc_table_rows" | "qc_table_stream", "name") => c"calls",
            ("qc_table_features", "as_of") => c"2018-01-31 12:34:56",
            (_, "pointer") => c"",
            (_, "name") => c"\xe5\xbc\xa0\xe4\xb8\x89",
            (_, "id_card") => c"11010519491231002X",
            (_, "mobile" | "phone") => c"13800138001",
            (_, "data_json") => self.known("data_json"),
            (_, "saved") => self.known("saved"),
            (_, "user_info_json") => c"null",
            (_, json) if json.ends_with("_json") => c"{}",
            _ => c"x",
        }
    }

    #[allow(clippy::unused_self, reason = "as the other arguments are asked for")]
    pub(crate) fn bytes(&self, function: &str, _: &str) -> &[u8] {
        if function == "qc_tables_read" { b"{}" } else { &KEY }
    }

    pub(crate) fn length(&self, function: &str, argument: &str) -> usize {
        self.bytes(function, argument).len()
    }
}

fn open(client: &Owned<qc_client>, kind: &CStr, params: &Value) -> Owned<qc_session> {
    let params = c(params.to_string());
    make(|out, err| unsafe { qc_session_open(client.0, kind.as_ptr(), params.as_ptr(), out, err) })
        .expect("a session")
}

unsafe fn qc_options_from_nothing(err: *mut *mut qc_error) {
    unsafe { qiancheng_capi::options::qc_options_new(ptr::null_mut(), err) };
}

fn kept<T: Freed>(owned: Owned<T>, other: *mut qc_text) -> Pair<T> {
    let handle = owned.0;
    std::mem::forget(owned);
    (handle, other)
}
