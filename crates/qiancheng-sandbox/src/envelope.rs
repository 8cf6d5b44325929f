//! The vendor's answer: `{"code": …, "msg": …, "data": …}`.

use std::borrow::Cow;

use bytes::Bytes;
use serde_json::Value;

/// What a call that went well brings back.
pub(crate) enum Data {
    /// Nothing: written as `[]`, as PHP writes an empty array.
    Nothing,
    /// A value.
    Json(Value),
    /// JSON already written: raw data and reports, which are large.
    Written(Bytes),
}

/// A call that did not go well: `code` is not 0 and `msg` says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: i64,
    pub(crate) msg: Cow<'static, str>,
}

impl Refusal {
    /// 1001, with what is wrong with the input.
    pub(crate) fn input(what: impl AsRef<str>) -> Self {
        Self { code: 1001, msg: format!("输入错误: {}", what.as_ref()).into() }
    }

    /// 1001, as the source words it for the account.
    pub(crate) fn account() -> Self {
        Self { code: 1001, msg: "账户或密码错误".into() }
    }

    /// A token that is not, or no longer, live. The vendor has no code of its own for it.
    pub(crate) fn token() -> Self {
        Self { code: 1001, msg: "令牌验证失败".into() }
    }

    /// 1003: there is nothing to fetch yet.
    pub(crate) fn collecting() -> Self {
        Self { code: 1003, msg: "正在采集数据".into() }
    }

    /// 1000: the vendor's own trouble.
    pub(crate) fn unavailable() -> Self {
        Self { code: 1000, msg: "服务不可用".into() }
    }
}

pub(crate) type Outcome = Result<Data, Refusal>;

/// The code an outcome carries.
pub(crate) fn code(outcome: &Outcome) -> i64 {
    outcome.as_ref().map_or_else(|refusal| refusal.code, |_| 0)
}

/// The envelope's bytes.
pub(crate) fn write(outcome: &Outcome) -> Bytes {
    match outcome {
        Ok(Data::Nothing) => Bytes::from_static(br#"{"code":0,"msg":"","data":[]}"#),
        Ok(Data::Json(value)) => framed(value.to_string().as_bytes()),
        Ok(Data::Written(json)) => framed(json),
        Err(refusal) => {
            let msg = Value::from(refusal.msg.as_ref());
            format!(r#"{{"code":{},"msg":{msg},"data":[]}}"#, refusal.code).into()
        }
    }
}

fn framed(data: &[u8]) -> Bytes {
    const HEAD: &[u8] = br#"{"code":0,"msg":"","data":"#;
    let mut body = Vec::with_capacity(HEAD.len() + data.len() + 1);
    body.extend_from_slice(HEAD);
    body.extend_from_slice(data);
    body.push(b'}');
    body.into()
}
