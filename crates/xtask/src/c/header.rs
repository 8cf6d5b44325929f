//! `include/qiancheng.h`: cbindgen's reading of the C crate, with a manual in front and a heading before each chapter.

use std::fs;

use cbindgen::{Braces, Builder, Config, DocumentationStyle, Language, Layout, Style};

use crate::Result;
use crate::c::sources::{self, Module};
use crate::model::Model;
use crate::outputs::MARK;
use crate::tree::Files;

/// The header's opening chapter.
const MANUAL: &str = include_str!("../../templates/c/manual.txt");
/// What cbindgen cannot know: versions, and the structs of the Arrow C data interface.
const MACROS: &str = include_str!("../../templates/c/macros.h");

/// The header.
pub(crate) fn header(model: &Model, fresh: &Files) -> Result<String> {
    let modules = sources::modules(fresh)?;
    let bare = bindings(model, &modules)?;
    let whole = with_chapters(&bare, &modules)?;
    ascii(&whole)
}

fn bindings(model: &Model, modules: &[Module]) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let mut builder = Builder::new().with_config(config(model));
    for (place, module) in modules.iter().enumerate() {
        let path = folder.path().join(format!("{place:02}_{}", module.path.replace('/', "_")));
        fs::write(&path, &module.text)?;
        builder = builder.with_src(path);
    }
    let mut text = Vec::new();
    builder.generate().map_err(|error| format!("cbindgen: {error}"))?.write(&mut text);
    Ok(String::from_utf8(text)?)
}

fn config(model: &Model) -> Config {
    let mut config = Config {
        language: Language::C,
        header: Some(comment(std::iter::once(MARK).chain(MANUAL.lines()))),
        include_guard: Some("QIANCHENG_H".to_owned()),
        no_includes: true,
        sys_includes: ["stdbool.h", "stddef.h", "stdint.h"].map(str::to_owned).to_vec(),
        after_includes: Some(macros(model)),
        cpp_compat: true,
        style: Style::Type,
        braces: Braces::SameLine,
        line_length: 100,
        tab_width: 4,
        usize_is_size_t: true,
        documentation_style: DocumentationStyle::Doxy,
        ..Config::default()
    };
    // Functions give their numbers as int32_t, for a later library may have more of them.
    config.export.include =
        ["qc_json_type", "qc_log_level", "qc_outcome", "qc_step_type"].map(str::to_owned).to_vec();
    config.export.rename.insert("ArrowArrayStream".to_owned(), "struct ArrowArrayStream".to_owned());
    config.function.args = Layout::Auto;
    config
}

fn macros(model: &Model) -> String {
    let numbers: Vec<&str> = model.version.splitn(3, '.').collect();
    let number = |place: usize| numbers.get(place).copied().unwrap_or("0");
    MACROS
        .replace("@VERSION@", &model.version)
        .replace("@MAJOR@", number(0))
        .replace("@MINOR@", number(1))
        .replace("@PATCH@", number(2))
}

/// A heading, with what the module says of itself, before the first function of each module.
fn with_chapters(bare: &str, modules: &[Module]) -> Result<String> {
    let mut text = bare.to_owned();
    for module in modules.iter().filter(|module| !module.functions.is_empty()) {
        let first = format!("{}(", module.functions[0].name);
        let declared = text
            .match_indices(&first)
            .map(|(at, _)| at)
            .find(|&at| is_declaration(&text[..at]))
            .ok_or_else(|| format!("{}: {first} is not in the header", module.path))?;
        let start = text[..declared].rfind("/**").ok_or_else(|| format!("{first} has no comment"))?;
        let heading = comment(module.prose.iter().map(String::as_str));
        text.insert_str(start, &format!("{heading}\n\n"));
    }
    Ok(text)
}

/// Whether what follows this text is declared there, and not spoken of in a comment.
fn is_declaration(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.ends_with([' ', '*']) && !line.trim_start().starts_with(['*', '#'])
}

fn comment<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let lines: Vec<String> =
        lines.map(|line| if line.is_empty() { " *".to_owned() } else { format!(" * {line}") }).collect();
    format!("/*\n{}\n */", lines.join("\n"))
}

/// Compilers in Chinese read a header in their own encoding, where a byte of UTF-8 can swallow a line's end: it is ASCII.
pub(crate) fn ascii(text: &str) -> Result<String> {
    let text = text.replace('…', "...").replace('§', "section ").replace("学信网", "CHSI").replace('–', "-");
    match text.lines().find(|line| !line.is_ascii()) {
        None => Ok(text),
        Some(line) => Err(format!("the header is ASCII, and this line is not: {line}").into()),
    }
}
