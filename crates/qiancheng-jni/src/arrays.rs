//! Arrays of Java's, in and out: one copy each way.

use jni::Env;
use jni::objects::JByteArray;
use qiancheng::{Error, ErrorKind};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::boundary::{Failure, Outcome};

/// The bytes of an array. They may be a secret's, and are wiped.
pub(crate) fn bytes(env: &Env<'_>, array: &JByteArray<'_>) -> Outcome<Zeroizing<Vec<u8>>> {
    Ok(Zeroizing::new(env.convert_byte_array(array)?))
}

/// The text in an array; `name` is what an error calls it.
pub(crate) fn text(env: &Env<'_>, array: &JByteArray<'_>, name: &str) -> Outcome<Zeroizing<String>> {
    let mut bytes = bytes(env, array)?;
    // Taken, not copied: what was a secret is in one place only.
    String::from_utf8(std::mem::take(&mut *bytes)).map(Zeroizing::new).map_err(|error| {
        drop(Zeroizing::new(error.into_bytes()));
        Failure::Core(Error::refused_argument(name, "is not UTF-8"))
    })
}

/// The parameters of a call: a JSON object, or nothing for none.
pub(crate) fn params(env: &Env<'_>, array: &JByteArray<'_>) -> Outcome<Value> {
    Ok(read_params(&bytes(env, array)?)?)
}

fn read_params(json: &[u8]) -> qiancheng::Result<Value> {
    if json.trim_ascii().is_empty() {
        return Ok(Value::Null);
    }
    // serde's own message says where; it could say what, too.
    serde_json::from_slice(json).map_err(|error| {
        let words = if error.is_syntax() || error.is_eof() {
            format!("the parameters are broken JSON at line {} column {}", error.line(), error.column())
        } else {
            "the parameters are not JSON".to_owned()
        };
        Error::of_binding(ErrorKind::InvalidInput, words)
    })
}

/// An array of these pieces, one behind the other.
pub(crate) fn array<'local>(env: &mut Env<'local>, pieces: &[&[u8]]) -> Outcome<JByteArray<'local>> {
    let array = JByteArray::new(env, pieces.iter().map(|piece| piece.len()).sum())?;
    let mut start = 0;
    for piece in pieces {
        array.set_region(env, start, signed(piece))?;
        // The whole is no longer than Java's arrays can be, or it would not have been made.
        start += i32::try_from(piece.len()).map_err(|_| too_large())?;
    }
    Ok(array)
}

fn too_large() -> Failure {
    Failure::Core(Error::of_binding(ErrorKind::Protocol, "the answer is larger than an array of Java's"))
}

/// Java's bytes have a sign.
fn signed(bytes: &[u8]) -> &[i8] {
    // SAFETY: i8 has the size, the alignment and the valid values of u8, and the slice lives as long as the one it is made of.
    unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast(), bytes.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_an_object_or_nothing() {
        assert_eq!(read_params(b"").expect("holds"), Value::Null);
        assert_eq!(
            read_params(b" {\"a\": \"\xF0\xA0\xAE\xB7\"}").expect("holds"),
            serde_json::json!({"a": "𠮷"})
        );
    }

    #[test]
    fn broken_parameters_are_refused_without_being_quoted() {
        for json in [&b"{\"id_card\": \"4711"[..], b"{\"id_card\": 4711x}", b"{\"id_card\": \"4711\xFF\"}"] {
            let error = read_params(json).expect_err("broken");
            assert!(!error.to_string().contains("4711"), "{error}");
        }
    }

    #[test]
    fn bytes_keep_their_bits() {
        assert_eq!(signed(&[0, 127, 128, 255]), [0, 127, -128, -1]);
    }
}
