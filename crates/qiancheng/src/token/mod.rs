//! Merchant tokens: where one is kept, and when it is no longer good.

pub(crate) mod gate;
pub(crate) mod keeper;
pub(crate) mod store;
