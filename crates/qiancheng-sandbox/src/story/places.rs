//! Where people live: a few of China's administrative codes, with the area code and the carrier's short name of each.

/// A city, and one district of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The first six digits of an ID number issued there.
    pub(super) code: &'static str,
    /// Province, as ID cards name it.
    pub(super) province: &'static str,
    /// City, without 市.
    pub(super) city: &'static str,
    /// District or county-level city.
    pub(super) district: &'static str,
    /// Area code of its landlines.
    pub(super) area_code: &'static str,
    /// How carriers abbreviate the province ("chinamobilesh").
    pub(super) short: &'static str,
    /// Longitude and latitude of the city in hundredths of a degree.
    pub(super) position: (u32, u32),
}

macro_rules! places {
    ($($code:literal $province:literal $city:literal $district:literal $area:literal $short:literal $lng:literal $lat:literal;)*) => {
        &[$(Place {
            code: $code, province: $province, city: $city, district: $district, area_code: $area, short: $short,
            position: ($lng, $lat),
        }),*]
    };
}

/// Every place of the stories.
pub(super) const PLACES: &[Place] = places! {
    "110105" "北京市" "北京" "朝阳区" "010" "bj" 11640 3990;
    "110108" "北京市" "北京" "海淀区" "010" "bj" 11630 3996;
    "120101" "天津市" "天津" "和平区" "022" "tj" 11720 3913;
    "130102" "河北省" "石家庄" "长安区" "0311" "hebei" 11454 3804;
    "140105" "山西省" "太原" "小店区" "0351" "sx" 11256 3774;
    "150102" "内蒙古自治区" "呼和浩特" "新城区" "0471" "nmg" 11167 4085;
    "210102" "辽宁省" "沈阳" "和平区" "024" "ln" 12341 4179;
    "210202" "辽宁省" "大连" "中山区" "0411" "ln" 12164 3892;
    "220102" "吉林省" "长春" "南关区" "0431" "jl" 12532 4386;
    "230102" "黑龙江省" "哈尔滨" "道里区" "0451" "hlj" 12661 4576;
    "310101" "上海市" "上海" "黄浦区" "021" "sh" 12149 3123;
    "310104" "上海市" "上海" "徐汇区" "021" "sh" 12144 3119;
    "310115" "上海市" "上海" "浦东新区" "021" "sh" 12154 3122;
    "320102" "江苏省" "南京" "玄武区" "025" "js" 11879 3205;
    "320505" "江苏省" "苏州" "虎丘区" "0512" "js" 12058 3130;
    "320583" "江苏省" "苏州" "昆山市" "0512" "js" 12098 3139;
    "330102" "浙江省" "杭州" "上城区" "0571" "zj" 12017 3025;
    "330203" "浙江省" "宁波" "海曙区" "0574" "zj" 12155 2987;
    "330302" "浙江省" "温州" "鹿城区" "0577" "zj" 12065 2802;
    "340102" "安徽省" "合肥" "瑶海区" "0551" "ah" 11731 3186;
    "350102" "福建省" "福州" "鼓楼区" "0591" "fj" 11930 2608;
    "350203" "福建省" "厦门" "思明区" "0592" "fj" 11808 2445;
    "360102" "江西省" "南昌" "东湖区" "0791" "jx" 11590 2869;
    "370102" "山东省" "济南" "历下区" "0531" "sd" 11708 3667;
    "370202" "山东省" "青岛" "市南区" "0532" "sd" 12038 3607;
    "410102" "河南省" "郑州" "中原区" "0371" "ha" 11361 3475;
    "420102" "湖北省" "武汉" "江岸区" "027" "hb" 11430 3060;
    "420106" "湖北省" "武汉" "武昌区" "027" "hb" 11431 3056;
    "430102" "湖南省" "长沙" "芙蓉区" "0731" "hn" 11303 2819;
    "440103" "广东省" "广州" "荔湾区" "020" "gd" 11324 2313;
    "440106" "广东省" "广州" "天河区" "020" "gd" 11336 2313;
    "440304" "广东省" "深圳" "福田区" "0755" "gd" 11405 2252;
    "440305" "广东省" "深圳" "南山区" "0755" "gd" 11393 2253;
    "450102" "广西壮族自治区" "南宁" "兴宁区" "0771" "gx" 10837 2285;
    "460105" "海南省" "海口" "秀英区" "0898" "hi" 11029 2001;
    "500103" "重庆市" "重庆" "渝中区" "023" "cq" 10657 2955;
    "510104" "四川省" "成都" "锦江区" "028" "sc" 10408 3066;
    "510107" "四川省" "成都" "武侯区" "028" "sc" 10405 3064;
    "520102" "贵州省" "贵阳" "南明区" "0851" "gz" 10671 2657;
    "530102" "云南省" "昆明" "五华区" "0871" "yn" 10270 2504;
    "540102" "西藏自治区" "拉萨" "城关区" "0891" "xz" 9114 2965;
    "610102" "陕西省" "西安" "新城区" "029" "sn" 10896 3427;
    "620102" "甘肃省" "兰州" "城关区" "0931" "gs" 10383 3606;
    "630102" "青海省" "西宁" "城东区" "0971" "qh" 10180 3660;
    "640104" "宁夏回族自治区" "银川" "兴庆区" "0951" "nx" 10628 3847;
    "650102" "新疆维吾尔自治区" "乌鲁木齐" "天山区" "0991" "xj" 8763 4379;
};

/// The cities people move to for work.
const MAGNETS: [&str; 8] = ["110105", "310104", "310115", "440106", "440305", "330102", "510107", "420106"];

impl Place {
    /// The place of an ID number's region code; for codes not in the table, one of the same province, chosen by the code.
    pub(super) fn of_code(code: &str) -> Option<&'static Place> {
        if let Some(place) = PLACES.iter().find(|place| place.code == code) {
            return Some(place);
        }
        let province = code.get(..2)?;
        let near: Vec<&Place> = PLACES.iter().filter(|place| place.code.starts_with(province)).collect();
        let choice = code.bytes().map(usize::from).sum::<usize>().checked_rem(near.len())?;
        near.get(choice).copied()
    }

    /// One of the cities people move to, by a number.
    pub(super) fn magnet(choice: usize) -> &'static Place {
        let code = MAGNETS[choice % MAGNETS.len()];
        Place::of_code(code).unwrap_or(&PLACES[0])
    }

    /// "江苏省苏州市虎丘区"; the province is not repeated where it is the city.
    pub(super) fn full_name(&self) -> String {
        if self.province.ends_with('市') {
            format!("{}{}", self.province, self.district)
        } else {
            format!("{}{}市{}", self.province, self.city, self.district)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_six_digits_and_known_once() {
        for (index, place) in PLACES.iter().enumerate() {
            assert!(place.code.len() == 6 && place.code.bytes().all(|byte| byte.is_ascii_digit()));
            assert!(PLACES[..index].iter().all(|other| other.code != place.code), "{} twice", place.code);
            assert!(place.area_code.starts_with('0'));
        }
        assert!(MAGNETS.iter().all(|code| PLACES.iter().any(|place| place.code == *code)));
    }

    #[test]
    fn an_unknown_county_falls_into_its_province_and_an_unknown_province_nowhere() {
        assert_eq!(Place::of_code("330782").unwrap().province, "浙江省");
        assert_eq!(Place::of_code("990101"), None);
        assert_eq!(Place::of_code("张三"), None);
    }
}
