//! Who the applicant is, and what is known about them.

use crate::schema::{Column, Origin, Place, TableSchema};

/// Columns of a list's plain values.
pub(super) const VALUES: &[Column] = &[
    Column::seq(),
    Column::parent_seq(),
    Column::text("list", "The list's name", "列表名").origin(Origin::ListName),
    Column::text("value", "The value", "值").origin(Origin::Value).personal(),
];

/// What a check found, in both sections of checks.
const FINDINGS: &[Column] = &[
    Column::text("check_point", "The check's code, in the older generation its Chinese name", "检查项代码"),
    Column::text("check_point_cn", "The check's Chinese name", "检查项名称"),
    Column::text("result", "What was found", "检查结果"),
    Column::text("evidence", "Why, in words", "证据").personal(),
    Column::integer("score", "0 no data, 1 pass, 2 fail", "评分：0 无数据，1 通过，2 不通过"),
];

pub(super) static APPLICATION_CHECK: TableSchema = TableSchema {
    name: "application_check",
    place: Place::Records { parent: "report", keys: &["application_check"] },
    only_if_filled: false,
    description: "What the applicant said, checked, one row a statement",
    description_zh: "申请表检测，每项一行",
    columns: &[
        &[
            Column::seq(),
            Column::text(
                "app_point",
                "What was checked: user_name, id_card, cell_phone, home_addr, contact, …",
                "检查项",
            ),
            Column::text("key_value", "What the applicant said", "申请人填写值")
                .from(&["check_points.key_value"])
                .personal(),
            Column::text("gender", "男 or 女", "性别").from(&["check_points.gender"]).personal(),
            Column::integer("age", "Age in years", "年龄").from(&["check_points.age"]).personal(),
            Column::text("province", "Province", "省").from(&["check_points.province"]).personal(),
            Column::text("city", "City", "市").from(&["check_points.city"]).personal(),
            Column::text("region", "District", "区县").from(&["check_points.region"]).personal(),
            Column::text("website", "The carrier's site", "运营商网站").from(&["check_points.website"]),
            Column::text("reliability", "实名认证, 非实名认证 or 未实名认证", "实名认证情况")
                .from(&["check_points.reliability"]),
            Column::time("reg_time", "When the number or account was registered", "注册时间")
                .from(&["check_points.reg_time"]),
            Column::text("check_name", "The name compared", "姓名检查").from(&["check_points.check_name"]),
            Column::text("check_idcard", "The ID number compared", "身份证检查")
                .from(&["check_points.check_idcard"]),
            Column::text("check_ebusiness", "Compared with shops", "电商检查")
                .from(&["check_points.check_ebusiness"]),
            Column::text("check_addr", "The address checked", "地址检查").from(&["check_points.check_addr"]),
            Column::text("check_mobile", "Compared with the calls", "通话检查")
                .from(&["check_points.check_mobile"]),
            Column::text("check_xiaohao", "Whether it is a secondary number", "小号检查")
                .from(&["check_points.check_xiaohao"]),
            Column::text("contact_name", "The emergency contact's name", "联系人姓名")
                .from(&["check_points.contact_name"])
                .personal(),
            Column::text("relationship", "The emergency contact's relation", "联系人关系")
                .from(&["check_points.relationship"]),
            Column::flag("court_blacklist", "Whether on the courts' blacklist", "是否出现在法院黑名单")
                .from(&["check_points.court_blacklist.arised"]),
            Column::flag("financial_blacklist", "Whether on lenders' blacklists", "是否出现在金融机构黑名单")
                .from(&["check_points.financial_blacklist.arised"]),
        ],
        FINDINGS,
        &[Column::extra()],
    ],
};

pub(super) static APPLICATION_CHECK_VALUES: TableSchema = TableSchema {
    name: "application_check_values",
    place: Place::Values {
        parent: "application_check",
        lists: &["check_points.court_blacklist.black_type", "check_points.financial_blacklist.black_type"],
    },
    only_if_filled: false,
    description: "Items of the lists in application_check, one row each",
    description_zh: "申请表检测中的列表项，每项一行",
    columns: &[VALUES],
};

pub(super) static USER_INFO_CHECK: TableSchema = TableSchema {
    name: "user_info_check",
    place: Place::Records { parent: "report", keys: &["user_info_check"] },
    only_if_filled: false,
    description: "Searches by other lenders, and blacklists around the applicant, one row",
    description_zh: "用户信息检测，一行",
    columns: &[&[
        Column::seq(),
        Column::integer(
            "searched_org_cnt",
            "Lenders that searched for the applicant",
            "查询过该用户的机构数",
        )
        .from(&["check_search_info.searched_org_cnt"]),
        Column::integer("register_org_cnt", "Lenders the applicant registered with", "注册过的机构数")
            .from(&["check_search_info.register_org_cnt"]),
        Column::integer(
            "phone_gray_score",
            "Grey score of the number, 0 to 100, lower is worse",
            "号码灰度分（0–100，越低越差）",
        )
        .from(&["check_black_info.phone_gray_score"]),
        Column::integer("contacts_class1_cnt", "Direct contacts", "直接联系人数")
            .from(&["check_black_info.contacts_class1_cnt"]),
        Column::integer(
            "contacts_class1_blacklist_cnt",
            "Direct contacts on blacklists",
            "直接联系人在黑名单人数",
        )
        .from(&["check_black_info.contacts_class1_blacklist_cnt"]),
        Column::integer(
            "contacts_class2_blacklist_cnt",
            "Contacts' contacts on blacklists",
            "间接联系人在黑名单人数",
        )
        .from(&["check_black_info.contacts_class2_blacklist_cnt"]),
        Column::integer(
            "contacts_router_cnt",
            "Direct contacts who lead to blacklisted people",
            "引起间接黑名单人数",
        )
        .from(&["check_black_info.contacts_router_cnt"]),
        Column::share("contacts_router_ratio", "Their share of the direct contacts", "引起间接黑名单占比")
            .from(&["check_black_info.contacts_router_ratio"]),
        Column::extra(),
    ]],
};

pub(super) static USER_INFO_CHECK_VALUES: TableSchema = TableSchema {
    name: "user_info_check_values",
    place: Place::Values {
        parent: "user_info_check",
        lists: &[
            "check_search_info.searched_org_type",
            "check_search_info.register_org_type",
            "check_search_info.idcard_with_other_names",
            "check_search_info.idcard_with_other_phones",
            "check_search_info.phone_with_other_names",
            "check_search_info.phone_with_other_idcards",
            "check_search_info.arised_open_web",
        ],
    },
    only_if_filled: false,
    description: "Items of the lists in user_info_check, one row each",
    description_zh: "用户信息检测中的列表项，每项一行",
    columns: &[VALUES],
};

pub(super) static BEHAVIOR_CHECK: TableSchema = TableSchema {
    name: "behavior_check",
    place: Place::Records { parent: "report", keys: &["behavior_check"] },
    only_if_filled: false,
    description: "Checks of behaviour, one row each",
    description_zh: "行为检测，每项一行",
    columns: &[&[Column::seq()], FINDINGS, &[Column::extra()]],
};

pub(super) static PERSON: TableSchema = TableSchema {
    name: "person",
    place: Place::Records { parent: "report", keys: &["person"] },
    only_if_filled: false,
    description: "The applicant, in the older generation, one row",
    description_zh: "申请人信息（旧版报告），一行",
    columns: &[&[
        Column::seq(),
        Column::text("real_name", "Name", "姓名").personal(),
        Column::text("id_card_num", "ID number", "身份证号").personal(),
        Column::text("gender", "Sex", "性别").personal(),
        Column::integer("age", "Age in years", "年龄").personal(),
        Column::text("province", "Province", "省").personal(),
        Column::text("city", "City", "市").personal(),
        Column::text("region", "District", "区县").personal(),
        Column::extra(),
    ]],
};

pub(super) static DATA_SOURCE: TableSchema = TableSchema {
    name: "data_source",
    place: Place::Records { parent: "report", keys: &["data_source"] },
    only_if_filled: false,
    description: "Where the data came from, in the older generation, one row a source",
    description_zh: "数据来源（旧版报告），每个一行",
    columns: &[&[
        Column::seq(),
        Column::text("key", "The source's key", "数据源标识"),
        Column::text("name", "The source's name", "数据源名称"),
        Column::text("account", "The account there", "账号").personal(),
        Column::text("reliability", "Whether it is verified", "实名认证情况"),
        Column::extra(),
    ]],
};
