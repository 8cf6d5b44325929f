//! Documents of synthetic people, and ways to look into tables.
#![allow(dead_code, reason = "every test file uses its part")]

use arrow_array::ArrayRef;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Float64Type, Int64Type, TimestampMicrosecondType};
use qiancheng_sandbox::story::{Applicant, Contact, synthetic_applicant};
use qiancheng_tables::{Table, Tables};

/// The person of this number, seen on 2018-01-31; `digit` is the last one of the mobile number and chooses the size.
pub(crate) fn applicant(index: u64, digit: u8) -> Applicant {
    let person = synthetic_applicant(7, index);
    let mobile = format!("{}{digit}", &person.mobile[..10]);
    let contacts = [Contact { tel: "13800001234".into(), name: "张三".into(), contact_type: "0".into() }];
    let as_of = "2018-01-31T04:00:00Z".parse().unwrap();
    Applicant::new(7, &person.name, &person.id_card, &mobile, as_of, &contacts)
}

pub(crate) fn table<'t>(tables: &'t Tables, name: &str) -> &'t Table {
    tables.table(name).unwrap_or_else(|| panic!("no table {name}"))
}

pub(crate) fn column(table: &Table, name: &str) -> ArrayRef {
    table.batch().column_by_name(name).unwrap_or_else(|| panic!("no column {name}")).clone()
}

pub(crate) fn texts(table: &Table, name: &str) -> Vec<Option<String>> {
    let column = column(table, name);
    column.as_string::<i32>().iter().map(|text| text.map(str::to_owned)).collect()
}

fn primitives<T: arrow_array::ArrowPrimitiveType>(table: &Table, name: &str) -> Vec<Option<T::Native>> {
    let column = column(table, name);
    column.as_primitive::<T>().iter().collect()
}

pub(crate) fn integers(table: &Table, name: &str) -> Vec<Option<i64>> {
    primitives::<Int64Type>(table, name)
}

pub(crate) fn floats(table: &Table, name: &str) -> Vec<Option<f64>> {
    primitives::<Float64Type>(table, name)
}

/// Hundredths.
pub(crate) fn money(table: &Table, name: &str) -> Vec<Option<i128>> {
    primitives::<Decimal128Type>(table, name)
}

/// Microseconds.
pub(crate) fn times(table: &Table, name: &str) -> Vec<Option<i64>> {
    primitives::<TimestampMicrosecondType>(table, name)
}

/// Days.
pub(crate) fn dates(table: &Table, name: &str) -> Vec<Option<i32>> {
    primitives::<Date32Type>(table, name)
}

pub(crate) fn flags(table: &Table, name: &str) -> Vec<Option<bool>> {
    let column = column(table, name);
    column.as_boolean().iter().collect()
}

/// The issues as path, kind, count.
pub(crate) fn issues(tables: &Tables) -> Vec<(String, String, i64)> {
    let issues = table(tables, "issues");
    let paths = texts(issues, "path").into_iter().flatten();
    let kinds = texts(issues, "kind").into_iter().flatten();
    let counts = integers(issues, "count").into_iter().flatten();
    paths.zip(kinds).zip(counts).map(|((path, kind), count)| (path, kind, count)).collect()
}

/// How many rows were left out, and counted as such.
pub(crate) fn left_out(tables: &Tables, path: &str) -> i64 {
    let lost = |kind: &str| kind == "not_a_record" || kind == "incomplete";
    issues(tables).iter().filter(|(at, kind, _)| at == path && lost(kind)).map(|(.., count)| count).sum()
}

pub(crate) fn some(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| Some((*text).to_owned())).collect()
}
