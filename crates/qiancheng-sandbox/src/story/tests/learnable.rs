//! Two hundred applicants: the data say who is risky, and the labels follow.

use super::*;
use crate::story::{Identity, Verdict, bank_by_entry, synthetic_applicant};

/// What an analyst would compute from one applicant's data, without looking behind the scenes.
struct Row {
    risk: f64,
    features: [f64; FEATURES.len()],
    rejected: bool,
    defaulted: bool,
}

/// Features with the sign of their connection with risk.
const FEATURES: [(&str, f64); 8] = [
    ("night call share", 1.0),
    ("longest silence", 1.0),
    ("loan company calls", 1.0),
    ("collection calls", 1.0),
    ("months in network", -1.0),
    ("mean bill", -1.0),
    ("late card payments", 1.0),
    ("grey score", -1.0),
];

fn trade_calls(report: &Value, trade: &str) -> f64 {
    let rows = rows(report, "contact_list").iter().filter(|row| row["needs_type"] == trade);
    rows.map(|row| number(&row["call_cnt"])).sum()
}

/// Days since some day, from `YYYY-MM-DD…`.
fn day(text: &str) -> i64 {
    crate::story::calendar::day_number(text[..10].parse().unwrap())
}

fn row(person: &Identity) -> Row {
    let applicant = Applicant::new(7, &person.name, &person.id_card, &person.mobile, as_of(), &[]);
    let (raw, report) = (record(&applicant), applicant.telecom_report());
    let times: Vec<&str> =
        rows(&raw, "calls").iter().filter_map(|call| call["start_time"].as_str()).collect();
    let night = times.iter().filter(|time| !("06".."23").contains(&&time[11..13])).count();
    let silence = times.windows(2).map(|pair| day(pair[1]) - day(pair[0]) - 1).max().unwrap_or(0);
    let bills: Vec<f64> = rows(&raw, "transactions").iter().map(|bill| number(&bill["total_amt"])).collect();
    // The last bill is of a month that has only begun.
    let whole = &bills[..(bills.len() - 1).max(1)];
    let bank = applicant.ebank_raw_data(&bank_by_entry("cmb-id").unwrap());
    let late = rows(&bank["CMB"], "bill_info").iter().filter(|bill| number(&bill["interest"]) > 0.0).count();
    Row {
        risk: applicant.latent_risk(),
        features: [
            night as f64 / times.len() as f64,
            silence as f64,
            trade_calls(&report, "贷款"),
            trade_calls(&report, "催收"),
            (day("2018-06-15") - day(raw["basic"]["reg_time"].as_str().unwrap())) as f64 / 30.0,
            whole.iter().sum::<f64>() / whole.len() as f64,
            late as f64,
            number(&report["user_info_check"]["check_black_info"]["phone_gray_score"]),
        ],
        rejected: applicant.audit_verdict_from_risk() != Verdict::Pass,
        defaulted: applicant.defaulted(),
    }
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    values.clone().sum::<f64>() / values.count() as f64
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let (x, y) = (mean(pairs.iter().map(|pair| pair.0)), mean(pairs.iter().map(|pair| pair.1)));
    let sum = |product: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(product).sum::<f64>();
    let covariance = sum(&|pair| (pair.0 - x) * (pair.1 - y));
    covariance / (sum(&|pair| (pair.0 - x).powi(2)) * sum(&|pair| (pair.1 - y).powi(2))).sqrt()
}

/// The chance that a bad one scores above a good one.
fn area_under_curve(scored: &[(f64, bool)]) -> f64 {
    let (bad, good): (Vec<_>, Vec<_>) = scored.iter().partition(|(_, label)| *label);
    let wins: f64 = bad
        .iter()
        .flat_map(|(b, _)| {
            good.iter().map(move |(g, _)| {
                if b > g {
                    1.0
                } else if b < g {
                    0.0
                } else {
                    0.5
                }
            })
        })
        .sum();
    wins / (bad.len() * good.len()) as f64
}

/// Plain gradient descent on standardised features: weights, the bias last.
fn logistic_model(rows: &[Vec<f64>], labels: &[bool]) -> Vec<f64> {
    let mut weights = vec![0.0; rows[0].len() + 1];
    for _ in 0..300 {
        let mut gradient = vec![0.0; weights.len()];
        for (row, &label) in rows.iter().zip(labels) {
            let error = 1.0 / (1.0 + (-score(&weights, row)).exp()) - f64::from(u8::from(label));
            row.iter().chain([&1.0]).zip(&mut gradient).for_each(|(x, slope)| *slope += error * x);
        }
        weights.iter_mut().zip(gradient).for_each(|(weight, slope)| *weight -= slope / rows.len() as f64);
    }
    weights
}

fn score(weights: &[f64], row: &[f64]) -> f64 {
    row.iter().chain([&1.0]).zip(weights).map(|(x, weight)| x * weight).sum()
}

#[test]
fn two_hundred_applicants_teach_who_is_risky() {
    let people: Vec<Row> = (0..200).map(|index| row(&synthetic_applicant(7, index))).collect();
    for (index, (name, sign)) in FEATURES.iter().enumerate() {
        let pairs: Vec<_> = people.iter().map(|row| (row.features[index], row.risk)).collect();
        let strength = correlation(&pairs) * sign;
        assert!((0.4..0.95).contains(&strength), "{name}: {strength}");
    }

    // Both labels are neither rare nor the rule.
    for share in [
        mean(people.iter().map(|row| f64::from(u8::from(row.rejected)))),
        mean(people.iter().map(|row| f64::from(u8::from(row.defaulted)))),
    ] {
        assert!((0.15..0.5).contains(&share), "{share}");
    }

    // A model on calls and bills alone, learned on one half, tells the other half's verdicts and defaults.
    let standardised: Vec<Vec<f64>> = (0..6)
        .map(|index| {
            let column: Vec<f64> = people.iter().map(|row| row.features[index]).collect();
            let centre = mean(column.iter().copied());
            let spread = mean(column.iter().map(|x| (x - centre).powi(2))).sqrt();
            column.iter().map(|x| (x - centre) / spread).collect()
        })
        .collect();
    let rows: Vec<Vec<f64>> =
        (0..people.len()).map(|person| standardised.iter().map(|column| column[person]).collect()).collect();
    for label in [|row: &Row| row.rejected, |row: &Row| row.defaulted] {
        let labels: Vec<bool> = people.iter().map(label).collect();
        let weights = logistic_model(&rows[..100], &labels[..100]);
        let scored: Vec<_> = rows[100..]
            .iter()
            .zip(&labels[100..])
            .map(|(row, &label)| (score(&weights, row), label))
            .collect();
        let area = area_under_curve(&scored);
        assert!((0.7..0.95).contains(&area), "{area}");
    }
}
