//! The banks an applicant can log in to, and the forms they ask for.
//!
//! The first version of the interface says what is out of order and why; the second only lists what works.

use serde_json::{Map, Value, json};

/// One way to log in to one bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankChoice {
    /// The bank's name.
    pub bank_name: &'static str,
    /// The bank's code.
    pub bank_code: &'static str,
    /// The later calls' `entry_id`.
    pub entry_id: &'static str,
    /// 0 credit and debit cards, 1 credit only, 2 debit only.
    pub entry_type: u8,
    /// Whether the form asks for a password.
    pub needs_password: bool,
    /// Why one can't log in this way at the moment, if so.
    pub disabled: Option<&'static str>,
}

impl BankChoice {
    /// Whether this way in shows credit cards.
    pub fn shows_credit(&self) -> bool {
        self.entry_type != 2
    }

    /// Whether this way in shows debit cards.
    pub fn shows_debit(&self) -> bool {
        self.entry_type != 1
    }
}

struct Bank {
    name: &'static str,
    code: &'static str,
    logins: &'static [Login],
}

struct Login {
    title: &'static str,
    entry_id: &'static str,
    entry_type: u8,
    inputs: &'static [Input],
    disabled: Option<&'static str>,
}

struct Input {
    name: &'static str,
    label: &'static str,
    desc: &'static str,
    valid: &'static str,
}

const ID_CARD: Input =
    Input {
        name: "login_name", label: "身份证号", desc: "请输入18位身份证号", valid: r"^\d{17}[\dXx]$"
    };
const CARD: Input =
    Input { name: "login_name", label: "卡号", desc: "请输入银行卡号", valid: r"^\d{15,19}$" };
const MOBILE: Input =
    Input {
        name: "login_name", label: "手机号", desc: "请输入银行预留手机号", valid: r"^1[3-9]\d{9}$"
    };
const USER: Input =
    Input {
        name: "login_name", label: "登录名", desc: "请输入网银登录名", valid: r"^[A-Za-z0-9_]{4,20}$"
    };
const PASSWORD: Input =
    Input {
        name: "password", label: "登录密码", desc: "请输入网银登录密码", valid: r"^\S{6,20}$"
    };
const QUERY_PASSWORD: Input =
    Input { name: "password", label: "查询密码", desc: "请输入查询密码", valid: r"^\S{6,14}$" };

const fn login(
    title: &'static str,
    entry_id: &'static str,
    entry_type: u8,
    inputs: &'static [Input],
    disabled: Option<&'static str>,
) -> Login {
    Login { title, entry_id, entry_type, inputs, disabled }
}

const BANKS: &[Bank] = &[
    Bank {
        name: "招商银行",
        code: "CMB",
        logins: &[
            login("身份证登录", "cmb-id", 0, &[ID_CARD, QUERY_PASSWORD], None),
            login("信用卡卡号登录", "cmb-credit", 1, &[CARD, QUERY_PASSWORD], None),
        ],
    },
    Bank {
        name: "工商银行",
        code: "ICBC",
        logins: &[
            login("网银登录", "icbc-user", 0, &[USER, PASSWORD], None),
            login("手机号登录", "icbc-mobile", 2, &[MOBILE, PASSWORD], Some("银行系统升级，请使用网银登录")),
        ],
    },
    Bank {
        name: "建设银行",
        code: "CCB",
        logins: &[login("身份证登录", "ccb-id", 0, &[ID_CARD, PASSWORD], None)],
    },
    Bank {
        name: "农业银行",
        code: "ABC",
        logins: &[login("借记卡登录", "abc-debit", 2, &[CARD, PASSWORD], None)],
    },
    Bank {
        name: "中国银行",
        code: "BOC",
        logins: &[
            login("借记卡登录", "boc-debit", 2, &[CARD, PASSWORD], None),
            login("信用卡登录", "boc-credit", 1, &[CARD, PASSWORD], None),
        ],
    },
    Bank {
        name: "交通银行",
        code: "COMM",
        logins: &[login("信用卡登录", "comm-credit", 1, &[CARD, QUERY_PASSWORD], None)],
    },
    Bank {
        name: "中信银行",
        code: "CITIC",
        // The bank sends a message instead of asking for a password.
        logins: &[login("手机号免密登录", "citic-mobile", 1, &[MOBILE], None)],
    },
    Bank {
        name: "光大银行",
        code: "CEB",
        logins: &[login("身份证登录", "ceb-id", 0, &[ID_CARD, PASSWORD], None)],
    },
    Bank {
        name: "平安银行",
        code: "PAB",
        logins: &[
            login("手机号登录", "pab-mobile", 0, &[MOBILE, PASSWORD], Some("银行接口维护中")),
            login("信用卡登录", "pab-credit", 1, &[CARD, QUERY_PASSWORD], Some("银行接口维护中")),
        ],
    },
    Bank {
        name: "浦发银行",
        code: "SPDB",
        logins: &[login("身份证登录", "spdb-id", 0, &[ID_CARD, PASSWORD], None)],
    },
];

/// The banks of §5.1.1, in camel case. A bank is disabled when all its ways to log in are.
pub fn banks_v1() -> Value {
    let login = |login: &Login| {
        json!({
            "title": login.title,
            "disable": login.disabled.is_some(),
            "disableReason": login.disabled.unwrap_or_default(),
            "entryId": login.entry_id,
            "entryType": login.entry_type,
            "inputs": inputs(login),
        })
    };
    let bank = |bank: &Bank| {
        let closed = bank.logins.iter().all(|login| login.disabled.is_some());
        let reason = bank.logins.iter().find_map(|login| login.disabled.filter(|_| closed));
        json!({
            "bankName": bank.name,
            "bankCode": bank.code,
            "disable": closed,
            "disableReason": reason.unwrap_or_default(),
            "loginTypes": bank.logins.iter().map(login).collect::<Vec<_>>(),
        })
    };
    BANKS.iter().map(bank).collect()
}

/// The banks of §6.1.2, in snake case. This list has no word for "out of order": what is so isn't listed.
pub fn banks_v2() -> Value {
    let bank = |bank: &Bank| {
        let open = bank.logins.iter().filter(|login| login.disabled.is_none());
        let logins: Vec<Value> = open
            .map(|login| {
                json!({
                    "title": login.title,
                    "entry_id": login.entry_id,
                    "entry_type": login.entry_type,
                    "inputs": inputs(login),
                })
            })
            .collect();
        (!logins.is_empty())
            .then(|| json!({"bank_name": bank.name, "bank_code": bank.code, "login_types": logins}))
    };
    BANKS.iter().filter_map(bank).collect()
}

fn inputs(login: &Login) -> Vec<Value> {
    let input = |input: &Input| {
        let pairs =
            [("name", input.name), ("label", input.label), ("desc", input.desc), ("valid", input.valid)];
        Value::Object(
            pairs.into_iter().map(|(key, text)| (key.to_owned(), text.into())).collect::<Map<_, _>>(),
        )
    };
    login.inputs.iter().map(input).collect()
}

/// The way to log in that `entry_id` names, in order or not.
pub fn bank_by_entry(entry_id: &str) -> Option<BankChoice> {
    BANKS.iter().find_map(|bank| {
        let login = bank.logins.iter().find(|login| login.entry_id == entry_id)?;
        Some(BankChoice {
            bank_name: bank.name,
            bank_code: bank.code,
            entry_id: login.entry_id,
            entry_type: login.entry_type,
            needs_password: login.inputs.iter().any(|input| input.name == "password"),
            disabled: login.disabled,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_list_has_closed_banks_closed_logins_and_every_entry_type() {
        let banks = banks_v1();
        let banks = banks.as_array().unwrap();
        assert!(banks.len() >= 8);
        let closed: Vec<&Value> = banks.iter().filter(|bank| bank["disable"] == true).collect();
        assert_eq!(closed.len(), 1);
        assert_ne!(closed[0]["disableReason"], "");
        let logins: Vec<&Value> =
            banks.iter().flat_map(|bank| bank["loginTypes"].as_array().unwrap()).collect();
        for kind in 0..3 {
            assert!(logins.iter().any(|login| login["entryType"] == kind));
        }
        let partly = |bank: &&Value| {
            bank["disable"] == false
                && bank["loginTypes"].as_array().unwrap().iter().any(|login| login["disable"] == true)
        };
        assert_eq!(banks.iter().filter(partly).count(), 1);
        for login in logins {
            let choice = bank_by_entry(login["entryId"].as_str().unwrap()).unwrap();
            assert_eq!(choice.disabled.is_some(), login["disable"] == true);
            assert_eq!(u64::from(choice.entry_type), login["entryType"].as_u64().unwrap());
        }
    }

    #[test]
    fn the_second_list_has_every_open_login_of_the_first() {
        let open = |banks: &Value, logins: &str, id: &str| -> Vec<String> {
            let banks = banks.as_array().unwrap().clone();
            let logins = banks.iter().flat_map(|bank| bank[logins].as_array().unwrap().clone());
            logins
                .filter(|login| login["disable"] != true)
                .map(|login| login[id].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(open(&banks_v1(), "loginTypes", "entryId"), open(&banks_v2(), "login_types", "entry_id"));
        assert_eq!(bank_by_entry("no such entry"), None);
    }
}
