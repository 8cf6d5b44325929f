//! `qiancheng endpoints`: what can be called, and with what.

use clap::Args;
use qiancheng::api::registry;
use qiancheng::endpoint::{Auth, EndpointInfo, Entry, Trait};
use schemars::SchemaGenerator;
use serde::Serialize;
use serde_json::Value;

use crate::arguments::help;
use crate::failure::{Failure, Result};
use crate::output;
use crate::text::{left, width};

/// List the endpoints and their parameters
///
/// With an id, or the beginning of one, only those, with what each parameter means. The merchant's own parameters
/// (token, username) are filled in by the client and not listed.
#[derive(Debug, Args)]
#[command(after_long_help = help!("Examples:
  qiancheng endpoints
  qiancheng endpoints telecom.open_id
  # The documented ones that may be sent again without harm
  qiancheng endpoints --json | grep -c '\"repeat\": \"harmless\"'"))]
pub(crate) struct Endpoints {
    /// An id, or the beginning of one
    id: Option<String>,

    /// Print a JSON list
    #[arg(long)]
    json: bool,
}

/// An endpoint as it is listed.
#[derive(Debug, Serialize)]
struct Listed {
    #[serde(flatten)]
    info: EndpointInfo,
    parameters: Vec<Parameter>,
}

/// A parameter, or a field of one.
#[derive(Debug, Serialize)]
struct Parameter {
    name: String,
    required: bool,
    #[serde(rename = "type")]
    kind: String,
    description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<Parameter>,
}

impl Endpoints {
    pub(crate) fn run(&self) -> Result<()> {
        let wanted = self.id.as_deref().unwrap_or_default();
        let listed: Vec<Listed> =
            registry::entries().filter(|entry| entry.info.id.starts_with(wanted)).map(listed).collect();
        if listed.is_empty() {
            registry::find(wanted)?;
        }
        if self.json {
            let text = serde_json::to_string_pretty(&listed)
                .map_err(|error| Failure::config(format!("the list cannot be written: {error}")))?;
            return output::line(&text);
        }
        let lines = if self.id.is_some() { in_full(&listed) } else { in_short(&listed) };
        output::line(lines.join("\n").trim_end())
    }
}

fn listed(entry: &Entry) -> Listed {
    let mut generator = SchemaGenerator::default();
    let schema = entry.request_schema(&mut generator).to_value();
    let definitions = Value::Object(generator.definitions().clone());
    Listed { info: entry.info, parameters: parameters(&schema, &definitions) }
}

/// The schema itself, or the definition it refers to; of a choice, the part that is not null.
fn resolved<'a>(schema: &'a Value, definitions: &'a Value) -> &'a Value {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let name = name.rsplit('/').next().unwrap_or_default();
        return definitions.get(name).map_or(schema, |target| resolved(target, definitions));
    }
    let choices = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    choices
        .into_iter()
        .find(|choice| choice.get("type") != Some(&"null".into()))
        .map_or(schema, |choice| resolved(choice, definitions))
}

fn parameters(schema: &Value, definitions: &Value) -> Vec<Parameter> {
    let schema = resolved(schema, definitions);
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    properties
        .map(|(name, property)| {
            let target = resolved(property, definitions);
            let kind = kind(target);
            let inside = if kind == "array" { target.get("items").unwrap_or(target) } else { target };
            Parameter {
                name: name.clone(),
                required: required.contains(&name.as_str()),
                fields: parameters(inside, definitions),
                description: property.get("description").and_then(Value::as_str).map(str::to_owned),
                kind,
            }
        })
        .collect()
}

/// The JSON type, without the null of what may be left out.
fn kind(schema: &Value) -> String {
    match schema.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).find(|&kind| kind != "null").unwrap_or("any").to_owned()
        }
        _ => "any".to_owned(),
    }
}

fn in_short(listed: &[Listed]) -> Vec<String> {
    let columns = listed.iter().map(|one| width(one.info.id)).max().unwrap_or_default();
    let mut lines = Vec::new();
    for one in listed {
        let info = &one.info;
        let mark = if info.is(Trait::Extension) { "  (observed, not documented)" } else { "" };
        let names: Vec<String> = one
            .parameters
            .iter()
            .map(|one| if one.required { one.name.clone() } else { format!("[{}]", one.name) })
            .collect();
        lines.push(format!("{}  {}{mark}", left(info.id, columns), heading(info)));
        lines.push(format!("{}  {}", left("", columns), names.join(" ")).trim_end().to_owned());
    }
    lines
}

fn in_full(listed: &[Listed]) -> Vec<String> {
    let mut lines = Vec::new();
    for one in listed {
        let info = &one.info;
        let carries = match info.auth {
            Auth::Token => "Carries the merchant's token.",
            Auth::User => "Carries the merchant's username.",
            Auth::Account => "Carries the merchant's username and password.",
            Auth::None => "Carries nothing of the merchant.",
        };
        lines.push(format!("{}  {}", info.id, heading(info)));
        lines.push(format!("{} {carries}", info.summary));
        describe(&mut lines, &one.parameters, 1);
        lines.push(String::new());
    }
    lines
}

fn heading(info: &EndpointInfo) -> String {
    format!("§{:<6} {:?} {}", info.section, info.method, info.path)
}

fn describe(lines: &mut Vec<String>, parameters: &[Parameter], depth: usize) {
    let columns = parameters.iter().map(|one| width(&one.name)).max().unwrap_or_default();
    for one in parameters {
        let need = if one.required { "required" } else { "optional" };
        let description = one.description.as_deref().unwrap_or_default().replace('\n', " ");
        let (indent, name) = ("  ".repeat(depth), left(&one.name, columns));
        lines.push(format!("{indent}{name}  {need}  {:<8} {description}", one.kind).trim_end().to_owned());
        describe(lines, &one.fields, depth + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(id: &str) -> Listed {
        listed(registry::find(id).expect("an endpoint"))
    }

    #[test]
    fn parameters_are_read_from_the_requests_own_schema() {
        let open = endpoint("telecom.open_id");
        let names: Vec<(&str, bool)> =
            open.parameters.iter().map(|one| (one.name.as_str(), one.required)).collect();
        assert_eq!(
            names,
            [
                ("name", true),
                ("id_card", true),
                ("mobile", true),
                ("service_password", true),
                ("options", false)
            ]
        );
        let contacts = open.parameters[4].fields.iter().find(|one| one.name == "contacts").expect("contacts");
        assert_eq!((contacts.kind.as_str(), contacts.fields.len()), ("array", 3));
    }

    #[test]
    fn an_audits_data_is_described_to_its_fields() {
        let audit = endpoint("risk.audit");
        let data = audit.parameters.iter().find(|one| one.name == "data").expect("data");
        let order = data.fields.iter().find(|one| one.name == "order_detail").expect("an order");
        assert!(order.fields.iter().any(|one| one.name == "amount" && one.kind == "integer"));
    }
}
