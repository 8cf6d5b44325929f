//! Natives that read and mask single values as the core does.

use jni::EnvUnowned;
use jni::objects::{JByteArray, JClass, JLongArray};
use qiancheng::answer::Reading;
use qiancheng::api::Picture;
use qiancheng::personal::{IdNumber, MobileNumber, PersonName, Personal};
use qiancheng::{Answer, Error, ErrorKind, personal};
use serde_json::Value;

use crate::boundary::{Failure, native};
use crate::{answers, arrays};

/// A text as it may be shown: `name`, `id_number`, `mobile`, `handle`; anything else is hidden whole.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_mask<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    style: JByteArray<'local>,
    text: JByteArray<'local>,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let style = arrays::text(env, &style, "style")?;
        let text = arrays::text(env, &text, "text")?;
        arrays::array(env, &[mask(&style, &text).as_bytes()])
    })
}

fn mask(style: &str, text: &str) -> String {
    match style {
        "name" => PersonName::from(text).to_string(),
        "id_number" => IdNumber::from(text).to_string(),
        "mobile" => MobileNumber::from(text).to_string(),
        "handle" => personal::Handle::from(text).to_string(),
        _ => Personal::from(text).to_string(),
    }
}

/// One value of an answer, as JSON, in its one form, as JSON: `flag`, `integer`, `number`, `text` or `words`.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_readAs<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    reading: JByteArray<'local>,
    value: JByteArray<'local>,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let reading = arrays::text(env, &reading, "reading")?;
        let value: Value = serde_json::from_slice(&arrays::bytes(env, &value)?).unwrap_or(Value::Null);
        let read = read_as(&reading, &value).map_err(Failure::Core)?;
        arrays::array(env, &[read.to_string().as_bytes()])
    })
}

fn read_as(reading: &str, value: &Value) -> qiancheng::Result<Value> {
    let refuse = |words: String| Error::of_binding(ErrorKind::Protocol, words);
    Reading::named(reading)
        .ok_or_else(|| refuse("there is no such reading".to_owned()))?
        .read(value)
        .map_err(refuse)
}

/// The bytes of a picture in base64; nothing if the text is not base64.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_picture<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    text: JByteArray<'local>,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let text = arrays::text(env, &text, "text")?;
        let picture = serde_json::from_value::<Picture>(Value::from(text.as_str())).ok();
        match picture.and_then(|picture| picture.bytes()) {
            Some(bytes) => arrays::array(env, &[&bytes]),
            None => Ok(JByteArray::default()),
        }
    })
}

/// The type of a picture.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_mime<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    picture: JByteArray<'local>,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let mime = Picture::mime(&arrays::bytes(env, &picture)?);
        arrays::array(env, &[mime.as_bytes()])
    })
}

/// An answer that was recorded: the whole body, as it came.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_recorded<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    endpoint: JByteArray<'local>,
    body: JByteArray<'local>,
    facts: JLongArray<'local>,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let endpoint = arrays::text(env, &endpoint, "endpoint")?;
        let body = env.convert_byte_array(&body)?;
        let answer = Answer::recorded(endpoint.as_str(), body, 200, 1, None)?;
        answers::deliver(env, &answer, &facts)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_masked_as_the_core_masks_them() {
        assert_eq!(mask("mobile", "13800138000"), "138****8000");
        assert_eq!(mask("name", "张三"), "张*");
        assert_eq!(mask("anything", "geheim"), "****");
    }

    #[test]
    fn values_are_read_as_the_core_reads_them() {
        assert_eq!(read_as("integer", &"21".into()).expect("holds"), 21);
        assert_eq!(read_as("flag", &1.into()).expect("holds"), true);
        let error = read_as("integer", &"4711x".into()).expect_err("no integer");
        assert_eq!(error.message(), "expected an integer or a numeric string");
        assert!(read_as("colour", &Value::Null).is_err());
    }
}
