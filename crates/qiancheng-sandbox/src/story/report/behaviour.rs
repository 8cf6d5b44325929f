//! The behaviour checks: twenty-two questions, each with a verdict and the evidence.

use serde_json::{Value, json};

use super::contacts::Tally;
use super::{Sources, minutes, ratio};
use crate::story::calendar::{DAY, Moment, is_night};
use crate::story::peers::Role;
use crate::story::shopping;

/// No data, pass, fail.
const NO_DATA: u8 = 0;
const PASS: u8 = 1;
const FAIL: u8 = 2;

fn check(
    point: &str,
    name: &str,
    score: u8,
    result: impl Into<String>,
    evidence: impl Into<String>,
) -> Value {
    json!({
        "check_point": point,
        "check_point_cn": name,
        "result": result.into(),
        "evidence": evidence.into(),
        "score": score,
    })
}

/// All checks, in the order the house prints them.
pub(super) fn behavior_check(sources: &Sources<'_>) -> Vec<Value> {
    let mut list = vec![regular_circle(sources), phone_used_time(sources)];
    list.extend(silences(sources));
    list.push(mutual(sources));
    let trades = [
        ("contact_macao", "与澳门电话通话情况", Role::Macao, 4),
        ("contact_110", "与110电话通话情况", Role::Police, 3),
        ("contact_120", "与120电话通话情况", Role::Ambulance, 4),
        ("contact_lawyer", "与律师号码通话情况", Role::Lawyer, 4),
        ("contact_court", "与法院号码通话情况", Role::Court, 2),
    ];
    list.extend(trades.map(|(point, name, role, limit)| trade(sources, point, name, role, limit)));
    list.push(night(sources));
    let trades = [
        ("contact_loan", "与贷款类号码联系情况", Role::Loan, 8),
        ("contact_bank", "与银行类号码联系情况", Role::Bank, 40),
        ("contact_credit_card", "与信用卡类号码联系情况", Role::CreditCard, 12),
        ("contact_collection", "与催收类号码联系情况", Role::Collection, 3),
    ];
    list.extend(trades.map(|(point, name, role, limit)| trade(sources, point, name, role, limit)));
    list.extend(purchases(sources));
    list.push(address(sources));
    list.push(school(sources));
    list.push(phone_call(sources));
    list
}

fn regular_circle(sources: &Sources<'_>) -> Value {
    let (point, name) = ("regular_circle", "朋友圈在哪里");
    let mut cities: Vec<(&str, u32)> = Vec::new();
    for tally in &sources.tallies {
        let city = super::location(&sources.telecom.peers[tally.peer]);
        match cities.iter_mut().find(|(known, _)| *known == city) {
            Some((_, count)) => *count += tally.calls,
            None => cities.push((city, tally.calls)),
        }
    }
    let Some(&(city, count)) = cities.iter().max_by_key(|(_, count)| *count) else {
        return check(point, name, NO_DATA, "无数据", "无通话记录");
    };
    let all: u32 = cities.iter().map(|(_, count)| count).sum();
    let share = ratio(f64::from(count), f64::from(all)) * 100.0;
    let score = if city == sources.life.home.city { PASS } else { FAIL };
    let result =
        if score == PASS { "朋友圈位于号码归属地" } else { "朋友圈不在号码归属地" };
    let evidence = format!("联系最多的地区是{city}，通话{count}次，占全部通话的{share:.2}%");
    check(point, name, score, result, evidence)
}

fn phone_used_time(sources: &Sources<'_>) -> Value {
    let life = sources.life;
    let months = life.months_in_network();
    let (score, result) = if months >= 6 { (PASS, "长期使用") } else { (FAIL, "新号码") };
    let since = life.calendar.date_text(life.joined);
    check(
        "phone_used_time",
        "号码使用时间",
        score,
        format!("{result}({months}个月)"),
        format!("该号码自{since}入网，已使用{months}个月"),
    )
}

/// Runs of whole days without anything, between the first and the last day with something: first day, length.
fn gaps(mut days: Vec<i64>) -> Vec<(i64, i64)> {
    days.sort_unstable();
    days.dedup();
    let runs = days.windows(2).map(|pair| (pair[0] + 1, pair[1] - pair[0] - 1));
    runs.filter(|&(_, length)| length >= 3).collect()
}

fn silences(sources: &Sources<'_>) -> [Value; 2] {
    let telecom = sources.telecom;
    let day = |at: Moment| at.div_euclid(DAY);
    let calls: Vec<i64> =
        telecom.calls.iter().filter(|call| !call.time_lost).map(|call| day(call.at)).collect();
    let anything = calls
        .iter()
        .copied()
        .chain(telecom.smses.iter().map(|sms| day(sms.at)))
        .chain(telecom.nets.iter().map(|net| day(net.at)));
    let anything = gaps(anything.collect());
    let calls = gaps(calls);
    [
        silence(sources, "phone_silent", "手机静默情况", "通话", &calls),
        silence(sources, "phone_power_off", "关机情况", "通讯", &anything),
    ]
}

fn silence(sources: &Sources<'_>, point: &str, name: &str, what: &str, gaps: &[(i64, i64)]) -> Value {
    let calendar = &sources.life.calendar;
    let date = |day: i64| calendar.date_text(day * DAY);
    let total: i64 = gaps.iter().map(|(_, length)| length).sum();
    if gaps.is_empty() {
        return check(
            point,
            name,
            PASS,
            "无静默",
            format!("根据运营商详单数据，未发现连续三天以上无{what}记录"),
        );
    }
    let spans: Vec<String> = gaps
        .iter()
        .map(|&(first, length)| format!("{} - {}, {length}天", date(first), date(first + length - 1)))
        .collect();
    let score = if gaps.len() > 2 || total > 10 { FAIL } else { PASS };
    let evidence =
        format!("根据运营商详单数据，连续三天以上无{what}记录{}次: {}", gaps.len(), spans.join(" / "));
    check(point, name, score, format!("{}次，共{total}天", gaps.len()), evidence)
}

fn mutual(sources: &Sources<'_>) -> Value {
    let all = sources.tallies.len();
    let mutual = sources.tallies.iter().filter(|tally| tally.made > 0 && tally.taken > 0).count();
    let share = ratio(mutual as f64, all as f64) * 100.0;
    let (score, result) =
        if mutual >= 10 { (PASS, "互通号码较多") } else { (FAIL, "互通号码较少") };
    let evidence = format!("互通过电话的号码有{mutual}个，比例为{share:.2}%");
    check("contact_each_other", "互通电话情况", score, result, evidence)
}

fn night(sources: &Sources<'_>) -> Value {
    let timed: Vec<_> = sources.telecom.calls.iter().filter(|call| !call.time_lost).collect();
    let late = timed.iter().filter(|call| is_night(call.at)).count();
    let share = ratio(late as f64, timed.len() as f64) * 100.0;
    let (score, result) = match share {
        share if share < 10.0 => (PASS, "很少夜间活动"),
        share if share < 20.0 => (PASS, "偶尔夜间活动"),
        _ => (FAIL, "频繁夜间活动"),
    };
    check("contact_night", "夜间活动情况", score, result, format!("晚间活跃频率占全天的{share:.2}%"))
}

fn trade(sources: &Sources<'_>, point: &str, name: &str, role: Role, limit: u32) -> Value {
    let rows: Vec<&Tally> =
        sources.tallies.iter().filter(|tally| sources.telecom.peers[tally.peer].role == role).collect();
    let calls: u32 = rows.iter().map(|tally| tally.calls).sum();
    let result = match calls {
        0 => return check(point, name, PASS, "无通话记录", "无数据"),
        calls if calls < limit.max(2) => "偶尔通话",
        _ => "经常通话",
    };
    let score = if calls < limit { PASS } else { FAIL };
    let spell = |tally: &&Tally| {
        let label = match sources.telecom.peers[tally.peer].label.as_str() {
            "" => String::new(),
            label => format!("[{label}]"),
        };
        format!(
            "{}{label}: 主叫{}次共{:.2}分钟，被叫{}次共{:.2}分钟",
            tally.number,
            tally.made,
            minutes(tally.seconds[1]),
            tally.taken,
            minutes(tally.seconds[2])
        )
    };
    let evidence: Vec<String> = rows.iter().map(spell).collect();
    check(point, name, score, format!("{result}({calls}次)"), evidence.join("；"))
}

fn purchases(sources: &Sources<'_>) -> [Value; 4] {
    let orders = shopping::orders(sources.papers, sources.life);
    let count = |wanted: &dyn Fn(&shopping::Order) -> bool| {
        let wanted = orders.iter().filter(|order| wanted(order));
        wanted.fold((0_usize, 0_i64), |(count, amount), order| (count + 1, amount + order.amount))
    };
    let own = |order: &shopping::Order| !matches!(order.receiver, shopping::Receiver::Other(_));
    let spell = |(count, amount): (usize, i64)| format!("共{count}笔，合计{:.2}元", amount as f64 / 100.0);
    let row = |point, name, figures: (usize, i64), limit: usize| match figures.0 {
        0 => check(point, name, PASS, "无记录", "近六个月无相关订单"),
        number => check(
            point,
            name,
            if number > limit { FAIL } else { PASS },
            format!("{number}笔"),
            spell(figures),
        ),
    };
    [
        row("ebusiness_info", "电商使用情况", count(&|_| true), usize::MAX),
        row("person_ebusiness_info", "本人电商使用情况", count(&own), usize::MAX),
        row("virtual_buying", "虚拟商品购买情况", count(&shopping::Order::is_virtual), 6),
        row("lottery_buying", "彩票购买情况", count(&shopping::Order::is_lottery), 2),
    ]
}

fn address(sources: &Sources<'_>) -> Value {
    let home = sources.life.home.city;
    let days = &sources.life.whereabouts;
    let away = days.iter().filter(|place| place.city != home).count();
    let evidence = format!("近六个月收货地址均在{home}，离开{home}共{away}天");
    check("person_addr_changed", "本人地址变化情况", PASS, "地址无变化", evidence)
}

fn school(sources: &Sources<'_>) -> Value {
    let age = sources.life.age;
    let result = if age < 23 { "可能为在校学生" } else { "非在校学生" };
    check("school_status", "在校情况", PASS, result, format!("年龄{age}岁"))
}

fn phone_call(sources: &Sources<'_>) -> Value {
    let calls = sources.telecom.calls.len();
    let seconds: i64 = sources.telecom.calls.iter().map(|call| call.seconds).sum();
    let score = if calls >= 100 { PASS } else { FAIL };
    let result = if score == PASS { "通话正常" } else { "通话较少" };
    let evidence = format!("共{calls}次通话，合计{:.2}分钟", minutes(seconds));
    check("phone_call", "号码通话情况", score, result, evidence)
}
