//! A call's parameters against its route: all there, none too many, each of the right kind.

use serde_json::Value;

use crate::envelope::Refusal;
use crate::identity::{id_card_fault, is_mobile};
use crate::routes::{Kind, Need, Parameter, Route};
use crate::wire::{Encoding, Params};

/// Refuses parameters that the route does not take, or not like this. The first fault is named.
pub(crate) fn check(route: &Route, params: &Params, encoding: Encoding) -> Result<(), Refusal> {
    let json = encoding == Encoding::Json;
    let credential = route.credential();
    let taken = || credential.iter().chain(route.parameters);
    fields(taken, params, "", json)
}

/// Refuses a call without its credential, before anything else is looked at.
pub(crate) fn credential<'a>(parameter: &Parameter, params: &'a Params) -> Result<&'a str, Refusal> {
    match params.get(parameter.name) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text),
        None | Some(Value::Null | Value::String(_)) => Err(missing(parameter, "")),
        Some(_) => Err(wrong(parameter.name, "应为字符串")),
    }
}

fn fields<'a, I>(taken: impl Fn() -> I, params: &Params, prefix: &str, json: bool) -> Result<(), Refusal>
where
    I: Iterator<Item = &'a Parameter>,
{
    for parameter in taken() {
        let first = params.get(parameter.name).filter(|value| !value.is_null());
        let second = parameter.alias.and_then(|alias| params.get(alias)).filter(|value| !value.is_null());
        if let (Some(first), Some(second), Some(alias)) = (first, second, parameter.alias)
            && first != second
        {
            return Err(Refusal::input(format!("{} 与 {alias} 不一致", parameter.name)));
        }
        let value = first.or(second);
        match (parameter.need, value) {
            (Need::Required | Need::Present, None) => return Err(missing(parameter, prefix)),
            (Need::Required, Some(value)) if is_empty(value) => return Err(missing(parameter, prefix)),
            _ => {}
        }
    }
    if let Some(unknown) =
        params.keys().find(|name| !taken().any(|taken| taken.name == **name || taken.alias == Some(name)))
    {
        return Err(Refusal::input(format!("未知参数 {}", path(prefix, unknown))));
    }
    for parameter in taken() {
        for name in [Some(parameter.name), parameter.alias].into_iter().flatten() {
            // What is optional may also come empty, as from a form's blank field.
            if let Some(value) = params.get(name).filter(|value| !is_empty(value)) {
                kind(parameter.kind, value, &path(prefix, name), json)?;
            }
        }
    }
    Ok(())
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn path(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}[{name}]") }
}

fn missing(parameter: &Parameter, prefix: &str) -> Refusal {
    Refusal::input(format!("缺少参数 {} ({})", path(prefix, parameter.name), parameter.label))
}

fn wrong(name: &str, how: &str) -> Refusal {
    Refusal::input(format!("参数 {name} {how}"))
}

fn kind(kind: Kind, value: &Value, name: &str, json: bool) -> Result<(), Refusal> {
    match (kind, value) {
        (Kind::Text | Kind::TextOrNumber, Value::String(_)) | (Kind::TextOrNumber, Value::Number(_)) => {
            Ok(())
        }
        (Kind::TextOrNumber, _) => Err(wrong(name, "应为字符串或数字")),
        (Kind::IdCard, Value::String(text)) => match id_card_fault(text) {
            None => Ok(()),
            Some(fault) => Err(wrong(name, fault)),
        },
        (Kind::Mobile, Value::String(text)) if is_mobile(text) => Ok(()),
        (Kind::Mobile, Value::String(_)) => Err(wrong(name, "不是手机号")),
        (Kind::Text | Kind::IdCard | Kind::Mobile, _) => Err(wrong(name, "应为字符串")),
        (Kind::MobileNumber, value) => mobile_number(value, name, json),
        (Kind::Hours, value) => match integer(value) {
            Some(1..=876_000) => Ok(()),
            _ => Err(wrong(name, "应为小时数 (正整数)")),
        },
        (Kind::OneOfNumbers(choices), value) => match integer(value) {
            Some(number) if choices.contains(&number) => Ok(()),
            _ => Err(wrong(name, &format!("应为 {choices:?} 之一"))),
        },
        (Kind::OneOf(choices), Value::String(text)) if choices.contains(&text.as_str()) => Ok(()),
        (Kind::OneOf(choices), _) => Err(wrong(name, &format!("应为字符串 {choices:?} 之一"))),
        (Kind::Object(inner), Value::Object(object)) => fields(|| inner.iter(), object, name, json),
        (Kind::Object(_), _) => Err(wrong(name, "应为对象")),
        (Kind::List(inner), Value::Array(list)) => list.iter().enumerate().try_for_each(|(at, item)| {
            let name = path(name, &at.to_string());
            let object = item.as_object().ok_or_else(|| wrong(&name, "应为对象"))?;
            fields(|| inner.iter(), object, &name, json)
        }),
        (Kind::List(_), _) => Err(wrong(name, "应为列表")),
    }
}

fn mobile_number(value: &Value, name: &str, json: bool) -> Result<(), Refusal> {
    let digits = match value {
        Value::Number(number) if number.is_u64() => number.to_string(),
        Value::String(text) if !json => text.clone(),
        _ => return Err(wrong(name, "应为整数")),
    };
    if is_mobile(&digits) { Ok(()) } else { Err(wrong(name, "不是手机号")) }
}

/// A whole number, as a JSON number or as digits.
pub(crate) fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            text.parse().ok()
        }
        _ => None,
    }
}
