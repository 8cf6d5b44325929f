//! Screens a population: the whole way for every applicant, and a table of what came of it.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use qiancheng::api::{blacklist, risk, telecom};
use qiancheng::blocking::Client;
use qiancheng::dictionary::AuditState;
use qiancheng::personal::{MobileNumber, PersonName};
use qiancheng::session::Response;
use qiancheng_sandbox::Sandbox;
use qiancheng_sandbox::story::{Identity, synthetic_applicant};

use super::application::Order;
use super::figures::Figures;
use super::page::{self, Page, Paint, duration};
use super::records::Records;
use super::story::{contacts, emergency, verdict_words};
use crate::failure::Result;
use crate::output;
use crate::text::{Align, table, thousands};

/// Nobody waits longer for a verdict of the sandbox.
const VERDICT_LIMIT: Duration = Duration::from_secs(60);
/// The screening's orders begin behind the story's.
const FIRST_ORDER: i64 = 20_260_115_100;

/// What came of one applicant.
struct Screened {
    applicant: Identity,
    listed: bool,
    figures: Figures,
    verdict: risk::Verdict,
}

/// Takes the first `count` people of the population all the way, one after the other.
pub(super) fn screen(sandbox: &Sandbox, seed: u64, count: u32) -> Result<()> {
    // Nothing to watch here, so nothing to wait for.
    let (client, _) = super::client(sandbox, Duration::ZERO)?;
    let page = Page::new();
    output::line("")?;
    page.title(&format!("Screening 批量审核 · {count} applicants"))?;
    let started = Instant::now();
    let bar = bar(count);
    let mut screened = Vec::new();
    for index in 0..count {
        screened.push(one(&client, seed, index)?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    page::lines(&rows(&screened))?;
    output::line("")?;
    let passed = screened.iter().filter(|one| one.verdict.state == AuditState::Pass).count();
    let words = format!(
        "{passed} of {count} passed; mean gray score {} among them, {} among the others. {} in all, {} each.",
        mean_score(screened.iter().filter(|one| one.verdict.state == AuditState::Pass)),
        mean_score(screened.iter().filter(|one| one.verdict.state != AuditState::Pass)),
        duration(started.elapsed()),
        duration(started.elapsed() / count.max(1)),
    );
    page::paragraph(&page.paint(Paint::Quiet, &words))
}

fn one(client: &Client, seed: u64, index: u32) -> Result<Screened> {
    let applicant = synthetic_applicant(seed, u64::from(index));
    let contacts = contacts(seed);
    let Identity { name, id_card, mobile } = &applicant;
    let (name, id_card, mobile) = (name.as_str(), id_card.as_str(), mobile.as_str());
    let search = blacklist::Search { name: name.into(), id_card: id_card.into(), mobile: mobile.into() };
    let listed = client.blacklist().search(search)?.is_in;
    let session = client.telecom().open(telecom::OpenId {
        name: name.into(),
        id_card: id_card.into(),
        mobile: mobile.into(),
        // The sandbox asks for no captcha then.
        service_password: "direct".into(),
        options: Some(emergency(&contacts)),
    })?;
    session.collect(|_| Ok(Response::GiveUp), |_| {})?;
    let records = Records::read(&session.raw_data()?.value()?);
    let figures = Figures::of(&records, &session.report()?.value()?);
    let order = Order {
        id: FIRST_ORDER + i64::from(index),
        applicant: &applicant,
        contacts: &contacts,
        records: &records,
    };
    let open_id = client.risk().submit(order.audit())?;
    let verdict = client.risk().wait(&open_id, VERDICT_LIMIT)?.into_inner();
    Ok(Screened { applicant, listed, figures, verdict })
}

fn bar(count: u32) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("    {bar:40} {pos}/{len} {eta} left")
        .expect("the template is a constant");
    ProgressBar::new(u64::from(count)).with_style(style)
}

fn rows(screened: &[Screened]) -> Vec<String> {
    let head = [
        ("#", Align::Right),
        ("姓名", Align::Left),
        ("手机号 mobile", Align::Left),
        ("黑名单", Align::Left),
        ("在网月", Align::Right),
        ("通话 calls", Align::Right),
        ("夜间 night", Align::Right),
        ("话费 bill", Align::Right),
        ("灰度分 score", Align::Right),
        ("结论 verdict", Align::Left),
    ];
    let rows: Vec<Vec<String>> = screened
        .iter()
        .enumerate()
        .map(|(index, one)| {
            let figures = &one.figures;
            let or_dash = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
            vec![
                (index + 1).to_string(),
                PersonName::from(one.applicant.name.as_str()).to_string(),
                MobileNumber::from(one.applicant.mobile.as_str()).to_string(),
                if one.listed { "listed 命中" } else { "no 未命中" }.to_owned(),
                or_dash(figures.months_in_network.map(|months| format!("{months:.0}"))),
                thousands(figures.calls as u64),
                or_dash(figures.night_share.map(|share| format!("{:.1} %", share * 100.0))),
                or_dash(figures.bill_mean.map(|mean| format!("{mean:.2}"))),
                or_dash(figures.gray_score.map(|score| score.to_string())),
                verdict_words(one.verdict.state, one.verdict.reason.as_deref()),
            ]
        })
        .collect();
    table(&head, &rows)
}

fn mean_score<'a>(screened: impl Iterator<Item = &'a Screened>) -> String {
    let scores: Vec<i64> = screened.filter_map(|one| one.figures.gray_score).collect();
    match i64::try_from(scores.len()) {
        Ok(count) if count > 0 => (scores.iter().sum::<i64>() / count).to_string(),
        _ => "–".to_owned(),
    }
}
