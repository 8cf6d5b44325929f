//! Who the applicant is, compared with what the carrier and the house know.

use serde_json::{Value, json};

use super::contacts::tally_of;
use super::{Sources, relation};
use crate::story::calendar::{Calendar, Moment};
use crate::story::peers::{Role, plain_number};
use crate::story::rng::Stream;

const LENDER_TYPES: [&str; 5] = ["线上消费分期", "线上现金贷", "信用卡中心", "P2P理财", "小额贷款"];

fn point(name: &str, check_points: &Value) -> Value {
    json!({"app_point": name, "check_points": check_points})
}

/// Name, ID card, number, home, contacts, shops.
pub(super) fn application_check(sources: &Sources<'_>) -> Vec<Value> {
    let (papers, life) = (sources.papers, sources.life);
    let mut stream = papers.stream("report/checks");
    let risk = life.risk;
    let blacklist = |stream: &mut Stream, chance: f64, kind: &str| {
        let arised = stream.chance(chance);
        let kinds = if arised { vec![kind] } else { vec![] };
        json!({"arised": arised, "black_type": kinds})
    };
    let court = blacklist(&mut stream, 0.10 * risk * risk, "失信被执行人");
    let listed = papers.mobile.ends_with("4444");
    let financial = blacklist(&mut stream, if listed { 1.0 } else { 0.35 * risk * risk }, "贷款逾期");
    let reliability = match stream.unit() {
        draw if draw < 0.90 => "实名认证",
        draw if draw < 0.95 => "非实名认证",
        _ => "未实名认证",
    };
    let home = papers.hometown;
    let mut list = vec![
        point("user_name", &json!({"key_value": papers.name})),
        point(
            "id_card",
            &json!({
                "key_value": papers.id_card,
                "gender": if papers.female { "女" } else { "男" },
                "age": life.age,
                "province": home.province,
                "city": format!("{}市", home.city),
                "region": home.district,
                "court_blacklist": court,
                "financial_blacklist": financial,
            }),
        ),
        point(
            "cell_phone",
            &json!({
                "key_value": papers.mobile,
                "website": format!("{}{}", life.home.city, papers.carrier.name()),
                "reliability": reliability,
                "reg_time": life.calendar.text(life.joined),
                "check_name": "与运营商数据匹配成功",
                "check_idcard": if stream.chance(0.9) { "与运营商数据匹配成功" } else { "运营商未提供" },
                "check_ebusiness": "与电商数据匹配成功",
                "financial_blacklist": financial,
            }),
        ),
        point(
            "home_addr",
            &json!({
                "key_value": life.home_address,
                "check_addr": "地址有效",
                "check_ebusiness": "电商收货地址匹配成功",
            }),
        ),
        point(
            "home_phone",
            &json!({
                "key_value": format!("{}{}", life.home.area_code, stream.digits(8)),
                "check_mobile": "无通话记录",
            }),
        ),
    ];
    list.extend(sources.contacts.iter().map(|contact| {
        let number = plain_number(&contact.tel);
        let checked = match tally_of(sources, &number) {
            Some(tally) => {
                format!("近六个月通话{}次，主叫{}次，被叫{}次", tally.calls, tally.made, tally.taken)
            }
            None => "近六个月无通话记录".to_owned(),
        };
        let details = json!({
            "key_value": contact.tel,
            "contact_name": contact.name,
            "relationship": relation(&contact.contact_type),
            "check_xiaohao": "该联系方式不是小号",
            "check_mobile": checked,
        });
        point("contact", &details)
    }));
    for shop in ["taobao", "jingdong"] {
        let details = json!({
            "key_value": format!("{}{}", shop, stream.digits(6)),
            "reg_time": life.calendar.text(registered(&mut stream, &life.calendar)),
            "reliability": "实名认证",
        });
        point_into(&mut list, shop, &details);
    }
    list
}

fn point_into(list: &mut Vec<Value>, name: &str, check_points: &Value) {
    list.push(point(name, check_points));
}

/// When an account at a shop was opened.
fn registered(stream: &mut Stream, calendar: &Calendar) -> Moment {
    calendar.as_of - stream.between(200, 3_000) * 86_400 - stream.between(0, 86_399)
}

/// What the house's own records say: searches by other lenders, other papers with the same number, the grey score.
pub(super) fn user_info_check(sources: &Sources<'_>) -> Value {
    let risk = sources.life.risk;
    let mut stream = sources.papers.stream("report/house");
    let searched = stream.poisson(0.5 + 9.0 * risk);
    let registered = stream.poisson(0.3 + 5.0 * risk);
    let mut kinds = |count: u32| -> Vec<&str> {
        let start = stream.below(5) as usize;
        (0..(count as usize).min(3)).map(|step| LENDER_TYPES[(start + step) % 5]).collect()
    };
    let (searched_kinds, registered_kinds) = (kinds(searched), kinds(registered));
    let other_phones: Vec<String> = (0..stream.poisson(0.8 * risk))
        .map(|_| format!("1{}{}", stream.between(3, 8), stream.digits(9)))
        .collect();
    // Direct contacts are the people on both ends of calls; the house knows some of them, and theirs in turn.
    let private = |role: Role| matches!(role, Role::Family | Role::Friend | Role::Colleague);
    let direct: Vec<_> = sources
        .tallies
        .iter()
        .filter(|tally| tally.made > 0 && tally.taken > 0 && private(sources.telecom.peers[tally.peer].role))
        .collect();
    let black = direct.iter().filter(|_| stream.chance(0.005 + 0.10 * risk * risk)).count();
    let second = direct.len() as u64 * stream.below(40) / 100 + (30.0 * risk * stream.unit()) as u64;
    let routers = direct.iter().filter(|_| stream.chance(0.03 + 0.25 * risk)).count();
    let score = (92.0 - 70.0 * risk + stream.bell(0.0, 10.0)).clamp(0.0, 100.0) as u32;
    json!({
        "check_search_info": {
            "searched_org_cnt": searched,
            "searched_org_type": searched_kinds,
            "register_org_cnt": registered,
            "register_org_type": registered_kinds,
            "idcard_with_other_names": [],
            "idcard_with_other_phones": other_phones,
            "phone_with_other_names": [],
            "phone_with_other_idcards": [],
            "arised_open_web": if risk > 0.5 { vec!["网络借贷论坛"] } else { vec![] },
        },
        "check_black_info": {
            "phone_gray_score": score,
            "contacts_class1_cnt": direct.len(),
            "contacts_class1_blacklist_cnt": black,
            "contacts_class2_blacklist_cnt": second,
            "contacts_router_cnt": routers,
            "contacts_router_ratio": super::ratio(routers as f64, direct.len() as f64),
        },
    })
}
