//! A step says how a session stands, and what it asks the borrower for. Texts and the picture belong to the step, and stay
//! until it is freed. For NULL, and where a step has no such thing, these functions give NULL, 0 or false.

use std::ffi::c_char;
use std::ptr;

use qiancheng::session::{Challenge, ChallengeKind, Status, Step};

use crate::argument::Out;
use crate::boundary::{free, look, look_at};
use crate::handle::handle;
use crate::session::unix_seconds;
use crate::text::{Charset, Crossing};

/// How a session stands.
pub struct qc_step {
    _opaque: [u8; 0],
}

handle!(qc_step, "step", b"qc__step", Boxed<Shown>);

/// What a step is.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::enum_variant_names, reason = "C has one name space")]
pub enum qc_step_type {
    /// The vendor is at work: poll again after the pause.
    QC_STEP_WORKING = 1,
    /// The borrower is asked for something.
    QC_STEP_NEEDS_INPUT = 2,
    /// The data can be fetched.
    QC_STEP_FINISHED = 3,
    /// The collection failed: start over with a new session.
    QC_STEP_FAILED = 4,
    /// The ten minutes are over: start over with a new session.
    QC_STEP_EXPIRED = 5,
    /// Something that this version of the library has no name for: poll on.
    QC_STEP_OTHER = 6,
}

/// A step in the encoding of whoever gets it.
pub(crate) struct Shown {
    step: Step,
    texts: Texts,
}

/// A step has few texts, and most are asked for.
struct Texts {
    state_name: Option<Crossing>,
    message: Option<Crossing>,
    reason: Option<Crossing>,
    challenge: Option<ChallengeTexts>,
    json: Option<Crossing>,
}

struct ChallengeTexts {
    id: Crossing,
    kind: Crossing,
    prompt: Crossing,
    prompt_zh: Crossing,
    mime: Option<Crossing>,
}

impl Shown {
    pub(crate) fn new(step: Step, charset: Charset) -> Self {
        let message = |text: &str| charset.message(&text.replace('\0', "?"));
        let status = status(&step);
        let texts = Texts {
            state_name: status.and_then(|status| status.name).map(message),
            message: status.and_then(|status| status.message.as_deref()).map(message),
            reason: match &step {
                Step::Failed { reason } => Some(message(reason)),
                _ => None,
            },
            challenge: challenge(&step).map(|challenge| ChallengeTexts {
                id: message(challenge.id()),
                kind: message(challenge.kind().name()),
                prompt: message(challenge.prompt()),
                prompt_zh: message(ChallengeKind::prompt_zh(challenge.kind())),
                mime: challenge.mime().map(message),
            }),
            json: serde_json::to_string(&step).ok().map(|json| charset.json(&json)),
        };
        Self { step, texts }
    }

    fn kind(&self) -> qc_step_type {
        match self.step {
            Step::Working { .. } => qc_step_type::QC_STEP_WORKING,
            Step::NeedsInput { .. } => qc_step_type::QC_STEP_NEEDS_INPUT,
            Step::Finished => qc_step_type::QC_STEP_FINISHED,
            Step::Failed { .. } => qc_step_type::QC_STEP_FAILED,
            Step::Expired => qc_step_type::QC_STEP_EXPIRED,
            _ => qc_step_type::QC_STEP_OTHER,
        }
    }

    fn poll_after(&self) -> u32 {
        match &self.step {
            // Half a millisecond is no reason to ask too early.
            Step::Working { poll_after, .. } => {
                u32::try_from(poll_after.as_micros().div_ceil(1000)).unwrap_or(u32::MAX)
            }
            _ => 0,
        }
    }

    fn challenge(&self) -> Option<&Challenge> {
        challenge(&self.step)
    }
}

fn status(step: &Step) -> Option<&Status> {
    match step {
        Step::Working { status, .. } => Some(status),
        _ => None,
    }
}

fn challenge(step: &Step) -> Option<&Challenge> {
    match step {
        Step::NeedsInput { challenge } => Some(challenge),
        _ => None,
    }
}

fn address(text: Option<&Crossing>) -> *const c_char {
    text.map_or(ptr::null(), Crossing::as_ptr)
}

fn of_challenge(shown: &Shown, which: impl FnOnce(&ChallengeTexts) -> Option<&Crossing>) -> *const c_char {
    address(shown.texts.challenge.as_ref().and_then(which))
}

/// What the step is.
///
/// @param step the step, or NULL
/// @return one of the numbers of qc_step_type; 0 for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_kind(step: *const qc_step) -> i32 {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(step, |shown| shown.kind() as i32) }
}

/// Whether nothing will change any more: it finished, failed or expired.
///
/// @param step the step, or NULL
/// @return whether it is the last
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_is_last(step: *const qc_step) -> bool {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(step, |shown| shown.step.is_last()) }
}

/// The pause before the next poll, which qc_session_next() keeps by itself.
///
/// @param step the step, or NULL
/// @return milliseconds; 0 if the vendor is not at work
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_poll_after_ms(step: *const qc_step) -> u32 {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(step, Shown::poll_after) }
}

/// The number of the vendor's state while the vendor is at work.
///
/// @param step the step, or NULL
/// @param out where the number goes; may be NULL
/// @return whether there is one
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_state(step: *const qc_step, out: *mut i64) -> bool {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        look(step, |shown| {
            let Some(status) = status(&shown.step) else { return false };
            if let Ok(Some(out)) = Out::optional(out, "out") {
                out.write(status.code);
            }
            true
        })
    }
}

/// The name of the vendor's state while the vendor is at work.
///
/// @param step the step, or NULL
/// @return a text that belongs to the step; NULL for a state that the vendor's document does not list
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_state_name(step: *const qc_step) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(step, |shown| address(shown.texts.state_name.as_ref())) }
}

/// What the vendor says while it is at work; long numbers in it are masked.
///
/// @param step the step, or NULL
/// @return a text that belongs to the step; NULL if the vendor said nothing
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_message(step: *const qc_step) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(step, |shown| address(shown.texts.message.as_ref())) }
}

/// Why the collection failed, in the vendor's words.
///
/// @param step the step, or NULL
/// @return a text that belongs to the step; NULL if it has not failed
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_reason(step: *const qc_step) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(step, |shown| address(shown.texts.reason.as_ref())) }
}

/// What tells the challenge from the session's other ones: qc_session_submit() wants it.
///
/// @param step the step, or NULL
/// @return a text that belongs to the step; NULL if the borrower is not asked for anything
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_challenge_id(step: *const qc_step) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(step, |shown| of_challenge(shown, |texts| Some(&texts.id))) }
}

/// What the borrower is asked for: `sms_captcha`, `picture_captcha`, `dynamic_password`, `query_password` or
/// `service_password`.
///
/// @param step the step, or NULL
/// @return a text that belongs to the step; NULL if the borrower is not asked for anything
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_challenge_kind(step: *const qc_step) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(step, |shown| of_challenge(shown, |texts| Some(&texts.kind))) }
}

/// What to say to the borrower, in English.
///
/// @param step the step, or NULL
/// @return a text that belongs to the step; NULL if the borrower is not asked for anything
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_challenge_prompt(step: *const qc_step) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(step, |shown| of_challenge(shown, |texts| Some(&texts.prompt))) }
}

/// What to say to the borrower, in Chinese.
///
/// @param step the step, or NULL
/// @return a text that belongs to the step; NULL if the borrower is not asked for anything
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_challenge_prompt_zh(step: *const qc_step) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(step, |shown| of_challenge(shown, |texts| Some(&texts.prompt_zh))) }
}

/// The picture that the borrower is to read.
///
/// @param step the step, or NULL
/// @param out where its bytes go, which belong to the step
/// @param len where their number goes
/// @return whether there is a picture; if not, or if a place is missing, nothing is written
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_challenge_image(
    step: *const qc_step,
    out: *mut *const u8,
    len: *mut usize,
) -> bool {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        look(step, |shown| {
            let Some(image) = shown.challenge().and_then(Challenge::image) else { return false };
            let (Ok(out), Ok(len)) = (Out::new(out, "out"), Out::new(len, "len")) else { return false };
            out.write(image.as_ptr());
            len.write(image.len());
            true
        })
    }
}

/// The picture's type, such as `image/png`.
///
/// @param step the step, or NULL
/// @return a text that belongs to the step; NULL if there is no picture
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_challenge_mime(step: *const qc_step) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(step, |shown| of_challenge(shown, |texts| texts.mime.as_ref())) }
}

/// How often the borrower was asked: 1 the first time, 2 when the first answer was wrong or late.
///
/// @param step the step, or NULL
/// @return the number; 0 if the borrower is not asked for anything
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_challenge_attempt(step: *const qc_step) -> u32 {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(step, |shown| shown.challenge().map_or(0, Challenge::attempt)) }
}

/// Whether qc_session_resend() can have it sent again.
///
/// @param step the step, or NULL
/// @return whether it can
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_challenge_can_resend(step: *const qc_step) -> bool {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look(step, |shown| shown.challenge().is_some_and(Challenge::can_resend)) }
}

/// When the session ends, and the question with it.
///
/// @param step the step, or NULL
/// @return seconds since 1970 in UTC; 0 if the borrower is not asked for anything
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_challenge_expires_at(step: *const qc_step) -> i64 {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe {
        look(step, |shown| shown.challenge().map_or(0, |challenge| unix_seconds(challenge.expires_at())))
    }
}

/// All of the step as a JSON object, for programs that hand it on: `step` is `working`, `needs_input`, `finished`, `failed` or
/// `expired`; the picture is in base64.
///
/// @param step the step, or NULL
/// @return a text that belongs to the step; NULL for NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_json(step: *const qc_step) -> *const c_char {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { look_at(step, |shown| address(shown.texts.json.as_ref())) }
}

/// Frees a step with its texts and its picture.
///
/// @param step the step, or NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_step_free(step: *mut qc_step) {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { free(step) }
}
