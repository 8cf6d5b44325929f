//! Client for the 前程征信 credit-data API.
#![forbid(unsafe_code)]

pub mod dictionary;
mod wire;
