//! One story: the report is what the raw data say, bills are what the records cost, balances add up.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::story::{Verdict, bank_by_entry, synthetic_applicant};

const MOBILES: [&str; 5] = ["13812345670", "18912345671", "13112345674", "13812344444", "13812345679"];

#[test]
fn contact_list_months_and_regions_add_up_to_the_calls() {
    for mobile in MOBILES {
        let applicant = applicant(mobile);
        let (raw, report) = (record(&applicant), applicant.telecom_report());
        let calls = rows(&raw, "calls");
        let numbered = calls.iter().filter(|call| !call["other_cell_phone"].is_null());
        let contacts = rows(&report, "contact_list");
        let sum = |key: &str| contacts.iter().map(|row| number(&row[key])).sum::<f64>();
        assert_eq!(sum("call_cnt") as usize, numbered.clone().count());
        let directed = |mark: char| {
            let calls = numbered
                .clone()
                .filter(move |call| call["init_type"].as_str().is_some_and(|text| text.contains(mark)));
            calls.fold((0.0, 0.0), |(count, minutes), call| {
                (count + 1.0, minutes + number(&call["use_time"]) / 60.0)
            })
        };
        for (mark, prefix) in [('主', "call_out"), ('被', "call_in")] {
            let (count, minutes) = directed(mark);
            assert_eq!(sum(&format!("{prefix}_cnt")), count);
            assert!((sum(&format!("{prefix}_len")) - minutes).abs() < 1e-6);
            let regions = rows(&report, "contact_region");
            let key = format!("region_{prefix}_cnt");
            assert_eq!(regions.iter().map(|row| number(&row[&key])).sum::<f64>(), count);
            let shares: f64 = regions.iter().map(|row| number(&row[&format!("{key}_pct")])).sum();
            assert!((shares - 1.0).abs() < 1e-9);
        }
        for row in contacts {
            let timed = number(&row["contact_3m"]) + number(&row["contact_3m_plus"]);
            let kinds: f64 = ["contact_weekday", "contact_weekend", "contact_holiday"]
                .iter()
                .map(|key| number(&row[key]))
                .sum();
            assert_eq!(timed, kinds);
            assert!(timed <= number(&row["call_cnt"]));
        }

        let timed: Vec<&str> = calls.iter().filter_map(|call| call["start_time"].as_str()).collect();
        for month in rows(&report["cell_behavior"][0], "behavior") {
            let name = month["cell_mth"].as_str().unwrap();
            assert_eq!(
                number(&month["call_cnt"]) as usize,
                timed.iter().filter(|time| time.starts_with(name)).count()
            );
            let smses = rows(&raw, "smses").iter();
            let sent = smses.filter(|sms| sms["start_time"].as_str().unwrap().starts_with(name)).count();
            assert_eq!(number(&month["sms_cnt"]) as usize, sent);
        }
    }
}

#[test]
fn calls_are_in_order_one_at_a_time_and_before_the_fetch() {
    for mobile in MOBILES {
        let raw = record(&applicant(mobile));
        let second = |time: &str| time.parse::<jiff::civil::DateTime>().unwrap();
        let mut free = second("2018-01-01 00:00:00");
        for call in rows(&raw, "calls").iter().filter(|call| !call["start_time"].is_null()) {
            let start = second(call["start_time"].as_str().unwrap());
            assert!(start >= free, "{mobile}: {start} overlaps");
            let length = number(&call["use_time"]) as i64;
            assert!(length > 0);
            free = start + jiff::Span::new().seconds(length);
        }
        assert!(free <= second("2018-06-15 10:00:00"), "{mobile}");
        let joined = raw["basic"]["reg_time"].as_str().unwrap();
        for list in ["calls", "smses", "nets"] {
            let mut times = rows(&raw, list).iter().filter_map(|record| record["start_time"].as_str());
            assert!(times.all(|time| time > joined && time < "2018-06-15 10:00:00"), "{mobile}: {list}");
        }
    }
}

#[test]
fn a_month_that_begins_with_the_fetch_is_empty_but_there() {
    let turn: Timestamp = "2025-12-31T16:00:00Z".parse().unwrap();
    for mobile in MOBILES {
        let applicant = Applicant::new(42, "李小龙", "310104199003070021", mobile, turn, &contacts());
        let (raw, report) = (record(&applicant), applicant.telecom_report());
        let times = rows(&raw, "calls").iter().filter_map(|call| call["start_time"].as_str());
        assert!(times.clone().all(|time| ("2025-08-01".."2026-01-01").contains(&time)));
        assert!(times.count() >= 50);
        let newest = &rows(&report["cell_behavior"][0], "behavior")[0];
        assert_eq!((newest["cell_mth"].as_str(), number(&newest["call_cnt"])), (Some("2026-01"), 0.0));
        assert_eq!(rows(&raw, "transactions").last().unwrap()["pay_amt"], Value::Null);
    }
}

#[test]
fn a_bill_is_its_package_and_its_records() {
    for mobile in MOBILES {
        let raw = record(&applicant(mobile));
        let mut months: BTreeMap<String, i64> = BTreeMap::new();
        for record in ["calls", "smses", "nets"].iter().flat_map(|list| rows(&raw, list)) {
            match record["start_time"].as_str() {
                Some(time) => *months.entry(time[..7].to_owned()).or_default() += fen(&record["subtotal"]),
                None => assert_eq!(fen(&record["subtotal"]), 0),
            }
        }
        let bills = rows(&raw, "transactions");
        assert!((1..=6).contains(&bills.len()));
        for bill in bills {
            let month = &bill["bill_cycle"].as_str().unwrap()[..7];
            let usage = months.remove(month).unwrap_or(0);
            assert_eq!(fen(&bill["total_amt"]), fen(&bill["plan_amt"]) + usage, "{mobile} {month}");
        }
        assert!(months.is_empty(), "usage without a bill: {months:?}");
    }
}

#[test]
fn balances_add_up_and_statements_follow_the_records() {
    for index in 0..40 {
        let person = synthetic_applicant(3, index);
        let applicant =
            Applicant::new(3, &person.name, &person.id_card, &person.mobile, as_of(), &contacts());
        let bank = bank_by_entry("ccb-id").unwrap();
        let data = applicant.ebank_raw_data(&bank);
        let data = &data["CCB"];
        let mut ledgers: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for record in rows(data, "bill_record") {
            ledgers.entry(record["card_no"].as_str().unwrap()).or_default().push(record);
        }
        assert_eq!(ledgers.len(), 2);
        let cards = rows(&data["account_info"], "card_list");
        for card in cards {
            let entries = &ledgers[card["card_no"].as_str().unwrap()];
            for pair in entries.windows(2) {
                assert_eq!(fen(&pair[1]["balance"]), fen(&pair[0]["balance"]) + fen(&pair[1]["trade_money"]));
                assert!(pair[0]["trade_time"].as_str() <= pair[1]["trade_time"].as_str());
            }
            if card["card_type"] == "2" {
                assert!(entries.iter().all(|entry| fen(&entry["balance"]) >= 0));
                assert!(
                    entries.iter().any(|entry| entry["description"].as_str().unwrap().starts_with("工资"))
                );
            }
        }
        let statements = rows(data, "bill_info");
        assert!(statements.len() >= 5);
        let credit = cards.iter().find(|card| card["card_type"] == "1").unwrap()["card_no"].as_str().unwrap();
        for pair in statements.windows(2) {
            assert_eq!(pair[0]["new_balance"], pair[1]["last_balance"]);
        }
        for bill in statements {
            let amount = |key: &str| fen(&bill[key]);
            assert_eq!(
                amount("new_balance"),
                amount("last_balance") - amount("last_payment") + amount("new_charges") + amount("interest")
            );
            // The card's balance on the day of the statement is what the statement says is owed.
            let day = bill["bill_data"].as_str().unwrap();
            let before =
                ledgers[credit].iter().rfind(|entry| &entry["trade_time"].as_str().unwrap()[..10] <= day);
            let owed = before.map_or(amount("last_balance"), |entry| -fen(&entry["balance"]));
            assert_eq!(owed, amount("new_balance"));
            assert!(amount("new_balance") <= amount("credit_limit") * 2);
        }
    }
}

#[test]
fn what_the_card_was_paid_left_the_account() {
    let applicant = applicant("13812345673");
    let data = applicant.ebank_raw_data(&bank_by_entry("cmb-id").unwrap());
    let records = rows(&data["CMB"], "bill_record");
    let payments = |sign: i64| -> Vec<(&str, i64)> {
        let payments = records.iter().filter(|record| record["description"] == "信用卡还款");
        let amounts =
            payments.map(|record| (record["trade_time"].as_str().unwrap(), fen(&record["trade_money"])));
        amounts
            .filter(|(_, amount)| amount.signum() == sign)
            .map(|(time, amount)| (time, amount * sign))
            .collect()
    };
    assert!(!payments(1).is_empty());
    assert_eq!(payments(1), payments(-1));
}

#[test]
fn a_way_in_shows_only_its_own_cards() {
    let applicant = applicant("13812345673");
    let kinds = |entry: &str| -> Vec<String> {
        let bank = bank_by_entry(entry).unwrap();
        let data = applicant.ebank_raw_data(&bank);
        let data = &data[bank.bank_code];
        assert_eq!(rows(data, "bill_info").is_empty(), !bank.shows_credit());
        let kinds = rows(&data["account_info"], "card_list")
            .iter()
            .map(|card| card["card_type"].as_str().unwrap().to_owned());
        kinds.collect()
    };
    assert_eq!(kinds("cmb-id"), ["2", "1"]);
    assert_eq!(kinds("boc-debit"), ["2"]);
    assert_eq!(kinds("boc-credit"), ["1"]);
}

#[test]
fn emergency_contacts_are_called_less_the_riskier_one_is() {
    let calls = |risky: bool| -> f64 {
        let people = (0..120).map(|index| synthetic_applicant(5, index));
        let people = people.map(|p| Applicant::new(5, &p.name, &p.id_card, &p.mobile, as_of(), &contacts()));
        let counts: Vec<f64> = people
            .filter(|person| if risky { person.latent_risk() > 0.7 } else { person.latent_risk() < 0.3 })
            .take(15)
            .map(|person| {
                let report = person.telecom_report();
                let list = rows(&report, "contact_list");
                let rank = list.iter().position(|row| row["phone_num"] == "13900001111");
                rank.map_or(1.0, |rank| rank as f64 / list.len() as f64)
            })
            .collect();
        assert_eq!(counts.len(), 15);
        counts.iter().sum::<f64>() / counts.len() as f64
    };
    let (safe, risky) = (calls(false), calls(true));
    assert!(safe < 0.15 && risky > 0.25, "ranks {safe} and {risky}");
}

#[test]
fn contacts_appear_by_name_and_relation() {
    let report = applicant("13812345671").telecom_report();
    let row = rows(&report, "contact_list").iter().find(|row| row["phone_num"] == "13900001111").unwrap();
    assert_eq!((&row["contact_name"], &row["p_relation"]), (&"王秀英".into(), &"父母".into()));
    let names: Vec<&Value> =
        rows(&report, "collection_contact").iter().map(|row| &row["contact_name"]).collect();
    assert_eq!(names, ["王秀英", "李雷"]);
}

#[test]
fn the_fixed_verdict_knows_amount_and_blacklist() {
    let reject = |verdict| matches!(verdict, Verdict::Reject { reason } if !reason.is_empty());
    let plain = applicant("13812345671");
    assert_eq!(plain.audit_verdict(1_000_000), Verdict::Pass);
    assert!(reject(plain.audit_verdict(1_000_001)));
    let listed = applicant("13812344444");
    assert!(reject(listed.audit_verdict(1)));
    assert!(listed.latent_risk() >= 0.8);
}

#[test]
fn degrees_follow_one_another() {
    let mut levels = BTreeSet::new();
    for index in 0..120 {
        let person = synthetic_applicant(2, index);
        let applicant = Applicant::new(2, &person.name, &person.id_card, &person.mobile, as_of(), &[]);
        let data = applicant.degree_raw_data();
        let enrolments = rows(&data, "student_info_list");
        for pair in enrolments.windows(2) {
            assert!(pair[0]["leave_date"].as_str() <= pair[1]["entrance_date"].as_str());
        }
        for row in enrolments {
            assert_eq!(row["cert"], person.id_card.as_str());
            let years = number(&row["length_school"]) as i64;
            let year = |key: &str| row[key].as_str().unwrap()[..4].parse::<i64>().unwrap();
            if row["leave_date"] != "" {
                assert_eq!(year("leave_date") - year("entrance_date"), years);
            }
            levels.insert(row["degree"].as_str().unwrap().to_owned());
        }
        for row in rows(&data, "education_info_list") {
            assert!(enrolments.iter().any(|enrolment| enrolment["university"] == row["university"]));
        }
    }
    assert!(levels.len() >= 3, "{levels:?}");
}
