//! What a call through C costs more than the same call through Rust, in processor time of the calling thread.
//!
//! `cargo run --release -p qiancheng-capi --example overhead` prints it, and fails if it is more than 3 µs. Rounds of both
//! alternate, so that whatever else the machine does, it does to both; the figure is the median of the rounds' differences.
#![allow(clippy::print_stdout, reason = "it is what it is for")]
#![allow(clippy::undocumented_unsafe_blocks, reason = "handles of the library, each freed once")]

use std::process::ExitCode;
use std::ptr;
use std::time::Duration;

use qiancheng::api::blacklist::Search;
use qiancheng::blocking;
use qiancheng_capi::answer::{qc_answer, qc_answer_bool, qc_answer_free};
use qiancheng_capi::client::{qc_client, qc_client_free, qc_client_new};
use qiancheng_capi::endpoints::qc_blacklist_search;
use qiancheng_capi::options::{
    qc_options_free, qc_options_new, qc_options_set_account, qc_options_set_base_url,
};
use qiancheng_capi::status::qc_status::QC_OK;
use qiancheng_sandbox::{Sandbox, SandboxConfig};
use rustix::time::{ClockId, clock_gettime};

const ROUNDS: usize = 41;
const CALLS: u32 = 200;
const LIMIT_MICROSECONDS: f64 = 3.0;

const NAME: &str = "张三";
const ID_CARD: &str = "11010519491231002X";
const MOBILE: &str = "13800138001";

fn main() -> ExitCode {
    let sandbox = Sandbox::start(SandboxConfig::default()).expect("a sandbox");
    let rust = blocking::Client::builder()
        .base_url(sandbox.base_url())
        .account(sandbox.username(), sandbox.password())
        .build_blocking()
        .expect("a client");
    let c = client(&sandbox);
    let (mut by_rust, mut by_c) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let took = (microseconds(|| through_rust(&rust)), microseconds(|| through_c(c)));
        // The first warms both up.
        if round > 0 {
            by_rust.push(took.0);
            by_c.push(took.1);
        }
    }
    unsafe { qc_client_free(c) };
    let more = median(by_rust.iter().zip(&by_c).map(|(rust, c)| c - rust).collect());
    let (rust, c) = (median(by_rust), median(by_c));
    println!(
        "through Rust {rust:.1} µs, through C {c:.1} µs: {more:+.1} µs a call, at most {LIMIT_MICROSECONDS} are allowed"
    );
    if more <= LIMIT_MICROSECONDS { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn client(sandbox: &Sandbox) -> *mut qc_client {
    let text = |text: &str| std::ffi::CString::new(text).expect("a text without NUL");
    let (url, username, password) =
        (text(sandbox.base_url()), text(sandbox.username()), text(sandbox.password()));
    let (mut options, mut client) = (ptr::null_mut(), ptr::null_mut());
    let none = ptr::null_mut();
    unsafe {
        assert_eq!(qc_options_new(&raw mut options, none), QC_OK);
        assert_eq!(qc_options_set_base_url(options, url.as_ptr(), none), QC_OK);
        assert_eq!(qc_options_set_account(options, username.as_ptr(), password.as_ptr(), none), QC_OK);
        assert_eq!(qc_client_new(options, &raw mut client, none), QC_OK);
        qc_options_free(options);
    }
    client
}

fn through_rust(client: &blocking::Client) {
    let request = Search { name: NAME.into(), id_card: ID_CARD.into(), mobile: MOBILE.into() };
    assert!(!client.blacklist().search(request).expect("an answer").is_in);
}

fn through_c(client: *mut qc_client) {
    let mut answer: *mut qc_answer = ptr::null_mut();
    let mut is_in = true;
    let (name, id_card, mobile) = (c"张三".as_ptr(), c"11010519491231002X".as_ptr(), c"13800138001".as_ptr());
    let none = ptr::null_mut();
    unsafe {
        assert_eq!(qc_blacklist_search(client, name, id_card, mobile, &raw mut answer, none), QC_OK);
        assert_eq!(qc_answer_bool(answer, c"/is_in".as_ptr(), &raw mut is_in, none), QC_OK);
        qc_answer_free(answer);
    }
    assert!(!is_in);
}

/// Processor time of this thread for one call.
fn microseconds(call: impl Fn()) -> f64 {
    let now = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).expect("a time since the start");
    let start = now();
    (0..CALLS).for_each(|_| call());
    now().saturating_sub(start).as_secs_f64() * 1e6 / f64::from(CALLS)
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
