//! Many calls for code without async; see [`crate::many`].

use serde_json::Value;

use crate::answer::Answer;
use crate::blocking::Client;
use crate::error::Result;
use crate::many;

impl Client {
    /// Makes a call with each of these parameters, so many at a time, and hands out the answers in their order.
    /// Parameters are taken from the iterator only as there is room for them. The calls run on a background thread
    /// and go on between two answers.
    pub fn call_many<I: IntoIterator<Item = Value>>(
        &self,
        endpoint: &str,
        rows: I,
        concurrency: usize,
    ) -> Many<I::IntoIter> {
        Many { inner: Some(self.as_async().call_many(endpoint, rows, concurrency)) }
    }
}

/// The answers of many calls, in order.
pub struct Many<I> {
    /// `None` once a wait was ended by the client's watch.
    inner: Option<many::Many<I>>,
}

impl<I: Iterator<Item = Value>> Iterator for Many<I> {
    type Item = Result<Answer>;

    fn next(&mut self) -> Option<Result<Answer>> {
        match self.inner.as_mut()?.wait_next() {
            Ok(answer) => answer,
            Err(error) => {
                self.inner = None;
                Some(Err(error))
            }
        }
    }
}
