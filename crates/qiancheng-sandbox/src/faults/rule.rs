//! When faults happen: `{match, times, probability, seed, fault}`.

use serde::Deserialize;
use serde_json::{Value, json};

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::Fault;
use super::fault::Written;
use crate::error::ControlError;
use crate::matching::{Match, Target};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    #[serde(default, rename = "match")]
    matching: Match,
    times: Option<u64>,
    probability: Option<f64>,
    #[serde(default)]
    seed: u64,
    fault: Written,
}

/// One rule.
pub(crate) struct FaultRule {
    matching: Match,
    /// How often it may still happen; `None`: for ever.
    left: Option<u64>,
    probability: f64,
    dice: SplitMix64,
    fault: Fault,
    happened: u64,
}

/// The rules in force, in the order they were given.
#[derive(Default)]
pub(crate) struct FaultRules {
    rules: Vec<FaultRule>,
}

/// Reads rules: one rule, a list, or `{"rules": [...]}`.
pub(crate) fn read_rules(written: Value) -> Result<Vec<FaultRule>, ControlError> {
    let list = match written {
        Value::Array(list) => list,
        Value::Object(mut object) if object.contains_key("rules") => {
            let rules = object.remove("rules");
            if let Some(unknown) = object.keys().next() {
                return Err(ControlError::new(format!("unknown field {unknown:?} beside rules")));
            }
            match rules {
                Some(Value::Array(list)) => list,
                _ => return Err(ControlError::new("rules: expected a list")),
            }
        }
        one => vec![one],
    };
    list.into_iter()
        .enumerate()
        .map(|(at, rule)| read(rule).map_err(|why| why.at(&format!("rules[{at}]"))))
        .collect()
}

fn read(written: Value) -> Result<FaultRule, ControlError> {
    let rule: WrittenRule =
        serde_json::from_value(written).map_err(|error| ControlError::new(error.to_string()))?;
    rule.matching.validate()?;
    let probability = rule.probability.unwrap_or(1.0);
    if !(0.0..=1.0).contains(&probability) {
        return Err(ControlError::new("probability is between 0 and 1"));
    }
    Ok(FaultRule {
        matching: rule.matching,
        left: rule.times,
        probability,
        dice: SplitMix64::seed_from_u64(rule.seed),
        fault: rule.fault.read()?,
        happened: 0,
    })
}

impl FaultRule {
    /// Whether it happens now. The dice are thrown for every call it covers, so that a seed gives one sequence.
    fn strikes(&mut self) -> bool {
        // 53 bits, as many as a double holds.
        #[allow(clippy::cast_precision_loss)]
        let drawn = (self.dice.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        let strikes = drawn < self.probability;
        if strikes {
            self.happened += 1;
            self.left = self.left.map(|left| left - 1);
        }
        strikes
    }
}

impl FaultRules {
    pub(crate) fn add(&mut self, rules: Vec<FaultRule>) {
        self.rules.extend(rules);
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// The fault that befalls this call: that of the first rule that covers it and strikes.
    pub(crate) fn strike(&mut self, target: &Target<'_>) -> Option<Fault> {
        self.rules
            .iter_mut()
            .filter(|rule| rule.left != Some(0) && rule.matching.covers(target))
            .find_map(|rule| rule.strikes().then(|| rule.fault.clone()))
    }

    /// What is in force: each rule's fault, how often it happened and how often it still may.
    pub(crate) fn list(&self) -> Value {
        let rules: Vec<Value> = self
            .rules
            .iter()
            .map(|rule| json!({"fault": rule.fault.name(), "happened": rule.happened, "left": rule.left}))
            .collect();
        json!({ "rules": rules })
    }
}

/// Reads one fault on its own, as a script writes it.
pub(crate) fn read_fault(written: Value) -> Result<Fault, ControlError> {
    let written: Written =
        serde_json::from_value(written).map_err(|error| ControlError::new(error.to_string()))?;
    written.read().map_err(|why| why.at("fault"))
}
