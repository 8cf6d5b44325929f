//! A defect on purpose: proves that a panic ends at the boundary. It is exported and not in the header; a test that wants it
//! declares it itself: `qc_status qc_test_panic(qc_error **err);`.

use crate::boundary::fallible;
use crate::error::qc_error;
use crate::status::qc_status;

/// Panics, and returns `QC_PANIC`.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn qc_test_panic(err: *mut *mut qc_error) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { fallible(err, || panic!("a panic that was asked for")) }
}
