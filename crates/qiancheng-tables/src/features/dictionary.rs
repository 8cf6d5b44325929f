//! The data dictionary of the features, from their declarations.

use std::sync::LazyLock;

use serde::Serialize;

use super::declared::{Declared, Value, all};
use super::facts::Facts;
use super::window::Window;

/// The version of the names, their order and their meaning. It changes with any of them.
pub const VERSION: u32 = 1;

/// What a feature says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FeatureInfo {
    /// Its name.
    pub name: String,
    /// What it counts.
    pub description: String,
    /// The same in Chinese.
    pub description_zh: String,
    /// Its unit.
    pub unit: &'static str,
    /// It is of so many days before the time that windows count back from; `None` where it has no such window.
    pub window_days: Option<u32>,
    /// What it means if it is NaN.
    pub nan: &'static str,
    /// The same in Chinese.
    pub nan_zh: &'static str,
}

/// How to compute it.
#[derive(Clone, Copy)]
pub(super) enum Compute {
    Once(fn(&Facts<'_>) -> f64),
    Within(Window, fn(&Facts<'_>, Window) -> f64),
}

impl Compute {
    pub(super) fn of(self, facts: &Facts<'_>) -> f64 {
        match self {
            Self::Once(value) => value(facts),
            Self::Within(window, value) => value(facts, window),
        }
    }
}

static DICTIONARY: LazyLock<(Vec<FeatureInfo>, Vec<Compute>)> =
    LazyLock::new(|| all().flat_map(expand).unzip());

/// Every feature, in the order of the row.
pub fn dictionary() -> &'static [FeatureInfo] {
    &DICTIONARY.0
}

/// How to compute them, in the same order.
pub(super) fn computations() -> &'static [Compute] {
    &DICTIONARY.1
}

fn expand(declared: &'static Declared) -> Vec<(FeatureInfo, Compute)> {
    match declared.value {
        Value::Once(value) => vec![(info(declared, None), Compute::Once(value))],
        Value::Within(windows, value) => windows
            .iter()
            .map(|&window| (info(declared, Some(window)), Compute::Within(window, value)))
            .collect(),
    }
}

fn info(declared: &Declared, window: Option<Window>) -> FeatureInfo {
    let days = window.map(Window::days);
    let filled =
        |text: &str| days.map_or_else(|| text.to_owned(), |days| text.replace("{N}", &days.to_string()));
    let [nan, nan_zh] = declared.missing.texts();
    FeatureInfo {
        name: days.map_or_else(|| declared.name.to_owned(), |days| format!("{}_{days}d", declared.name)),
        description: filled(declared.description),
        description_zh: filled(declared.description_zh),
        unit: declared.unit,
        window_days: days,
        nan,
        nan_zh,
    }
}
