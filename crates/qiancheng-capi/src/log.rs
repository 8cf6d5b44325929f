//! What a client does, line by line: attempts, repeats, tokens and calls, with sizes, times and outcomes. A line never holds
//! a body, personal data, a secret, or the vendor's words.

use std::ffi::{c_char, c_void};

use qiancheng::{Event, Level};

use crate::text::Charset;

/// Gets one line of a log: a JSON object in the client's encoding, which opens with `event` and `level`.
///
/// It is called on the thread that makes the call, while that call is under way; threads that call at the same time call
/// it at the same time. It must be quick, must not free the client or anything that a call on its way uses, and must not leave
/// by longjmp or by a C++ exception: the frames above it are not C++'s.
///
/// @param user_data what was given to qc_options_set_log()
/// @param level one of the numbers of qc_log_level
/// @param line the line, without a line break, with a NUL behind; gone when the callback returns
/// @param len how many bytes it has
pub type qc_log_callback =
    Option<unsafe extern "C" fn(user_data: *mut c_void, level: i32, line: *const c_char, len: usize)>;

/// How much a line of the log matters.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::enum_variant_names, reason = "C has one name space")]
pub enum qc_log_level {
    /// Work as usual: attempts, tokens, calls that went well.
    QC_LOG_DEBUG = 10,
    /// Something failed, and it is known what became of it.
    QC_LOG_INFO = 20,
    /// A call failed, and the vendor may have done what it asked for.
    QC_LOG_WARNING = 30,
}

/// A callback with what belongs to it.
#[derive(Clone, Copy)]
pub(crate) struct Listener {
    callback: unsafe extern "C" fn(*mut c_void, i32, *const c_char, usize),
    user_data: *mut c_void,
}

// SAFETY: nothing here looks at `user_data`, it is only handed back. That the callback may be called from any thread, and from
// many at once, is what qc_log_callback asks of whoever gives one.
unsafe impl Send for Listener {}
// SAFETY: as above.
unsafe impl Sync for Listener {}

impl Listener {
    /// # Safety
    /// The callback may be called with this pointer from any thread, for as long as the listener exists.
    pub(crate) unsafe fn new(
        callback: unsafe extern "C" fn(*mut c_void, i32, *const c_char, usize),
        user_data: *mut c_void,
    ) -> Self {
        Self { callback, user_data }
    }

    pub(crate) fn hear(&self, event: &Event<'_>, charset: Charset) {
        let Ok(line) = serde_json::to_string(event) else { return };
        let line = charset.json(&line);
        // SAFETY: whoever made the listener has seen to it; the line outlives the call.
        unsafe { (self.callback)(self.user_data, level(event.level()) as i32, line.as_ptr(), line.len()) }
    }
}

fn level(level: Level) -> qc_log_level {
    match level {
        Level::Debug => qc_log_level::QC_LOG_DEBUG,
        Level::Info => qc_log_level::QC_LOG_INFO,
        // A level that is added to the core matters more than those.
        _ => qc_log_level::QC_LOG_WARNING,
    }
}
