//! For each endpoint, parameters that occur nowhere else.

use qiancheng::api::registry;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::cage::{CONTACT_MOBILE, CONTACT_NAME, HIDDEN_FIELDS, ID_CARD, MARK, MOBILE, NAME, OPEN_ID};

/// Fields that may show: numbers of the vendor's, days, amounts of money without a name to them.
const HARMLESS: &[&str] = &[
    "hours",
    "sync",
    "entry_id",
    "contact_type",
    "client_type",
    "type",
    "relation",
    "order_id",
    "amount",
    "loan_term",
    "order_time",
    "month",
    "real_name_status",
    "real_name_time",
    "last_contact_date",
    "first_contact_date",
    "talk_seconds",
    "talk_cnt",
    "call_seconds",
    "call_cnt",
    "called_seconds",
    "called_cnt",
    "msg_cnt",
    "send_cnt",
    "receive_cnt",
    "unknown_cnt",
    "contact_1w",
    "contact_1m",
    "zm_score",
    "state",
    "overdue_day",
    "repayment_time",
    "ants_lines_total",
    "ants_lines_usable",
    "ants_arrears",
    "create_time",
    "wealth",
    "balance",
    "balance_bao",
    "fortune_bao",
    "deposit_bao",
    "taobao_financial",
    "fund",
    "register_time",
    "deal_time",
    "deal_amount",
    "status",
    "time",
    "app_name",
    "app_market",
    "os_version",
];

fn person() -> Value {
    json!({"name": NAME, "id_card": ID_CARD, "mobile": MOBILE})
}

fn with(first: Value, second: Value) -> Value {
    let (Value::Object(mut first), Value::Object(second)) = (first, second) else { panic!("objects") };
    first.extend(second);
    Value::Object(first)
}

/// The parameters of an endpoint; `None` for one that is not known here.
pub(crate) fn of(endpoint: &str) -> Option<Value> {
    let open_id = || json!({"open_id": OPEN_ID});
    Some(match endpoint {
        "auth.token" => json!({"hours": "24"}),
        "blacklist.search" | "ebank_v2.open_id" => person(),
        "blacklist.search_v2" => {
            with(person(), json!({"ip": "10.0.0.1 cnrynetworkaddress", "bank_card": "6222 cnrycardnumber"}))
        }
        "telecom.open_id" => with(
            person(),
            json!({"service_password": "p&<\"cnryservicepassword", "options": {
                "work_addr": "火星路&<cnryworkaddress>", "work_tel": "010-cnryworktel",
                "home_addr": "金星路cnryhomeaddress", "home_tel": "010-cnryhometel",
                "contacts": [{"contact_tel": CONTACT_MOBILE, "contact_name": CONTACT_NAME, "contact_type": "1"}],
            }}),
        ),
        "telecom.query_password" => with(open_id(), json!({"query_password": "&<cnryquerypassword"})),
        "telecom.captcha" => with(open_id(), json!({"captcha": "&<cnrycaptcha"})),
        "telecom.service_password" => {
            with(open_id(), json!({"service_password": "p&<\"cnryservicepassword"}))
        }
        "degree.open_id" => with(
            person(),
            json!({"options": {
                "work_address": "火星路&<cnryworkaddress>", "work_phone_number_tel": "010-cnryworktel",
                "home_address": "金星路cnryhomeaddress", "home_phone_number": "010-cnryhometel",
                "contacts": [{"contact_cell_phone_number": CONTACT_MOBILE, "contact_name": CONTACT_NAME, "contact_type": "1"}],
            }}),
        ),
        "degree.login" => with(
            open_id(),
            json!({"account": "cnryaccount@example.com", "password": "p&<\"cnrydegreepassword", "sync": 1}),
        ),
        "ebank.bank_info" => json!({}),
        "ebank.license_upload" => {
            json!({"entry_id": "1", "login_name": "cnryloginname", "name": NAME, "id_card": ID_CARD})
        }
        "ebank.open_id" => with(
            person(),
            json!({
                "entry_id": "1", "login_name": "cnryloginname", "password": "p&<\"cnrybankpassword",
                "user_info": {
                    "ip": "10.0.0.1 cnrynetworkaddress", "city": "cnrycity", "province": "cnryprovince",
                    "lat": "39.9cnrylatitude", "lon": "116.4cnrylongitude", "udid": "cnrydevice", "client_type": 2,
                },
            }),
        ),
        "ebank.captcha" | "ebank_v2.captcha" => with(open_id(), json!({"verify_code": "&<cnryverifycode"})),
        "ebank_v2.license_upload" => with(open_id(), json!({"entry_id": "1", "login_name": "cnryloginname"})),
        "ebank_v2.login" => with(
            open_id(),
            json!({"entry_id": "1", "login_name": "cnryloginname", "password": "p&<\"cnrybankpassword"}),
        ),
        "risk.audit" => json!({"name": NAME, "phone": MOBILE, "id_card": ID_CARD, "data": audit_data()}),
        "telecom.resend_captcha"
        | "telecom.get_state"
        | "telecom.raw_data"
        | "telecom.report"
        | "degree.get_state"
        | "degree.raw_data"
        | "ebank.get_state"
        | "ebank.raw_data"
        | "ebank_v2.bank_list"
        | "ebank_v2.get_state"
        | "ebank_v2.raw_data"
        | "risk.result" => open_id(),
        _ => return None,
    })
}

pub(crate) fn audit_data() -> Value {
    json!({
        "order_detail": {"order_id": 7, "amount": 200, "loan_term": 30, "order_time": "2026-01-02 03:04:05"},
        "basic_info": {
            "cur_address": "火星路cnrycurrentaddress", "perm_address": "金星路cnrypermanentaddress",
            "company_name": "cnrycompany", "company_phone": "010-cnrycompanyphone",
            "company_address": "水星路cnrycompanyaddress",
            "user_contact": [{"moblie": CONTACT_MOBILE, "name": CONTACT_NAME, "relation": 1}],
        },
        "user_proof_materia": [{"url": "https://example.com/cnryphoto.jpg", "type": 0}],
        "user_mobile_contacts": [{"mobile": CONTACT_MOBILE, "name": CONTACT_NAME}],
        "telecom_data": {
            "real_name_status": 1, "real_name_time": "2020-01-01", "real_name_name": NAME, "real_name_id_card": ID_CARD,
            "bill_list": [{"month": "2025-12", "amount": "58.00"}],
            "contact_list": [{
                "phone": CONTACT_MOBILE, "last_contact_date": "2026-01-01", "talk_seconds": "60", "talk_cnt": "2",
                "call_seconds": "30", "call_cnt": "1", "called_seconds": "30", "called_cnt": "1",
                "first_contact_date": "2025-01-01", "msg_cnt": 1, "send_cnt": 1, "receive_cnt": 0, "unknown_cnt": 0,
                "contact_1w": 1, "contact_1m": 2,
            }],
        },
        "zm_data": {"zm_score": 700, "watch_info": {"cnrywatchedfor": "cnrywatched"}},
        "user_loan_orders": [
            {"amount": 100, "state": 0, "order_time": "2025-01-01", "overdue_day": 0, "repayment_time": "2025-02-01"}
        ],
        "zfb_data": {
            "ants_lines": {"ants_lines_total": 1.0, "ants_lines_usable": 1.0, "ants_arrears": 0.0},
            "real_name": NAME, "real_name_status": "1", "create_time": "2026-01-01", "wealth": 1.5, "balance": 1.5,
            "balance_bao": 1.5, "fortune_bao": 1.5, "deposit_bao": 1.5, "taobao_financial": 1.5, "fund": 1.5,
            "bank_cards": [{"card": "6222 cnrycardnumber"}, "6222 cnrycardnumber"],
            "email": "cnrymail@example.com", "mobile": MOBILE, "register_time": "2015-01-01",
            "taobao_name": "cnrytaobaoname",
            "friends_contact": [{"name": CONTACT_NAME, "account": "cnryfriend@example.com"}],
            "trade_contact": [{"name": CONTACT_NAME, "account": "cnrytrader@example.com"}],
            "deal_record": [{
                "deal_time": "2026-01-01", "deal_amount": 9.5, "trade_no": "cnrytrade", "order_no": "cnryorder",
                "log_no": "cnrylog", "name": "cnrypurpose", "status": 1, "other_party": "cnryotherparty",
            }],
        },
        "user_login_upload_logs": [{"time": "2026-01-01", "device_id": "cnrydevice"}],
        "card_info": [{"type": 1, "card_no": "6222 cnrycardnumber"}],
        "app_info": [{"app_name": "app", "app_market": "market", "client_type": "1", "os_version": "9"}],
    })
}

/// Every text in a value, with the field it stands in.
pub(crate) fn texts(value: &Value) -> Vec<(String, String)> {
    fn walk(field: &str, value: &Value, into: &mut Vec<(String, String)>) {
        match value {
            Value::String(text) => into.push((field.to_owned(), text.clone())),
            Value::Array(items) => items.iter().for_each(|item| walk(field, item, into)),
            Value::Object(map) => map.iter().for_each(|(name, item)| walk(name, item, into)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut all = Vec::new();
    walk("", value, &mut all);
    all
}

/// Whether a field may show.
pub(crate) fn is_harmless(field: &str) -> bool {
    HARMLESS.contains(&field)
}

/// Every field that a schema names and a value lacks.
fn missing(
    schema: &Value,
    definitions: &Map<String, Value>,
    value: &Value,
    at: &str,
    into: &mut Vec<String>,
) {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
        return missing(&definitions[name], definitions, value, at, into);
    }
    for alternative in schema["anyOf"].as_array().into_iter().flatten() {
        if alternative["type"] != "null" {
            missing(alternative, definitions, value, at, into);
        }
    }
    if let (Some(properties), Some(given)) = (schema["properties"].as_object(), value.as_object()) {
        for (name, property) in properties {
            match given.get(name) {
                Some(item) => missing(property, definitions, item, &format!("{at}/{name}"), into),
                None => into.push(format!("{at}/{name}")),
            }
        }
    }
    if let (Some(items), Some(first)) = (schema.get("items"), value.get(0)) {
        missing(items, definitions, first, &format!("{at}/0"), into);
    }
}

#[test]
fn every_parameter_of_every_endpoint_has_a_value_that_would_be_found() {
    for entry in registry::entries() {
        let id = entry.info.id;
        let params =
            of(id).unwrap_or_else(|| panic!("{id} has no parameters here: add some that would be found"));
        let mut generator = SchemaGenerator::default();
        let schema: Schema = entry.request_schema(&mut generator);
        let definitions = generator.definitions().clone();
        let mut lacking = Vec::new();
        missing(&schema.to_value(), &definitions, &params, "", &mut lacking);
        assert!(lacking.is_empty(), "{id}: no values for {lacking:?}");
        for (field, text) in texts(&params) {
            let would_be_found = text.contains(MARK) || HIDDEN_FIELDS.contains(&text.as_str());
            assert!(
                would_be_found || is_harmless(&field),
                "{id}: {field} is {text:?}, which would not be found"
            );
        }
    }
}
