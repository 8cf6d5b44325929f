//! A table of every function for the C crate's tests, which call each with every argument spoiled in turn.

use minijinja::value::Serde;
use minijinja::{Environment, context};
use serde::Serialize;

use crate::Result;
use crate::c::sources::{self, Argument, Function};
use crate::outputs::MARK;
use crate::tree::Files;

const TABLE: &str = include_str!("../../templates/c/every_function.rs.jinja");

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    module: &'a str,
    /// Whether it returns a status, and so takes a place for an error.
    fails: bool,
    arguments: Vec<Given<'a>>,
}

/// What a test gives for an argument.
#[derive(Serialize)]
struct Given<'a> {
    name: &'a str,
    nullable: bool,
    /// What can be spoiled about it: `Handle`, `Text`, `Bytes`, `Value`, `Place`, `Error`, `Nothing`.
    sort: &'static str,
    expression: String,
    /// The type behind a place.
    place: Option<String>,
}

/// The table.
pub(crate) fn table(fresh: &Files, environment: &Environment<'_>) -> Result<String> {
    let modules = sources::modules(fresh)?;
    let functions = modules.iter().flat_map(|module| &module.functions);
    let rows = functions.map(row).collect::<Result<Vec<_>>>()?;
    Ok(environment.render_str(TABLE, context! { mark => MARK, rows => Serde(&rows) })?)
}

fn row(function: &Function) -> Result<Row<'_>> {
    let arguments = function.arguments.iter().enumerate();
    Ok(Row {
        name: &function.name,
        module: &function.module,
        fails: function.gives == "qc_status",
        arguments: arguments
            .map(|(place, argument)| given(&function.name, place, argument))
            .collect::<Result<_>>()?,
    })
}

fn given<'a>(function: &str, index: usize, argument: &'a Argument) -> Result<Given<'a>> {
    let Argument { name, rust_type, nullable } = argument;
    let given = |sort, expression| Given { name, nullable: *nullable, sort, expression, place: None };
    Ok(match rust_type.as_str() {
        "*const c_char" => {
            given("Text", format!("spoiled.text({index}, good.text(\"{function}\", \"{name}\"))"))
        }
        "*const u8" => {
            given("Bytes", format!("spoiled.bytes({index}, good.bytes(\"{function}\", \"{name}\"))"))
        }
        "*const i64" => given("Value", format!("spoiled.value({index}, &7)")),
        "*mut c_void" => given("Nothing", "ptr::null_mut()".to_owned()),
        "qc_log_callback" => given("Nothing", "None".to_owned()),
        "usize" if *name == "index" => given("Nothing", "0".to_owned()),
        "usize" => given("Nothing", format!("good.length(\"{function}\", \"{name}\")")),
        "u32" => given("Nothing", "1".to_owned()),
        "i32" | "i64" => given("Nothing", "0".to_owned()),
        "bool" => given("Nothing", "true".to_owned()),
        "*mut *mut qc_error" => given("Error", format!("spoiled.error({index}, &mut err)")),
        pointer => {
            let Some(behind) =
                pointer.strip_prefix("*const qc_").or_else(|| pointer.strip_prefix("*mut qc_"))
            else {
                let behind =
                    pointer.strip_prefix("*mut ").ok_or_else(|| format!("what is given for {pointer}?"))?;
                let expression = format!("{name}.spoiled({index}, spoiled)");
                return Ok(Given { place: Some(behind.to_owned()), ..given("Place", expression) });
            };
            // What a session can do depends on its kind.
            let good =
                if behind == "session" { format!("session(\"{function}\")") } else { behind.to_owned() };
            given("Handle", format!("spoiled.handle({index}, good.{good})"))
        }
    })
}
