//! The C crate's sources, module by module in the order in which they are declared: each public one is a chapter of the header.

use std::fs;

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
    pub(crate) functions: Vec<String>,
    /// The file as it is, or as it has just been generated.
    pub(crate) text: String,
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
        modules.push(module(path, &text));
        declared(&text, &format!("{folder}{name}/"), fresh, modules)?;
    }
    Ok(())
}

fn module(path: String, text: &str) -> Module {
    let prose = text.lines().filter_map(|line| line.strip_prefix("//!")).map(|line| line.trim().to_owned());
    let functions = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub ")?.split_once("extern \"C\" fn ")?.1.split_once('('))
        .map(|(name, _)| name.to_owned());
    Module { path, prose: prose.collect(), functions: functions.collect(), text: text.to_owned() }
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
