//! Reads the JSON Schemas that schemars makes into shapes and fields. What it does not understand is an error:
//! nothing that a type says of itself is lost on the way into the model.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::Result;
use crate::model::{Direction, Field, Notation, Sensitivity, Shape};

/// Where a reference points.
pub(crate) const PREFIX: &str = "#/$defs/";

/// Reads with the names that definitions have in the model: dictionaries keep theirs, objects have new ones.
pub(crate) struct Reader<'a> {
    pub(crate) definitions: &'a Map<String, Value>,
    pub(crate) names: &'a BTreeMap<String, String>,
    pub(crate) dictionaries: &'a [&'a str],
    pub(crate) direction: Direction,
}

/// The definitions a schema refers to directly.
pub(crate) fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(map) => map
            .iter()
            .flat_map(|(key, value)| match (key.as_str(), value.as_str()) {
                ("$ref", Some(target)) => vec![target.trim_start_matches(PREFIX).to_owned()],
                _ => references(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

/// The name of the definition that a schema is, if it is nothing but a reference.
pub(crate) fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(PREFIX)
}

/// What a schema's description says, without links into the Rust documentation.
pub(crate) fn doc(schema: &Value) -> String {
    let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    text.replace("[`", "`").replace("`]", "`").replace('\n', " ")
}

/// Whether a definition is an object with fields; others are another name for a plain value.
pub(crate) fn is_object(definition: &Value) -> bool {
    definition["type"] == "object"
}

impl Reader<'_> {
    /// The fields of an object, in its own order.
    pub(crate) fn fields(&self, object: &Value) -> Result<Vec<Field>> {
        if !is_object(object) {
            return Err("only an object has fields".into());
        }
        only(object, &["type", "properties", "required", "additionalProperties", "description"])?;
        let required: Vec<&str> =
            object["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let Some(properties) = object.get("properties").and_then(Value::as_object) else {
            return Ok(Vec::new());
        };
        properties
            .iter()
            .map(|(name, schema)| {
                self.field(name, schema, required.contains(&name.as_str()))
                    .map_err(|error| format!("field {name}: {error}").into())
            })
            .collect()
    }

    fn field(&self, name: &str, schema: &Value, required: bool) -> Result<Field> {
        const PLAIN: [&str; 10] = [
            "type",
            "description",
            "default",
            "x-sensitivity",
            "x-notation",
            "x-takes",
            "pattern",
            "format",
            "items",
            "$ref",
        ];
        // An optional object is `anyOf` the object and null.
        let (inner, or_null) = match schema.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
            Some([inner, null]) if *null == serde_json::json!({"type": "null"}) => {
                only(schema, &["anyOf", "description", "default"])?;
                (inner, true)
            }
            Some(_) => return Err("an `anyOf` that is more than an optional value".into()),
            None => (schema, false),
        };
        let inner = self.plain_value(inner)?;
        only(inner, &PLAIN)?;
        let sensitivity = match inner.get("x-sensitivity").map(Value::as_str) {
            None => Sensitivity::Plain,
            Some(Some("personal")) => Sensitivity::Personal,
            Some(Some("secret")) => Sensitivity::Secret,
            Some(Some("handle")) => Sensitivity::Handle,
            Some(other) => return Err(format!("unknown sensitivity {other:?}").into()),
        };
        let notation = match inner.get("x-notation").map(Value::as_str) {
            None => None,
            Some(Some("words")) => Some(Notation::Words),
            Some(Some("time")) => Some(Notation::Time),
            Some(Some("picture")) => Some(Notation::Picture),
            Some(other) => return Err(format!("unknown notation {other:?}").into()),
        };
        let takes = match inner.get("x-takes").map(Value::as_str) {
            None => None,
            Some(Some("integer")) => Some(Shape::Integer),
            Some(Some("number")) => Some(Shape::Number),
            Some(other) => return Err(format!("a text that takes {other:?}").into()),
        };
        let (shape, in_type) = self.shape(inner)?;
        Ok(Field {
            name: name.to_owned(),
            shape,
            required,
            nullable: (or_null || in_type) && self.direction == Direction::Answer,
            sensitivity,
            notation,
            takes,
            pattern: inner.get("pattern").and_then(Value::as_str).map(str::to_owned),
            doc: doc(schema),
        })
    }

    /// What a reference to another name for a plain value refers to; everything else as it is.
    fn plain_value<'b>(&'b self, schema: &'b Value) -> Result<&'b Value> {
        let Some(raw) = reference(schema).filter(|raw| !self.dictionaries.contains(raw)) else {
            return Ok(schema);
        };
        let definition =
            self.definitions.get(raw).ok_or_else(|| format!("there is no definition of {raw}"))?;
        Ok(if is_object(definition) { schema } else { definition })
    }

    /// The shape of a value, and whether null is among its types.
    pub(crate) fn shape(&self, schema: &Value) -> Result<(Shape, bool)> {
        let schema = self.plain_value(schema)?;
        if let Some(raw) = reference(schema) {
            let shape = if self.dictionaries.contains(&raw) {
                Shape::State { dictionary: raw.to_owned() }
            } else {
                let name = self.names.get(raw).ok_or_else(|| format!("nothing is called {raw}"))?;
                Shape::Object { name: name.clone() }
            };
            return Ok((shape, false));
        }
        let (word, nullable) = match schema.get("type") {
            None => return Ok((Shape::Any, false)),
            Some(Value::String(word)) => (word.as_str(), false),
            Some(Value::Array(words)) => match words.as_slice() {
                [Value::String(word), Value::String(null)] if null == "null" => (word.as_str(), true),
                _ => return Err("a value of several types".into()),
            },
            Some(_) => return Err("a type that is no word".into()),
        };
        let shape = match word {
            "string" => Shape::Text,
            "integer" => Shape::Integer,
            "number" => Shape::Number,
            "boolean" => Shape::Boolean,
            "array" => {
                let items = schema.get("items").ok_or("a list of nothing")?;
                let plain = items.as_bool() == Some(true);
                let item = if plain { Shape::Any } else { self.shape(items)?.0 };
                Shape::List { item: Box::new(item) }
            }
            _ => return Err(format!("the type {word}").into()),
        };
        Ok((shape, nullable))
    }
}

fn only(schema: &Value, known: &[&str]) -> Result<()> {
    let map: &Map<String, Value> = schema.as_object().ok_or("not a schema object")?;
    match map.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => Err(format!("the generator does not know the schema word `{key}`").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(property: &Value) -> Result<Field> {
        let names = BTreeMap::from([("Options2".to_owned(), "DegreeOptions".to_owned())]);
        let definitions = json!({"Options2": {"type": "object"}, "Picture": {"type": "string"}});
        let reader = Reader {
            definitions: definitions.as_object().expect("definitions"),
            names: &names,
            dictionaries: &["DegreeState"],
            direction: Direction::Answer,
        };
        let object = json!({"type": "object", "properties": {"one": property}});
        let mut fields = reader.fields(&object)?;
        fields.pop().ok_or_else(|| "no field".into())
    }

    #[test]
    fn an_optional_object_is_a_nullable_reference_under_its_final_name() {
        let field = read(
            &json!({"anyOf": [{"$ref": "#/$defs/Options2"}, {"type": "null"}], "description": "See [`X`]."}),
        )
        .expect("a field");
        assert_eq!(field.shape, Shape::Object { name: "DegreeOptions".to_owned() });
        assert!(field.nullable && !field.required);
        assert_eq!(field.doc, "See `X`.");
    }

    #[test]
    fn a_state_refers_to_its_dictionary() {
        let field = read(&json!({"$ref": "#/$defs/DegreeState"})).expect("a field");
        assert_eq!(field.shape, Shape::State { dictionary: "DegreeState".to_owned() });
    }

    #[test]
    fn another_name_for_a_text_is_a_text() {
        let field =
            read(&json!({"anyOf": [{"$ref": "#/$defs/Picture"}, {"type": "null"}]})).expect("a field");
        assert_eq!(field.shape, Shape::Text);
        let list = read(&json!({"type": "array", "items": {"$ref": "#/$defs/Picture"}})).expect("a field");
        assert_eq!(list.shape, Shape::List { item: Box::new(Shape::Text) });
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        assert!(read(&json!({"type": "string", "maxLength": 3})).is_err());
        assert!(read(&json!({"type": ["string", "integer"]})).is_err());
        assert!(read(&json!({"type": "string", "x-sensitivity": "public"})).is_err());
        assert!(read(&json!({"type": "string", "x-notation": "roman"})).is_err());
        assert!(read(&json!({"$ref": "#/$defs/Missing"})).is_err());
    }
}
