//! `data` of `risk.audit` after decryption (§7.1): what must be in it, and of which kind.

use serde_json::Value;

use crate::check::integer;
use crate::envelope::Refusal;

/// A field's kind. `Text` and `Integer` are strict: this is JSON, which can tell them apart.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Integer,
    Number,
    Time,
    OneOf(&'static [i64]),
    Object(&'static [Field]),
    List(&'static [Field]),
    Any,
}

#[derive(Clone, Copy)]
struct Field {
    name: &'static str,
    alias: Option<&'static str>,
    required: bool,
    kind: Kind,
}

const fn need(name: &'static str, kind: Kind) -> Field {
    Field { name, alias: None, required: true, kind }
}

const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, alias: None, required: false, kind }
}

const ORDER: &[Field] = &[
    need("order_id", Kind::Integer),
    need("amount", Kind::Integer),
    need("loan_term", Kind::Integer),
    need("order_time", Kind::Time),
];

const CONTACT: &[Field] = &[
    // The source's spelling, and the one it means.
    Field { name: "moblie", alias: Some("mobile"), required: true, kind: Kind::Text },
    need("name", Kind::Text),
    may("relation", Kind::OneOf(&[0, 1, 2, 3, 4])),
];

const BASIC: &[Field] = &[
    may("cur_address", Kind::Text),
    may("perm_address", Kind::Text),
    may("company_name", Kind::Text),
    may("company_phone", Kind::Text),
    may("company_address", Kind::Text),
    need("user_contact", Kind::List(CONTACT)),
];

const PROOF: &[Field] = &[need("url", Kind::Text), need("type", Kind::OneOf(&[0, 1, 2]))];

const ADDRESS_BOOK: &[Field] = &[need("mobile", Kind::Text), need("name", Kind::Text)];

const BILL: &[Field] = &[need("month", Kind::Text), need("amount", Kind::Text)];

const CALLED: &[Field] = &[
    need("phone", Kind::Text),
    need("last_contact_date", Kind::Text),
    need("talk_seconds", Kind::Text),
    need("talk_cnt", Kind::Text),
    may("call_seconds", Kind::Text),
    may("call_cnt", Kind::Text),
    may("called_seconds", Kind::Text),
    may("called_cnt", Kind::Text),
    may("first_contact_date", Kind::Text),
    may("msg_cnt", Kind::Integer),
    may("send_cnt", Kind::Integer),
    may("receive_cnt", Kind::Integer),
    may("unknown_cnt", Kind::Integer),
    may("contact_1w", Kind::Integer),
    may("contact_1m", Kind::Integer),
];

const TELECOM: &[Field] = &[
    need("real_name_status", Kind::OneOf(&[0, 1])),
    may("real_name_time", Kind::Text),
    may("real_name_name", Kind::Text),
    may("real_name_id_card", Kind::Text),
    need("bill_list", Kind::List(BILL)),
    need("contact_list", Kind::List(CALLED)),
];

const SESAME: &[Field] = &[may("zm_score", Kind::Integer), may("watch_info", Kind::Any)];

const LOAN: &[Field] = &[
    may("amount", Kind::Integer),
    may("state", Kind::OneOf(&[0, 1, 2, 3])),
    may("order_time", Kind::Text),
    may("overdue_day", Kind::Integer),
    // A string for a repaid loan, else the number 0.
    may("repayment_time", Kind::Any),
];

const CREDIT_LINE: &[Field] = &[
    may("ants_lines_total", Kind::Number),
    may("ants_lines_usable", Kind::Number),
    may("ants_arrears", Kind::Number),
];

const PAYEE: &[Field] = &[may("name", Kind::Text), may("account", Kind::Text)];

const DEAL: &[Field] = &[
    may("deal_time", Kind::Text),
    may("deal_amount", Kind::Number),
    may("trade_no", Kind::Text),
    may("order_no", Kind::Text),
    may("log_no", Kind::Text),
    may("name", Kind::Text),
    may("status", Kind::Integer),
    may("other_party", Kind::Text),
];

const WALLET: &[Field] = &[
    may("ants_lines", Kind::Object(CREDIT_LINE)),
    may("real_name", Kind::Text),
    may("real_name_status", Kind::Text),
    may("create_time", Kind::Text),
    may("wealth", Kind::Number),
    may("balance", Kind::Number),
    may("balance_bao", Kind::Number),
    may("fortune_bao", Kind::Number),
    may("deposit_bao", Kind::Number),
    may("taobao_financial", Kind::Number),
    may("fund", Kind::Number),
    may("bank_cards", Kind::Any),
    may("email", Kind::Text),
    may("mobile", Kind::Text),
    may("register_time", Kind::Text),
    may("taobao_name", Kind::Text),
    may("friends_contact", Kind::List(PAYEE)),
    may("trade_contact", Kind::List(PAYEE)),
    may("deal_record", Kind::List(DEAL)),
];

const LOGIN: &[Field] = &[may("time", Kind::Text), may("device_id", Kind::Text)];
const CARD: &[Field] = &[may("type", Kind::OneOf(&[1, 2, 3])), may("card_no", Kind::Text)];
const APP: &[Field] = &[
    may("app_name", Kind::Text),
    may("app_market", Kind::Text),
    may("client_type", Kind::Text),
    may("os_version", Kind::Text),
];

const DATA: &[Field] = &[
    need("order_detail", Kind::Object(ORDER)),
    need("basic_info", Kind::Object(BASIC)),
    need("user_proof_materia", Kind::List(PROOF)),
    need("user_mobile_contacts", Kind::List(ADDRESS_BOOK)),
    need("telecom_data", Kind::Object(TELECOM)),
    may("zm_data", Kind::Object(SESAME)),
    may("user_loan_orders", Kind::List(LOAN)),
    may("zfb_data", Kind::Object(WALLET)),
    may("user_login_upload_logs", Kind::List(LOGIN)),
    may("card_info", Kind::List(CARD)),
    may("app_info", Kind::List(APP)),
];

/// What an audit needs to know of its `data`.
pub(crate) struct Order {
    pub(crate) order_id: i64,
    pub(crate) amount_fen: i64,
}

/// Refuses `data` that lacks something, has it in the wrong kind, or has what the document does not list: a misspelt
/// optional field would otherwise be lost in silence.
pub(crate) fn check(data: &Value) -> Result<Order, Refusal> {
    value(Kind::Object(DATA), data, "data")?;
    let number = |name: &str| data.pointer(name).and_then(integer);
    match (number("/order_detail/order_id"), number("/order_detail/amount")) {
        (Some(order_id), Some(amount_fen)) => Ok(Order { order_id, amount_fen }),
        _ => Err(wrong("data.order_detail", "order_id 与 amount 应为整数")),
    }
}

fn wrong(path: &str, how: &str) -> Refusal {
    Refusal::input(format!("{path} {how}"))
}

fn value(kind: Kind, value: &Value, path: &str) -> Result<(), Refusal> {
    let fault = match (kind, value) {
        (Kind::Object(known), Value::Object(_)) => return fields(known, value, path),
        // An empty array is how PHP writes an empty object.
        (Kind::Object(known), Value::Array(list)) if list.is_empty() => return fields(known, value, path),
        (Kind::List(known), Value::Array(list)) => {
            return list.iter().enumerate().try_for_each(|(at, item)| {
                let path = format!("{path}[{at}]");
                if item.is_object() { fields(known, item, &path) } else { Err(wrong(&path, "应为对象")) }
            });
        }
        (Kind::Text | Kind::Time, Value::String(text)) if matches!(kind, Kind::Text) || is_time(text) => {
            return Ok(());
        }
        (Kind::Integer, Value::Number(number)) if number.is_i64() || number.is_u64() => return Ok(()),
        (Kind::Number, Value::Number(_)) | (Kind::Any, _) => return Ok(()),
        (Kind::OneOf(choices), Value::Number(number)) => match number.as_i64() {
            Some(number) if choices.contains(&number) => return Ok(()),
            _ => &format!("应为 {choices:?} 之一"),
        },
        (Kind::Object(_), _) => "应为对象",
        (Kind::List(_), _) => "应为列表",
        (Kind::Text, _) => "应为字符串",
        (Kind::Time, _) => "应为 yyyy-mm-dd hh:mm:ss",
        (Kind::Integer | Kind::OneOf(_), _) => "应为整数",
        (Kind::Number, _) => "应为数字",
    };
    Err(wrong(path, fault))
}

fn fields(known: &[Field], object: &Value, path: &str) -> Result<(), Refusal> {
    for field in known {
        let present = |name: &str| object.get(name).filter(|value| !value.is_null());
        let path = format!("{path}.{}", field.name);
        match present(field.name).or_else(|| field.alias.and_then(present)) {
            None if field.required => return Err(wrong(&path, "缺少")),
            Some(Value::String(text)) if field.required && text.is_empty() => {
                return Err(wrong(&path, "缺少"));
            }
            Some(found) => value(field.kind, found, &path)?,
            None => {}
        }
    }
    let listed = |name: &str| known.iter().any(|field| field.name == name || field.alias == Some(name));
    match object.as_object().and_then(|object| object.keys().find(|name| !listed(name))) {
        Some(unknown) => Err(wrong(&format!("{path}.{unknown}"), "是未知字段")),
        None => Ok(()),
    }
}

fn is_time(text: &str) -> bool {
    text.len() == 19 && jiff::civil::DateTime::strptime("%Y-%m-%d %H:%M:%S", text).is_ok()
}
