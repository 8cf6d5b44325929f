//! E-bank raw data: a salary account and a credit card that live off each other.
//!
//! An applicant has one bank: the one that is logged in to. Whichever it is, it tells the same story; only the card numbers
//! are its own. All scalars are text. In `bill_record` money in is positive and money out negative, every record's
//! `balance` is the one before plus its `trade_money`, and a credit card's balance is negative by what is owed.

mod account;
mod card;

use serde_json::{Map, Value, json};

use super::calendar::{Calendar, DAY, Moment, date_of, day_number};
use super::identity::Papers;
use super::life::Life;
use super::rng::Stream;
use super::telecom::{Telecom, yuan_text};
use super::{BankChoice, Contact};

/// One line of a card's history; amounts in fen.
struct Entry {
    at: Moment,
    amount: i64,
    balance: i64,
    description: String,
}

/// The numbers of both cards at one bank.
struct CardNumbers {
    debit: String,
    credit: String,
}

/// A map with one entry, whose key is the bank's code.
pub(super) fn raw_data(
    papers: &Papers,
    life: &Life,
    telecom: &Telecom,
    contacts: &[Contact],
    bank: &BankChoice,
) -> Value {
    let numbers = card_numbers(papers, bank);
    let card = card::history(papers, life);
    let account = account::history(papers, life, telecom, contacts, &card.payments);

    let mut cards = Vec::new();
    let mut records: Vec<(Moment, Value)> = Vec::new();
    if bank.shows_debit() {
        cards.push(json!({
            "card_no": last4(&numbers.debit), "full_card_no": numbers.debit, "card_type": "2", "salary_card": "true",
        }));
        records.extend(account.iter().map(|entry| (entry.at, record(entry, &numbers.debit, &life.calendar))));
    }
    let mut statements = Vec::new();
    if bank.shows_credit() {
        cards.push(json!({
            "card_no": last4(&numbers.credit), "full_card_no": numbers.credit, "card_type": "1", "salary_card": "false",
        }));
        records.extend(
            card.entries.iter().map(|entry| (entry.at, record(entry, &numbers.credit, &life.calendar))),
        );
        let mut stream = papers.stream("ebank/spelling");
        statements.extend(
            card.statements
                .iter()
                .map(|statement| bill(statement, &card, &numbers, &life.calendar, &mut stream)),
        );
    }
    records.sort_by_key(|(at, _)| *at);

    let mut banks = Map::new();
    banks.insert(
        bank.bank_code.to_owned(),
        json!({
            "bank_name": bank.bank_name,
            "account_info": {
                "user_name": papers.name,
                "id_card": papers.id_card,
                "mobile": papers.mobile,
                "is_match_user_name": "true",
                "login_name": papers.mobile,
                "card_list": cards,
            },
            "bill_info": statements,
            "bill_record": records.into_iter().map(|(_, record)| record).collect::<Vec<_>>(),
        }),
    );
    Value::Object(banks)
}

fn record(entry: &Entry, number: &str, calendar: &Calendar) -> Value {
    json!({
        "card_no": last4(number),
        "trade_money": yuan_text(entry.amount),
        "description": entry.description,
        "currency_type": "0",
        "trade_time": calendar.text(entry.at),
        "balance": yuan_text(entry.balance),
    })
}

fn bill(
    statement: &card::Statement,
    card: &card::CardHistory,
    numbers: &CardNumbers,
    calendar: &Calendar,
    stream: &mut Stream,
) -> Value {
    let list = json!([last4(&numbers.credit)]);
    let card_no = if stream.chance(0.3) { Value::String(list.to_string()) } else { list };
    json!({
        "card_no": card_no,
        "bill_data": calendar.date_text(statement.at),
        "bill_month": calendar.date_text(statement.at)[..7],
        "payment_data": calendar.date_text(statement.due),
        "credit_limit": yuan_text(card.limit),
        "cash_limit": yuan_text(card.limit / 2),
        "last_balance": yuan_text(statement.last_balance),
        "last_payment": yuan_text(statement.last_payment),
        "new_balance": yuan_text(statement.new_balance),
        "new_charges": yuan_text(statement.new_charges),
        "min_payment": yuan_text(statement.min_payment),
        "interest": yuan_text(statement.interest),
        "usd_credit_limit": "0.00",
        "usd_cash_limit": "0.00",
        "usd_interest": "0.00",
        "usd_last_balance": "0.00",
        "usd_last_payment": "0.00",
        "usd_new_balance": "0.00",
        "usd_min_payment": "0.00",
    })
}

fn card_numbers(papers: &Papers, bank: &BankChoice) -> CardNumbers {
    let mut stream = papers.stream(&format!("ebank/{}", bank.bank_code));
    let debit = format!("62{}", stream.digits(17));
    let mut credit = format!("4{}", stream.digits(15));
    if last4(&credit) == last4(&debit) {
        // Records name a card by its last four digits.
        credit.replace_range(15.., if debit.ends_with('0') { "1" } else { "0" });
    }
    CardNumbers { debit, credit }
}

fn last4(number: &str) -> &str {
    &number[number.len() - 4..]
}

/// Midnight of a day of the month in the window's month number `month`; -1 is the month before the window. Days beyond
/// the month's end fall on its last day.
fn day_of_month(calendar: &Calendar, month: i64, day: i64) -> Moment {
    let mut first = date_of(calendar.midnight(0).div_euclid(DAY));
    for _ in 0..month.max(0) {
        first = date_of(day_number(first) + i64::from(first.days_in_month()));
    }
    if month < 0 {
        first = date_of(day_number(first) - 1).first_of_month();
    }
    (day_number(first) + (day - 1).clamp(0, i64::from(first.days_in_month()) - 1)) * DAY
}
