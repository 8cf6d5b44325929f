//! Sizes by last digit, and the quirks that the formats describe.

use super::*;

#[test]
fn the_last_digit_chooses_the_size() {
    let expected = [
        (0, 50..=72, 10..=90),
        (1, 400..=600, 300..=1_000),
        (6, 1_300..=1_500, 300..=1_000),
        (7, 3_000..=5_000, 1_200..=3_000),
        (8, 3_000..=5_000, 1_200..=3_000),
        (9, 10_000..=10_000, 4_500..=5_500),
    ];
    for (digit, calls, kilobytes) in expected {
        let applicant = applicant(&format!("1381234567{digit}"));
        let raw = applicant.telecom_raw_data();
        let report = applicant.telecom_report();
        let count = raw["transactions"][0]["calls"].as_array().unwrap().len();
        assert!(calls.contains(&count), "{digit}: {count} calls");
        let size = raw.to_string().len() / 1024;
        assert!(kilobytes.contains(&size), "{digit}: {size} KB");
        let report_size = report.to_string().len() / 1024;
        assert!(report_size <= 600, "{digit}: report of {report_size} KB");
        assert!(!(1..=6).contains(&digit) || (60..=250).contains(&report_size), "{report_size} KB");
    }
}

/// Shares of the records of several applicants for which something holds.
fn share(records: &[Value], holds: impl Fn(&Value) -> bool) -> f64 {
    records.iter().filter(|record| holds(record)).count() as f64 / records.len() as f64
}

#[test]
fn carriers_quirks_come_in_a_realistic_share() {
    let mobiles = ["13812345678", "18912345677", "13112345679", "13812345676", "18012345675", "18612345674"];
    let raws: Vec<Value> = mobiles.iter().map(|mobile| record(&applicant(mobile))).collect();
    let all = |key: &str| -> Vec<Value> { raws.iter().flat_map(|raw| rows(raw, key).to_vec()).collect() };
    let (calls, smses, nets, bills) = (all("calls"), all("smses"), all("nets"), all("transactions"));
    let starts = |prefix: &'static str| {
        move |call: &Value| call["other_cell_phone"].as_str().is_some_and(|number| number.starts_with(prefix))
    };
    for (what, seen, at_most) in [
        ("use_time text", share(&calls, |call| call["use_time"].is_string()), 0.7),
        ("use_time float", share(&calls, |call| call["use_time"].is_f64()), 0.01),
        ("subtotal text", share(&calls, |call| call["subtotal"].is_string()), 0.7),
        ("subtotal of nets text", share(&nets, |net| net["subtotal"].is_string()), 0.7),
        ("init_type null", share(&calls, |call| call["init_type"].is_null()), 0.01),
        ("init_type 呼转", share(&calls, |call| call["init_type"] == "呼转"), 0.01),
        ("init_type 未知", share(&calls, |call| call["init_type"] == "未知"), 0.01),
        ("init_type of smses null", share(&smses, |sms| sms["init_type"].is_null()), 0.02),
        ("+86", share(&calls, starts("+86")), 0.06),
        ("0086", share(&calls, starts("0086")), 0.04),
        ("landlines", share(&calls, starts("02")), 0.2),
        ("95xxx", share(&calls, starts("95")), 0.05),
        (
            "masked number",
            share(&calls, |call| call["other_cell_phone"].as_str().is_some_and(|text| text.contains('*'))),
            0.01,
        ),
        ("number null", share(&calls, |call| call["other_cell_phone"].is_null()), 0.01),
        ("start_time null", share(&calls, |call| call["start_time"].is_null()), 0.01),
        ("place empty", share(&calls, |call| call["place"] == ""), 0.05),
        (
            "place an area code",
            share(&calls, |call| call["place"].as_str().is_some_and(|text| text.starts_with('0'))),
            0.7,
        ),
        ("pay_amt null", share(&bills, |bill| bill["pay_amt"].is_null()), 0.5),
    ] {
        assert!(seen > 0.0 && seen <= at_most, "{what}: {seen}");
    }
    // Somewhere in a population even the rare short numbers are called.
    let population = (0..80).map(|index| crate::story::synthetic_applicant(4, index));
    let reports: Vec<Value> = population
        .map(|p| Applicant::new(4, &p.name, &p.id_card, &p.mobile, as_of(), &[]).telecom_report())
        .collect();
    for short in ["110", "120"] {
        let called =
            |report: &Value| rows(report, "contact_list").iter().any(|row| row["phone_num"] == short);
        assert!(reports.iter().any(called), "nobody called {short}");
    }
}

#[test]
fn a_report_has_every_key_and_no_empty_page() {
    let report = applicant("13812345674").telecom_report();
    for key in [
        "report",
        "application_check",
        "behavior_check",
        "cell_behavior",
        "contact_list",
        "contact_region",
        "collection_contact",
        "main_service",
        "deliver_address",
        "ebusiness_expense",
        "user_info_check",
    ] {
        let page = &report[key];
        let filled = page
            .as_array()
            .map_or_else(|| page.as_object().is_some_and(|page| !page.is_empty()), |list| !list.is_empty());
        assert!(filled, "{key} is empty");
    }
    assert!(report["trip_info"].is_array());
    assert_eq!(rows(&report, "behavior_check").len(), 22);
    assert_eq!(report["report"]["version"], "4.2");
}

#[test]
fn trips_lead_home_for_the_spring_festival() {
    // Somebody from Lanzhou who lives elsewhere travels there in February 2018 in at least one of a few stories.
    let journeys = (0..20).filter(|seed| {
        let applicant = Applicant::new(*seed, "赵云", "620102199001010018", "13812345673", as_of(), &[]);
        let report = applicant.telecom_report();
        rows(&report, "trip_info").iter().any(|trip| {
            trip["trip_dest"] == "兰州" && trip["trip_start_time"].as_str().unwrap().starts_with("2018-02")
        })
    });
    assert!(journeys.count() >= 4);
}
