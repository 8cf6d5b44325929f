//! E-bank raw data (§5.2.1, §6.2.1): `accounts`, `cards`, `bills`, `transactions`. A map keyed by bank, or a list of banks.

use super::{Column, KindSchema, Layout, Origin, Place, TableSchema, Type, Unit};
use crate::kind::Kind;

pub(super) static SCHEMA: KindSchema = KindSchema {
    kind: Kind::EbankRaw,
    version: 1,
    layout: Layout {
        wrappers: &["data", "raw_data"],
        records: &[],
        bare: Some("accounts"),
        bare_if: None,
        any_key: true,
        expected: "e-bank raw data (banks with account_info, bill_info, bill_record)",
    },
    tables: &[&ACCOUNTS, &CARDS, &BILLS, &TRANSACTIONS],
};

const BANK_NAME: Column =
    Column::text("bank_name", "The bank's name", "银行名称").origin(Origin::Parent("bank_name"));

const fn dollars(name: &'static str, description: &'static str, zh: &'static str) -> Column {
    Column::new(name, Type::Money, description, zh).unit(Unit::Dollar)
}

static ACCOUNTS: TableSchema = TableSchema {
    name: "accounts",
    place: Place::Top("*"),
    only_if_filled: false,
    description: "Logins at banks, one row each",
    description_zh: "网银账户，每家银行一行",
    columns: &[&[
        Column::seq(),
        Column::text("bank_code", "The bank's key in the map, null in a list", "银行代码（映射键）")
            .origin(Origin::MapKey),
        Column::text("bank_name", "The bank's name", "银行名称"),
        Column::text("user_name", "The account holder's name", "户名")
            .from(&["account_info.user_name"])
            .personal(),
        Column::text("id_card", "ID number", "身份证号").from(&["account_info.id_card"]).personal(),
        Column::text("mobile", "Mobile number", "手机号").from(&["account_info.mobile"]).personal(),
        Column::flag("is_match_user_name", "Whether the name is the applicant's", "户名是否匹配")
            .from(&["account_info.is_match_user_name"]),
        Column::text("login_name", "The name used to log in", "登录名")
            .from(&["account_info.login_name"])
            .personal(),
        Column::extra(),
    ]],
};

static CARDS: TableSchema = TableSchema {
    name: "cards",
    place: Place::Records { parent: "accounts", keys: &["account_info.card_list"] },
    only_if_filled: false,
    description: "Cards, one row each",
    description_zh: "银行卡，每张一行",
    columns: &[&[
        Column::seq(),
        Column::parent_seq(),
        BANK_NAME,
        Column::new("card_last4", Type::CardEnds, "The card's last four digits", "卡号后四位")
            .from(&["card_no"])
            .personal(),
        Column::text("full_card_no", "The whole card number", "完整卡号").personal(),
        Column::text("card_type", "1 credit, 2 debit", "卡类型：1 信用卡，2 借记卡"),
        Column::flag("salary_card", "Whether pay is received on it", "是否工资卡"),
        Column::extra(),
    ]],
};

static BILLS: TableSchema = TableSchema {
    name: "bills",
    place: Place::Records { parent: "accounts", keys: &["bill_info"] },
    only_if_filled: false,
    description: "Credit card statements, one row each",
    description_zh: "信用卡账单，每期一行",
    columns: &[&[
        Column::seq(),
        Column::parent_seq(),
        BANK_NAME,
        Column::new(
            "card_last4",
            Type::CardEnds,
            "Last four digits of the card; of several, joined with commas",
            "卡号后四位",
        )
        .from(&["card_no"])
        .personal(),
        Column::date("bill_data", "Day of the statement (the source's spelling)", "账单日"),
        Column::date("bill_month", "Month of the statement, as its first day", "账单月份（当月首日）"),
        Column::date("payment_data", "Last day to pay (the source's spelling)", "还款日"),
        Column::yuan("credit_limit", "Credit limit", "信用额度"),
        Column::yuan("cash_limit", "Cash limit", "取现额度"),
        Column::yuan("last_balance", "Owed on the statement before", "上期账单金额"),
        Column::yuan("last_payment", "Paid since", "上期还款金额"),
        Column::yuan("new_balance", "Owed now", "本期账单金额"),
        Column::yuan("new_charges", "Bought since", "本期新增金额"),
        Column::yuan("min_payment", "The least to pay", "最低还款额"),
        Column::yuan("interest", "Interest", "利息"),
        dollars("usd_credit_limit", "Credit limit", "美元信用额度"),
        dollars("usd_cash_limit", "Cash limit", "美元取现额度"),
        dollars("usd_last_balance", "Owed on the statement before", "美元上期账单金额"),
        dollars("usd_last_payment", "Paid since", "美元上期还款金额"),
        dollars("usd_new_balance", "Owed now", "美元本期账单金额"),
        dollars("usd_min_payment", "The least to pay", "美元最低还款额"),
        dollars("usd_interest", "Interest", "美元利息"),
        Column::extra(),
    ]],
};

static TRANSACTIONS: TableSchema = TableSchema {
    name: "transactions",
    place: Place::Records { parent: "accounts", keys: &["bill_record"] },
    only_if_filled: false,
    description: "Transactions of all cards, one row each, money in positive",
    description_zh: "交易流水，每笔一行，收入为正",
    columns: &[&[
        Column::seq(),
        Column::parent_seq(),
        BANK_NAME,
        Column::new("card_last4", Type::CardEnds, "The card's last four digits", "卡号后四位")
            .from(&["card_no"])
            .personal(),
        Column::text(
            "card_type",
            "1 credit, 2 debit, from the card of the same account with these digits",
            "卡类型：1 信用卡，2 借记卡",
        )
        .origin(Origin::Sibling { table: "cards", key: "card_last4", column: "card_type" }),
        Column::time("trans_time", "When", "交易时间").from(&["trade_time", "trans_time"]),
        Column::new(
            "amount",
            Type::SignedMoney,
            "Money in positive, money out negative, whatever the source writes",
            "金额：收入为正，支出为负",
        )
        .unit(Unit::Yuan)
        .from(&["trade_money", "amount"]),
        Column::yuan("balance", "Balance afterwards, as sent", "余额"),
        Column::text(
            "currency",
            "Currency as sent; 0 where the source does not distinguish",
            "币种；0 为未区分",
        )
        .from(&["currency_type", "currency"]),
        Column::text("description", "What for", "交易描述").personal(),
        Column::extra(),
    ]],
};
