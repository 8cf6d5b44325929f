//! What features are, by hand, by another computation, and by what must not matter.

mod by_hand;
mod definitions;
mod dictionary;
mod documents;
mod missing;
mod properties;
mod report;
