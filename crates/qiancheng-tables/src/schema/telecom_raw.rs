//! Telecom raw data (§3.2.1), 聚信立 format: `basic`, `calls`, `smses`, `nets`, `bills`.

use super::{Column, KindSchema, Layout, Origin, Place, TableSchema, Unit};
use crate::coerce::phone;
use crate::kind::Kind;

pub(super) static SCHEMA: KindSchema = KindSchema {
    kind: Kind::TelecomRaw,
    version: 1,
    layout: Layout {
        wrappers: &["data", "raw_data", "members"],
        records: &[("transactions", "basic")],
        bare: Some("basic"),
        bare_if: None,
        any_key: false,
        expected: "telecom raw data (transactions, members, raw_data, or a record with basic and calls)",
    },
    tables: &[&BASIC, &CALLS, &SMSES, &NETS, &BILLS],
};

const CELL_PHONE: Column = Column::text("cell_phone", "The applicant's own number", "本机号码").personal();
const UPDATE_TIME: Column =
    Column::time("update_time", "When the carrier was asked, not when it happened", "数据获取时间");
const SUBTOTAL: Column = Column::yuan("subtotal", "Price", "费用");
const PLACE: Column =
    Column::text("place", "City name or area code where the applicant was", "通信地点（城市名或区号）");
const START_TIME: Column = Column::time("start_time", "When it began", "起始时间");
const OTHER_CELL_PHONE: Column =
    Column::text("other_cell_phone", "The other number, as sent", "对方号码（原样）").personal();
const PEER: Column = Column::text(
    "peer",
    "The other number's digits (hidden ones as *), without +86, 0086 or 86 before a mobile number",
    "对方号码（仅数字，手机号去除 +86、0086、86 前缀）",
)
.origin(Origin::Computed { of: "other_cell_phone", how: phone::peer })
.personal();

static BASIC: TableSchema = TableSchema {
    name: "basic",
    place: Place::Top(""),
    only_if_filled: true,
    description: "The number and its owner, one row for each record of the document",
    description_zh: "号码及机主信息，每条采集记录一行",
    columns: &[&[
        Column::seq(),
        CELL_PHONE.from(&["basic.cell_phone"]),
        Column::text("idcard", "ID number, usually masked by the carrier", "身份证号（运营商脱敏）")
            .from(&["basic.idcard"])
            .personal(),
        Column::text("real_name", "Name, usually masked by the carrier", "姓名（运营商脱敏）")
            .from(&["basic.real_name"])
            .personal(),
        Column::time("reg_time", "When the number entered the network", "入网时间").from(&["basic.reg_time"]),
        Column::time("update_time", "When the carrier was asked", "数据获取时间")
            .from(&["basic.update_time"]),
        Column::text("datasource", "The carrier's name, such as chinaunicom", "数据源（运营商）"),
        Column::text("token", "The collection's key", "采集标识"),
        Column::text("juid", "The source's id of the person", "数据源用户标识").personal(),
        Column::text("version", "The source's version", "数据源版本"),
        Column::extra(),
    ]],
};

static CALLS: TableSchema = TableSchema {
    name: "calls",
    place: Place::Records { parent: "basic", keys: &["calls"] },
    only_if_filled: false,
    description: "Calls, one row each",
    description_zh: "通话详单，每次通话一行",
    columns: &[&[
        Column::seq(),
        START_TIME,
        Column::integer("use_time", "Length", "通话时长").unit(Unit::Second),
        Column::text("call_type", "Kind of call, in the carrier's words", "通话类型"),
        Column::text("init_type", "Direction, in the carrier's words", "呼叫类型"),
        Column::text(
            "direction",
            "out where init_type contains 主, in where it contains 被, else null",
            "方向：out 主叫，in 被叫",
        )
        .origin(Origin::Computed { of: "init_type", how: phone::call_direction }),
        OTHER_CELL_PHONE,
        PEER,
        PLACE,
        SUBTOTAL,
        CELL_PHONE,
        UPDATE_TIME,
        Column::extra(),
    ]],
};

static SMSES: TableSchema = TableSchema {
    name: "smses",
    place: Place::Records { parent: "basic", keys: &["smses"] },
    only_if_filled: false,
    description: "Short messages, one row each",
    description_zh: "短信详单，每条短信一行",
    columns: &[&[
        Column::seq(),
        START_TIME,
        Column::text("init_type", "Direction, in the carrier's words", "短信方向"),
        Column::text(
            "direction",
            "out where init_type contains 发, in where it contains 收, else null",
            "方向：out 发送，in 接收",
        )
        .origin(Origin::Computed { of: "init_type", how: phone::sms_direction }),
        OTHER_CELL_PHONE,
        PEER,
        PLACE,
        SUBTOTAL,
        CELL_PHONE,
        UPDATE_TIME,
        Column::extra(),
    ]],
};

static NETS: TableSchema = TableSchema {
    name: "nets",
    place: Place::Records { parent: "basic", keys: &["nets"] },
    only_if_filled: false,
    description: "Data sessions, one row each",
    description_zh: "上网流量详单，每次上网一行",
    columns: &[&[
        Column::seq(),
        START_TIME,
        Column::integer("use_time", "Length", "上网时长").unit(Unit::Second),
        Column::float("subflow", "Volume", "流量").unit(Unit::Kilobyte),
        Column::text("net_type", "Network, such as 4G", "网络类型"),
        PLACE,
        SUBTOTAL,
        CELL_PHONE,
        UPDATE_TIME,
        Column::extra(),
    ]],
};

static BILLS: TableSchema = TableSchema {
    name: "bills",
    place: Place::Records { parent: "basic", keys: &["transactions"] },
    only_if_filled: false,
    description: "Monthly bills, one row each",
    description_zh: "月账单，每月一行",
    columns: &[&[
        Column::seq(),
        Column::date("bill_cycle", "The month, as its first day", "账单月份（当月首日）"),
        Column::yuan("total_amt", "Total charge", "总费用"),
        Column::yuan("plan_amt", "Package fee", "套餐费"),
        Column::yuan("pay_amt", "Paid", "实缴费用"),
        CELL_PHONE,
        UPDATE_TIME,
        Column::extra(),
    ]],
};
