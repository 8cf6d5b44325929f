//! Chinese names for people, companies and streets, all invented.

use super::places::Place;
use super::rng::Stream;

const SURNAMES: [&str; 44] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何",
    "林", "罗", "高", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田",
    "董", "袁", "潘", "蒋", "蔡", "余", "杜", "叶", "欧阳", "上官",
];
const FEMALE: [&str; 24] = [
    "芳", "娜", "敏", "静", "丽", "艳", "娟", "霞", "婷", "雪", "倩", "玉兰", "晓燕", "思琪", "雨桐", "欣怡",
    "佳慧", "梦瑶", "淑珍", "海燕", "月华", "诗涵", "亚楠", "秋菊",
];
const MALE: [&str; 24] = [
    "伟", "强", "磊", "军", "勇", "杰", "涛", "超", "鹏", "斌", "浩", "建国", "志强", "子轩", "宇航", "俊杰",
    "文博", "明辉", "海涛", "晓东", "国栋", "嘉豪", "立新", "永福",
];
const TRADES: [&str; 10] =
    ["科技", "商贸", "物流", "餐饮管理", "建筑工程", "电子", "服饰", "文化传媒", "机械制造", "汽车服务"];
const WORDS: [&str; 14] = [
    "恒远", "瑞祥", "明达", "鑫源", "华泽", "安信", "天行", "博雅", "聚力", "宏图", "晨光", "东升", "优品",
    "云帆",
];
const STREETS: [&str; 12] = [
    "人民路",
    "解放路",
    "建设路",
    "中山路",
    "和平路",
    "新华街",
    "文化路",
    "长江路",
    "青年路",
    "迎宾大道",
    "学府路",
    "花园街",
];

/// A person's name.
pub(super) fn person(stream: &mut Stream, female: bool) -> String {
    let surname = if stream.chance(0.02) {
        *stream.pick(&SURNAMES[42..])
    } else {
        // A handful of surnames covers a good part of the country.
        let reach = if stream.chance(0.45) { 10 } else { 42 };
        *stream.pick(&SURNAMES[..reach])
    };
    format!("{surname}{}", stream.pick(if female { &FEMALE } else { &MALE }))
}

/// A relative's name: the given name is new, the surname stays.
pub(super) fn relative(stream: &mut Stream, of: &str, female: bool) -> String {
    let surname = match of.chars().next() {
        Some(first) if SURNAMES.iter().any(|surname| surname.starts_with(first)) => SURNAMES[42..]
            .iter()
            .copied()
            .find(|double| of.starts_with(double))
            .unwrap_or(&of[..first.len_utf8()]),
        _ => *stream.pick(&SURNAMES[..10]),
    };
    format!("{surname}{}", stream.pick(if female { &FEMALE } else { &MALE }))
}

/// An employer in a city.
pub(super) fn company(stream: &mut Stream, place: &Place) -> String {
    format!("{}{}{}有限公司", place.city, stream.pick(&WORDS), stream.pick(&TRADES))
}

/// A street address in a district.
pub(super) fn address(stream: &mut Stream, place: &Place) -> String {
    let number = stream.between(1, 899);
    let house = stream.between(1, 32);
    let flat = stream.between(1, 28) * 100 + stream.between(1, 4);
    format!("{}{}{number}号{house}栋{flat}室", place.full_name(), stream.pick(&STREETS))
}
