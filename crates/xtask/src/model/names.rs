//! Names for types. Chapters use the same words — `OpenId`, `State`, `Captcha` — and schemars tells them apart by
//! numbers that move when an endpoint is added. Here each gets a name that is unique and stays.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::Result;
use crate::model::schema;

/// Where a definition is used.
#[derive(Debug, Default)]
pub(crate) struct Use {
    /// The chapters, in the document's order.
    pub(crate) chapters: Vec<&'static str>,
    /// The endpoint whose request it is.
    pub(crate) request_of: Option<&'static str>,
    /// Whether it is the whole answer of an endpoint.
    pub(crate) is_answer: bool,
}

/// Who uses which definition, by the names that schemars gave them.
#[derive(Debug, Default)]
pub(crate) struct Uses(BTreeMap<String, Use>);

impl Uses {
    /// Notes a use of a schema, and of everything it refers to.
    pub(crate) fn note(&mut self, chapter: &'static str, schema: &Value, definitions: &Map<String, Value>) {
        let mut open: Vec<String> = schema::references(schema);
        let mut seen = BTreeSet::new();
        while let Some(name) = open.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            if let Some(definition) = definitions.get(&name) {
                open.extend(schema::references(definition));
            }
            let used = self.0.entry(name).or_default();
            if !used.chapters.contains(&chapter) {
                used.chapters.push(chapter);
            }
        }
    }

    /// Notes that a definition is an endpoint's request.
    pub(crate) fn note_request(&mut self, name: &str, endpoint: &'static str) -> Result<()> {
        match self.0.entry(name.to_owned()).or_default().request_of.replace(endpoint) {
            None => Ok(()),
            Some(other) => Err(format!("{other} and {endpoint} share the request type {name}").into()),
        }
    }

    /// Notes that a definition is an endpoint's whole answer.
    pub(crate) fn note_answer(&mut self, name: &str) {
        self.0.entry(name.to_owned()).or_default().is_answer = true;
    }

    /// The final name of each definition.
    pub(crate) fn names(&self, dictionaries: &[&str]) -> Result<BTreeMap<String, String>> {
        let mut taken: BTreeMap<String, &str> = BTreeMap::new();
        let mut names = BTreeMap::new();
        for (raw, used) in &self.0 {
            let name = if dictionaries.contains(&raw.as_str()) { raw.clone() } else { self.name(raw, used) };
            if let Some(other) = taken.insert(name.clone(), raw) {
                return Err(format!("the types {other} and {raw} would both be called {name}").into());
            }
            names.insert(raw.clone(), name);
        }
        Ok(names)
    }

    fn name(&self, raw: &str, used: &Use) -> String {
        if let Some(endpoint) = used.request_of {
            return format!("{}Request", pascal(endpoint));
        }
        let base = raw.trim_end_matches(|c: char| c.is_ascii_digit());
        // `State2` is schemars's second `State`; `SearchV2` is a name of its own.
        let base = if self.0.contains_key(base) { base } else { raw };
        let suffix = if used.is_answer { "Answer" } else { "" };
        let first = used.chapters.first().copied().unwrap_or_default();
        // Both e-bank chapters are one family; what unrelated chapters share belongs to none.
        let family = used.chapters.iter().all(|chapter| chapter.starts_with(first));
        format!("{}{base}{suffix}", if family { pascal(first) } else { String::new() })
    }
}

/// `ebank_v2.open_id` → `EbankV2OpenId`.
pub(crate) fn pascal(name: &str) -> String {
    name.split(['_', '.', '-'])
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
        })
        .collect()
}

/// `ServiceUnavailable` → `SERVICE_UNAVAILABLE`.
pub(crate) fn constant(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(character.to_ascii_uppercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn names_of(uses: &[(&'static str, &str)]) -> Result<BTreeMap<String, String>> {
        let mut noted = Uses::default();
        for (chapter, name) in uses {
            noted.note(chapter, &json!({ "$ref": format!("{}{name}", schema::PREFIX) }), &Map::new());
        }
        noted.names(&["TelecomState"])
    }

    #[test]
    fn the_same_word_in_two_chapters_becomes_two_names() {
        let names = names_of(&[
            ("telecom", "Contact"),
            ("degree", "Contact2"),
            ("ebank", "Input"),
            ("ebank_v2", "Input"),
        ]);
        let names = names.expect("unique names");
        assert_eq!(names["Contact"], "TelecomContact");
        assert_eq!(names["Contact2"], "DegreeContact");
        assert_eq!(names["Input"], "EbankInput");
    }

    #[test]
    fn what_unrelated_chapters_share_has_no_prefix() {
        let names = names_of(&[("telecom", "Opened"), ("risk", "Opened")]).expect("unique names");
        assert_eq!(names["Opened"], "Opened");
    }

    #[test]
    fn two_types_of_one_name_are_refused() {
        assert!(names_of(&[("telecom", "State"), ("telecom", "TelecomState")]).is_err());
    }

    #[test]
    fn a_name_of_words_becomes_a_constants() {
        assert_eq!(constant("ServiceUnavailable"), "SERVICE_UNAVAILABLE");
    }
}
