//! Degree raw data (§4.2.1, 学信网): `enrolments` (学籍) and `qualifications` (学历).
//!
//! One JSON form is not attested. The columns carry one name each and read all names that were seen, the labels of the web
//! pages among them; the lists are found under the names below or under any other.

use super::{Column, KindSchema, Layout, Place, TableSchema, Unit};
use crate::kind::Kind;

pub(super) static SCHEMA: KindSchema = KindSchema {
    kind: Kind::DegreeRaw,
    version: 1,
    layout: Layout {
        wrappers: &["data", "raw_data"],
        records: &[
            ("student_info_list", "enrolments"),
            ("education_info_list", "qualifications"),
            ("student_info", "enrolments"),
            ("education_info", "qualifications"),
            ("enrolments", "enrolments"),
            ("enrollments", "enrolments"),
            ("qualifications", "qualifications"),
            ("学籍", "enrolments"),
            ("学籍信息", "enrolments"),
            ("学历", "qualifications"),
            ("学历信息", "qualifications"),
        ],
        bare: Some("enrolments"),
        // Only who has finished has these.
        bare_if: Some((
            &[
                "certificate_num",
                "certificateNo",
                "证书编号",
                "graduation",
                "graduateState",
                "毕(结)业",
                "毕（结）业",
                "principal_name",
                "校(院)长姓名",
                "校（院）长姓名",
            ],
            "qualifications",
        )),
        any_key: true,
        expected: "degree raw data (lists of records with fields such as university, degree, length_school)",
    },
    tables: &[&ENROLMENTS, &QUALIFICATIONS],
};

const FIELDS: &[Column] = &[
    Column::text("name", "Name", "姓名").from(&["name", "姓名"]).personal(),
    Column::text("sex", "Sex", "性别").from(&["sex", "性别"]).personal(),
    Column::date("birth_date", "Birth date", "出生日期")
        .from(&["birth_date", "birthDate", "出生日期"])
        .personal(),
    Column::text("nation", "Ethnic group", "民族").from(&["nation", "race", "民族"]).personal(),
    Column::text("cert", "ID number", "证件号码").from(&["cert", "identityCard", "证件号码"]).personal(),
    Column::text("university", "University or school", "学校名称").from(&[
        "university",
        "school",
        "学校名称",
        "院校名称",
        "院校",
    ]),
    Column::text("institute", "Institute or college in it", "分院").from(&["institute", "college", "分院"]),
    Column::text("department", "Department", "系").from(&[
        "department",
        "faction",
        "系",
        "系(所、函授站)",
        "系（所、函授站）",
    ]),
    Column::text("clazz", "Class", "班级").from(&["clazz", "class", "班级"]),
    Column::text("school_num", "Student number", "学号")
        .from(&["school_num", "studentNo", "学号"])
        .personal(),
    Column::text("degree", "Level: 专科, 本科, 硕士研究生, 博士研究生", "层次").from(&[
        "degree",
        "arrangement",
        "branch_college",
        "层次",
    ]),
    Column::text("major", "Subject", "专业").from(&["major", "majorName", "profession", "专业", "专业名称"]),
    Column::float("length_school", "Regular length of the studies", "学制")
        .from(&["length_school", "schooling_length", "length_of_schooling", "学制"])
        .unit(Unit::Year),
    Column::text("education", "Category of education", "学历类别").from(&[
        "education",
        "educationType",
        "qualification_type",
        "学历类别",
    ]),
    Column::text("learning_form", "Full time or not", "学习形式").from(&[
        "learning_form",
        "learningMode",
        "instructional_mode",
        "学习形式",
    ]),
    Column::date("entrance_date", "When the studies began", "入学日期").from(&[
        "entrance_date",
        "enrollment_date",
        "入学日期",
    ]),
    Column::date("leave_date", "When they left the school", "离校日期").from(&["leave_date", "离校日期"]),
    Column::date("graduation_date", "When they graduated", "毕(结)业日期").from(&[
        "graduation_date",
        "毕(结)业日期",
        "毕（结）业日期",
    ]),
    Column::text("status", "Status, such as 在籍(注册学籍) or 不在籍(毕业)", "学籍状态").from(&[
        "status",
        "schoolState",
        "学籍状态",
    ]),
    Column::text("graduation", "Whether they graduated", "毕(结)业").from(&[
        "graduation",
        "graduateState",
        "毕(结)业",
        "毕（结）业",
    ]),
    Column::text("certificate_num", "Number of the certificate", "证书编号")
        .from(&["certificate_num", "certificateNo", "证书编号"])
        .personal(),
    Column::text("principal_name", "The head of the school", "校(院)长姓名").from(&[
        "principal_name",
        "校(院)长姓名",
        "校（院）长姓名",
    ]),
];

static ENROLMENTS: TableSchema = TableSchema {
    name: "enrolments",
    place: Place::Top("student_info_list[]"),
    only_if_filled: false,
    description: "Enrolments, one row each",
    description_zh: "学籍信息，每条一行",
    columns: &[&[Column::seq()], FIELDS, &[Column::extra()]],
};

static QUALIFICATIONS: TableSchema = TableSchema {
    name: "qualifications",
    place: Place::Top("education_info_list[]"),
    only_if_filled: false,
    description: "Qualifications, one row each",
    description_zh: "学历信息，每条一行",
    columns: &[&[Column::seq()], FIELDS, &[Column::extra()]],
};
