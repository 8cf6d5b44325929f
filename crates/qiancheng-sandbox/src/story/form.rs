//! Records that come by the thousand: all with the same keys, filled in without looking the keys up again.

use serde_json::{Map, Value};

/// An empty record of one kind.
pub(super) struct Form<const N: usize>(Map<String, Value>);

impl<const N: usize> Form<N> {
    /// The keys must be sorted, so that their order is the same whether or not `serde_json` keeps the order of insertion.
    pub(super) fn new(keys: [&str; N]) -> Self {
        debug_assert!(keys.is_sorted(), "unsorted keys: {keys:?}");
        Self(keys.into_iter().map(|key| (key.to_owned(), Value::Null)).collect())
    }

    /// A record with these values, in the order of the keys.
    pub(super) fn fill(&self, values: [Value; N]) -> Value {
        let mut record = self.0.clone();
        record.values_mut().zip(values).for_each(|(slot, value)| *slot = value);
        Value::Object(record)
    }
}
