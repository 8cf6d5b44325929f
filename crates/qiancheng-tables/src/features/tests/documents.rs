//! Documents in tables, as a test writes them.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{
    Date32Builder, Decimal128Builder, Float64Builder, Int64Builder, StringBuilder,
    TimestampMicrosecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};

use super::super::source::Source;
use super::super::{Features, compute};

pub(super) const SECOND: i64 = 1_000_000;
pub(super) const HOUR: i64 = 3_600 * SECOND;
pub(super) const DAY: i64 = 24 * HOUR;

/// An instant by its time in Beijing.
pub(super) fn at(year: i32, month: u32, day: u32, hour: i64, minute: i64) -> i64 {
    let days = i64::from(date(year, month, day));
    days * DAY + (hour - 8) * HOUR + minute * 60 * SECOND
}

/// Days since 1970, by counting them.
pub(super) fn date(year: i32, month: u32, day: u32) -> i32 {
    let leap = |year: i32| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let years: i32 = (1970..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let lengths = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let months: i32 = lengths[..month as usize - 1].iter().sum();
    years + months + i32::try_from(day).unwrap() - 1
}

#[derive(Debug, Clone, Default)]
pub(super) struct Call {
    pub(super) start: Option<i64>,
    pub(super) seconds: Option<i64>,
    pub(super) direction: Option<&'static str>,
    pub(super) peer: Option<String>,
    pub(super) place: Option<&'static str>,
    /// In fen.
    pub(super) charge: Option<i128>,
}

/// A call with everything that features look at.
pub(super) fn call(start: i64, seconds: i64, direction: &'static str, peer: &str) -> Call {
    Call {
        start: Some(start),
        seconds: Some(seconds),
        direction: Some(direction),
        peer: Some(peer.to_owned()),
        place: Some("北京"),
        charge: Some(15),
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Message {
    pub(super) start: Option<i64>,
    pub(super) direction: Option<&'static str>,
    pub(super) peer: Option<&'static str>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Net {
    pub(super) start: Option<i64>,
    pub(super) seconds: Option<i64>,
    pub(super) kilobytes: Option<f64>,
}

/// Amounts in fen.
#[derive(Debug, Clone, Default)]
pub(super) struct Bill {
    pub(super) cycle: Option<i32>,
    pub(super) total: Option<i128>,
    pub(super) plan: Option<i128>,
    pub(super) paid: Option<i128>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Raw {
    pub(super) registered: Option<i64>,
    pub(super) fetched: Option<i64>,
    pub(super) calls: Vec<Call>,
    pub(super) messages: Vec<Message>,
    pub(super) nets: Vec<Net>,
    pub(super) bills: Vec<Bill>,
}

/// Tables by their names.
pub(super) struct Batches(pub(super) HashMap<&'static str, RecordBatch>);

impl Source for Batches {
    fn batch(&self, table: &str) -> Option<&RecordBatch> {
        self.0.get(table)
    }
}

impl Raw {
    /// Its features, counted back from the fetch.
    pub(super) fn features(&self) -> Features {
        self.features_as_of(None)
    }

    pub(super) fn features_as_of(&self, as_of: Option<i64>) -> Features {
        compute(&self.tables(), None, as_of).unwrap()
    }

    pub(super) fn tables(&self) -> Batches {
        let basic =
            batch(vec![("reg_time", times([self.registered])), ("update_time", times([self.fetched]))]);
        let calls = batch(vec![
            ("start_time", times(self.calls.iter().map(|call| call.start))),
            ("use_time", integers(self.calls.iter().map(|call| call.seconds))),
            ("direction", texts(self.calls.iter().map(|call| call.direction))),
            ("peer", texts(self.calls.iter().map(|call| call.peer.as_deref()))),
            ("place", texts(self.calls.iter().map(|call| call.place))),
            ("subtotal", money(self.calls.iter().map(|call| call.charge))),
        ]);
        let smses = batch(vec![
            ("start_time", times(self.messages.iter().map(|message| message.start))),
            ("direction", texts(self.messages.iter().map(|message| message.direction))),
            ("peer", texts(self.messages.iter().map(|message| message.peer))),
        ]);
        let nets = batch(vec![
            ("start_time", times(self.nets.iter().map(|net| net.start))),
            ("use_time", integers(self.nets.iter().map(|net| net.seconds))),
            ("subflow", floats(self.nets.iter().map(|net| net.kilobytes))),
        ]);
        let mut cycles = Date32Builder::new();
        cycles.extend(self.bills.iter().map(|bill| bill.cycle));
        let bills = batch(vec![
            ("bill_cycle", Arc::new(cycles.finish())),
            ("total_amt", money(self.bills.iter().map(|bill| bill.total))),
            ("plan_amt", money(self.bills.iter().map(|bill| bill.plan))),
            ("pay_amt", money(self.bills.iter().map(|bill| bill.paid))),
        ]);
        let tables = [("basic", basic), ("calls", calls), ("smses", smses), ("nets", nets), ("bills", bills)];
        Batches(HashMap::from(tables))
    }
}

/// A table of these columns.
pub(super) fn batch(columns: Vec<(&'static str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)))
        .unwrap()
}

pub(super) fn times(values: impl IntoIterator<Item = Option<i64>>) -> ArrayRef {
    let mut builder = TimestampMicrosecondBuilder::new().with_timezone("Asia/Shanghai");
    builder.extend(values);
    Arc::new(builder.finish())
}

pub(super) fn integers(values: impl IntoIterator<Item = Option<i64>>) -> ArrayRef {
    let mut builder = Int64Builder::new();
    builder.extend(values);
    Arc::new(builder.finish())
}

pub(super) fn floats(values: impl IntoIterator<Item = Option<f64>>) -> ArrayRef {
    let mut builder = Float64Builder::new();
    builder.extend(values);
    Arc::new(builder.finish())
}

pub(super) fn texts<'a>(values: impl IntoIterator<Item = Option<&'a str>>) -> ArrayRef {
    let mut builder = StringBuilder::new();
    builder.extend(values);
    Arc::new(builder.finish())
}

fn money(values: impl IntoIterator<Item = Option<i128>>) -> ArrayRef {
    let mut builder = Decimal128Builder::new().with_precision_and_scale(18, 2).unwrap();
    builder.extend(values);
    Arc::new(builder.finish())
}
