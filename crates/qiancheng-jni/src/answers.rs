//! Answers on their way to Java: the body in one array, and where in it the data is.

use jni::Env;
use jni::objects::{JByteArray, JLongArray};
use jni::sys::jlong;
use qiancheng::Answer;

use crate::arrays;
use crate::boundary::Outcome;

/// Where things are in the array that crosses, as `io.qiancheng.Received` reads it.
#[derive(Debug, PartialEq, Eq)]
struct Layout {
    body: usize,
    data_from: usize,
    data: usize,
    message: Option<usize>,
}

impl Layout {
    fn of(body: &[u8], data: &[u8], message: Option<&str>) -> Self {
        Self {
            body: body.len(),
            // Data that is not a part of the body stands behind it: the `null` of an answer without any.
            data_from: position(body, data).unwrap_or(body.len()),
            data: data.len(),
            message: message.map(str::len),
        }
    }
}

/// Where a slice of another begins in it.
fn position(whole: &[u8], part: &[u8]) -> Option<usize> {
    let from = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    (from.checked_add(part.len())? <= whole.len()).then_some(from)
}

/// Hands an answer over: the array has the body, data that is no part of it, and the vendor's message; `facts` is told where
/// they are, the HTTP status and the number of attempts.
pub(crate) fn deliver<'local>(
    env: &mut Env<'local>,
    answer: &Answer,
    facts: &JLongArray<'_>,
) -> Outcome<JByteArray<'local>> {
    let (body, data) = (answer.body().as_ref(), answer.data().as_bytes());
    let layout = Layout::of(body, data, answer.message());
    let beside: &[u8] = if layout.data_from == body.len() { data } else { &[] };
    let message = answer.message().unwrap_or_default().as_bytes();
    let array = arrays::array(env, &[body, beside, message])?;
    let told = [
        long(layout.body),
        long(layout.data_from),
        long(layout.data),
        layout.message.map_or(-1, long),
        jlong::from(answer.http_status()),
        jlong::from(answer.attempts()),
    ];
    facts.set_region(env, 0, &told)?;
    Ok(array)
}

fn long(size: usize) -> jlong {
    // What is in memory is no larger.
    jlong::try_from(size).unwrap_or(jlong::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_found_in_the_body() {
        let body = br#"{"code":0,"data":{"a":1}}"#;
        let layout = Layout::of(body, &body[17..24], Some("ok"));
        assert_eq!(layout, Layout { body: 25, data_from: 17, data: 7, message: Some(2) });
    }

    #[test]
    fn data_that_is_no_part_of_the_body_stands_behind_it() {
        let body = br#"{"code":0}"#.to_vec();
        let layout = Layout::of(&body, b"null", None);
        assert_eq!(layout, Layout { body: 10, data_from: 10, data: 4, message: None });
    }
}
