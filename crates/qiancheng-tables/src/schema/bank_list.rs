//! The banks and how one logs in there (§5.1.1 in camelCase, §6.1.2 in snake_case): `banks`, `logins`, `inputs`.

use super::{Column, KindSchema, Layout, Place, TableSchema};
use crate::kind::Kind;

pub(super) static SCHEMA: KindSchema = KindSchema {
    kind: Kind::BankList,
    version: 1,
    layout: Layout {
        wrappers: &["data"],
        records: &[("banks", "banks"), ("bank_list", "banks"), ("bankList", "banks")],
        bare: Some("banks"),
        bare_if: None,
        any_key: true,
        expected: "a list of banks",
    },
    tables: &[&BANKS, &LOGINS, &INPUTS],
};

const DISABLE_REASON: Column = Column::text("disable_reason", "Why it is out of service", "停用原因")
    .from(&["disableReason", "disable_reason"]);

static BANKS: TableSchema = TableSchema {
    name: "banks",
    place: Place::Top("[]"),
    only_if_filled: false,
    description: "Banks, one row each",
    description_zh: "银行，每家一行",
    columns: &[&[
        Column::seq(),
        Column::text("bank_name", "The bank's name", "银行名称").from(&["bankName", "bank_name"]),
        Column::text("bank_code", "The bank's code", "银行代码").from(&["bankCode", "bank_code"]),
        Column::flag("disable", "Whether all its ways to log in are out of service", "是否停用"),
        DISABLE_REASON,
        Column::extra(),
    ]],
};

static LOGINS: TableSchema = TableSchema {
    name: "logins",
    place: Place::Records { parent: "banks", keys: &["loginTypes", "login_types"] },
    only_if_filled: false,
    description: "Ways to log in to a bank, one row each",
    description_zh: "银行登录方式，每种一行",
    columns: &[&[
        Column::seq(),
        Column::parent_seq(),
        Column::text("title", "What the user is shown", "登录方式名称"),
        Column::text("entry_id", "The later calls' entry_id", "登录入口").from(&["entryId", "entry_id"]),
        Column::integer(
            "entry_type",
            "0 credit and debit cards, 1 credit cards only, 2 debit cards only",
            "0 信用卡和借记卡，1 仅信用卡，2 仅借记卡",
        )
        .from(&["entryType", "entry_type"]),
        Column::flag("disable", "Whether it is out of service", "是否停用"),
        DISABLE_REASON,
        Column::extra(),
    ]],
};

static INPUTS: TableSchema = TableSchema {
    name: "inputs",
    place: Place::Records { parent: "logins", keys: &["inputs"] },
    only_if_filled: false,
    description: "Fields of login forms, one row each",
    description_zh: "登录表单字段，每个一行",
    columns: &[&[
        Column::seq(),
        Column::parent_seq(),
        Column::text("name", "The parameter it fills", "参数名"),
        Column::text("label", "Its label", "标签"),
        Column::text("desc", "What to type there", "说明"),
        Column::text("valid", "The regular expression that what is typed must match", "校验正则"),
        Column::extra(),
    ]],
};
