//! Handles that free themselves, errors that can be compared, and clients of a sandbox.

use std::ffi::{CStr, CString, c_char};
use std::ptr;
use std::time::Duration;

use qiancheng_capi::answer::{self, qc_answer};
use qiancheng_capi::call::qc_call;
use qiancheng_capi::call_options::{self, qc_call_options};
use qiancheng_capi::cancel::{self, qc_cancel};
use qiancheng_capi::client::{self, qc_client};
use qiancheng_capi::error::{self, qc_error};
use qiancheng_capi::options::{self, limits, qc_options, wire};
use qiancheng_capi::owned::{self, qc_text};
use qiancheng_capi::session::step::{self, qc_step};
use qiancheng_capi::session::{self, qc_session};
use qiancheng_capi::status::qc_status;
use qiancheng_capi::tables::{self, qc_tables};
use qiancheng_sandbox::{Sandbox, SandboxConfig};
use serde_json::{Value, json};

/// No call of these tests takes this long; whoever waits longer waits in vain.
pub(crate) const FOR_EVER: Duration = Duration::from_secs(30);

/// A handle that is freed when it goes.
pub(crate) struct Owned<T: Freed>(pub(crate) *mut T);

pub(crate) trait Freed {
    unsafe fn free(handle: *mut Self);
}

macro_rules! freed {
    ($($handle:ty: $free:path;)+) => {
        $(impl Freed for $handle {
            unsafe fn free(handle: *mut Self) {
                unsafe { $free(handle) }
            }
        })+
    };
}

freed! {
    qc_answer: answer::qc_answer_free;
    qc_call_options: call_options::qc_call_options_free;
    qc_cancel: cancel::qc_cancel_free;
    qc_client: client::qc_client_free;
    qc_error: error::qc_error_free;
    qc_options: options::qc_options_free;
    qc_session: session::qc_session_free;
    qc_step: step::qc_step_free;
    qc_tables: tables::qc_tables_free;
    qc_text: owned::qc_text_free;
}

impl<T: Freed> Drop for Owned<T> {
    fn drop(&mut self) {
        unsafe { T::free(self.0) }
    }
}

// The library says so of every handle.
unsafe impl<T: Freed> Send for Owned<T> {}
unsafe impl<T: Freed> Sync for Owned<T> {}

/// What went wrong.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) status: qc_status,
    pub(crate) field: String,
    pub(crate) message: String,
    pub(crate) outcome: String,
}

/// A text of the library's, as bytes.
pub(crate) fn bytes<'a>(text: *const c_char) -> &'a [u8] {
    if text.is_null() { b"" } else { unsafe { CStr::from_ptr(text) }.to_bytes() }
}

pub(crate) fn text(text: *const c_char) -> String {
    String::from_utf8(bytes(text).to_vec()).expect("UTF-8")
}

/// Calls a function that writes nothing.
pub(crate) fn run(call: impl FnOnce(*mut *mut qc_error) -> qc_status) -> Result<(), Failure> {
    let mut err = ptr::null_mut();
    let status = call(&raw mut err);
    let err = Owned(err);
    if status == qc_status::QC_OK {
        assert!(err.0.is_null(), "an error beside success");
        return Ok(());
    }
    assert_eq!(unsafe { error::qc_error_kind(err.0) }, status as i32);
    Err(Failure {
        status,
        field: text(unsafe { error::qc_error_field(err.0) }),
        message: text(unsafe { error::qc_error_message(err.0) }),
        outcome: text(unsafe { error::qc_error_outcome_name(err.0) }),
    })
}

/// Calls a function that gives a value, which is not touched on failure.
pub(crate) fn take<T: Copy>(
    start: T,
    call: impl FnOnce(*mut T, *mut *mut qc_error) -> qc_status,
) -> Result<T, Failure> {
    let mut out = start;
    run(|err| call(&raw mut out, err)).map(|()| out)
}

/// Calls a function that gives a handle, which is not touched on failure.
pub(crate) fn make<T: Freed>(
    call: impl FnOnce(*mut *mut T, *mut *mut qc_error) -> qc_status,
) -> Result<Owned<T>, Failure> {
    let mut out = ptr::null_mut();
    let made = run(|err| call(&raw mut out, err));
    assert_eq!(made.is_ok(), !out.is_null(), "a handle exactly on success");
    made.map(|()| Owned(out))
}

pub(crate) fn c(text: impl Into<Vec<u8>>) -> CString {
    CString::new(text).expect("a text without NUL")
}

/// A sandbox, and options for clients of it.
pub(crate) struct Vendor {
    pub(crate) sandbox: Sandbox,
}

impl Vendor {
    pub(crate) fn start() -> Self {
        Self { sandbox: Sandbox::start(SandboxConfig::default()).expect("a sandbox") }
    }

    /// Options for a client that repeats and polls at once instead of after a while.
    pub(crate) fn options(&self) -> Owned<qc_options> {
        let options = make(|out, err| unsafe { options::qc_options_new(out, err) }).expect("options");
        let (url, user, password) =
            (c(self.sandbox.base_url()), c(self.sandbox.username()), c(self.sandbox.password()));
        let key = self.sandbox.audit_public_key_pem().as_bytes();
        let o = options.0;
        for set in [
            run(|err| unsafe { options::qc_options_set_base_url(o, url.as_ptr(), err) }),
            run(|err| unsafe { options::qc_options_set_account(o, user.as_ptr(), password.as_ptr(), err) }),
            run(|err| unsafe { limits::qc_options_set_backoff(o, 1, 1, err) }),
            run(|err| unsafe { limits::qc_options_set_poll_interval(o, 1, err) }),
            run(|err| unsafe { wire::qc_options_set_audit_public_key(o, key.as_ptr(), key.len(), err) }),
        ] {
            set.expect("set");
        }
        options
    }

    pub(crate) fn client(&self) -> Owned<qc_client> {
        client_of(&self.options())
    }

    /// A client that polls without a pause.
    pub(crate) fn eager(&self) -> Owned<qc_client> {
        altered(&self.client(), |options| unsafe {
            run(|err| call_options::qc_call_options_set_poll_interval(options, 1, err)).expect("set");
        })
    }

    /// A client that speaks an encoding.
    pub(crate) fn speaking(&self, encoding: &str) -> Owned<qc_client> {
        let (options, encoding) = (self.options(), c(encoding));
        run(|err| unsafe { options::qc_options_set_encoding(options.0, encoding.as_ptr(), err) })
            .expect("set");
        client_of(&options)
    }

    /// The requests to an endpoint, as the sandbox understood them.
    pub(crate) fn requests(&self, endpoint: &str) -> Vec<Value> {
        self.sandbox.journal().into_iter().filter(|entry| entry["endpoint"] == endpoint).collect()
    }
}

pub(crate) fn client_of(options: &Owned<qc_options>) -> Owned<qc_client> {
    make(|out, err| unsafe { client::qc_client_new(options.0, out, err) }).expect("a client")
}

/// A client with other settings.
pub(crate) fn altered(
    client: &Owned<qc_client>,
    change: impl FnOnce(*mut qc_call_options),
) -> Owned<qc_client> {
    let options = make(|out, err| unsafe { call_options::qc_call_options_new(out, err) }).expect("options");
    change(options.0);
    make(|out, err| unsafe { client::qc_client_with_options(client.0, options.0, out, err) })
        .expect("a client")
}

/// Makes a call by its id, in UTF-8.
pub(crate) fn call(
    client: &Owned<qc_client>,
    endpoint: &str,
    params: &Value,
) -> Result<Owned<qc_answer>, Failure> {
    let (endpoint, params) = (c(endpoint), c(params.to_string()));
    make(|out, err| unsafe { qc_call(client.0, endpoint.as_ptr(), params.as_ptr(), out, err) })
}

/// A person who does not exist.
pub(crate) fn person() -> Value {
    json!({"name": "张三", "id_card": "11010519491231002X", "mobile": "13800138001"})
}

/// The same person, for an opening.
pub(crate) fn opening(service_password: &str) -> Value {
    let mut person = person();
    person["service_password"] = json!(service_password);
    person
}

/// An application for audit, of an amount in fen; another amount is another order.
pub(crate) fn application(amount: u64) -> Value {
    json!({
        "name": "张三", "phone": "13800138000", "id_card": "110101199003070011",
        "data": {
            "order_detail": {
                "order_id": 90_000_000_000 + amount, "amount": amount, "loan_term": 14, "order_time": "2018-05-02 10:00:00"
            },
            "basic_info": {"user_contact": [{"mobile": "13911110001", "name": "王芳"}]},
            "user_proof_materia": [{"url": "https://files.example/live.jpg", "type": 0}],
            "user_mobile_contacts": [{"mobile": "13911110002", "name": "李·𠮷"}],
            "telecom_data": {"real_name_status": 0, "bill_list": [], "contact_list": []}
        }
    })
}

/// The answer's data as JSON.
pub(crate) fn data(answer: &Owned<qc_answer>) -> Value {
    let mut length = 0;
    let json =
        take(ptr::null(), |out, err| unsafe { answer::qc_answer_json(answer.0, out, &raw mut length, err) })
            .expect("JSON");
    assert_eq!(bytes(json).len(), length);
    serde_json::from_slice(bytes(json)).expect("JSON")
}

/// A text of an answer.
pub(crate) fn string(answer: &Owned<qc_answer>, pointer: &str) -> Result<Vec<u8>, Failure> {
    let pointer = c(pointer);
    let found = take(ptr::null(), |out, err| unsafe {
        answer::qc_answer_string(answer.0, pointer.as_ptr(), out, ptr::null_mut(), err)
    });
    found.map(|text| bytes(text).to_vec())
}
