//! The telecom report (§3.2.2), both generations: a table for each section, a child table for each list in one.
//!
//! Select checks by `app_point` or `check_point`, never by their position. Lengths of calls are in **minutes** here.

mod calls;
mod checks;
mod shopping;

use super::{Column, KindSchema, Layout, Place, TableSchema};
use crate::kind::Kind;

pub(super) static SCHEMA: KindSchema = KindSchema {
    kind: Kind::TelecomReport,
    version: 1,
    layout: Layout {
        wrappers: &["data", "report_data", "raw_data", "members"],
        records: &[],
        bare: Some("report"),
        bare_if: None,
        any_key: false,
        expected: "a telecom report (report, application_check, behavior_check, contact_list, …)",
    },
    tables: &[
        &REPORT,
        &checks::APPLICATION_CHECK,
        &checks::APPLICATION_CHECK_VALUES,
        &checks::USER_INFO_CHECK,
        &checks::USER_INFO_CHECK_VALUES,
        &checks::BEHAVIOR_CHECK,
        &calls::CELL_BEHAVIOR,
        &calls::CELL_BEHAVIOR_MONTHS,
        &calls::CONTACT_LIST,
        &calls::CONTACT_REGION,
        &calls::COLLECTION_CONTACT,
        &calls::COLLECTION_CONTACT_DETAILS,
        &calls::MAIN_SERVICE,
        &calls::MAIN_SERVICE_DETAILS,
        &shopping::DELIVER_ADDRESS,
        &shopping::DELIVER_ADDRESS_RECEIVERS,
        &shopping::DELIVER_ADDRESS_RECEIVER_PHONES,
        &shopping::EBUSINESS_EXPENSE,
        &shopping::EBUSINESS_EXPENSE_CATEGORIES,
        &shopping::TRIP_INFO,
        &shopping::TRIP_INFO_VALUES,
        &checks::PERSON,
        &checks::DATA_SOURCE,
        &shopping::TRIP_CONSUME,
    ],
};

static REPORT: TableSchema = TableSchema {
    name: "report",
    place: Place::Top(""),
    only_if_filled: true,
    description: "The report itself, one row",
    description_zh: "报告基本信息，一行",
    columns: &[&[
        Column::seq(),
        Column::text("rpt_id", "The report's id", "报告编号").from(&["report.rpt_id"]),
        Column::time("update_time", "When it was made", "报告时间").from(&["report.update_time"]),
        Column::text("token", "The collection's key", "采集标识").from(&["report.token"]),
        Column::text("version", "The report's version", "报告版本").from(&["report.version"]),
        Column::extra(),
    ]],
};
