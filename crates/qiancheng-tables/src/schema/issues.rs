//! The table of what did not fit, which every kind of document has.

use super::{Column, Place, TableSchema};

/// `issues`.
pub(crate) static ISSUES: TableSchema = TableSchema {
    name: "issues",
    place: Place::Top(""),
    only_if_filled: false,
    description: "What did not fit, counted; never the value itself",
    description_zh: "未能读入的内容计数，不含原值",
    columns: &[&[
        Column::text(
            "path",
            "Where, such as calls[].use_time; empty for the document itself",
            "位置，如 calls[].use_time",
        ),
        Column::text("kind", "What was wrong: not_a_number, not_a_time, wrong_type, …", "问题类型"),
        Column::integer("count", "How often", "次数"),
    ]],
};
