//! The C crate's sources, module by module in the order in which they are declared: each public one is a chapter of the header.

use std::fs;

use serde::Serialize;

use crate::Result;
use crate::tree::{self, Files};

const SOURCES: &str = "crates/qiancheng-capi/src";

/// A module of the crate.
#[derive(Debug)]
pub(crate) struct Module {
    /// Its file's name below the sources, such as `session/step.rs`.
    pub(crate) path: String,
    /// What it says of itself, a line each.
    pub(crate) prose: Vec<String>,
    /// Its functions that C calls, in order.
    pub(crate) functions: Vec<Function>,
    /// The file as it is, or as it has just been generated.
    pub(crate) text: String,
}

/// A function that C calls.
#[derive(Debug, Serialize)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) arguments: Vec<Argument>,
    /// The type in Rust; empty for nothing.
    pub(crate) gives: String,
    /// Where it stands among the crate's modules, such as `session::step`.
    pub(crate) module: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Argument {
    pub(crate) name: String,
    /// The type in Rust, such as `*const qc_client`.
    pub(crate) rust_type: String,
    /// Whether its documentation says that it may be NULL.
    pub(crate) nullable: bool,
}

/// The public modules. Files that were just generated are taken as they will be.
pub(crate) fn modules(fresh: &Files) -> Result<Vec<Module>> {
    let mut modules = Vec::new();
    let root = read("lib.rs", fresh)?;
    declared(&root, "", fresh, &mut modules)?;
    Ok(modules)
}

fn declared(text: &str, folder: &str, fresh: &Files, modules: &mut Vec<Module>) -> Result<()> {
    for name in text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
        let (plain, nested) = (format!("{folder}{name}.rs"), format!("{folder}{name}/mod.rs"));
        let path = if exists(&nested) { nested } else { plain };
        let text = read(&path, fresh)?;
        modules.push(module(path, &text)?);
        declared(&text, &format!("{folder}{name}/"), fresh, modules)?;
    }
    Ok(())
}

fn module(path: String, text: &str) -> Result<Module> {
    let prose = text.lines().filter_map(|line| line.strip_prefix("//!")).map(|line| line.trim().to_owned());
    let name = path.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
    let mut functions = Vec::new();
    // What stands between an exported function's attribute and the next one is that function.
    let mut parts = text.split("#[unsafe(no_mangle)]").peekable();
    while let Some(before) = parts.next() {
        let Some(after) = parts.peek() else { break };
        functions.push(function(&name, before, after)?);
    }
    Ok(Module { path, prose: prose.collect(), functions, text: text.to_owned() })
}

fn function(module: &str, before: &str, after: &str) -> Result<Function> {
    let broken = || format!("{module}: a function that cannot be read");
    let (_, declared) = after.split_once("extern \"C\" fn ").ok_or_else(broken)?;
    let (declared, _) = declared.split_once(" {\n").ok_or_else(broken)?;
    let (name, rest) = declared.split_once('(').ok_or_else(broken)?;
    let (arguments, gives) = rest.rsplit_once(')').ok_or_else(broken)?;
    let gives = gives.trim().trim_start_matches("->").trim().to_owned();
    let docs: Vec<&str> = before.lines().rev().take_while(|line| line.starts_with("///")).collect();
    let arguments = arguments.split(',').map(str::trim).filter(|argument| !argument.is_empty());
    let arguments = arguments
        .map(|argument| {
            let (name, rust_type) = argument.split_once(": ").ok_or_else(broken)?;
            let nullable =
                documented(&docs, name).ok_or_else(|| format!("{module}: {name} is not documented"))?;
            Ok(Argument { name: name.to_owned(), rust_type: rust_type.to_owned(), nullable })
        })
        .collect::<Result<_>>()?;
    Ok(Function { name: name.to_owned(), arguments, gives, module: module.to_owned() })
}

/// Whether an argument's documentation, its lines from the last to the first, speaks of NULL.
fn documented(docs: &[&str], name: &str) -> Option<bool> {
    let start = docs.iter().position(|line| line.starts_with(&format!("/// @param {name} ")))?;
    let further = docs[..start].iter().rev().take_while(|line| line.starts_with("///     "));
    Some(docs[start].contains("NULL") || further.into_iter().any(|line| line.contains("NULL")))
}

fn exists(path: &str) -> bool {
    tree::root().join(SOURCES).join(path).exists()
}

fn read(path: &str, fresh: &Files) -> Result<String> {
    let path = format!("{SOURCES}/{path}");
    match fresh.get(&path) {
        Some(text) => Ok(text.clone()),
        None => {
            fs::read_to_string(tree::root().join(&path)).map_err(|error| format!("{path}: {error}").into())
        }
    }
}
