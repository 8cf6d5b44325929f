//! Parcels, purchases and trips.

use super::checks::VALUES;
use crate::schema::{Column, Place, TableSchema, Unit};

pub(super) static DELIVER_ADDRESS: TableSchema = TableSchema {
    name: "deliver_address",
    place: Place::Records { parent: "report", keys: &["deliver_address"] },
    only_if_filled: false,
    description: "Addresses that parcels went to, one row each",
    description_zh: "收货地址，每个一行",
    columns: &[&[
        Column::seq(),
        Column::text("address", "The address", "地址").personal(),
        Column::float("lng", "Longitude", "经度").unit(Unit::Degree).personal(),
        Column::float("lat", "Latitude", "纬度").unit(Unit::Degree).personal(),
        Column::text("predict_addr_type", "Home or work, as the source guesses", "地址类型（预测）"),
        Column::date("begin_date", "First parcel", "最早送货日期"),
        Column::date("end_date", "Last parcel", "最晚送货日期"),
        Column::yuan("total_amount", "What they cost", "送货金额"),
        Column::integer("total_count", "Parcels", "送货次数"),
        Column::extra(),
    ]],
};

pub(super) static DELIVER_ADDRESS_RECEIVERS: TableSchema = TableSchema {
    name: "deliver_address_receivers",
    place: Place::Records { parent: "deliver_address", keys: &["receiver"] },
    only_if_filled: false,
    description: "Who received parcels at an address, one row each",
    description_zh: "收货人，每人一行",
    columns: &[&[
        Column::seq(),
        Column::parent_seq(),
        Column::text("name", "Name", "姓名").personal(),
        Column::yuan("amount", "What they cost", "送货金额"),
        Column::integer("count", "Parcels", "送货次数"),
        Column::extra(),
    ]],
};

pub(super) static DELIVER_ADDRESS_RECEIVER_PHONES: TableSchema = TableSchema {
    name: "deliver_address_receiver_phones",
    place: Place::Values { parent: "deliver_address_receivers", lists: &["phone_num_list"] },
    only_if_filled: false,
    description: "Numbers of receivers, one row each",
    description_zh: "收货人号码，每个一行",
    columns: &[VALUES],
};

pub(super) static EBUSINESS_EXPENSE: TableSchema = TableSchema {
    name: "ebusiness_expense",
    place: Place::Records { parent: "report", keys: &["ebusiness_expense"] },
    only_if_filled: false,
    description: "Purchases by month, one row each",
    description_zh: "电商消费，每月一行",
    columns: &[&[
        Column::seq(),
        Column::date("trans_mth", "The month, as its first day", "月份（当月首日）"),
        Column::yuan("all_amount", "What they cost", "消费金额"),
        Column::integer("all_count", "Purchases", "消费次数"),
        Column::extra(),
    ]],
};

pub(super) static EBUSINESS_EXPENSE_CATEGORIES: TableSchema = TableSchema {
    name: "ebusiness_expense_categories",
    place: Place::Values { parent: "ebusiness_expense", lists: &["all_category"] },
    only_if_filled: false,
    description: "Kinds of goods bought in a month, one row each",
    description_zh: "当月消费品类，每类一行",
    columns: &[VALUES],
};

/// A trip.
const TRIP: &[Column] = &[
    Column::seq(),
    Column::text("trip_leave", "From", "出发地"),
    Column::text("trip_dest", "To", "目的地"),
    Column::text("trip_type", "Workday, weekend or holiday", "出行时间类型"),
    Column::time("trip_start_time", "Begin", "开始时间"),
    Column::time("trip_end_time", "End", "结束时间"),
    Column::extra(),
];

pub(super) static TRIP_INFO: TableSchema = TableSchema {
    name: "trip_info",
    place: Place::Records { parent: "report", keys: &["trip_info"] },
    only_if_filled: false,
    description: "Trips, one row each",
    description_zh: "出行信息，每次一行",
    columns: &[TRIP],
};

pub(super) static TRIP_INFO_VALUES: TableSchema = TableSchema {
    name: "trip_info_values",
    place: Place::Values {
        parent: "trip_info",
        lists: &["trip_transportation", "trip_person", "trip_data_source"],
    },
    only_if_filled: false,
    description: "Items of the lists in trip_info, one row each",
    description_zh: "出行信息中的列表项，每项一行",
    columns: &[VALUES],
};

pub(super) static TRIP_CONSUME: TableSchema = TableSchema {
    name: "trip_consume",
    place: Place::Records { parent: "report", keys: &["trip_consume"] },
    only_if_filled: false,
    description: "Spending on trips, in the older generation, one row each; its fields are in _extra",
    description_zh: "出行消费（旧版报告），每条一行，字段见 _extra",
    columns: &[&[Column::seq(), Column::extra()]],
};
