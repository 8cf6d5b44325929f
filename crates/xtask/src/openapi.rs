//! `spec/openapi.json`: the vendor's interface as the client speaks it, in OpenAPI 3.1.
//!
//! Requests are described as they leave, with what the client adds; answers with their envelope, and with the
//! empty PHP array that may stand in for an object.

use serde_json::{Map, Value, json};

use crate::model::{AnswerShape, Direction, Endpoint, Field, Model, Sensitivity, Shape, Type};
use crate::outputs::MARK;
use crate::wire::{self, WireField};

#[cfg(test)]
mod tests;

const DESCRIPTION: &str = "The vendor's interface as the qiancheng client speaks it. Merchants authenticate in the \
    parameters (`token`, or `username`), not in headers. Every answer is an envelope, whatever its status: `code` 0 \
    is success, and `data` is promised only then. `x-repeat` says whether a call may be sent again after a failure, \
    `x-sensitivity` how a value is to be handled, `x-extension` marks what was observed in public clients and is \
    not in the vendor's document. `x-section` is the section of that document.";

const NESTED_FORM: &str =
    "In a form, nested values go as PHP brackets: `options[contacts][0][contact_tel]=…`.";

/// The document.
pub(crate) fn document(model: &Model) -> Value {
    let paths: Map<String, Value> = model.endpoints().map(|one| (one.path.clone(), path(one))).collect();
    let tags: Vec<Value> =
        model.chapters.iter().map(|one| json!({"name": one.id, "description": one.title})).collect();
    json!({
        "openapi": "3.1.0",
        "x-generated": MARK,
        "info": {
            "title": "前程征信 credit-data API",
            "version": model.version,
            "description": DESCRIPTION,
        },
        "servers": [
            {"url": model.servers.production, "description": "Production"},
            {"url": model.servers.test, "description": "Test, as observed in public clients"},
        ],
        "tags": tags,
        "paths": paths,
        "components": {"schemas": schemas(model)},
    })
}

fn path(endpoint: &Endpoint) -> Value {
    json!({ endpoint.method.to_lowercase(): operation(endpoint) })
}

fn operation(endpoint: &Endpoint) -> Value {
    let codes: Vec<String> =
        endpoint.codes.iter().map(|code| format!("{} {}", code.number, code.meaning)).collect();
    let mut operation = json!({
        "operationId": endpoint.function_name,
        "tags": [endpoint.chapter],
        "summary": endpoint.summary,
        "description": format!("{} Codes: {}.", endpoint.doc, codes.join("; ")),
        "x-endpoint-id": endpoint.id,
        "x-section": endpoint.section,
        "x-auth": endpoint.auth,
        "x-repeat": endpoint.repeat,
        "x-slow": endpoint.slow,
    });
    if endpoint.extension {
        operation["x-extension"] = true.into();
    }
    if endpoint.method == "GET" {
        operation["parameters"] = wire::fields(endpoint).iter().map(query_parameter).collect();
    } else if endpoint.body_format == "gzip_json" {
        operation["parameters"] = json!([{
            "name": "Content-Encoding",
            "in": "header",
            "required": true,
            "schema": {"type": "string", "const": "gzip"},
        }]);
        operation["requestBody"] = json!({
            "required": true,
            "description": "JSON, compressed with gzip.",
            "content": {"application/json": {"schema": reference(&endpoint.request_name)}},
        });
    } else {
        operation["requestBody"] = body(endpoint);
    }
    operation["responses"] = responses(endpoint);
    operation
}

fn query_parameter(wire: &WireField) -> Value {
    let mut schema = property(&wire.field);
    let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
    json!({
        "name": wire.field.name,
        "in": "query",
        "required": wire.field.required,
        "description": description,
        "schema": schema,
    })
}

/// A body that goes as a form or as JSON, as the client is configured.
fn body(endpoint: &Endpoint) -> Value {
    let nested: Map<String, Value> = endpoint
        .fields
        .iter()
        .filter(|field| field.shape.object().is_some())
        .map(|field| (field.name.clone(), json!({"style": "deepObject", "explode": true})))
        .collect();
    let schema = json!({"schema": reference(&endpoint.request_name)});
    let mut form = schema.clone();
    let mut body =
        json!({ "required": endpoint.fields.iter().any(|field| field.required) || endpoint.auth != "none" });
    if !nested.is_empty() {
        body["description"] = NESTED_FORM.into();
        form["encoding"] = nested.into();
    }
    body["content"] = json!({"application/x-www-form-urlencoded": form, "application/json": schema});
    body
}

fn responses(endpoint: &Endpoint) -> Value {
    let envelope = json!({
        "allOf": [
            reference("Envelope"),
            {"type": "object", "properties": {"data": data(endpoint)}},
        ],
    });
    json!({
        "200": {
            "description": "The vendor's envelope.",
            "x-codes": endpoint.codes,
            "content": {"application/json": {"schema": envelope}},
        },
        "default": {
            "description": "An envelope with another status, or a gateway's answer in the vendor's place.",
        },
    })
}

/// What `data` may be: what is promised for `code` 0, or one of PHP's words for nothing.
fn data(endpoint: &Endpoint) -> Value {
    let answer = &endpoint.answer;
    let named = || reference(answer.type_name.as_deref().unwrap_or_default());
    let promised = match answer.shape {
        AnswerShape::None => return json!({"description": "Nothing is promised."}),
        AnswerShape::Document => {
            json!({"type": ["object", "array"], "description": answer.doc})
        }
        AnswerShape::List => json!({"type": "array", "items": named()}),
        // The document says "array" here.
        AnswerShape::Object if endpoint.id == "risk.result" => {
            json!({"anyOf": [named(), {"type": "array", "items": named(), "minItems": 1, "maxItems": 1}]})
        }
        AnswerShape::Object => named(),
    };
    json!({"anyOf": [promised, reference("Nothing")]})
}

fn schemas(model: &Model) -> Map<String, Value> {
    let mut schemas = Map::new();
    schemas.insert("Envelope".to_owned(), envelope());
    schemas.insert("Nothing".to_owned(), nothing());
    for endpoint in model.endpoints().filter(|endpoint| endpoint.method == "POST") {
        schemas.insert(endpoint.request_name.clone(), request(endpoint));
    }
    for known in &model.types {
        schemas.insert(known.name.clone(), object(known));
    }
    for one in &model.dictionaries {
        let rows: Vec<String> = one
            .states
            .iter()
            .map(|state| format!("- {} `{}` {}", state.code, state.name, state.description))
            .collect();
        schemas.insert(
            one.name.clone(),
            json!({
                "type": "integer",
                "description": format!("{} (§{}). Other numbers may come.\n\n{}", one.title, one.section, rows.join("\n")),
                "x-states": one.states,
            }),
        );
    }
    schemas
}

fn envelope() -> Value {
    json!({
        "type": "object",
        "description": "The envelope of every answer.",
        "required": ["code"],
        "properties": {
            "code": {
                "type": ["integer", "string"],
                "pattern": "^-?[0-9]+$",
                "description": "0 is success; may come as a text of digits. Other codes than an operation lists may come.",
            },
            "msg": {"type": ["string", "null"], "description": "Explains a code other than 0."},
            "data": {"description": "What the operation promises, for code 0."},
        },
    })
}

fn nothing() -> Value {
    json!({
        "description": "An empty PHP array, an empty object, or null, where there is nothing to send.",
        "anyOf": [{"type": "array", "maxItems": 0}, {"type": "object", "maxProperties": 0}, {"type": "null"}],
    })
}

/// The parameters of an endpoint as they leave.
fn request(endpoint: &Endpoint) -> Value {
    let fields = wire::fields(endpoint);
    let properties: Map<String, Value> = fields
        .iter()
        .map(|wire| {
            let mut property = property(&wire.field);
            if let Some(plaintext) = &wire.plaintext {
                property["x-plaintext"] = reference(plaintext);
            }
            (wire.field.name.clone(), property)
        })
        .collect();
    let required: Vec<&str> =
        fields.iter().filter(|wire| wire.field.required).map(|wire| wire.field.name.as_str()).collect();
    closed(&endpoint.doc, &properties, &required)
}

fn closed(doc: &str, properties: &Map<String, Value>, required: &[&str]) -> Value {
    let mut schema = json!({
        "type": "object",
        "description": doc,
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn object(known: &Type) -> Value {
    let fields = match known.direction {
        Direction::Request => wire::nested(known),
        Direction::Answer => known.fields.clone(),
    };
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.name.clone(), property(field))).collect();
    let required: Vec<&str> =
        fields.iter().filter(|field| field.required).map(|field| field.name.as_str()).collect();
    let mut schema = closed(&known.doc, &properties, &required);
    if known.open {
        schema["additionalProperties"] = true.into();
    }
    schema
}

fn property(field: &Field) -> Value {
    let mut schema = shape(&field.shape);
    if field.nullable {
        schema = match schema.get("type").and_then(Value::as_str).map(str::to_owned) {
            Some(word) => {
                schema["type"] = json!([word, "null"]);
                schema
            }
            None => json!({"anyOf": [schema, {"type": "null"}]}),
        };
    }
    schema["description"] = field.doc.clone().into();
    if let Some(pattern) = &field.pattern {
        schema["pattern"] = pattern.clone().into();
    }
    let sensitivity = match field.sensitivity {
        Sensitivity::Plain => return schema,
        Sensitivity::Personal => "personal",
        Sensitivity::Secret => "secret",
        Sensitivity::Handle => "handle",
    };
    schema["x-sensitivity"] = sensitivity.into();
    schema
}

fn shape(shape: &Shape) -> Value {
    match shape {
        Shape::Text => json!({"type": "string"}),
        Shape::Integer => json!({"type": "integer", "format": "int64"}),
        Shape::Number => json!({"type": "number", "format": "double"}),
        Shape::Boolean => json!({"type": "boolean"}),
        Shape::Any => json!({}),
        Shape::State { dictionary } => reference(dictionary),
        Shape::Object { name } => reference(name),
        Shape::List { item } => json!({"type": "array", "items": self::shape(item)}),
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}
