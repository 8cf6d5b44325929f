//! Whom the applicant talks to, when and where from.

use crate::schema::{Column, Place, TableSchema, Unit};

pub(super) static CELL_BEHAVIOR: TableSchema = TableSchema {
    name: "cell_behavior",
    place: Place::Records { parent: "report", keys: &["cell_behavior"] },
    only_if_filled: false,
    description: "The applicant's numbers, one row each",
    description_zh: "申请人号码，每个一行",
    columns: &[&[Column::seq(), Column::text("phone_num", "The number", "号码").personal(), Column::extra()]],
};

pub(super) static CELL_BEHAVIOR_MONTHS: TableSchema = TableSchema {
    name: "cell_behavior_months",
    place: Place::Records { parent: "cell_behavior", keys: &["behavior"] },
    only_if_filled: false,
    description: "Months of a number, one row each; the newest, partial one comes first",
    description_zh: "号码月度行为，每月一行，最新（不完整）月份在前",
    columns: &[&[
        Column::seq(),
        Column::parent_seq(),
        Column::date("cell_mth", "The month, as its first day", "月份（当月首日）"),
        Column::text("cell_operator", "The carrier's code", "运营商代码"),
        Column::text("cell_operator_zh", "The carrier's name", "运营商"),
        Column::text("cell_phone_num", "The number", "号码").personal(),
        Column::text("cell_loc", "Where the number belongs", "归属地"),
        Column::integer("call_cnt", "Calls", "通话次数"),
        Column::integer("call_out_cnt", "Calls made", "主叫次数"),
        Column::minutes("call_out_time", "Length of calls made", "主叫时长"),
        Column::integer("call_in_cnt", "Calls taken", "被叫次数"),
        Column::minutes("call_in_time", "Length of calls taken", "被叫时长"),
        Column::integer("sms_cnt", "Short messages", "短信数"),
        Column::float("net_flow", "Data volume", "流量").unit(Unit::Megabyte),
        Column::yuan("total_amount", "Charge; -1 means no data", "话费；-1 表示无数据"),
        Column::extra(),
    ]],
};

pub(super) static CONTACT_LIST: TableSchema = TableSchema {
    name: "contact_list",
    place: Place::Records { parent: "report", keys: &["contact_list"] },
    only_if_filled: false,
    description: "Numbers the applicant talked to, one row each",
    description_zh: "联系人，每个号码一行",
    columns: &[&[
        Column::seq(),
        Column::text("phone_num", "The number", "号码").personal(),
        Column::text("phone_num_loc", "Where the number belongs", "归属地"),
        Column::text("contact_name", "Whose it is, as directories say", "号码标注").personal(),
        Column::text("needs_type", "What kind of business", "需求类别"),
        Column::text("p_relation", "Relation to the applicant", "关系"),
        Column::integer("call_cnt", "Calls", "通话次数"),
        Column::minutes("call_len", "Length of calls", "通话时长"),
        Column::integer("call_out_cnt", "Calls made", "主叫次数"),
        Column::minutes("call_out_len", "Length of calls made", "主叫时长"),
        Column::integer("call_in_cnt", "Calls taken", "被叫次数"),
        Column::minutes("call_in_len", "Length of calls taken", "被叫时长"),
        Column::integer("contact_1w", "Calls in the last week", "最近一周联系次数"),
        Column::integer("contact_1m", "Calls in the last month", "最近一月联系次数"),
        Column::integer("contact_3m", "Calls in the last three months", "最近三月联系次数"),
        Column::integer("contact_3m_plus", "Calls before that", "三个月以上联系次数"),
        Column::integer("contact_early_morning", "Calls in the early morning", "凌晨联系次数"),
        Column::integer("contact_morning", "Calls in the morning", "上午联系次数"),
        Column::integer("contact_noon", "Calls at noon", "中午联系次数"),
        Column::integer("contact_afternoon", "Calls in the afternoon", "下午联系次数"),
        Column::integer("contact_night", "Calls in the evening and at night", "晚上联系次数"),
        Column::flag("contact_all_day", "Whether at all times of day", "是否全天联系"),
        Column::integer("contact_weekday", "Calls on workdays", "工作日联系次数"),
        Column::integer("contact_weekend", "Calls on weekends", "周末联系次数"),
        Column::integer("contact_holiday", "Calls on holidays", "节假日联系次数"),
        Column::extra(),
    ]],
};

pub(super) static CONTACT_REGION: TableSchema = TableSchema {
    name: "contact_region",
    place: Place::Records { parent: "report", keys: &["contact_region"] },
    only_if_filled: false,
    description: "Regions the contacts' numbers belong to, one row each",
    description_zh: "联系区域，每个地区一行",
    columns: &[&[
        Column::seq(),
        Column::text("region_loc", "The region", "地区"),
        Column::integer("region_uniq_num_cnt", "Numbers", "号码数"),
        Column::integer("region_call_in_cnt", "Calls taken", "被叫次数"),
        Column::integer("region_call_out_cnt", "Calls made", "主叫次数"),
        Column::minutes("region_call_in_time", "Length of calls taken", "被叫时长"),
        Column::minutes("region_call_out_time", "Length of calls made", "主叫时长"),
        Column::minutes("region_avg_call_in_time", "Mean length of calls taken", "平均被叫时长"),
        Column::minutes("region_avg_call_out_time", "Mean length of calls made", "平均主叫时长"),
        Column::share("region_call_in_cnt_pct", "Share of the calls taken", "被叫次数占比"),
        Column::share("region_call_out_cnt_pct", "Share of the calls made", "主叫次数占比"),
        Column::share("region_call_in_time_pct", "Share of the minutes of calls taken", "被叫时长占比"),
        Column::share("region_call_out_time_pct", "Share of the minutes of calls made", "主叫时长占比"),
        Column::extra(),
    ]],
};

pub(super) static COLLECTION_CONTACT: TableSchema = TableSchema {
    name: "collection_contact",
    place: Place::Records { parent: "report", keys: &["collection_contact"] },
    only_if_filled: false,
    description: "People who receive the applicant's parcels, and calls with them, one row each",
    description_zh: "呼叫信息统计（收货联系人），每人一行",
    columns: &[&[
        Column::seq(),
        Column::text("contact_name", "Name", "姓名").personal(),
        Column::date("begin_date", "First parcel", "最早送货日期"),
        Column::date("end_date", "Last parcel", "最晚送货日期"),
        Column::integer("total_count", "Parcels", "送货次数"),
        Column::yuan("total_amount", "What they cost", "送货金额"),
        Column::extra(),
    ]],
};

pub(super) static COLLECTION_CONTACT_DETAILS: TableSchema = TableSchema {
    name: "collection_contact_details",
    place: Place::Records { parent: "collection_contact", keys: &["contact_details"] },
    only_if_filled: false,
    description: "Numbers of the people in collection_contact, one row each",
    description_zh: "收货联系人的号码，每个一行",
    columns: &[&[
        Column::seq(),
        Column::parent_seq(),
        Column::text("phone_num", "The number", "号码").personal(),
        Column::text("phone_num_loc", "Where the number belongs", "归属地"),
        Column::integer("call_cnt", "Calls", "通话次数"),
        Column::minutes("call_len", "Length of calls", "通话时长"),
        Column::integer("call_out_cnt", "Calls made", "主叫次数"),
        Column::integer("call_in_cnt", "Calls taken", "被叫次数"),
        Column::integer("sms_cnt", "Short messages", "短信数"),
        Column::time("trans_start", "First call", "最早通话时间"),
        Column::time("trans_end", "Last call", "最晚通话时间"),
        Column::extra(),
    ]],
};

pub(super) static MAIN_SERVICE: TableSchema = TableSchema {
    name: "main_service",
    place: Place::Records { parent: "report", keys: &["main_service"] },
    only_if_filled: false,
    description: "Companies the applicant talked to, one row each",
    description_zh: "常用服务，每家公司一行",
    columns: &[&[
        Column::seq(),
        Column::text("company_name", "The company", "公司名称"),
        Column::text("company_type", "Its trade", "公司类别"),
        Column::integer("total_service_cnt", "Calls", "通话次数"),
        Column::extra(),
    ]],
};

pub(super) static MAIN_SERVICE_DETAILS: TableSchema = TableSchema {
    name: "main_service_details",
    place: Place::Records { parent: "main_service", keys: &["service_details"] },
    only_if_filled: false,
    description: "Months of the companies in main_service, one row each",
    description_zh: "常用服务月度明细，每月一行",
    columns: &[&[
        Column::seq(),
        Column::parent_seq(),
        Column::date("interact_mth", "The month, as its first day", "月份（当月首日）"),
        Column::integer("interact_cnt", "Calls", "通话次数"),
        Column::extra(),
    ]],
};
