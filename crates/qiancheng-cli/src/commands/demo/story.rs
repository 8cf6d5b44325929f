//! The story of one applicant: every call that a lender's server makes, from the token to the verdict.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use qiancheng::Document;
use qiancheng::api::{blacklist, risk, telecom};
use qiancheng::blocking::{Client, Session};
use qiancheng::dictionary::AuditState;
use qiancheng::personal::{Handle, IdNumber, MobileNumber, PersonName};
use qiancheng::session::{Response, Step};
use qiancheng_sandbox::Sandbox;
use qiancheng_sandbox::story::{Identity, synthetic_applicant};
use serde_json::{Value, json};

use super::application::{AMOUNT_FEN, Order, TERM_DAYS};
use super::figures::{Figures, WINDOW_DAYS};
use super::ledger::Ledger;
use super::page::{self, Page, Paint, bytes, duration};
use super::records::Records;
use super::{POLL_INTERVAL, client};
use crate::failure::{Failure, Result};
use crate::output;
use crate::text::{Align, table, thousands};

/// What the sandbox takes for right.
const CAPTCHA: &str = "123456";
/// An ordinary service password: one SMS captcha follows.
const SERVICE_PASSWORD: &str = "a service password";
/// Nobody waits longer for a verdict of the sandbox.
const VERDICT_LIMIT: Duration = Duration::from_secs(60);
/// The applicant's emergency contacts are people from further on in the population.
const CONTACTS: [u64; 2] = [900_001, 900_002];

/// Tells the story of the population's first applicant.
pub(super) fn tell(sandbox: &Sandbox, seed: u64, directory: &Path) -> Result<()> {
    let (client, ledger) = client(sandbox, POLL_INTERVAL)?;
    let applicant = synthetic_applicant(seed, 0);
    let contacts = contacts(seed);
    let mut teller = Teller { page: Page::new(), client, ledger, applicant, contacts, directory };
    teller.introduce(sandbox, seed)?;
    teller.blacklist()?;
    misfortune(sandbox)?;
    let session = teller.telecom()?;
    let raw_data = teller.raw_data(&session)?;
    let report = teller.report(&session)?;
    let records = Records::read(&raw_data);
    teller.figures(&records, &report)?;
    let open_id = teller.submit(&records)?;
    teller.verdict(&open_id)?;
    teller.books()
}

/// People from further on in the population, as an applicant's emergency contacts.
pub(super) fn contacts(seed: u64) -> [Identity; 2] {
    CONTACTS.map(|index| synthetic_applicant(seed, index))
}

/// The same as a session takes them.
pub(super) fn emergency(contacts: &[Identity]) -> telecom::Options {
    /// A friend.
    const FRIEND: &str = "6";
    let contact = |contact: &Identity| telecom::Contact {
        contact_tel: contact.mobile.as_str().into(),
        contact_name: contact.name.as_str().into(),
        contact_type: FRIEND.to_owned(),
    };
    telecom::Options { contacts: contacts.iter().map(contact).collect(), ..telecom::Options::default() }
}

/// Once an answer is lost on its way back, and once a gateway fails.
fn misfortune(sandbox: &Sandbox) -> Result<()> {
    let faults = json!([
        {"match": {"endpoint": "telecom.captcha"}, "times": 1, "fault": {"kind": "processed_but_lost"}},
        {"match": {"endpoint": "telecom.raw_data"}, "times": 1, "fault": {"kind": "html_502"}},
    ]);
    let added = sandbox.add_faults(faults);
    added.map(drop).map_err(|error| Failure::config(format!("the sandbox refuses the faults: {error}")))
}

struct Teller<'a> {
    page: Page,
    client: Client,
    ledger: Arc<Ledger>,
    applicant: Identity,
    contacts: [Identity; 2],
    directory: &'a Path,
}

impl Teller<'_> {
    fn introduce(&self, sandbox: &Sandbox, seed: u64) -> Result<()> {
        self.page.title("前程征信 · one applicant, from the blacklist to the verdict")?;
        let line = format!("Sandbox {} · seed {seed} · nobody in it exists", sandbox.base_url());
        output::line(&self.page.paint(Paint::Quiet, &line))?;
        output::line("")?;
        let Identity { name, id_card, mobile } = &self.applicant;
        let name = PersonName::from(name.as_str());
        let (id_card, mobile) = (IdNumber::from(id_card.as_str()), MobileNumber::from(mobile.as_str()));
        let yuan = thousands(u64::try_from(AMOUNT_FEN / 100).unwrap_or_default());
        page::figure("Applicant", "申请人", &format!("{name}  {id_card}  {mobile}"))?;
        page::figure("Asks for", "申请金额", &format!("{yuan} yuan (元) for {TERM_DAYS} days (天)"))
    }

    /// The first call that needs a token fetches it.
    fn blacklist(&mut self) -> Result<()> {
        let started = Instant::now();
        let request = blacklist::Search {
            name: self.applicant.name.as_str().into(),
            id_card: self.applicant.id_card.as_str().into(),
            mobile: self.applicant.mobile.as_str().into(),
        };
        let listed = self.client.blacklist().search(request)?.is_in;
        let took = started.elapsed();
        let token = self.ledger.row("auth.token");
        let life = self.ledger.token_life().unwrap_or_default();

        self.page.chapter("Token 令牌", token.took)?;
        page::figure(
            "Good for",
            "有效期",
            &format!("{} hours, renewed by the client", life.as_secs() / 3600),
        )?;

        self.page.chapter("Blacklist 黑名单", took.saturating_sub(token.took))?;
        let verdict = if listed {
            self.page.paint(Paint::Bad, "listed 命中")
        } else {
            self.page.paint(Paint::Good, "not listed 未命中")
        };
        page::figure("Applicant is", "查询结果", &verdict)
    }

    fn telecom(&mut self) -> Result<Session> {
        let started = Instant::now();
        let session = self.client.telecom().open(telecom::OpenId {
            name: self.applicant.name.as_str().into(),
            id_card: self.applicant.id_card.as_str().into(),
            mobile: self.applicant.mobile.as_str().into(),
            service_password: SERVICE_PASSWORD.into(),
            options: Some(emergency(&self.contacts)),
        })?;
        let mut seen: Vec<String> = Vec::new();
        let watched = session.clone();
        session.collect(
            |_| Ok(Response::from(CAPTCHA)),
            |step: &Step| {
                let Some(status) = watched.status() else { return };
                let asked = if matches!(step, Step::NeedsInput { .. }) {
                    "  ← the borrower reads the captcha from the telephone"
                } else {
                    ""
                };
                let name = status.name.unwrap_or("a state the document does not list");
                let line =
                    format!("{:>2} {name} {}{asked}", status.code, status.description.unwrap_or_default());
                if seen.last() != Some(&line) {
                    seen.push(line);
                }
            },
        )?;
        self.page.chapter("Telecom session 运营商采集", started.elapsed())?;
        page::figure("Session", "open_id", &session.open_id().to_string())?;
        page::lines(&seen)?;
        let captchas = self.ledger.row("telecom.captcha").requests;
        page::paragraph(&format!(
            "The connection broke before the captcha's answer came back. A captcha is never sent twice: it left \
             {}, and the state told that it had arrived.",
            times(captchas)
        ))?;
        Ok(session)
    }

    fn raw_data(&mut self, session: &Session) -> Result<Value> {
        let started = Instant::now();
        let document = session.raw_data()?.into_inner();
        self.page.chapter("Raw data 原始数据", started.elapsed())?;
        let value = self.keep("raw_data.json", &document)?;
        let records = Records::read(&value);
        let counts = [records.calls.len(), records.smses, records.nets, records.bills.len()]
            .map(|count| thousands(count as u64));
        page::figure("Calls, messages, data, bills", "通话/短信/流量/账单", &counts.join(" / "))?;
        let requests = self.ledger.row("telecom.raw_data").requests;
        page::paragraph(&format!(
            "A gateway answered 502 at first. Fetching twice does nothing twice, so the client sent it {}.",
            times(requests)
        ))?;
        Ok(value)
    }

    fn report(&mut self, session: &Session) -> Result<Value> {
        let started = Instant::now();
        let document = session.report()?.into_inner();
        self.page.chapter("Report 分析报告", started.elapsed())?;
        self.keep("report.json", &document)
    }

    /// Writes a document down, and reads it.
    fn keep(&self, name: &str, document: &Document) -> Result<Value> {
        let path = self.directory.join(name);
        output::private_file(&path, document.bytes())?;
        let size = bytes(document.bytes().len() as u64);
        page::figure("Written to", "文件", &format!("{} ({size})", path.display()))?;
        Ok(document.value()?)
    }

    fn figures(&mut self, records: &Records, report: &Value) -> Result<()> {
        let started = Instant::now();
        let figures = Figures::of(records, report);
        self.page.chapter(&format!("Key figures 关键指标 (last {WINDOW_DAYS} days)"), started.elapsed())?;
        let or_none = |value: Option<String>| value.unwrap_or_else(|| "no data".to_owned());
        let calls = [figures.calls, figures.calls_out, figures.calls_in].map(|count| thousands(count as u64));
        page::figure(
            "Calls (out, in)",
            "通话次数(主叫,被叫)",
            &format!("{} ({}, {})", calls[0], calls[1], calls[2]),
        )?;
        page::figure("Talk time", "通话时长", &format!("{:.1} hours", figures.hours))?;
        page::figure("Distinct numbers", "通话号码数", &thousands(figures.peers as u64))?;
        let night = figures.night_share.map(|share| format!("{:.1} %", share * 100.0));
        page::figure("Night share, 23:00–06:00", "夜间通话占比", &or_none(night))?;
        let bill =
            figures.bill_mean.map(|mean| format!("{mean:.2} yuan (元) over the last six whole months"));
        page::figure("Monthly bill, mean", "月均话费", &or_none(bill))?;
        let months = figures.months_in_network.map(|months| format!("{months:.1}"));
        page::figure("Months in network", "在网时长(月)", &or_none(months))?;
        let score = figures.gray_score.map(|score| format!("{score} of 100, lower is worse"));
        page::figure("Gray score, phone_gray_score", "号码灰度分", &or_none(score))?;
        let listed = figures.listed_contacts.map(|count| count.to_string());
        page::figure("Blacklisted direct contacts", "一阶联系人黑名单数", &or_none(listed))?;
        let failed = if figures.failed_checks.is_empty() {
            "none".to_owned()
        } else {
            figures.failed_checks.join("、")
        };
        page::figure("Failed checks of the report", "未通过的行为检测", &failed)
    }

    fn submit(&mut self, records: &Records) -> Result<Handle> {
        let started = Instant::now();
        let order =
            Order { id: 20_260_115_001, applicant: &self.applicant, contacts: &self.contacts, records };
        let audit = order.audit();
        let plain = serde_json::to_vec(audit.data.json()).map_or(0, |json| json.len());
        let open_id = self.client.risk().submit(audit)?;
        self.page.chapter("Risk audit 风控审核", started.elapsed())?;
        let sent = self.ledger.row("risk.audit").sent;
        page::figure("Application", "申请数据", &format!("{} of JSON", bytes(plain as u64)))?;
        page::figure("Encrypted and compressed", "RSA加密+gzip", &format!("{} sent", bytes(sent)))?;
        page::figure("Audit", "open_id", &open_id.to_string())?;
        Ok(open_id)
    }

    fn verdict(&mut self, open_id: &Handle) -> Result<()> {
        let started = Instant::now();
        let risk::Verdict { state, reason, .. } =
            self.client.risk().wait(open_id, VERDICT_LIMIT)?.into_inner();
        self.page.chapter("Verdict 审核结论", started.elapsed())?;
        let polls = self.ledger.row("risk.result").requests;
        page::figure("Asked", "轮询次数", &times(polls))?;
        let words = verdict_words(state, reason.as_deref());
        let paint = if state == AuditState::Pass { Paint::Good } else { Paint::Bad };
        page::figure("Verdict", "结论", &self.page.paint(paint, &words))
    }

    /// What was sent how often, and what the client counted.
    fn books(&self) -> Result<()> {
        output::line("")?;
        self.page.title("What was sent")?;
        let rows: Vec<Vec<String>> = self
            .ledger
            .rows()
            .into_iter()
            .map(|row| {
                vec![
                    row.endpoint,
                    row.requests.to_string(),
                    row.repeats.to_string(),
                    bytes(row.sent),
                    bytes(row.received),
                    duration(row.took),
                ]
            })
            .collect();
        let head = [
            ("endpoint", Align::Left),
            ("requests", Align::Right),
            ("repeats", Align::Right),
            ("sent", Align::Right),
            ("received", Align::Right),
            ("time", Align::Right),
        ];
        page::lines(&table(&head, &rows))?;
        let stats = self.client.stats();
        let errors: Vec<String> =
            stats.errors.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        output::line("")?;
        page::paragraph(&format!(
            "Client: calls {}, requests {}, repeats {}, tokens {}, sent {}, received {}; errors: {}.",
            stats.calls,
            stats.attempts,
            stats.repeats,
            stats.tokens_fetched,
            bytes(stats.bytes_sent),
            bytes(stats.bytes_received),
            if errors.is_empty() { "none".to_owned() } else { errors.join(", ") },
        ))
    }
}

/// How often, in words.
fn times(count: u64) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}

/// The verdict in both languages, with the reason if there is one.
pub(super) fn verdict_words(state: AuditState, reason: Option<&str>) -> String {
    let words = match state {
        AuditState::Pass => "PASS 建议通过".to_owned(),
        AuditState::Reject => "REJECT 建议拒绝".to_owned(),
        other => other.to_string(),
    };
    reason.filter(|reason| !reason.is_empty()).map_or(words.clone(), |reason| format!("{words} · {reason}"))
}
