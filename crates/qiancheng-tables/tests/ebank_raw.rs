//! E-bank raw data and the lists of banks.
#![allow(clippy::unwrap_used)]

mod common;

use common::{applicant, flags, integers, issues, money, some, table, texts, times};
use qiancheng_sandbox::story::{bank_by_entry, banks_v1, banks_v2};
use qiancheng_tables::{Options, SignConvention, Tables, bank_list, ebank_raw};
use serde_json::{Value, json};

fn read(document: &Value) -> Tables {
    ebank_raw(document.to_string().as_bytes(), &Options::default()).unwrap()
}

fn bank() -> Value {
    json!({
        "bill_record": [{"card_no": "5678", "trade_money": "-12.50", "trade_time": "2018-01-31 12:34:56", "balance": "100",
                         "currency_type": "0", "description": "餐饮"}],
        "account_info": {"user_name": "张三", "is_match_user_name": "true", "card_list": [
            {"card_no": "1234", "card_type": "1", "salary_card": "false"}, {"card_no": "5678", "card_type": 2, "salary_card": "true"}]},
        "bill_info": [{"card_no": "[\"1234\"]", "bill_month": "2018-01", "new_balance": "1,000.00"}, {"card_no": ["1234", "9999"]}],
        "bank_name": "招商银行",
    })
}

#[test]
fn sandbox_data_fit_and_lose_no_row() {
    for entry in ["cmb-id", "abc-debit", "comm-credit"] {
        let document = applicant(5, 3).ebank_raw_data(&bank_by_entry(entry).unwrap());
        let options = Options::default().strict(true);
        let tables = ebank_raw(document.to_string().as_bytes(), &options).unwrap();
        let bank = document.as_object().unwrap().values().next().unwrap();
        let rows = |list: &Value| list.as_array().unwrap().len();
        assert_eq!(table(&tables, "cards").num_rows(), rows(&bank["account_info"]["card_list"]));
        assert_eq!(table(&tables, "bills").num_rows(), rows(&bank["bill_info"]));
        let transactions = table(&tables, "transactions");
        assert_eq!(transactions.num_rows(), rows(&bank["bill_record"]));
        assert!(texts(transactions, "card_type").iter().all(Option::is_some));
        assert!(money(transactions, "amount").iter().all(Option::is_some));
        assert!(times(transactions, "trans_time").iter().all(Option::is_some));
        for table in &tables {
            if let Some(extra) = table.batch().column_by_name("_extra") {
                assert_eq!(extra.null_count(), extra.len(), "{}", table.name());
            }
        }
    }
}

#[test]
fn rows_know_their_bank_and_card_whatever_comes_first() {
    for (document, code) in [
        (json!({"CMB": bank()}), Some("CMB")),
        (json!([bank()]), None),
        (bank(), None),
        (json!({"code": 0, "data": {"CMB": bank()}}), Some("CMB")),
    ] {
        let tables = read(&document);
        assert_eq!(texts(table(&tables, "accounts"), "bank_code"), [code.map(str::to_owned)]);
        let transactions = table(&tables, "transactions");
        assert_eq!(texts(transactions, "bank_name"), some(&["招商银行"]));
        assert_eq!(texts(transactions, "card_last4"), some(&["5678"]));
        assert_eq!(texts(transactions, "card_type"), some(&["2"]));
        assert_eq!(money(transactions, "amount"), [Some(-1_250)]);
        assert_eq!(texts(table(&tables, "bills"), "card_last4"), some(&["1234", "1234,9999"]));
        assert_eq!(flags(table(&tables, "cards"), "salary_card"), [Some(false), Some(true)]);
        assert!(issues(&tables).is_empty(), "{document}");
    }
}

#[test]
fn two_banks_keep_their_cards_apart() {
    let mut other = bank();
    other["bank_name"] = "工商银行".into();
    other["account_info"]["card_list"][1]["card_type"] = "1".into();
    let tables = read(&json!({"CMB": bank(), "ICBC": other}));
    let transactions = table(&tables, "transactions");
    assert_eq!(integers(transactions, "parent_seq"), [Some(0), Some(1)]);
    assert_eq!(texts(transactions, "bank_name"), some(&["招商银行", "工商银行"]));
    assert_eq!(texts(transactions, "card_type"), some(&["2", "1"]));
}

#[test]
fn the_sign_of_amounts_is_the_callers_word() {
    let options = Options::default().sign(SignConvention::ExpensePositive);
    let tables = ebank_raw(json!({"CMB": bank()}).to_string().as_bytes(), &options).unwrap();
    let transactions = table(&tables, "transactions");
    assert_eq!(money(transactions, "amount"), [Some(1_250)]);
    assert_eq!(money(transactions, "balance"), [Some(10_000)]);
}

#[test]
fn a_long_text_is_not_multiplied() {
    let records = vec![json!({"trade_money": "1"}); 100];
    let tables = read(&json!({"CMB": {"bank_name": "x".repeat(5_000), "bill_record": records}}));
    assert_eq!(texts(table(&tables, "transactions"), "bank_name"), vec![None; 100]);
    assert_eq!(issues(&tables), [("*.bill_record[].bank_name".to_owned(), "out_of_range".to_owned(), 100)]);
}

#[test]
fn both_versions_of_bank_lists_give_the_same_columns() {
    let (first, second) = (banks_v1(), banks_v2());
    let options = Options::default().strict(true);
    let first = bank_list(first.to_string().as_bytes(), &options).unwrap();
    let second = bank_list(json!({"code": 0, "data": second}).to_string().as_bytes(), &options).unwrap();
    assert!(table(&first, "banks").num_rows() > 5);
    assert!(table(&first, "inputs").num_rows() > 5);
    for name in ["banks", "logins", "inputs"] {
        assert_eq!(table(&first, name).schema(), table(&second, name).schema());
    }
    assert!(flags(table(&first, "logins"), "disable").contains(&Some(true)));
    assert!(texts(table(&second, "banks"), "bank_name").contains(&Some("招商银行".to_owned())));
    assert!(texts(table(&first, "logins"), "_extra").iter().all(Option::is_none));
}
